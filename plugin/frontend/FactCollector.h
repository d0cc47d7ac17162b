// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// AST -> facts. One walk over the functions that the unit uses (a kernel
// header brings thousands that it does not) and over the initialisers of its
// variables. Decides nothing: every call, and every conversion of something
// that carries a context, becomes a fact.

#ifndef AIRLOCK_FRONTEND_FACTCOLLECTOR_H
#define AIRLOCK_FRONTEND_FACTCOLLECTOR_H

#include "frontend/CallRecorder.h"
#include "frontend/MacroArguments.h"
#include "frontend/UserTypes.h"

namespace airlock {

class Model;

struct CollectorInput {
  clang::ASTContext &Context;
  /// The functions with a body and the variables with an initialiser, in the order of the unit.
  /// Noted while Clang parses: to go over all that headers declare costs more than a lookup each.
  llvm::ArrayRef<const clang::Decl *> Defined;
  const UnitNames &Names;
  clang::Preprocessor &PP;
  const AttributeTable &Attributes;
  const MacroRecorder &Macros;
  const Model &M;
  const ClangSourceMap &Map;
};

/// What ties the facts to the AST that they came from.
struct UnitTables {
  UnitTables(const CollectorInput &From, Facts &Into)
      : Q(From.Context, From.Attributes, From.M, From.Macros),
        Entities(From.Context, From.Names, Q, From.Attributes, From.Macros, From.M, From.Map, Into),
        Frames(From.PP, From.Macros), Arguments(From.Context.getSourceManager(), From.Macros),
        User(From.Context) {}

  Qualifiers Q;
  EntityTable Entities;
  MacroFrames Frames;
  FunctionArguments Arguments;
  CallSites Sites;
  UserTypes User;
};

/// Fills Into. Locations in it are raw encodings of clang::SourceLocation.
void collectFacts(const CollectorInput &From, UnitTables &Tables, Facts &Into);

} // namespace airlock

#endif
