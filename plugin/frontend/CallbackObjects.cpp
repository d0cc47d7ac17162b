// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "frontend/CallbackObjects.h"
#include "model/Model.h"
#include "clang/AST/Expr.h"

using namespace clang;

namespace airlock {

/// The object that an expression, or what it points to, is; null for one without a name.
static const ValueDecl *objectOf(const Expr *E) {
  for (;;) {
    E = E->IgnoreParenCasts();
    if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
      return Ref->getDecl();
    if (const auto *Member = dyn_cast<MemberExpr>(E))
      return Member->getMemberDecl();
    if (const auto *Element = dyn_cast<ArraySubscriptExpr>(E))
      E = Element->getBase();
    else if (const auto *U = dyn_cast<UnaryOperator>(E);
             U && (U->getOpcode() == UO_AddrOf || U->getOpcode() == UO_Deref))
      E = U->getSubExpr();
    else
      return nullptr;
  }
}

CallbackObjects::CallbackObjects(const Model &M, const UnitNames &Names) {
  for (const auto &Entry : M.readSlots()) {
    const std::string &Field = Entry.getValue().Callback.Value;
    if (Field.empty())
      continue;
    auto [Function, Parameter] = Entry.getKey().split('.');
    const auto *F = Names.find<FunctionDecl>(Function);
    for (unsigned I = 0; F && I < F->getNumParams(); ++I)
      if (F->getParamDecl(I)->getName() == Parameter)
        Takers[F->getCanonicalDecl()].push_back({I, Field});
  }
}

void CallbackObjects::store(const ValueDecl *Object, const FieldDecl *Field, const Expr *Value) {
  if (!Takers.empty() && Object && Value->getType()->isPointerType())
    if (const auto *F = dyn_cast_or_null<FunctionDecl>(objectOf(Value)))
      Callbacks[Object].push_back({Field, F});
}

void CallbackObjects::assign(const Expr *Target, const Expr *Value) {
  if (Takers.empty())
    return;
  if (const auto *Member = dyn_cast<MemberExpr>(Target->IgnoreParens()))
    if (const auto *Field = dyn_cast<FieldDecl>(Member->getMemberDecl()))
      store(objectOf(Member->getBase()), Field, Value);
}

void CallbackObjects::pass(const CallExpr *Call, const FunctionDecl *Callee) {
  auto Found = Takers.find(Callee->getCanonicalDecl());
  if (Found == Takers.end())
    return;
  for (const Taker &T : Found->second)
    if (T.Parameter < Call->getNumArgs())
      if (const ValueDecl *Object = objectOf(Call->getArg(T.Parameter)))
        Passes.push_back({Callee, T, Object, Call->getArg(T.Parameter)->getBeginLoc()});
}

void CallbackObjects::finish(EntityTable &Entities, Facts &Into) const {
  for (const Passed &Each : Passes) {
    auto Found = Callbacks.find(Each.Object);
    if (Found == Callbacks.end())
      continue;
    EntityId Slot = Entities.of(Each.To->getParamDecl(Each.As.Parameter));
    for (const Callback &C : Found->second)
      if (C.Field->getName() == Each.As.Field)
        Into.Stores.push_back(
            {Entities.of(C.Stored), Slot, Entities.of(Each.To), toLocation(Each.At)});
  }
}

} // namespace airlock
