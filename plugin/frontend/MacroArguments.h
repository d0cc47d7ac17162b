// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The expressions that the arguments of a function's macros became: the `p` of
// `__get_user(x, p)`, found in what the macro expands to. Only of macros that
// a model says something of user pointers about.

#ifndef AIRLOCK_FRONTEND_MACROARGUMENTS_H
#define AIRLOCK_FRONTEND_MACROARGUMENTS_H

#include "frontend/MacroRecorder.h"
#include "clang/AST/Expr.h"

namespace airlock {

class MacroArguments {
public:
  MacroArguments(const clang::SourceManager &SM, const MacroRecorder &Macros)
      : SM(SM), Macros(Macros) {}

  /// To be called for the body of a function before any question about it.
  void note(const clang::Stmt *Body);

  /// How many arguments an expansion has, by the place of the macro's name.
  size_t count(clang::SourceLocation Expanded) const {
    const clang::CallExpr *Call = Aliased.lookup(Expanded);
    return Call ? Call->getNumArgs() : Macros.argumentsOf(Expanded).size();
  }
  /// The largest expression that an argument became where it is evaluated; null if
  /// it is not.
  const clang::Expr *of(clang::SourceLocation Expanded, unsigned Index) const {
    const clang::CallExpr *Call = Aliased.lookup(Expanded);
    return Call ? Call->getArg(Index) : Found.lookup({Expanded, Index});
  }

private:
  void noteExpr(const clang::Expr *E);
  void noteCall(const clang::CallExpr *C);

  const clang::SourceManager &SM;
  const MacroRecorder &Macros;
  llvm::DenseMap<std::pair<clang::SourceLocation, unsigned>, const clang::Expr *> Found;
  /// The calls that aliases of functions became.
  llvm::DenseMap<clang::SourceLocation, const clang::CallExpr *> Aliased;
};

/// Of each function, noted when somebody asks.
class FunctionArguments {
public:
  FunctionArguments(const clang::SourceManager &SM, const MacroRecorder &Macros)
      : SM(SM), Macros(Macros) {}

  const MacroArguments &in(const clang::Stmt *Body) {
    auto [It, New] = Of.try_emplace(Body);
    if (New) {
      It->second = std::make_unique<MacroArguments>(SM, Macros);
      It->second->note(Body);
    }
    return *It->second;
  }

private:
  const clang::SourceManager &SM;
  const MacroRecorder &Macros;
  llvm::DenseMap<const clang::Stmt *, std::unique_ptr<MacroArguments>> Of;
};

} // namespace airlock

#endif
