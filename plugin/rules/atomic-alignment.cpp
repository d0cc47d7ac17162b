// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// atomic-alignment: an atomic read-modify-write of user memory needs an address
// that is naturally aligned. Where it is not, it splits a cache line, and the
// fault that it gets for that (split lock detection) is none that bringing in the
// page mends; get_futex_key() checks before anything else does.
//
//   the address                                verdict
//   ----------------------------------------   ----------------------------
//   is tested here: `p % 4`, IS_ALIGNED()      fine
//   went through what a model says aligns      fine
//   of a parameter                             up to those who call
//   read from user or kernel memory            warned
//   one byte                                   fine

#include "model/Model.h"
#include "rules/PointerStory.h"
#include "llvm/ADT/DenseSet.h"

namespace airlock {

void atomicAlignment(RuleContext &C) {
  const Facts &F = C.F;
  llvm::DenseSet<std::pair<EntityId, llvm::StringRef>> Reported;
  auto Report = [&](const Unsure &Of) {
    const Call &Access = F.Calls[Of.Access->Call];
    llvm::StringRef Text = Of.Access->Text;
    if (!Reported.insert({Of.Function, Text}).second)
      return;
    std::string What = Text.empty() ? "an address" : "'" + Text.str() + "'";
    Finding Found;
    Found.Rule = "atomic-alignment";
    // What is kept in kernel memory may have been checked when it was put there.
    if (Of.Access->From == Origin::Field)
      Found.Level = Severity::Advice;
    Found.At = placeOf(F, Access);
    setFunction(F, Of.Function, Found);
    Found.Message = {"'%0' is an atomic operation on user memory at %1, whose alignment nothing "
                     "has checked; where it is not aligned the fault cannot be fixed",
                     {F.callee(Access).Name.str(), What}};
    tellPassing(C, Of, Found.Path);
    tellFramesAbove(F, Of.Access->Call, Found.Path);
    Found.Allow = Access.Allow;
    Found.Key = {F.callee(Access).Name, Text};
    C.report(std::move(Found));
  };
  forEachUnsure(C, FieldsToo, [](const Passing &P) { return P.Aligned; }, Report);
}

} // namespace airlock
