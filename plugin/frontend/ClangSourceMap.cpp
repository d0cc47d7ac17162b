// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "frontend/ClangSourceMap.h"
#include "clang/Basic/FileManager.h"
#include "llvm/Support/Path.h"

using namespace clang;
namespace path = llvm::sys::path;

namespace airlock {

ClangSourceMap::ClangSourceMap(const SourceManager &SM, llvm::StringRef From) : SM(SM) {
  llvm::SmallString<256> Absolute = From.empty() ? llvm::StringRef(".") : From;
  SM.getFileManager().makeAbsolutePath(Absolute);
  path::remove_dots(Absolute, /*remove_dot_dot=*/true);
  Root = Absolute.str().str();
}

std::string ClangSourceMap::relative(llvm::StringRef File) const {
  llvm::SmallString<256> Absolute = File;
  SM.getFileManager().makeAbsolutePath(Absolute);
  path::remove_dots(Absolute, /*remove_dot_dot=*/true);
  llvm::StringRef Rest = Absolute;
  if (Rest == Root)
    return "";
  if (Rest.consume_front(Root) && (Root == "/" || Rest.consume_front("/")))
    return Rest.str();
  return Absolute.str().str();
}

Place ClangSourceMap::placeOf(Location At) const {
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
