// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What one function does with addresses and values, in the order of its control
// flow and with every trace of Clang taken out. The frontend makes it from
// clang::CFG, on demand (UserFlowSource); pointers/ runs over it.
//
// A term is an address or a value. The same computation of the same things has
// the same number, so that `&p->f` here is `&p->f` there; whether it still has
// the same value is for pointers/ to know.

#ifndef AIRLOCK_FACTS_USERFLOW_H
#define AIRLOCK_FACTS_USERFLOW_H

#include "facts/Facts.h"
#include "support/Budget.h"
#include <memory>

namespace airlock {

using TermId = uint32_t;
constexpr TermId NoTerm = ~TermId(0);

struct Term {
  enum Kind : uint8_t {
    Unknown,   // nothing is known of it; each is another one
    Constant,  // Number
    Parameter, // what the caller passed, by number; it never changes
    Object,    // the address of the variable of that number
    Load,      // what is in memory at A: Number bytes
    Offset,    // Number bytes behind A
    Index,     // some elements behind A: B of them
    Result,    // what call Number (in Flow.Calls) returned
    Select,    // A ? B : C
    Not,
    Less, // A < B; A <= B if Number is odd. IsUnsigned: compared without a sign. In the bits of
          // Number from 2 and from 6 on: in how many bytes A and B are added up, if they are sums
    Equal,
    Bits,    // A & B, A % B
    Combine, // computed from A and B in another way
  };
  Kind Is = Unknown;
  /// Nothing in it can be negative.
  bool IsUnsigned = false;
  /// Load, Parameter, Result: how many bytes its type has, if that is an integer.
  uint8_t Width = 0;
  TermId A = NoTerm, B = NoTerm, C = NoTerm;
  int64_t Number = 0;
  /// Load: the field, if a model or an annotation says something of it.
  EntityId Field = NoEntity;
};

/// A variable whose address is a term, or that is given several values.
struct UserVariable {
  llvm::StringRef Name;
  /// How many bytes it has; 0 if that is not known.
  uint64_t Size = 0;
  /// For a parameter, which one.
  std::optional<unsigned> Parameter;
  bool IsLocal = true;
};

struct UserArgument {
  TermId Value = NoTerm;
  /// The address of what it names; only for arguments of macros, which may give it a
  /// value: the `x` of `get_user(x, p)`.
  TermId Place = NoTerm;
  /// How many bytes what it points to has, by its type; 0 if that is not known.
  uint64_t Points = 0;
  /// How many bytes the object has that it points to, or that it names, from there
  /// on; of an array in a struct, no more than the array. 0 if that is not known.
  uint64_t Room = 0;
  /// The same of the struct that it points into, by its type alone: what is behind it
  /// may be larger.
  uint64_t TypeRoom = 0;
  /// It is a pointer into user memory, by its type.
  bool IsUser = false;
  /// The parameter is `__prevalidated`.
  bool Promised = false;
  /// As it is written.
  llvm::StringRef Text;
  /// Where something goes that is stored through it.
  TermId target() const { return Place != NoTerm ? Place : Value; }
};

struct UserEvent {
  enum Kind : uint8_t { Call, Assign, Return };
  Kind Is = Call;
  Location At;
  /// Call: the fact, and its number in UserFlow::Calls.
  CallId Made = NoCall;
  uint32_t Number = 0;
  llvm::SmallVector<UserArgument, 4> Arguments;
  /// Assign: the address that is written to, and how many bytes; 0 if nobody knows.
  TermId Target = NoTerm;
  uint64_t Size = 0;
  /// Assign: to a field that is `__prevalidated`.
  bool Promised = false;
  /// Call: written in the body of a macro.
  bool InMacro = false;
  /// Call: of an accessor that checks its address, as this machine defines it.
  bool Checks = false;
  /// Assign, Return: the value. NoTerm for one that nobody knows.
  TermId Source = NoTerm;
};

struct UserEdge {
  enum Kind : uint8_t { Always, IfTrue, IfFalse };
  Kind Is = Always;
  uint32_t To = 0;
};

struct UserBlock {
  std::vector<UserEvent> Events;
  /// What it branches on, and where that is.
  TermId Condition = NoTerm;
  Location At;
  llvm::SmallVector<UserEdge, 2> Next;
  /// The place of the loop, for a block that a back edge leads to.
  Location Loop;
  /// That loop goes on as long as the condition holds.
  bool BoundsLoop = false;
};

/// One call that has a result in some term, or that is an event.
struct UserCall {
  CallId Made = NoCall;
  EntityId Callee = NoEntity;
  llvm::SmallVector<TermId, 4> Arguments;
  /// The callee has a body that returns a negative constant somewhere.
  bool MayFail = false;
  /// It returns a pointer into user memory, by its type.
  bool ReturnsUser = false;
};

struct UserParameter {
  llvm::StringRef Name;
  /// It was annotated `__prevalidated`.
  bool Prevalidated = false;
  /// User space says what it is.
  bool FromUser = false;
};

/// What a parameter points to was copied from user memory before the function is called.
struct EarlierCopy {
  TermId Parameter;
  /// Where from, and by which call; nobody sees either.
  TermId Root;
  uint32_t Call;
};

struct UserFlow {
  std::vector<Term> Terms;
  std::vector<UserVariable> Variables;
  std::vector<UserCall> Calls;
  /// In reverse post-order; the first is where the function begins.
  std::vector<UserBlock> Blocks;
  /// The block where it has returned.
  uint32_t Exit = 0;
  llvm::SmallVector<UserParameter, 6> Parameters;
  llvm::SmallVector<EarlierCopy, 1> Copies;
  /// It returns an integer that may say that it failed.
  bool CanFail = false;
  /// The limit that ended the making of it: terms are missing.
  std::optional<Limit> GivenUp;
};

/// Where they come from.
class UserFlowSource {
public:
  virtual ~UserFlowSource() = default;
  /// The flow of a function with a body; null if it cannot be made.
  virtual std::unique_ptr<UserFlow> userFlowOf(EntityId Function) = 0;
  /// Whether a function takes or returns a pointer into user memory.
  virtual bool takesUserPointer(EntityId Function) const = 0;
  /// Whether a function may read a translation that is kept (a model's `reset_by`).
  virtual bool readsCache(EntityId Function) const = 0;
  /// Whether anything is declared `__prevalidated`: then any function may fill it.
  virtual bool anyPromised() const = 0;
};

} // namespace airlock

#endif
