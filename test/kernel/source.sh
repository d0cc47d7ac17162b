# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# What the scripts named 'prepare' share, which make something of Debian's source package of Linux in a folder of scratch
# space; to be sourced. They call, in this order:
#
#   claim DIR WHAT    waits for DIR to be theirs; the script ends there if DIR is ready. Sets $dir, $source (where the source
#                     will be) and $build (the build folder, make O=). WHAT is text: of another one, another tree is made
#   unpack PATTERN... unpacks the source, less what no build of theirs reads
#   finish            says that it is ready

version=6.12
tarball=/usr/src/linux-source-$version.tar.xz
repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)

die() { echo "prepare: error: $*" >&2; exit 1; }

claim() {
  dir=$(realpath -m "$1")
  [ -r "$tarball" ] || die "no $tarball; 'tools/setup' installs it"
  case $dir/ in "$repository"/*) die "$dir is inside the repository" ;; esac
  mkdir -p "$dir"
  exec 9>"$dir/lock"
  flock 9
  source=$dir/linux-source-$version
  build=$dir/build
  # Another source, or another version of the script or of this file, makes another tree, too.
  made_from=$(echo "$2"; stat -Lc '%s %Y' "$tarball"; cat "${BASH_SOURCE[@]}" | sha256sum)
  if [ -f "$dir/stamp" ] && [ "$(cat "$dir/stamp")" = "$made_from" ]; then
    echo "ready: $dir"
    exit 0
  fi
  rm -rf "$dir/stamp" "$dir/unpacked" "$source" "$build"
}

# Kconfig and make files of everything are read.
unpack() {
  local unread=('*/Documentation/*.rst' '*/Documentation/*.yaml' '*/drivers/media/*.[ch]' '*/sound/*.[ch]' "$@")
  mkdir "$dir/unpacked"
  tar -C "$dir/unpacked" -xf "$tarball" --wildcards "${unread[@]/#/--exclude=}"
  mv "$dir/unpacked/linux-source-$version" "$source"
  rmdir "$dir/unpacked"
}

# The lock is not for make's jobs to keep.
kmake() { nice make -s -C "$source" O="$build" LLVM=-19 -j"${JOBS:-$(nproc)}" "$@" 9>&-; }

finish() {
  echo "$made_from" >"$dir/stamp.tmp"
  mv "$dir/stamp.tmp" "$dir/stamp"
  echo "ready: $dir"
}
