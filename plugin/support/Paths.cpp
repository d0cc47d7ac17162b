// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "support/Paths.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

namespace airlock {

bool isBelow(llvm::StringRef Folder, llvm::StringRef Path, llvm::StringRef &Rest) {
  if (!Path.consume_front(Folder))
    return false;
  if (!Path.empty() && Folder != "/" && !Path.consume_front("/"))
    return false;
  Rest = Path;
  return true;
}

std::string absolutePath(llvm::StringRef Path) {
  llvm::SmallString<256> Absolute = Path;
  (void)llvm::sys::fs::make_absolute(Absolute); // without a working directory, it stays as it is
  llvm::sys::path::remove_dots(Absolute, /*remove_dot_dot=*/true);
  return Absolute.str().str();
}

std::string pathFrom(llvm::StringRef Folder, llvm::StringRef Path) {
  llvm::SmallString<256> Whole;
  if (!llvm::sys::path::is_absolute(Path))
    Whole = Folder;
  llvm::sys::path::append(Whole, Path);
  return absolutePath(Whole);
}

std::string realPath(llvm::StringRef Path) {
  llvm::SmallString<256> Real;
  return llvm::sys::fs::real_path(Path, Real) ? absolutePath(Path) : Real.str().str();
}

bool endsIn(llvm::StringRef Path, llvm::StringRef File) {
  return Path.consume_back(File) && (Path.empty() || Path.ends_with("/"));
}

std::string relativeTo(llvm::StringRef Root, llvm::StringRef Path) {
  std::string Absolute = absolutePath(Path);
  llvm::StringRef Rest;
  return isBelow(absolutePath(Root.empty() ? "." : Root), Absolute, Rest) ? Rest.str() : Absolute;
}

} // namespace airlock
