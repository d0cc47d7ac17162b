// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// user-size: how many bytes an access copies, or an allocation has.
//
//   the size                                         verdict
//   ----------------------------------------------   ----------------------------
//   a constant, more than the destination has        warned
//   read from user memory, and not compared with     warned
//   anything that keeps it within its room: that of
//   the destination, or of the source of a copy out
//   read from user memory, and may be less than      warned
//   zero, by its type or by what is taken from it
//   passed to a function that copies so much         the same
//   more than `argsz` was compared with              warned
//   read from user memory that has an `argsz`, and   warned
//   not compared with that
//   may be a negative error, and nobody looked       warned
//   of an allocation: read from user memory and      advice
//   compared with nothing
//
// Fields like `argsz`, the size that user memory says it has, are a model's
// `user_size`.

#include "model/Model.h"
#include "rules/PointerStory.h"
#include "rules/SizeDemands.h"
#include "llvm/ADT/DenseSet.h"

namespace airlock {

namespace {

class Checker {
public:
  Checker(RuleContext &C, EntityId Function, const PointerAnalysis &P, SizeDemands &Demands,
          llvm::DenseSet<CallId> &ReportedCopies)
      : C(C), F(C.F), Function(Function), P(P), T(P.terms()), Demands(Demands),
        ReportedCopies(ReportedCopies) {}
  void run();

private:
  void checkCopy(const UserEvent &E, const FunctionModel &Role, const UserAccess &Access,
                 const PointerState &At);
  bool checkNegative(const UserEvent &E, TermId Size, const PointerState &At);
  /// Of a copy: from user memory, to it, or between two places of the kernel's.
  enum Direction : uint8_t { Into, Out, Within };
  bool checkRoom(const UserEvent &E, const SizedCopy &Copy, const PointerState &At, Direction Is);
  void tellStored(const PointerState &At, TermId Value, std::vector<Step> &Path) const;
  Text breachText(llvm::StringRef Name, llvm::StringRef Object, bool Negative, Room Has,
                  Direction Is) const;
  void checkPassed(const UserEvent &E, const PointerState &At);
  void checkMove(const UserEvent &E, const UserAccess &Access, const PointerState &At);
  void checkSaid(const UserEvent &E, const UserAccess &Access, TermId Size, const PointerState &At);
  void adviseBound(const UserEvent &E, TermId Size, const PointerState &At);
  void report(const UserEvent &E, Finding Found);

  RuleContext &C;
  const Facts &F;
  const EntityId Function;
  const PointerAnalysis &P;
  const Terms &T;
  SizeDemands &Demands;
  /// Copies in callees: one finding each, whoever calls.
  llvm::DenseSet<CallId> &ReportedCopies;
  /// A macro that copies, and the function in it, are one copy.
  llvm::DenseSet<uint32_t> Reported;
};

void Checker::report(const UserEvent &E, Finding Found) {
  if (!Reported.insert(P.placeOf(E.Number).Raw).second)
    return;
  const Call &Made = F.Calls[E.Made];
  Found.Rule = "user-size";
  Found.At = placeOf(F, Made);
  setFunction(F, Function, Found);
  tellFramesAbove(F, E.Made, Found.Path);
  Found.Allow = Made.Allow;
  Found.Key.insert(Found.Key.begin(), F.callee(Made).Name);
  Found.Calls = {E.Made};
  C.report(std::move(Found));
}

/// Whether it is the result of something that may be an error, on every path
/// compared with nothing.
bool Checker::checkNegative(const UserEvent &E, TermId Size, const PointerState &At) {
  if (Size == NoTerm || P.isCompared(At, Size))
    return false;
  std::optional<uint32_t> From;
  T.visit(
      At, Size,
      [&](TermId Part) {
        const Term &Is = T[Part];
        if (Is.Is == Term::Result && !Is.IsUnsigned && P.flow().Calls[Is.Number].MayFail)
          From = Is.Number;
      },
      Terms::NotIntoCalls);
  if (!From || P.flow().Calls[*From].Callee == NoEntity)
    return false;
  const Entity &Says = F.Entities[P.flow().Calls[*From].Callee];
  Finding Found;
  Found.Message = {"the size of '%0' comes from '%1', which may return a negative error; "
                   "look for one first",
                   {F.callee(F.Calls[E.Made]).Name.str(), Says.Name.str()}};
  Found.Path.push_back(
      {P.placeOf(*From),
       F.Entities[Function].Name,
       {"'%0' is called here, and what it returns is not compared", {Says.Name.str()}},
       {}});
  Found.Key = {Says.Name, "negative"};
  report(E, std::move(Found));
  return true;
}

/// Whether a copy goes beyond what there is room for.
bool Checker::checkRoom(const UserEvent &E, const SizedCopy &Copy, const PointerState &At,
                        Direction Is) {
  const Room Has = roomAt(P, At, *Copy.Object);
  const std::string Name = F.callee(F.Calls[E.Made]).Name.str(), Text = Copy.Object->Text.str();
  Finding Found;
  if (std::optional<int64_t> Bytes = T.number(At, Copy.Size)) {
    if (!Has.IsSure || Is == Within || (*Bytes >= 0 && uint64_t(*Bytes) <= Has.Bytes))
      return false;
    Found.Message = {Is == Out ? "'%0' copies %1 from '%2', which has %3"
                               : "'%0' copies %1 to '%2', which has %3",
                     {Name, bytes(*Bytes), Text, bytes(Has.Bytes)}};
    Found.Key = {Text, "overflow"};
    report(E, std::move(Found));
    return true;
  }
  Extent Size = P.extents().of(At, Copy.Size);
  Breach How = breachOf(Size, Has);
  if (How == Breach::None) {
    Demands.note(Function, P, At, E, Copy);
    return false;
  }
  Found.Message = breachText(Name, Text, How == Breach::Negative, Has, Is);
  Found.Key = {Text, How == Breach::Negative ? "below" : "unbounded"};
  tellStored(At, Copy.Size, Found.Path);
  report(E, std::move(Found));
  return true;
}

Text Checker::breachText(llvm::StringRef Name, llvm::StringRef Object, bool Negative, Room Has,
                         Direction Is) const {
  if (Negative)
    return {"the size of '%0' comes from user memory and may be less than zero, which makes it a "
            "very large one; look for that first",
            {Name.str()}};
  return {Is == Out ? "'%0' copies as many bytes as user space says from '%1', which has %2; "
                      "compare the size first"
                    : "'%0' copies as many bytes as user space says to '%1', which has %2; "
                      "compare the size first",
          {Name.str(), Object.str(), bytes(Has.Bytes)}};
}

/// Why a size is the user's that nobody has fetched: by the slot that the function is stored in.
void Checker::tellStored(const PointerState &At, TermId Value, std::vector<Step> &Path) const {
  bool IsPassed = llvm::any_of(T.handed(At, Value), [&](const FetchedFrom &From) {
    return P.flow().Calls[From.Event].Made == NoCall;
  });
  T.visit(
      At, Value, [&](TermId Part) { IsPassed |= T.isUserParameter(Part); }, Terms::NotIntoCalls);
  if (IsPassed)
    tellRoot(F, Function, Path);
}

/// A size that a callee copies, as it is told.
void Checker::checkPassed(const UserEvent &E, const PointerState &At) {
  Demands.check(Function, P, At, E, [&](const SizeBreach &B) {
    const Call &Copy = F.Calls[B.Demand->Copy];
    if (!ReportedCopies.insert(B.Demand->Copy).second)
      return;
    const FunctionModel *Role = userRole(C, C.F.callee(Copy));
    Finding Found;
    Found.Rule = "user-size";
    Found.At = placeOf(F, Copy);
    setFunction(F, B.Demand->In, Found);
    Found.Message = breachText(F.callee(Copy).Name, B.Demand->Text, B.MayBeNegative, B.Has,
                               Role && Role->Stores ? Out : Into);
    tellStored(At, E.Arguments[B.Demand->Parameter].Value, Found.Path);
    tellFrames(F, E.Made, Found.Path);
    for (CallId Id : B.Demand->Chain)
      tellFrames(F, Id, Found.Path);
    tellFramesAbove(F, B.Demand->Copy, Found.Path);
    Found.Allow = Copy.Allow;
    Found.Key = {F.callee(Copy).Name, B.Demand->Text, F.Entities[Function].Name, "passed"};
    Found.Calls = {E.Made, B.Demand->Copy};
    C.report(std::move(Found));
  });
}

/// What user memory says it has was compared with something: no access goes further.
void Checker::checkSaid(const UserEvent &E, const UserAccess &Access, TermId Size,
                        const PointerState &At) {
  llvm::ArrayRef<PointerFact> Said = At.all(PointerFact::AtLeast);
  const UserArgument &Pointer = E.Arguments[Access.Pointer];
  if (Said.empty() || Pointer.Value == NoTerm)
    return;
  for (const BasedAddress &A : T.addresses(At, Pointer.Value)) {
    int64_t Most = 0;
    for (const PointerFact &Fact : Said)
      if (Fact.Of == A.Base)
        Most = std::max(Most, Fact.Bytes.Hi);
    if (!Most || Most == ByteRange::Most)
      continue;
    std::string Name = F.callee(F.Calls[E.Made]).Name.str();
    ByteRange Bytes = P.accessed(At, E, Access).moved(A.Offset);
    Finding Found;
    if (Bytes.isBounded()) {
      if (Bytes.Hi <= Most || !A.Exact)
        continue;
      Found.Message = {"'%0' goes up to byte %1 of user memory that was only compared to have %2; "
                       "compare its size with all that is accessed",
                       {Name, std::to_string(Bytes.Hi), bytes(Most)}};
      Found.Key = {Pointer.Text, "beyond"};
    } else {
      bool Derived = false; // argsz - minsz
      T.visit(At, Size, [&](TermId Part) {
        EntityId Field = T[Part].Field;
        Derived |= Field != NoEntity && F.Entities[Field].More->UserSize;
      });
      if (Derived || T.sources(At, Size).empty())
        continue;
      Found.Message = {"'%0' takes its size from user memory that was only compared to have %1; "
                       "compare its size with all that is accessed",
                       {Name, bytes(Most)}};
      Found.Key = {Pointer.Text, "said"};
    }
    return report(E, std::move(Found));
  }
}

void Checker::adviseBound(const UserEvent &E, TermId Size, const PointerState &At) {
  constexpr int64_t Unbounded = std::numeric_limits<int32_t>::max();
  if (Extent Is = P.extents().of(At, Size); !Is.IsUser || Is.Hi < Unbounded)
    return;
  Finding Found;
  Found.Level = Severity::Advice;
  Found.Message = {
      "'%0' allocates as much as user memory says; compare the size with a limit first",
      {F.callee(F.Calls[E.Made]).Name.str()}};
  Found.Key = {"allocation"};
  report(E, std::move(Found));
}

void Checker::checkCopy(const UserEvent &E, const FunctionModel &Role, const UserAccess &Access,
                        const PointerState &At) {
  if (Access.Pointer >= E.Arguments.size())
    return;
  TermId Size =
      Access.Size && *Access.Size < E.Arguments.size() ? E.Arguments[*Access.Size].Value : NoTerm;
  if (Size != NoTerm) {
    if (checkNegative(E, Size, At))
      return;
    bool Stores = &Access == &Role.Stores.Value;
    std::optional<unsigned> Object = Stores ? Access.From : Access.Into;
    if (Object && *Object < E.Arguments.size() &&
        checkRoom(E, {Size, &E.Arguments[*Object]}, At, Stores ? Out : Into))
      return;
  } else if (Access.Size) {
    return;
  }
  checkSaid(E, Access, Size, At);
}

/// memcpy() of as many bytes as user memory has said.
void Checker::checkMove(const UserEvent &E, const UserAccess &Access, const PointerState &At) {
  auto Argument = [&](std::optional<unsigned> Index) {
    return Index && *Index < E.Arguments.size() ? &E.Arguments[*Index] : nullptr;
  };
  const UserArgument *Size = Argument(Access.Size);
  if (!Size || Size->Value == NoTerm)
    return;
  for (std::optional<unsigned> Side : {Access.Into, std::optional(Access.Pointer)})
    if (const UserArgument *Object = Argument(Side);
        Object && checkRoom(E, {Size->Value, Object}, At, Within))
      return;
}

void Checker::run() {
  P.walk([&](const PointerAnalysis::Step &At) {
    if (!At.Event || At.Event->Is != UserEvent::Call)
      return;
    const UserEvent &E = *At.Event;
    const FunctionModel *Role = P.roleOf(E);
    if (!Role)
      return checkPassed(E, At.Before);
    if (Role->Copies)
      checkMove(E, Role->Copies.Value, At.Before);
    if (Role->Fetches)
      checkCopy(E, *Role, Role->Fetches.Value, At.Before);
    if (Role->Stores)
      checkCopy(E, *Role, Role->Stores.Value, At.Before);
    unsigned Argument = Role->Allocates.Value;
    if (Role->Allocates && Argument <= E.Arguments.size() &&
        E.Arguments[Argument - 1].Value != NoTerm) {
      TermId Size = E.Arguments[Argument - 1].Value;
      if (!checkNegative(E, Size, At.Before))
        adviseBound(E, Size, At.Before);
    }
  });
}

} // namespace

void userSize(RuleContext &C) {
  SizeDemands Demands;
  llvm::DenseSet<CallId> Copies;
  forEachAnalysed(C, [&](EntityId Function, const PointerAnalysis &P) {
    Checker(C, Function, P, Demands, Copies).run();
  });
}

} // namespace airlock
