// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Git.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Program.h"

using llvm::StringRef;

namespace airlock {

/// More than any patch that somebody means.
static constexpr uint64_t MostBytes = 256U << 20;

llvm::Expected<std::string> runGit(llvm::ArrayRef<StringRef> Arguments) {
  llvm::ErrorOr<std::string> Git = llvm::sys::findProgramByName("git");
  if (!Git)
    return llvm::createStringError("there is no git to ask");
  llvm::SmallString<128> Out, Err;
  if (std::error_code Error = llvm::sys::fs::createTemporaryFile("airlock", "out", Out))
    return llvm::errorCodeToError(Error);
  llvm::FileRemover RemoveOut(Out);
  if (std::error_code Error = llvm::sys::fs::createTemporaryFile("airlock", "err", Err))
    return llvm::errorCodeToError(Error);
  llvm::FileRemover RemoveErr(Err);
  llvm::SmallVector<StringRef, 16> All = {*Git, "--no-optional-locks"}; // it writes nothing
  All.append(Arguments.begin(), Arguments.end());
  std::string Problem;
  int Status = llvm::sys::ExecuteAndWait(
      *Git, All, std::nullopt, {StringRef(""), StringRef(Out), StringRef(Err)}, 0, 0, &Problem);
  uint64_t Size = 0;
  if (!Status && (llvm::sys::fs::file_size(Out, Size) || Size > MostBytes))
    return llvm::createStringError("git: its answer is longer than " +
                                   llvm::Twine(MostBytes >> 20) + " MiB");
  auto Said = llvm::MemoryBuffer::getFile(Status ? Err : Out);
  if (!Status && Said)
    return (*Said)->getBuffer().str();
  if (Said && Problem.empty())
    Problem = (*Said)->getBuffer().ltrim().split('\n').first;
  return llvm::createStringError("git: " + Problem);
}

} // namespace airlock
