// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "frontend/FieldArguments.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"

using namespace clang;

namespace airlock {

static const FieldDecl *fieldOf(QualType Pointer, llvm::StringRef Name) {
  const RecordDecl *Record =
      Pointer->isPointerType() ? Pointer->getPointeeType()->getAsRecordDecl() : nullptr;
  Record = Record ? Record->getDefinition() : nullptr;
  if (Record)
    for (const FieldDecl *F : Record->fields())
      if (F->getName() == Name)
        return F;
  return nullptr;
}

/// `m->field` for the argument `m`, `x.field` for `&x`: as if it stood in the source.
const MemberExpr *FieldArguments::member(const CallExpr *C, const FieldArgument &Wanted) {
  if (Wanted.Parameter >= C->getNumArgs())
    return nullptr;
  const Expr *Base = C->getArg(Wanted.Parameter)->IgnoreParens();
  while (const auto *Cast = dyn_cast<ImplicitCastExpr>(Base)) {
    if (Cast->getCastKind() == CK_LValueToRValue)
      break;
    Base = Cast->getSubExpr()->IgnoreParens();
  }
  const FieldDecl *Field = fieldOf(Base->getType(), Wanted.Field);
  if (!Field)
    return nullptr;
  const auto *Address = dyn_cast<UnaryOperator>(Base);
  const bool IsAddress = Address && Address->getOpcode() == UO_AddrOf;
  if (IsAddress)
    Base = Address->getSubExpr()->IgnoreParens();
  const MemberExpr *Member = MemberExpr::CreateImplicit(
      Context, const_cast<Expr *>(Base), /*IsArrow=*/!IsAddress, const_cast<FieldDecl *>(Field),
      Field->getType(), VK_LValue, OK_Ordinary);
  const auto *Ref = IsAddress ? dyn_cast<DeclRefExpr>(Base) : nullptr;
  if (const auto *V = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr) {
    Addresses.insert(Address);
    OfVariable[V].push_back(Member);
  }
  return Member;
}

void FieldArguments::note(const CallExpr *C, llvm::ArrayRef<FieldArgument> Wanted) {
  auto [Known, IsNew] = OfCall.try_emplace(C);
  if (!IsNew)
    return;
  for (const FieldArgument &Each : Wanted)
    Known->second.push_back(member(C, Each));
}

llvm::ArrayRef<const MemberExpr *> FieldArguments::of(const CallExpr *C) const {
  auto Found = OfCall.find(C);
  return Found == OfCall.end() ? llvm::ArrayRef<const MemberExpr *>() : Found->second;
}

llvm::SmallVector<FieldArguments::Initial, 1> FieldArguments::initials(const VarDecl *V) const {
  llvm::SmallVector<Initial, 1> All;
  const auto *List = dyn_cast_or_null<InitListExpr>(V->getInit());
  auto Found = OfVariable.find(V);
  if (!List || Found == OfVariable.end())
    return All;
  for (const MemberExpr *Member : Found->second) {
    const auto *Field = cast<FieldDecl>(Member->getMemberDecl());
    unsigned Index = 0; // unnamed bit-fields have no initialiser
    for (const FieldDecl *Before : Field->getParent()->fields()) {
      if (Before == Field)
        break;
      Index += !Before->isUnnamedBitField();
    }
    if (Field->getParent()->isUnion() || Index >= List->getNumInits())
      continue;
    const Expr *Value = List->getInit(Index);
    All.push_back({Member, isa_and_nonnull<ImplicitValueInitExpr>(Value) ? nullptr : Value});
  }
  return All;
}

} // namespace airlock
