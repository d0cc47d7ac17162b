// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// One translation unit, from the parser to its findings: listens to the
// preprocessor and the attributes while Clang parses, then collects the facts
// and solves them. The plugin and the command share it.

#ifndef AIRLOCK_FRONTEND_UNITANALYSIS_H
#define AIRLOCK_FRONTEND_UNITANALYSIS_H

#include "report/Report.h"
#include "solver/Options.h"
#include "clang/AST/ASTConsumer.h"
#include "clang/Basic/LangStandard.h"
#include "clang/Frontend/CompilerInstance.h"
#include <functional>
#include <memory>
#include <optional>

namespace airlock {

class Analyses;
class Contracts;
class FlowSource;
class UserFlowSource;
struct CollectorInput;
struct UnitTables;

/// What becomes of a unit. All references are good for the call only.
struct UnitSink {
  /// Called with what the user wants to see; null for nobody.
  std::function<void(const std::vector<Finding> &, llvm::ArrayRef<GivenUp>, const Facts &,
                     const SourceMap &)>
      Analysed;
  /// Called with the summary, whatever became of the unit; null for nobody.
  std::function<void(std::string)> Summary;
  /// Called with the analyses and what they run over, for who wants to look inside; null for
  /// nobody.
  std::function<void(Analyses &, FlowSource &, UserFlowSource &, const SourceMap &)> Inside;
  /// Called last, with all that was learned, to be asked for more; null for nobody.
  std::function<void(const CollectorInput &, UnitTables &, Analyses &, Facts &)> Learned;
  /// The file, as reports name it, and why nothing is said of it.
  using NotAnalysed = std::function<void(llvm::StringRef, const Problem &)>;
  /// The unit has errors, in what it says to Airlock or to the compiler.
  NotAnalysed Failed;
  /// The unit is in a language that Airlock does not read.
  NotAnalysed Skipped;
};

/// Whether the source comes from standard input: it is of another place, maybe of another machine.
bool isSent(const clang::CompilerInstance &CI);

/// Why a unit is none for Airlock: it is in another language than C.
std::optional<Problem> languageProblem(clang::Language Is);

/// To be made before the parser starts. Wanted and M must live as long as Sink.
/// Of Analysed, Failed and Skipped the consumer calls one, once; Inside and Learned where it
/// would call Analysed. Known, if not null, is what a whole program says of other units: it
/// matters to Analysed, Inside and Learned, and not to Summary.
std::unique_ptr<clang::ASTConsumer> analyseUnit(clang::CompilerInstance &CI, const Options &Wanted,
                                                const Model &M, UnitSink Sink,
                                                const Contracts *Known = nullptr);

} // namespace airlock

#endif
