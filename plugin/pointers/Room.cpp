// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "pointers/Room.h"
#include "model/Model.h"

namespace airlock {

static bool isAllocation(const PointerAnalysis &P, const Term &Is) {
  const FunctionModel *Role = P.terms().roleOf(Is.Number);
  return Role && Role->Allocates;
}

/// Of an allocation whose size is a number.
static std::optional<int64_t> allocated(const PointerAnalysis &P, const PointerState &At,
                                        const Term &Is) {
  const FunctionModel *Role = P.terms().roleOf(Is.Number);
  llvm::ArrayRef<TermId> Arguments = P.flow().Calls[Is.Number].Arguments;
  auto Number = [&](unsigned Argument) {
    return Argument <= Arguments.size() ? P.terms().number(At, Arguments[Argument - 1])
                                        : std::nullopt;
  };
  std::optional<int64_t> Size = Number(Role->Allocates.Value), Each = 1;
  if (Role->ElementSize)
    Each = Number(Role->ElementSize.Value);
  // What nobody can count, nobody gets: a product that overflows is no size.
  return Size && Each && *Size >= 0 && *Each >= 0 ? llvm::checkedMul(*Size, *Each) : std::nullopt;
}

Room roomAt(const PointerAnalysis &P, const PointerState &At, const UserArgument &Argument) {
  if (Argument.Room || Argument.target() == NoTerm)
    return {Argument.Room, Argument.Room != 0};
  const Room ByType{Argument.TypeRoom, false};
  uint64_t Most = 0;
  for (const BasedAddress &A : P.terms().addresses(At, Argument.target())) {
    const Term &Is = P.terms()[A.Base];
    std::optional<int64_t> Whole;
    switch (Is.Is) {
    case Term::Load: // of a pointer, whose values come by themselves where they are known
      if (!At.all(PointerFact::Alias, A.Base).empty())
        continue;
      return ByType;
    case Term::Parameter:
      return ByType;
    case Term::Object:
      Whole = P.flow().Variables[Is.Number].Size;
      break;
    case Term::Result:
      if (!isAllocation(P, Is)) // of somebody who has it from where nobody sees
        return ByType;
      Whole = allocated(P, At, Is);
      break;
    case Term::Constant: // null
      if (!Is.Number)
        continue;
      break;
    default:
      break;
    }
    // Of what begins nobody knows where, no more than all.
    std::optional<int64_t> Left =
        Whole && *Whole ? llvm::checkedSub(*Whole, A.Anywhere ? 0 : A.Offset) : std::nullopt;
    if (!Left || *Left <= 0)
      return {};
    Most = std::max<uint64_t>(Most, *Left);
  }
  return Most ? Room{Most, true} : ByType;
}

} // namespace airlock
