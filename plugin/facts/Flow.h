// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The control flow of one function, with every trace of Clang taken out: what
// is called in which order, with what, under which conditions. The frontend
// makes it from clang::CFG, on demand (FlowSource); regions/ runs over it.
// Only what conditions and arguments speak about is kept of the data.

#ifndef AIRLOCK_FACTS_FLOW_H
#define AIRLOCK_FACTS_FLOW_H

#include "facts/Facts.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include <memory>

namespace airlock {

using ValueId = uint32_t;
constexpr ValueId NoValue = ~ValueId(0);
using ExprId = uint32_t;
constexpr ExprId NoExpr = ~ExprId(0);
using BlockId = uint32_t;

/// Something whose value can be known on a path.
struct FlowValue {
  enum Kind : uint8_t {
    Variable, // a local or a parameter
    Masked,   // some bits of a variable
    Memory,   // anything else that is read twice: p->flag, is_ready(p)
    Result,   // what one call returned, or one expression came to
    Answer,   // of a comparison of variables
  };
  Kind Is = Variable;
  /// For a parameter, which one.
  std::optional<unsigned> Parameter;
  /// A bool or a set of flags: what arrives unknown is taken for quiet.
  bool IsFlag = false;
  bool IsPointer = false;
  /// Masked: the variable and the bits.
  ValueId Base = NoValue;
  uint64_t Mask = 0;
  /// The answer of this question (Behaviour::Lifts).
  EntityId Test = NoEntity;
  /// What is not known any more once this changes.
  llvm::SmallVector<ValueId, 2> Dependents;
};

struct FlowExpr {
  enum Kind : uint8_t {
    Unknown,
    Constant,
    Address, // of something: not null
    Offset,  // a pointer moved within its object: null or an error as before
    Next,    // one more: what is not negative does not become so
    Value,
    Not,
    And, // && and ||: evaluated where the flow joins again
    Or,
    Select, // Operands[0] ? Operands[1] : Operands[2]
    Equal,
    Less,
    BitAnd,
    BitOr,
    Expansion, // Value if the macro itself changes a region, else Operands[0]
  };
  Kind Is = Unknown;
  int64_t Number = 0;
  /// Value, Expansion: which. And, Or, Select, Equal, Less: the value that stands
  /// for the whole, if it is known again later.
  ValueId Var = NoValue;
  ExprId Operands[3] = {NoExpr, NoExpr, NoExpr};
  CallId Call = NoCall;         // Expansion
  EntityId Function = NoEntity; // Address: of a function
};

struct FlowEvent {
  /// Jump: a goto to where nothing is left to do but return.
  enum Kind : uint8_t { Call, Assign, Forget, NonNull, Jump, Return };
  Kind Is = Call;
  Location At;
  /// Call: the fact.
  CallId Made = NoCall;
  /// Call: its result. Assign, Forget: what changes. NonNull: a pointer that is
  /// followed here.
  ValueId Target = NoValue;
  /// Assign, Return: the value.
  ExprId Source = NoExpr;
  llvm::SmallVector<ExprId, 4> Arguments;
  /// Call of a cleanup function: the variable whose scope ends.
  ValueId Scope = NoValue;
  /// Call of something that acquires or releases its argument: which regions.
  RegionSet Regions;
};

struct FlowEdge {
  enum Kind : uint8_t { Always, IfTrue, IfFalse, IfEqual, IfNone };
  Kind Is = Always;
  BlockId To = 0;
  /// IfEqual: to this; IfNone: to none of these.
  llvm::SmallVector<int64_t, 1> Numbers;
  /// An expression around the condition that is decided here, too: `a && b`
  /// where a is false.
  ExprId Also = NoExpr;
  bool AlsoTruth = false;
};

struct FlowBlock {
  std::vector<FlowEvent> Events;
  ExprId Condition = NoExpr;
  /// The condition of a loop: memory that it reads is expected to change.
  bool DecidesLoop = false;
  /// Something is stored here that others see: who returns then may say so by it.
  bool Stores = false;
  /// Here the function has returned.
  bool IsExit = false;
  /// The place of the loop, for a block that a back edge leads to.
  Location Loop;
  llvm::SmallVector<FlowEdge, 2> Next;
};

struct Flow {
  /// The first value is what the function returns.
  static constexpr ValueId ReturnValue = 0;
  std::vector<FlowValue> Values;
  /// Operands stand before what they are operands of, and may be those of several.
  std::vector<FlowExpr> Exprs;
  /// In reverse post-order; the first is where the function begins.
  std::vector<FlowBlock> Blocks;
  /// Where control falls off the end: the closing brace.
  Location End;
  /// A struct is returned: nobody looks into it, but callers may.
  bool ReturnsRecord = false;
  bool HasAsm = false;
  /// Something is stored where a parameter points, as a result is.
  bool FillsParameter = false;
  /// It has not been made to its end: see MaxSize.
  bool TooLarge = false;

  /// So many expressions, and so many events.
  static constexpr size_t MaxSize = 1 << 18;
};

/// Where flows come from.
class FlowSource {
public:
  virtual ~FlowSource() = default;
  /// The flow of a function with a body; null if it cannot be made.
  /// ChangesRegions tells, of a callee with a body, that what it returns may
  /// depend on the regions it changes.
  virtual std::unique_ptr<Flow> flowOf(EntityId Function,
                                       llvm::function_ref<bool(EntityId)> ChangesRegions) = 0;
};

} // namespace airlock

#endif
