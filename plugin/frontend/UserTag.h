// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Makes `__user` a type tag where the code base has it as nothing: the kernel
// does so for Clang unless debug information with BTF is wanted.

#ifndef AIRLOCK_FRONTEND_USERTAG_H
#define AIRLOCK_FRONTEND_USERTAG_H

namespace clang {
class CompilerInstance;
class IdentifierInfo;
class MacroDirective;
class Preprocessor;
class Token;
} // namespace clang

namespace airlock {

class UserTag {
public:
  /// To be made before the preprocessor starts.
  explicit UserTag(clang::CompilerInstance &CI);

  /// To be told of every macro that is defined.
  void noteDefinition(const clang::Token &Name, const clang::MacroDirective *Definition);

private:
  clang::Preprocessor &PP;
  clang::IdentifierInfo *User;
  /// The macro that is the tag; null where none is supplied.
  const clang::IdentifierInfo *Tag = nullptr;
};

} // namespace airlock

#endif
