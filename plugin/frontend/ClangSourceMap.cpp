// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "frontend/ClangSourceMap.h"
#include "support/Paths.h"
#include "clang/Basic/FileManager.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace clang;
namespace path = llvm::sys::path;

namespace airlock {

/// As Clang calls standard input.
static bool isSent(llvm::StringRef File) { return File == "<stdin>"; }

llvm::StringRef fileNameAt(SourceLocation L, const SourceManager &SM) {
  llvm::StringRef File = SM.getFilename(L);
  if (!isSent(File))
    return File;
  PresumedLoc Presumed = SM.getPresumedLoc(L);
  return Presumed.isValid() ? llvm::StringRef(Presumed.getFilename()) : File;
}

std::string ClangSourceMap::absolute(llvm::StringRef File) const {
  llvm::SmallString<256> Path = File;
  if (!Directory.empty())
    llvm::sys::fs::make_absolute(Directory, Path);
  SM.getFileManager().makeAbsolutePath(Path);
  path::remove_dots(Path, /*remove_dot_dot=*/true);
  return Path.str().str();
}

ClangSourceMap::ClangSourceMap(const SourceManager &SM, llvm::StringRef From,
                               llvm::StringRef Directory)
    : SM(SM), Directory(Directory.str()), Root(absolute(From.empty() ? "." : From)),
      WorkingDirectory(absolute(".")) {}

std::string ClangSourceMap::relative(llvm::StringRef File) const {
  std::string Path = absolute(File);
  for (llvm::StringRef Folder : {llvm::StringRef(Root), llvm::StringRef(WorkingDirectory)}) {
    llvm::StringRef Rest;
    if (isBelow(Folder, Path, Rest))
      return Rest.str();
  }
  return Path;
}

std::string ClangSourceMap::mainFile() const {
  const FileID Main = SM.getMainFileID();
  const SourceLocation Start = SM.getLocForStartOfFile(Main);
  // A source that was sent begins with what others had defined, and ends as itself.
  const SourceLocation At = isSent(SM.getFilename(Start)) ? SM.getLocForEndOfFile(Main) : Start;
  return placeOf(toLocation(At)).File;
}

bool ClangSourceMap::isSystem(Location At) const {
  return !isElsewhere(At) && SM.isInSystemHeader(SM.getFileLoc(toClang(At)));
}

Place ClangSourceMap::placeOf(Location At) const {
  if (isElsewhere(At))
    return Elsewhere[At.Raw - ElsewhereBegin];
  SourceLocation L = SM.getFileLoc(toClang(At));
  PresumedLoc Presumed = SM.getPresumedLoc(L);
  if (Presumed.isInvalid())
    return {"<unknown>", 1, 1};
  auto [It, New] = Files.try_emplace(Presumed.getFilename());
  if (New)
    It->second = relative(Presumed.getFilename());
  return {It->second, Presumed.getLine(), Presumed.getColumn()};
}

} // namespace airlock
