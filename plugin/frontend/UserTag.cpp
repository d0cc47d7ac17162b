// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//                               airlock.h's `__user`     the code base's own, if it is nothing
//   no object is made           the tag                  the tag
//   without debug information   the tag                  as it is
//   with debug information      nothing                  as it is
//
// Debug information shows a tag, and objects have to stay what they are without
// us. Where one is made, a macro of somebody else's is not ours to change at all.

#include "frontend/UserTag.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Lex/MacroInfo.h"
#include "clang/Lex/Preprocessor.h"

using namespace clang;

namespace airlock {

namespace {

constexpr llvm::StringLiteral TagMacro = "__airlock_user_tag";

/// Whether a macro expands to no tokens, as `BTF_TYPE_TAG(user)` may.
bool isNothing(const MacroInfo &Macro, const Preprocessor &PP, unsigned Depth) {
  constexpr unsigned MaxDepth = 8;
  llvm::ArrayRef<Token> Rest = Macro.tokens();
  while (!Rest.empty()) {
    const IdentifierInfo *Name = Rest.front().getIdentifierInfo();
    const MacroInfo *Inner = Name ? PP.getMacroInfo(Name) : nullptr;
    if (!Inner || Depth == MaxDepth || !isNothing(*Inner, PP, Depth + 1))
      return false;
    Rest = Rest.drop_front();
    if (!Inner->isFunctionLike())
      continue;
    // The arguments vanish, too.
    unsigned Open = 0;
    do {
      if (Rest.empty())
        return false;
      Open += Rest.front().is(tok::l_paren);
      Open -= Rest.front().is(tok::r_paren);
      Rest = Rest.drop_front();
    } while (Open);
  }
  return true;
}

} // namespace

UserTag::UserTag(CompilerInstance &CI)
    : PP(CI.getPreprocessor()), User(PP.getIdentifierInfo("__user")) {
  bool MakesObject = CI.getFrontendOpts().ProgramAction != frontend::ParseSyntaxOnly;
  bool HasDebugInfo = CI.getCodeGenOpts().getDebugInfo() != llvm::codegenoptions::NoDebugInfo;
  std::string Predefines = PP.getPredefines();
  if (!MakesObject || !HasDebugInfo)
    Predefines += "#define __AIRLOCK_TYPE_TAGS__ 1\n";
  if (!MakesObject) {
    // In front, since `-D__user=` is among the others.
    Predefines =
        ("#define " + TagMacro + " __attribute__((btf_type_tag(\"user\")))\n").str() + Predefines;
    Tag = PP.getIdentifierInfo(TagMacro);
  }
  PP.setPredefines(std::move(Predefines));
}

void UserTag::noteDefinition(const Token &Name, const MacroDirective *Definition) {
  if (!Tag || Name.getIdentifierInfo() != User)
    return;
  MacroInfo *Tagged = PP.getMacroInfo(Tag);
  if (!Tagged || Definition->getMacroInfo() == Tagged ||
      !isNothing(*Definition->getMacroInfo(), PP, 0))
    return;
  Tagged->setIsAllowRedefinitionsWithoutWarning(true); // they cannot know of ours
  PP.appendDefMacroDirective(User, Tagged, Name.getLocation());
}

} // namespace airlock
