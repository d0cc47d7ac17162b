// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a term may stand for, given what is known at a point: which bytes behind
// which address, which number, and which fetches from user memory it comes from.

#ifndef AIRLOCK_POINTERS_TERMS_H
#define AIRLOCK_POINTERS_TERMS_H

#include "pointers/FunctionPointers.h"
#include "support/Budget.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLFunctionalExtras.h"

namespace airlock {

/// An address: Offset bytes behind Base, which is no sum itself; so many or more if not Exact,
/// as that of an element of an array is.
struct BasedAddress {
  TermId Base;
  int64_t Offset = 0;
  bool Exact = true;
  /// Not Exact: it may be in front of that, too.
  bool Anywhere = false;

  /// Somewhere behind its base if nobody can count that far.
  void move(std::optional<int64_t> By) {
    std::optional<int64_t> There = By ? llvm::checkedAdd(Offset, *By) : std::nullopt;
    Exact &= There.has_value();
    Anywhere |= !There.has_value();
    Offset = There.value_or(Offset);
  }
  /// The bytes in front of these are not where it leads.
  bool isBehind(ByteRange Bytes) const { return !Anywhere && Offset >= Bytes.Hi; }
  /// Bytes behind it, as bytes behind the base.
  ByteRange behind(ByteRange Bytes) const {
    if (Anywhere)
      return {};
    ByteRange First = Bytes.moved(Offset);
    return Exact ? First : ByteRange{First.Lo, ByteRange::Most};
  }
};

/// Bytes of user memory that a value comes from, and the fetch.
struct FetchedFrom {
  uint32_t Event;
  TermId Root;
  ByteRange Bytes;
};

/// Every question is answered in time that is polynomial in the terms and the facts: a
/// term that is part of another in many places is looked at once.
class Terms {
public:
  /// Keeps references to all. Spend is what the questions cost, and is told where an
  /// answer says less than it could; once it is spent, all of them say nothing.
  Terms(const Facts &F, const UserFlow &Flow, Budget &Spend) : F(F), Flow(Flow), Spend(Spend) {}

  const Term &operator[](TermId Id) const { return Flow.Terms[Id]; }
  llvm::ArrayRef<TermId> argumentsOf(uint32_t Call) const { return Flow.Calls[Call].Arguments; }

  /// What stands for the address of an element: its array, or with the index that
  /// was used, itself.
  enum Elements : uint8_t { OfArray, Themselves };

  /// All that an address may be: as it is written, and by what its variables hold.
  using Addresses = llvm::SmallVector<BasedAddress, 2>;
  Addresses addresses(const PointerState &At, TermId Id, Elements Are = OfArray) const;
  /// As it is written.
  BasedAddress written(TermId Id, Elements Are = OfArray) const { return based(nullptr, Id, Are); }

  /// The one number that it can be.
  std::optional<int64_t> number(const PointerState &At, TermId Id) const;

  using Sources = llvm::SmallVector<FetchedFrom, 2>;
  Sources sources(const PointerState &At, TermId Id) const;
  /// The same for what was fetched to where a Load reads, and no more.
  Sources fetched(const PointerState &At, TermId Load) const;
  /// The same for what is given to a function, with what an address leads to.
  Sources handed(const PointerState &At, TermId Id) const;

  /// The same for what is in memory so far behind an address.
  Sources fetchedBehind(const PointerState &At, TermId Address, ByteRange Bytes) const;

  /// The bytes behind each address that a pointer and a size speak of.
  ByteRange range(const PointerState &At, const BasedAddress &From, TermId Size) const;
  ByteRange range(const BasedAddress &From, uint64_t Size) const;

  /// Whether a term is a parameter that user space says.
  bool isUserParameter(TermId Id) const {
    const Term &Is = Flow.Terms[Id];
    return Is.Is == Term::Parameter && size_t(Is.Number) < Flow.Parameters.size() &&
           Flow.Parameters[Is.Number].FromUser;
  }

  /// Whether a Load is of the variable that a parameter is, which the function changes.
  bool isVariableOf(TermId Load, TermId Parameter) const {
    const Term &Address = Flow.Terms[Flow.Terms[Load].A], &Is = Flow.Terms[Parameter];
    return Address.Is == Term::Object && Is.Is == Term::Parameter &&
           Flow.Variables[Address.Number].Parameter == unsigned(Is.Number);
  }

  /// The variable whose value a condition asks and nothing else: `err`, `!err`, `err < 0`,
  /// `err == 2`; NoTerm for any other condition.
  TermId flagOf(TermId Condition) const;
  /// Whether such a condition holds where the variable has that value.
  bool holdsOf(TermId Condition, int64_t Value) const;

  Origin originOf(const PointerState &At, TermId Id, uint8_t &Parameter) const;

  /// Whether Whole contains Part.
  bool mentions(TermId Whole, TermId Part) const;
  /// Visits a term and all that it is computed from, through variables and, if
  /// wanted, the arguments of calls, each once. Of Values, not what was asked to choose between
  /// them, or compared.
  enum Calls : uint8_t { IntoCalls, NotIntoCalls, Values };
  void visit(const PointerState &At, TermId Id, llvm::function_ref<void(TermId)> Each,
             Calls Into = IntoCalls) const;

  /// What a model says of the callee of a call of the flow; null if nothing.
  const FunctionModel *roleOf(uint32_t Call) const;

private:
  bool isFromUser(const PointerState &At, TermId Base) const;
  BasedAddress based(const PointerState *At, TermId Id, Elements Are) const;
  void collectFetched(const PointerState &At, TermId Address, uint64_t Size, Sources &Into) const;
  std::optional<int64_t> plainNumber(const PointerState &At, TermId Id) const;

  const Facts &F;
  const UserFlow &Flow;
  Budget &Spend;
  /// The terms that contain one that somebody asked about; bit 0 is that term itself.
  mutable llvm::DenseMap<TermId, llvm::BitVector> Containing;
};

} // namespace airlock

#endif
