// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Commands as this program has to run them: on the text of everything. A precompiled
// header or a module keeps neither annotations nor macros, so the headers that it was made
// of are read in its place. And what -ivfsoverlay maps, of which LibTooling takes no notice,
// is read from where it is mapped to.

#ifndef AIRLOCK_TOOLS_TEXTUALINPUTS_H
#define AIRLOCK_TOOLS_TEXTUALINPUTS_H

#include "Unit.h"
#include "clang/Tooling/Tooling.h"

namespace airlock {

class TextualInputs : public clang::tooling::ToolAction {
public:
  /// Inputs gets what a result depends on beside what the preprocessor reads.
  TextualInputs(clang::tooling::ToolAction &Inner, std::vector<UnitInput> &Inputs)
      : Inner(Inner), Inputs(Inputs) {}

  bool runInvocation(std::shared_ptr<clang::CompilerInvocation> Invocation,
                     clang::FileManager *Files,
                     std::shared_ptr<clang::PCHContainerOperations> Containers,
                     clang::DiagnosticConsumer *Errors) override;

private:
  clang::tooling::ToolAction &Inner;
  std::vector<UnitInput> &Inputs;
};

} // namespace airlock

#endif
