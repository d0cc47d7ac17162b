// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "report/Renderers.h"
#include "llvm/Support/FileSystem.h"

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

llvm::Error writeFile(llvm::StringRef Path, llvm::function_ref<void(llvm::raw_ostream &)> Write) {
  if (Path == "-") {
    Write(llvm::outs());
    if (std::error_code Error = finish(llvm::outs()))
      return cannotWrite("standard output", Error.message());
    return llvm::Error::success();
  }
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
