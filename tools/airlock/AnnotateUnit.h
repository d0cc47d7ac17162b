// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What one translation unit says to `airlock annotate` in one round, and the code that
// the compiler makes of it. In this process, whose working directory changes.

#ifndef AIRLOCK_TOOLS_ANNOTATEUNIT_H
#define AIRLOCK_TOOLS_ANNOTATEUNIT_H

#include "annotate/Plan.h"
#include "annotate/Removal.h"
#include "solver/Options.h"
#include "clang/Tooling/CompilationDatabase.h"
#include "llvm/ADT/StringMap.h"

namespace airlock {

using Overlay = llvm::StringMap<std::string>;

struct UnitAnswer {
  UnitPlan Plan;
  /// A file that was read: as it was opened, absolute, and without symbolic links; and
  /// what was in it.
  struct Input {
    std::string Opened, Real;
    uint64_t Hash;
  };
  std::vector<Input> Inputs;
  std::string Messages;
  /// The files in which a macro that the edits write is not defined.
  std::vector<std::string> LackingMacro;
  bool Parsed = false;
  // Only if asked for.
  std::string Summary;
  std::vector<WrittenContext> Written;
  /// The macros that the qualifier's header defines.
  std::vector<std::string> HeaderMacros;

  /// By absolute path.
  bool reads(llvm::StringRef File) const {
    return llvm::any_of(Inputs, [&](const Input &I) { return I.Real == File; });
  }

  /// As one string, and back; false if it is broken.
  std::string pack() const;
  bool unpack(llvm::StringRef Bytes);
};

struct UnitQuestion {
  const Options &Wanted;
  const Model &M;
  const AnnotateRequest &Request;
  bool WantsSummary = false;
  bool WantsWritten = false;
};

/// Files: what files hold in place of what is on the disk, by absolute path.
UnitAnswer askUnit(const clang::tooling::CompileCommand &Command, const UnitQuestion &Question,
                   const Overlay &Files);

/// A fingerprint of the code that is generated for a unit, before any optimisation and
/// without debug info: what is equal here is equal in the object. Empty, with messages, if
/// there is none.
std::string codeOf(const clang::tooling::CompileCommand &Command, const Overlay &Files,
                   std::string &Messages);

} // namespace airlock

#endif
