// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "report/Renderers.h"
#include "llvm/Support/FileSystem.h"
#include <filesystem>
#include <unistd.h>

namespace airlock {

static llvm::Error cannotWrite(llvm::StringRef Path, const llvm::Twine &Why) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(),
                                 "cannot write '" + Path + "': " + Why);
}

/// The stream's own destructor aborts on an error that nobody took.
static std::error_code finish(llvm::raw_fd_ostream &Out) {
  Out.flush();
  std::error_code Error = Out.error();
  Out.clear_error();
  return Error;
}

/// The number of a file that is open already: "/dev/stdout" may be a plain file, but what
/// stands in it stays, and whoever opened it goes on writing.
static std::optional<int> openAlready(llvm::StringRef Path) {
  if (Path == "/dev/stdout")
    return STDOUT_FILENO;
  if (Path == "/dev/stderr")
    return STDERR_FILENO;
  int Number;
  bool IsOne = (Path.consume_front("/dev/fd/") || Path.consume_front("/proc/self/fd/")) &&
               !Path.getAsInteger(10, Number);
  return IsOne ? std::optional<int>(Number) : std::nullopt;
}

/// The file behind symbolic links, whether it exists or not: a rename would replace the link.
static llvm::Expected<std::string> behindLinks(llvm::StringRef Path) {
  namespace fs = std::filesystem;
  constexpr unsigned Most = 40; // as the kernel
  fs::path File = Path.str();
  std::error_code Error;
  for (unsigned I = 0; fs::is_symlink(fs::symlink_status(File, Error)); ++I) {
    if (I == Most)
      return cannotWrite(Path,
                         std::make_error_code(std::errc::too_many_symbolic_link_levels).message());
    File = File.parent_path() / fs::read_symlink(File, Error);
  }
  return File.string();
}

static llvm::Error writeThrough(int Number, llvm::StringRef Path,
                                llvm::function_ref<void(llvm::raw_ostream &)> Write) {
  llvm::outs().flush(); // it may be the same file
  llvm::raw_fd_ostream Out(Number, /*shouldClose=*/false);
  Write(Out);
  if (std::error_code Error = finish(Out))
    return cannotWrite(Path, Error.message());
  return llvm::Error::success();
}

llvm::Error writeFile(llvm::StringRef Named, llvm::function_ref<void(llvm::raw_ostream &)> Write) {
  if (Named == "-") {
    Write(llvm::outs());
    if (std::error_code Error = finish(llvm::outs()))
      return cannotWrite("standard output", Error.message());
    return llvm::Error::success();
  }
  if (std::optional<int> Number = openAlready(Named))
    return writeThrough(*Number, Named, Write);
  llvm::Expected<std::string> File = behindLinks(Named);
  if (!File)
    return File.takeError();
  const llvm::StringRef Path = *File;
  // A rename would replace what is not a plain file, such as /dev/null or a pipe.
  llvm::sys::fs::file_status Status;
  bool InPlace = !llvm::sys::fs::status(Path, Status) && llvm::sys::fs::exists(Status) &&
                 !llvm::sys::fs::is_regular_file(Status);
  if (InPlace) {
    std::error_code Error;
    llvm::raw_fd_ostream Out(Path, Error, llvm::sys::fs::CD_OpenExisting);
    if (Error)
      return cannotWrite(Path, Error.message());
    Write(Out);
    if ((Error = finish(Out)))
      return cannotWrite(Path, Error.message());
    return llvm::Error::success();
  }

  // Nor does a rename ask whether the file may be written.
  if (llvm::sys::fs::exists(Status))
    if (std::error_code Error = llvm::sys::fs::access(Path, llvm::sys::fs::AccessMode::Write))
      return cannotWrite(Path, Error.message());

  auto Temporary = llvm::sys::fs::TempFile::create(
      Path + ".%%%%%%.tmp", llvm::sys::fs::all_read | llvm::sys::fs::all_write);
  if (!Temporary)
    return cannotWrite(Path, llvm::toString(Temporary.takeError()));
  std::error_code Error;
  {
    llvm::raw_fd_ostream Out(Temporary->FD, /*shouldClose=*/false);
    Write(Out);
    Error = finish(Out);
  }
  if (Error) {
    llvm::consumeError(Temporary->discard());
    return cannotWrite(Path, Error.message());
  }
  if (llvm::Error E = Temporary->keep(Path)) {
    llvm::consumeError(Temporary->discard());
    return cannotWrite(Path, llvm::toString(std::move(E)));
  }
  return llvm::Error::success();
}

} // namespace airlock
