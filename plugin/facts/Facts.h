// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What one translation unit says, with every trace of Clang taken out: the
// things that can be called (entities), the calls, the conversions of pointers
// to them, the casts. Facts state; they judge nothing. The rules read them.
//
// Ownership: Facts owns its vectors and, through Strings, every name in them.
// Ids are indices into the vectors and stay valid as long as the Facts.

#ifndef AIRLOCK_FACTS_FACTS_H
#define AIRLOCK_FACTS_FACTS_H

#include "support/IdSet.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Allocator.h"
#include "llvm/Support/StringSaver.h"
#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

namespace airlock {

struct FunctionModel;

/// A place in the source. Only a SourceMap (report/Report.h) and whoever made
/// the facts know what is behind it; 0 is nowhere.
struct Location {
  uint32_t Raw = 0;
  bool isValid() const { return Raw != 0; }
  bool operator==(Location Other) const { return Raw == Other.Raw; }
};

using EntityId = uint32_t;
constexpr EntityId NoEntity = ~EntityId(0);

using CallId = uint32_t;
constexpr CallId NoCall = ~CallId(0);

using AllowId = uint32_t;
constexpr AllowId NoAllow = ~AllowId(0);

enum class EntityKind : uint8_t {
  Function,
  Macro,
  // From here on: slots, places that a function pointer is kept in.
  Field,
  Variable,
  Parameter,
  Result,  // what a function returns
  Value,   // an expression that has only a type; named by that type
  Operand, // of an asm statement
};

/// A place where a qualifier can be written: before a name, or after a declarator.
struct Insertion {
  Location At;
  bool AfterDeclarator;
};

/// Who says that something needs a context: a place in the source, or a model.
struct QualifierOrigin {
  unsigned Context;
  Location At;
  llvm::StringRef Model;
};

/// What must hold of an argument for something to happen.
struct ArgumentCondition {
  enum Kind : uint8_t { NonZero, Zero, Equal, NotEqual, Above, Below };
  Kind Is;
  unsigned Parameter;
  /// NonZero, Zero: only these bits of it.
  uint64_t Mask = ~uint64_t(0);
  /// Equal, NotEqual, Above, Below: to what, or what.
  int64_t Value = 0;
  /// A flag, passed on purpose: where it is not known what arrives, it is taken not to hold.
  bool IsFlag = false;
  /// A pointer: that it is not null is what all expect.
  bool IsPointer = false;
  bool operator==(const ArgumentCondition &O) const {
    return Is == O.Is && Parameter == O.Parameter && Mask == O.Mask && Value == O.Value;
  }
};

/// A condition as somebody states it, and how it reads there: "argument 2 has
/// '__GFP_DIRECT_RECLAIM'".
struct StatedCondition {
  ArgumentCondition If;
  llvm::StringRef Text;
};

/// A field of an argument that a condition speaks about. It is one more argument, behind those
/// of the prototype: conditions and calls know it by that number.
struct FieldArgument {
  unsigned Parameter;
  llvm::StringRef Field;
};

/// How a call changes the regions that are open, as declared.
struct RegionChanges {
  RegionSet Enters, Exits;
  /// Those of Exits that are closed by then, however often they were opened.
  RegionSet ExitsAll;
  /// Only if it returns true, or false.
  RegionSet EntersIfTrue, EntersIfFalse, ExitsIfTrue, ExitsIfFalse;
  RegionSet Saves, Restores;
  RegionSet all() const {
    return Enters | Exits | EntersIfTrue | EntersIfFalse | ExitsIfTrue | ExitsIfFalse | Saves |
           Restores;
  }
};

/// What is known of an entity beyond its contexts; most have none of it.
struct Behaviour {
  /// Entity::Effects happen where all of these hold.
  llvm::SmallVector<StatedCondition, 1> When;
  /// What of them is about fields, in the order of the numbers behind the prototype's. In a unit
  /// only: a program knows the numbers.
  llvm::SmallVector<FieldArgument, 0> Fields;
  RegionChanges Regions;
  /// It was annotated, not modelled: a body that does otherwise is a finding.
  bool RegionsWritten = false;
  /// The region comes from the argument of each call (FlowEvent::Regions).
  bool Acquires = false, Releases = false;
  /// The regions are what the markers of a prototype say: of the lock, and of nothing that
  /// goes with it.
  bool OnlyMarked = false;
  /// What it opens or closes its regions for, or needs them to be open for. In a unit only:
  /// where it matters is judged there.
  FlavourSet Flavour;
  RegionSet SafeIn;
  /// The promise, and who gives it: a place in the source, or a model.
  EffectSet Never;
  Location NeverAt;
  llvm::StringRef NeverModel;
  /// For a slot: what is open when a function that is stored there runs.
  RegionSet RunsIn;
  /// For a slot: functions that are stored there hand what is open to others of their table. In a
  /// unit only.
  bool HandsOver = false;

  /// A question; where the answer is LiftsOn, these may happen, and the code is in these
  /// contexts; where it is the other one, it is outside of them.
  EffectSet Lifts;
  ContextSet Grants;
  bool LiftsOn = true;
  bool isQuestion() const { return !Lifts.empty() || !Grants.empty(); }

  // User pointers; facts of a unit only, what a program needs of them is in UserFacts.h.
  /// What a model says that a call does with them; owned by the model.
  const FunctionModel *User = nullptr;
  /// For a slot: what is kept there has been checked.
  bool Prevalidated = false;
  /// For a field: the size that user memory says it has.
  bool UserSize = false;
  /// For a field or a parameter: user space has put it there.
  bool FromUser = false;
  /// For a slot: functions that are stored there get this argument as user space has it, or in
  /// it where a copy of user memory is; by number from 1 on, 0 for none.
  unsigned PassesFromUser = 0, PassesCopied = 0;
  /// For a field: translations that this effect resets.
  std::optional<unsigned> ResetBy;
};

/// Something that is called, or that a function pointer is kept in.
struct Entity {
  EntityKind Kind;
  bool HasBody = false;
  /// A function that is inlined wherever it is called.
  bool Inline = false;
  /// A definition that gives way to another one: `__weak`.
  bool Weak = false;
  /// A model knows it; and says that the insides are not analysed.
  bool Modelled = false;
  bool Opaque = false;
  /// A qualifier can be written on it: a function or a pointer to one, not a `void *`.
  bool CanCarry = false;
  /// A variable inside a function: no other function's, whatever its name.
  bool IsLocal = false;
  /// False for what has no name of its own, and is called by its type or number.
  bool Named = true;
  /// Where it is declared: for a function its definition if there is one.
  Location Declared;
  /// For a parameter of a function: whose, and which one.
  EntityId Owner = NoEntity;
  unsigned Index = 0;
  /// "vhost_signal", "vhost_virtqueue.handle_kick", "fn".
  llvm::StringRef Name;
  /// For what only its file sees, a static function or variable, the file; else empty.
  llvm::StringRef File;
  /// Who says that it needs a context, one entry for each that is known.
  llvm::SmallVector<QualifierOrigin, 0> Origins;
  /// The contexts that calling it, or calling through it, needs.
  ContextSet Needs;
  /// The contexts that its body runs in: Needs and its sanctioned crossings.
  ContextSet Provides;
  /// The contexts that it must not be called in.
  ContextSet Excludes;
  /// What a model says that calling it does.
  EffectSet Effects;
  /// What else is known; owned by Facts::Behaviours. Null for most.
  const Behaviour *More = nullptr;
  /// Where to write it: the definition and each declaration.
  llvm::SmallVector<Insertion, 0> Insertions;

  bool isSlot() const { return Kind >= EntityKind::Field; }
  /// Whether calling it changes a region, as declared.
  bool changesRegions() const {
    return More && (!More->Regions.all().empty() || More->Acquires || More->Releases);
  }
  /// The regions that it promises to be safe in.
  RegionSet safeIn() const { return More ? More->SafeIn : RegionSet(); }
  /// The effects that it promises not to have.
  EffectSet never() const { return More ? More->Never : EffectSet(); }
};

/// For a call in an argument of an opaque macro: how to take it out.
struct Hoist {
  llvm::StringRef Macro;
  /// The call as written, and where.
  llvm::StringRef Text;
  Location From, To;
  /// Whether it can be moved at all, and the last place that changes what it reads.
  bool Movable = false;
  Location After;
  /// Where it is: see StatementPlace, and the statement that the block is part of.
  Location Statement, Block, Around;
  /// The statement has no branches.
  bool IsPlain = true;
};

/// A call, or the expansion of a macro, which is a call of the macro's name.
struct Call {
  /// The function whose body this is in; always one: what an initialiser at
  /// file scope calls, it does not call at run time.
  EntityId In;
  /// A function, a macro, or the slot that is called through.
  EntityId Callee;
  Location At;
  /// The expansion whose macro body holds this call; NoCall in plain code.
  CallId Outer = NoCall;
  AllowId Allow = NoAllow;
  /// Where its author wrote it: At, or the macro in a file that it comes out of.
  Location Place = {};
};

/// Where something can be put in front of a call: the statement of a block that
/// it is in, and the white space before it.
struct StatementPlace {
  Location Statement, Block;
  llvm::StringRef Indent;
};

/// How a pointer gets from one place to another.
enum class Site : uint8_t {
  Initialization,
  Assignment,
  Argument,             // To is the parameter, Function the callee
  VariadicArgument,     // Function is the callee
  UnprototypedArgument, // Function is the callee
  Return,
  AsmOperand,
  Cast,
};

/// A function, or a pointer that carries contexts, converted to another type
/// of pointer; also where nothing is lost, the rules decide. A cast of
/// `c ? f : g` is two, one after the other, at one place.
struct Conversion {
  Site Kind;
  /// The function whose body this is in; NoEntity for an initialiser at file scope.
  EntityId In;
  EntityId From;
  EntityId To;
  /// What is called, for arguments: a function or a slot.
  EntityId Function;
  Location At;
  AllowId Allow = NoAllow;
  /// What is converted is the place of a pointer, as in `fill(&p)`: what is put
  /// there must not need more than it carries, nor what is read there less.
  bool OfPlace = false;
  /// For a cast: '__force' is written in it.
  bool Forced = false;
  /// Where a fix-it writes the crossing, and what: "__force " into a cast, a
  /// whole cast in front of anything else. Empty where it cannot be written.
  Location ForceAt;
  llvm::StringRef ForceText;
  /// What is converted, as it is written there, where its type stays: the header's macro can go
  /// around it instead.
  llvm::StringRef Crossed;
};

/// A pointer into user memory that is used like any other, or that becomes another kind of
/// pointer; or any other that becomes one.
struct SpaceChange {
  enum Kind : uint8_t {
    Reads,     // what it points to is read as if it were the kernel's
    Writes,    // is written
    Calls,     // is called
    Drops,     // it becomes a plain pointer
    Adds,      // a plain pointer becomes one
    Beneath,   // a pointer to it becomes a pointer to a plain one, or the other way round
    Parameter, // a function becomes one whose parameter is the other kind of pointer
    Result,    // the same with what it returns
    Arms,      // of `c ? p : q` one is one, the other is not
  };
  Kind Is;
  /// Of what is converted: at what kind of place.
  Site Where = Site::Cast;
  /// The function whose body this is in; NoEntity for an initialiser at file scope.
  EntityId In = NoEntity;
  Location At = {};
  AllowId Allow = NoAllow;
  /// The pointer as written, and what it is made from: a declaration or a type.
  llvm::StringRef Text = {};
  EntityId From = NoEntity;
  /// What it becomes; of Arms, the one that is not.
  EntityId To = NoEntity;
  /// What is called, for arguments; what returns, for returns.
  EntityId Function = NoEntity;
  /// Of Parameter: which one.
  unsigned Index = 0;
  /// Where "__force " can be written into a cast.
  Location ForceAt = {};
};

/// A declaration of a function that was used before, with other contexts.
struct Redeclaration {
  EntityId Function;
  Location At;
  Location Previous;
  Location Use;
  ContextSet Added;
  ContextSet Dropped;
  AllowId Allow = NoAllow;
};

/// What some unit was told about an entity that others were told otherwise.
struct Claim {
  EntityId Of;
  Location At;
  ContextSet Needs, Provides;
  EffectSet Never;
  RegionSet SafeIn;
  /// It is the definition.
  bool Defines;
};

/// One `__airlock_allow(rule, why)`; Outer is the next one further out.
struct Allow {
  llvm::StringRef Rule;
  llvm::StringRef Why;
  AllowId Outer;
  Location At = {};
  /// Of a program: it silences a finding that its unit made by itself; its file.
  bool Used = false;
  llvm::StringRef File = {};
};

/// A function found in a slot: how a function without callers gets called. Or a
/// parameter whose function goes into a slot.
struct Store {
  EntityId Stored;
  /// The slot; for an argument, the parameter.
  EntityId Slot;
  /// For an argument, what it is passed to.
  EntityId PassedTo;
  Location At;
};

/// What the analysis looked at, so that "no findings" can be audited.
struct Coverage {
  unsigned Functions = 0;
  unsigned DirectCalls = 0;
  unsigned SlotCalls = 0;
  unsigned UnresolvedCalls = 0;
};

struct Facts {
  /// Grows after the walk by what only flows name: the side tables made before know
  /// nothing of those, and nothing calls them.
  std::vector<Entity> Entities;
  std::vector<Call> Calls;
  std::vector<Conversion> Conversions;
  std::vector<SpaceChange> SpaceChanges;
  std::vector<Redeclaration> Redeclarations;
  std::vector<Store> Stores;
  std::vector<Allow> Allows;
  /// These are the facts of all units together: what they do not show, no unit does.
  bool WholeProgram = false;
  /// Of a program: all that was said of what its units do not agree on.
  std::vector<Claim> Claims;
  /// The innermost suppression around a return, by its place.
  llvm::DenseMap<uint32_t, AllowId> AllowAt;
  std::deque<Behaviour> Behaviours; // stay in place as they grow
  // What fix-its need of a few calls.
  llvm::DenseMap<CallId, Hoist> Hoists;
  /// Of a function that a macro of some file declares: where, in the macro's body, a
  /// qualifier can be written behind the type that it returns.
  llvm::DenseMap<EntityId, Location> InMacroBody;
  /// Of the calls that change a region.
  llvm::DenseMap<CallId, StatementPlace> Statements;
  Coverage Seen;
  /// Some Behaviour::Fields is not empty.
  bool SpeaksOfFields = false;

  const Entity &callee(const Call &C) const { return Entities[C.Callee]; }
  /// Who makes a call: the macro whose body holds it, or else the function.
  EntityId caller(const Call &C) const { return C.Outer == NoCall ? C.In : Calls[C.Outer].Callee; }

  /// The file that the unit was made from.
  llvm::StringRef MainFile;

  llvm::BumpPtrAllocator Memory;
  llvm::StringSaver Strings{Memory};

  Facts() = default;
  Facts(const Facts &) = delete;
  Facts &operator=(const Facts &) = delete;
};

} // namespace airlock

#endif
