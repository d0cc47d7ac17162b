// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "frontend/ClangSourceMap.h"
#include "support/Paths.h"
#include "clang/Basic/FileManager.h"
#include "llvm/Support/Path.h"

using namespace clang;
namespace path = llvm::sys::path;

namespace airlock {

static std::string absolute(const SourceManager &SM, llvm::StringRef File) {
  llvm::SmallString<256> Path = File;
  SM.getFileManager().makeAbsolutePath(Path);
  path::remove_dots(Path, /*remove_dot_dot=*/true);
  return Path.str().str();
}

ClangSourceMap::ClangSourceMap(const SourceManager &SM, llvm::StringRef From)
    : SM(SM), Root(absolute(SM, From.empty() ? "." : From)), WorkingDirectory(absolute(SM, ".")) {}

std::string ClangSourceMap::relative(llvm::StringRef File) const {
  std::string Path = absolute(SM, File);
  for (llvm::StringRef Folder : {llvm::StringRef(Root), llvm::StringRef(WorkingDirectory)}) {
    llvm::StringRef Rest;
    if (isBelow(Folder, Path, Rest))
      return Rest.str();
  }
  return Path;
}

std::string ClangSourceMap::mainFile() const {
  return placeOf(toLocation(SM.getLocForStartOfFile(SM.getMainFileID()))).File;
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
