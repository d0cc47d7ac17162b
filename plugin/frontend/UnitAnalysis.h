// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// One translation unit, from the parser to its findings: listens to the
// preprocessor and the attributes while Clang parses, then collects the facts
// and solves them. The plugin and the command share it.

#ifndef AIRLOCK_FRONTEND_UNITANALYSIS_H
#define AIRLOCK_FRONTEND_UNITANALYSIS_H

#include "annotate/Removal.h"
#include "report/Report.h"
#include "solver/Options.h"
#include "clang/AST/ASTConsumer.h"
#include "clang/Frontend/CompilerInstance.h"
#include <functional>
#include <memory>

namespace airlock {

/// What becomes of a unit. All references are good for the call only.
struct UnitSink {
  /// Called with what the user wants to see; null for nobody.
  std::function<void(const std::vector<Finding> &, const Facts &, const SourceMap &)> Analysed;
  /// Called with the summary, whatever became of the unit; null for nobody.
  std::function<void(std::string)> Summary;
  /// Called last, with where a context is written; null for nobody.
  std::function<void(std::vector<WrittenContext>)> Written;
  unsigned WrittenContextId = 0;
  /// How to say where; null for how reports say it.
  const SourceMap *WrittenPlaces = nullptr;
  /// The unit has errors of its own and was not analysed.
  std::function<void()> Failed;
  /// The unit is in a language that Airlock does not read.
  std::function<void()> Skipped;
};

/// To be made before the parser starts. Wanted and M must live as long as Sink.
/// The consumer calls one of Analysed, Failed and Skipped, once.
std::unique_ptr<clang::ASTConsumer> analyseUnit(clang::CompilerInstance &CI, const Options &Wanted,
                                                const Model &M, UnitSink Sink);

} // namespace airlock

#endif
