// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// C files with what airlock.h defines: the frontend, every rule, and the summary, which must
// link. Inputs are C files that may include the headers of the tests and the examples, and no
// other file. New ones are made of the tokens of old ones and of the dictionary: most still parse.
// What Clang alone does not stand says nothing of Airlock, and is left out.

#include "Harness.h"
#include "TokenMutator.h"
#include "frontend/UnitAnalysis.h"
#include "link/Link.h"
#include "clang/Basic/FileManager.h"
#include "clang/Frontend/FrontendAction.h"
#include "clang/Frontend/FrontendActions.h"
#include "clang/Tooling/Tooling.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/VirtualFileSystem.h"
#include <csignal>
#include <fcntl.h>
#include <sanitizer/common_interface_defs.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace clang;

namespace airlock {

namespace {

using Headers = std::vector<std::pair<std::string, std::unique_ptr<llvm::MemoryBuffer>>>;

/// Those of the repository, by name: in tests they stand in a folder Inputs.
const Headers &allHeaders() {
  static const Headers All = [] {
    Headers Read;
    for (const char *Folder : {"/annotations/include", "/examples", "/test"}) {
      std::error_code Error;
      llvm::sys::fs::recursive_directory_iterator It(AIRLOCK_SOURCE_DIR + std::string(Folder),
                                                     Error),
          End;
      for (; It != End && !Error; It.increment(Error))
        if (llvm::sys::path::extension(It->path()) == ".h")
          if (auto Buffer = llvm::MemoryBuffer::getFile(It->path()))
            Read.push_back({llvm::sys::path::filename(It->path()).str(), std::move(*Buffer)});
    }
    llvm::sort(Read, [](const auto &A, const auto &B) {
      return std::pair(llvm::StringRef(A.first), A.second->getBuffer()) <
             std::pair(llvm::StringRef(B.first), B.second->getBuffer());
    });
    return Read;
  }();
  return All;
}

llvm::IntrusiveRefCntPtr<llvm::vfs::InMemoryFileSystem> makeFiles(llvm::StringRef Input) {
  auto Files = llvm::makeIntrusiveRefCnt<llvm::vfs::InMemoryFileSystem>();
  Files->addFile("/input.c", 0, llvm::MemoryBuffer::getMemBufferCopy(Input));
  for (const auto &[Name, Content] : allHeaders())
    for (const char *Folder : {"/", "/Inputs/"}) // the first one of a name counts
      Files->addFile(Folder + Name, 0, llvm::MemoryBuffer::getMemBuffer(*Content));
  Files->setCurrentWorkingDirectory("/");
  return Files;
}

class Analyse : public ASTFrontendAction {
public:
  Analyse(const Options &Wanted, std::string &Summary) : Wanted(Wanted), Summary(Summary) {}
  std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &CI, llvm::StringRef) override {
    UnitSink Sink;
    Sink.Analysed = [](const std::vector<Finding> &Findings, llvm::ArrayRef<GivenUp> Unfinished,
                       const Facts &F, const SourceMap &Map) {
      for (const Finding &Found : Findings)
        wordFinding(Found, Map);
      for (const GivenUp &Each : Unfinished)
        wordGivenUp(Each, F, Map);
    };
    Sink.Summary = [this](const std::string &Bytes) { Summary = Bytes; };
    Sink.Failed = [](llvm::StringRef, const Problem &) {};
    Sink.Skipped = Sink.Failed;
    return analyseUnit(CI, Wanted, kernelModels(), std::move(Sink));
  }

private:
  const Options &Wanted;
  std::string &Summary;
};

void compile(llvm::StringRef Input, std::unique_ptr<FrontendAction> Action) {
  auto Files = llvm::makeIntrusiveRefCnt<FileManager>(FileSystemOptions(), makeFiles(Input));
  // A unit that does not parse is one, too: nobody wants to read why, or what Clang takes a
  // word for that it does not know; its corrections crash it by themselves.
  IgnoringDiagConsumer Quiet;
  tooling::ToolInvocation Compiler({"clang", "-fsyntax-only", "-std=gnu11", "-w", "-nostdinc",
                                    "-isystem", "/", "-ferror-limit=20", "-fno-spell-checking",
                                    "/input.c"},
                                   std::move(Action), Files.get());
  Compiler.setDiagnosticConsumer(&Quiet);
  Compiler.run();
}

/// Whether Clang gets through this by itself, tried in a process of its own that is quiet and
/// leaves nothing: after an error it may not.
bool standsInClang(llvm::StringRef Input) {
  constexpr unsigned Seconds = 30;
  pid_t Child = fork();
  if (Child < 0)
    broken("no process can be started");
  if (Child == 0) {
    for (int Signal : {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP, SIGALRM})
      signal(Signal, SIG_DFL);
    __sanitizer_set_death_callback(nullptr);
    dup2(open("/dev/null", O_WRONLY), STDERR_FILENO);
    alarm(Seconds);
    compile(Input, std::make_unique<SyntaxOnlyAction>());
    _exit(0);
  }
  int Status = 0;
  return waitpid(Child, &Status, 0) == Child && WIFEXITED(Status) && WEXITSTATUS(Status) == 0;
}

void link(llvm::StringRef Summary) {
  Program P;
  if (llvm::Error E = P.add(Summary, kernelModels(), "input"))
    broken("a summary of ours is refused: " + llvm::toString(std::move(E)));
  P.finish();
  Report R;
  Options Wanted;
  Wanted.Advice = true;
  reportProgram(P, kernelModels(), Wanted, R);
  if (!P.refusals().empty())
    broken("a summary of ours is refused: " + P.refusals().front().Why);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *Data, size_t Size) {
  llvm::StringRef Input = textOf(Data, Size);
  if (!standsInClang(Input))
    return -1; // nothing to go on from
  std::string Summary;
  Options Wanted;
  Wanted.Advice = true;
  compile(Input, std::make_unique<Analyse>(Wanted, Summary));
  if (!Summary.empty())
    link(Summary);
  return 0;
}

extern "C" size_t LLVMFuzzerCustomMutator(uint8_t *Data, size_t Size, size_t MaxSize,
                                          unsigned Seed) {
  return mutateTokens(Data, Size, MaxSize, Seed);
}

} // namespace airlock
