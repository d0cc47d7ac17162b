// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The stack of macros that a piece of code comes out of. Code from the body of
// a macro stands in the macro's frame; code from an argument stands where the
// macro was called. Cached by expansion: one expansion gives many statements.

#ifndef AIRLOCK_FRONTEND_MACROFRAMES_H
#define AIRLOCK_FRONTEND_MACROFRAMES_H

#include "frontend/MacroRecorder.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/Support/Allocator.h"

namespace airlock {

struct MacroFrame {
  /// The frame that the expansion stands in; null in plain code.
  const MacroFrame *Outer;
  const clang::IdentifierInfo *Name;
  /// The macro's name where it is called, in a file.
  clang::SourceLocation At;
  /// The same as Clang numbers it: in a macro's body, each expansion has its own.
  clang::SourceLocation Expanded;
  /// This frame, or the nearest one around it, whose macro a model knows; or null.
  const MacroFrame *Modelled;
  /// What a model says of the macro; null for one that it does not know.
  const FunctionModel *Known;
  /// The model says that this macro, or one around it, is not to be looked into.
  bool Opaque;
};

/// Whether a node is worth asking for its frame. Local names, numbers and
/// what the compiler adds are the most of a tree, and never all there is of a
/// macro that a model knows.
bool hasOwnFrame(const clang::Stmt *S);

/// The place of the called name if it comes out of a macro and the parentheses behind it do
/// not; nowhere for any other call.
clang::SourceLocation aliasedCallee(const clang::CallExpr *C, const clang::SourceManager &SM);

class MacroFrames {
public:
  MacroFrames(clang::Preprocessor &PP, const MacroRecorder &Recorder)
      : PP(PP), SM(PP.getSourceManager()), Recorder(Recorder) {}

  /// The innermost frame of a location; null in plain code.
  const MacroFrame *at(clang::SourceLocation L);

  /// The frame of a node: that of its own tokens, not of its operands'.
  struct NodeFrame {
    const MacroFrame *Modelled = nullptr;
    bool Opaque = false;
    /// False for a node without tokens of its own, which stands where its parent does.
    bool Known = false;
  };
  NodeFrame of(const clang::Stmt *S);

private:
  /// The frame of code in a macro's body: not of an argument's, and not of `#define f f`.
  const MacroFrame *ofBody(clang::SourceLocation L, const clang::SrcMgr::ExpansionInfo &In);
  const clang::IdentifierInfo *nameOf(clang::SourceLocation L,
                                      const clang::SrcMgr::ExpansionInfo &In);
  bool isOwnName(clang::SourceLocation L, clang::FileID Expansion,
                 const clang::SrcMgr::ExpansionInfo &In) const;

  clang::Preprocessor &PP;
  const clang::SourceManager &SM;
  const MacroRecorder &Recorder;
  llvm::DenseMap<clang::FileID, const MacroFrame *> Cache;
  llvm::DenseMap<clang::SourceLocation, const clang::IdentifierInfo *> Names;
  llvm::BumpPtrAllocator Memory;
};

} // namespace airlock

#endif
