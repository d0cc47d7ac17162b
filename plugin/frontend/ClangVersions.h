// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Where the versions of Clang that Airlock builds with differ, from 19 to 22: one
// spelling for each thing, so that nobody else asks for a version.

#ifndef AIRLOCK_FRONTEND_CLANGVERSIONS_H
#define AIRLOCK_FRONTEND_CLANGVERSIONS_H

#include "clang/AST/Stmt.h"
#include "clang/AST/TypeLoc.h"
#include "clang/Basic/DiagnosticOptions.h"
#include "clang/Basic/Version.h"
#include "clang/Frontend/CompilerInstance.h"
#if CLANG_VERSION_MAJOR < 22
#include "clang/Driver/Options.h"
#else
#include "clang/Options/Options.h"
#endif

namespace airlock {

#if CLANG_VERSION_MAJOR < 22

namespace options = clang::driver::options;
using clang::driver::getDriverOptTable;

/// The struct, union or enum that a type defines where it is written; null for any other.
inline const clang::TagDecl *ownedTag(const clang::Type *T) {
  const auto *Elaborated = llvm::dyn_cast<clang::ElaboratedType>(T);
  return Elaborated ? Elaborated->getOwnedTagDecl() : nullptr;
}

/// The statement that a statement expression has its value of, null if it is empty. This
/// version skips empty statements: `({ 1;; })` is 1.
inline const clang::Stmt *lastStatement(const clang::CompoundStmt *Body) {
  return Body->getStmtExprResult();
}

inline const clang::TypedefNameDecl *declarationOf(clang::TypedefTypeLoc L) {
  return L.getTypedefNameDecl();
}

/// Lives longer than what is told to use it.
class DiagnosticSettings {
public:
  clang::DiagnosticOptions *get() { return Options.get(); }

private:
  llvm::IntrusiveRefCntPtr<clang::DiagnosticOptions> Options{new clang::DiagnosticOptions()};
};

/// Diagnostics before there is a compiler; Client stays who it is.
inline llvm::IntrusiveRefCntPtr<clang::DiagnosticsEngine>
makeDiagnostics(clang::CompilerInvocation &Asked, clang::FileManager & /*Files*/,
                clang::DiagnosticConsumer *Client) {
  return clang::CompilerInstance::createDiagnostics(&Asked.getDiagnosticOpts(), Client,
                                                    /*ShouldOwnClient=*/false);
}

#else

namespace options = clang::options;
using clang::getDriverOptTable;

inline const clang::TagDecl *ownedTag(const clang::Type *T) {
  const auto *Tag = llvm::dyn_cast<clang::TagType>(T);
  return Tag && Tag->isTagOwned() ? Tag->getDecl() : nullptr;
}

inline const clang::Stmt *lastStatement(const clang::CompoundStmt *Body) {
  return Body->body_back();
}

inline const clang::TypedefNameDecl *declarationOf(clang::TypedefTypeLoc L) { return L.getDecl(); }

class DiagnosticSettings {
public:
  clang::DiagnosticOptions &get() { return Options; }

private:
  clang::DiagnosticOptions Options;
};

inline llvm::IntrusiveRefCntPtr<clang::DiagnosticsEngine>
makeDiagnostics(clang::CompilerInvocation &Asked, clang::FileManager &Files,
                clang::DiagnosticConsumer *Client) {
  return clang::CompilerInstance::createDiagnostics(Files.getVirtualFileSystem(),
                                                    Asked.getDiagnosticOpts(), Client,
                                                    /*ShouldOwnClient=*/false);
}

#endif

} // namespace airlock

#endif
