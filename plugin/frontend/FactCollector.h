// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// AST -> facts. One walk over the functions that the unit uses (a kernel
// header brings thousands that it does not) and over the initialisers of its
// variables. Decides nothing: every call, and every conversion of something
// that carries a context, becomes a fact.

#ifndef AIRLOCK_FRONTEND_FACTCOLLECTOR_H
#define AIRLOCK_FRONTEND_FACTCOLLECTOR_H

#include "facts/Facts.h"

namespace clang {
class ASTContext;
class Preprocessor;
} // namespace clang

namespace airlock {

class AttributeTable;
class MacroRecorder;
class Model;
class ClangSourceMap;

struct CollectorInput {
  clang::ASTContext &Context;
  clang::Preprocessor &PP;
  const AttributeTable &Attributes;
  const MacroRecorder &Macros;
  const Model &M;
  const ClangSourceMap &Map;
};

/// Fills Into. Locations in it are raw encodings of clang::SourceLocation.
void collectFacts(const CollectorInput &From, Facts &Into);

} // namespace airlock

#endif
