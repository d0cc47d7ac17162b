// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Empty macros that a model reads as a qualifier, such as the kernel's
// `__must_hold(x)`: they leave no trace in the AST, so each expansion is
// brought to the declaration it is written on.

#ifndef AIRLOCK_FRONTEND_MACROSPELLING_H
#define AIRLOCK_FRONTEND_MACROSPELLING_H

namespace clang {
class ASTContext;
} // namespace clang

namespace airlock {

class MacroRecorder;
class Qualifiers;

/// Honoured on functions, parameters, fields, typedefs and variables at file
/// scope, before or after the declarator.
void attachSpellings(clang::ASTContext &Context, const MacroRecorder &Macros, Qualifiers &Into);

} // namespace airlock

#endif
