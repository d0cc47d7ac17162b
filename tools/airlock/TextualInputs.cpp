// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "TextualInputs.h"
#include "frontend/ClangVersions.h"
#include "support/Paths.h"
#include "clang/Serialization/ASTReader.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/VirtualFileSystem.h"

using namespace clang;

namespace airlock {

/// The files as the overlays in the command map them.
static llvm::IntrusiveRefCntPtr<FileManager> mapped(const CompilerInvocation &Asked,
                                                    FileManager &Files, DiagnosticsEngine &Engine) {
  auto Mapped = createVFSFromCompilerInvocation(Asked, Engine, Files.getVirtualFileSystemPtr());
  return llvm::makeIntrusiveRefCnt<FileManager>(Files.getFileSystemOpts(), std::move(Mapped));
}

/// The header that a precompiled one was made of is included first, unless the command
/// includes it by itself. False after an error.
static bool includePrecompiled(CompilerInvocation &Asked, FileManager &Files,
                               PCHContainerOperations &Containers, DiagnosticsEngine &Engine) {
  PreprocessorOptions &Options = Asked.getPreprocessorOpts();
  std::string Precompiled;
  std::swap(Precompiled, Options.ImplicitPCHInclude);
  const PCHContainerReader *Reader =
      Containers.getReaderOrNull(Asked.getHeaderSearchOpts().ModuleFormat);
  std::string Header =
      Reader ? ASTReader::getOriginalSourceFile(Precompiled, Files, *Reader, Engine) : "";
  if (Header.empty())
    return false;
  auto IsHeader = [&](llvm::StringRef File) { return realPath(File) == realPath(Header); };
  if (llvm::none_of(Options.Includes, IsHeader))
    Options.Includes.insert(Options.Includes.begin(), Header);
  return true;
}

static void includeModules(CompilerInvocation &Asked) {
  Asked.getLangOpts().Modules = false;
  Asked.getLangOpts().ImplicitModules = false;
  Asked.getHeaderSearchOpts().ImplicitModuleMaps = false;
  Asked.getHeaderSearchOpts().PrebuiltModuleFiles.clear();
  Asked.getFrontendOpts().ModuleFiles.clear();
  Asked.getFrontendOpts().ModuleMapFiles.clear();
}

bool TextualInputs::runInvocation(std::shared_ptr<CompilerInvocation> Invocation,
                                  FileManager *Files,
                                  std::shared_ptr<PCHContainerOperations> Containers,
                                  DiagnosticConsumer *Errors) {
  auto Engine = makeDiagnostics(*Invocation, *Files, Errors);
  llvm::IntrusiveRefCntPtr<FileManager> Kept;
  if (const auto &Overlays = Invocation->getHeaderSearchOpts().VFSOverlayFiles; !Overlays.empty()) {
    Kept = mapped(*Invocation, *Files, *Engine);
    Files = Kept.get();
    if (Engine->hasErrorOccurred())
      return false;
    // Which files they stand for is not known to whoever looks for changes.
    Inputs.push_back({absolutePath(Overlays.front()), 0});
  }
  const std::string &Precompiled = Invocation->getPreprocessorOpts().ImplicitPCHInclude;
  if (!Precompiled.empty()) {
    Inputs.push_back({absolutePath(Precompiled), hashOfFile(Precompiled)});
    if (!includePrecompiled(*Invocation, *Files, *Containers, *Engine))
      return false;
  }
  if (Invocation->getLangOpts().Modules)
    includeModules(*Invocation);
  return Inner.runInvocation(std::move(Invocation), Files, std::move(Containers), Errors);
}

} // namespace airlock
