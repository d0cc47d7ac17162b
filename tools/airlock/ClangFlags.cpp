// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "ClangFlags.h"
#include "frontend/ClangVersions.h"
#include "clang/Basic/Diagnostic.h"
#include "clang/Driver/Compilation.h"
#include "clang/Driver/Driver.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Option/ArgList.h"
#include "llvm/Support/Path.h"
#include "llvm/TargetParser/Host.h"

using namespace clang;
using namespace clang::driver;
using clang::tooling::CompileCommand;
using llvm::opt::Arg;
using llvm::opt::InputArgList;

namespace airlock {

namespace {

/// Collects what the driver's errors are about.
class ComplaintCollector : public DiagnosticConsumer {
public:
  explicit ComplaintCollector(llvm::StringSet<> &Into) : Into(Into) {}
  void HandleDiagnostic(DiagnosticsEngine::Level Level, const Diagnostic &Info) override {
    if (Level >= DiagnosticsEngine::Error && Info.getNumArgs() &&
        Info.getArgKind(0) == DiagnosticsEngine::ak_std_string)
      Into.insert(Info.getArgStdStr(0));
  }

private:
  llvm::StringSet<> &Into;
};

/// Which of these options the driver refuses for the target that they are for.
llvm::StringSet<> refusedBy(llvm::opt::ArgStringList Machine) {
  llvm::StringSet<> Refused;
  ComplaintCollector Collector(Refused);
  DiagnosticSettings Settings;
  DiagnosticsEngine Engine(new DiagnosticIDs(), Settings.get(), &Collector,
                           /*ShouldOwnClient=*/false);
  Driver Asked("clang", llvm::sys::getDefaultTargetTriple(), Engine);
  Asked.setCheckInputsExist(false);
  Machine.insert(Machine.begin(), "clang");
  Machine.append({"-fsyntax-only", "unit.c"});
  std::unique_ptr<Compilation> Made(Asked.BuildCompilation(Machine));
  return Refused;
}

bool isAboutMachine(const Arg &A) {
  return A.getOption().matches(options::OPT_m_Group) || A.getOption().matches(options::OPT_target);
}

bool isPlugin(const Arg &A) {
  return A.getOption().matches(options::OPT_fplugin_EQ) ||
         A.getOption().matches(options::OPT_fplugin_arg);
}

/// By the name that it is called by: clang, clang-19, /usr/bin/clang; and clang-tool, which
/// flags without a compiler stand behind.
bool isClang(llvm::StringRef Compiler) {
  return llvm::sys::path::filename(Compiler).contains("clang");
}

/// Kbuild's -Wp,-MMD,FILE: that file is the compiler's.
bool writesDependencies(const Arg &A) {
  return A.getOption().matches(options::OPT_Wp_COMMA) &&
         llvm::StringRef(A.getValue()).starts_with("-M");
}

} // namespace

std::vector<std::string> quietFlags() {
  return {"-Qunused-arguments", "-Wno-unknown-warning-option",
          "-Wno-ignored-optimization-argument"};
}

CompileCommand ClangFlags::adapt(CompileCommand Command) {
  std::vector<const char *> Arguments;
  for (const std::string &Argument : llvm::drop_begin(Command.CommandLine))
    Arguments.push_back(Argument.c_str());
  unsigned Missing, MissingCount;
  InputArgList Parsed = getDriverOptTable().ParseArgs(Arguments, Missing, MissingCount);

  llvm::opt::ArgStringList Machine;
  for (const Arg *A : Parsed)
    if (isAboutMachine(*A))
      A->render(Parsed, Machine);
  auto [Refused, New] = Unsupported.try_emplace(llvm::join(Machine, " "));
  if (New && !Machine.empty())
    Refused->second = refusedBy(Machine);

  bool IsForeign = !isClang(Command.CommandLine.front());
  std::vector<bool> Leave(Arguments.size());
  for (const Arg *A : Parsed) {
    bool IsRefused = isAboutMachine(*A) && (Refused->second.contains(A->getAsString(Parsed)) ||
                                            Refused->second.contains(A->getSpelling()));
    if (writesDependencies(*A)) {
      Leave[A->getIndex()] = true;
      continue;
    }
    if (!IsRefused && !isPlugin(*A) && !A->getOption().matches(options::OPT_UNKNOWN))
      continue;
    IsForeign |= !isPlugin(*A);
    LeftOut.insert(A->getSpelling().split('=').first);
    Leave[A->getIndex()] = true; // each is one word
  }
  std::vector<std::string> Kept = {Command.CommandLine.front()};
  for (size_t I = 0; I < Arguments.size(); ++I)
    if (!Leave[I])
      Kept.push_back(Arguments[I]);
  if (IsForeign) {
    std::vector<std::string> Quiet = quietFlags();
    if (!Warnings)
      Quiet.emplace_back("-Wno-everything");
    Kept.insert(llvm::find(Kept, "--"), Quiet.begin(), Quiet.end()); // behind it are files
  }
  Command.CommandLine = std::move(Kept);
  return Command;
}

std::vector<llvm::StringRef> ClangFlags::leftOut() const {
  std::vector<llvm::StringRef> Names(LeftOut.keys().begin(), LeftOut.keys().end());
  llvm::sort(Names);
  return Names;
}

} // namespace airlock
