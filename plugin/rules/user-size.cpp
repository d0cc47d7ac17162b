// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// user-size: how many bytes an access copies, or an allocation has.
//
//   the size                                         verdict
//   ----------------------------------------------   ----------------------------
//   a constant, more than the destination has        warned
//   read from user memory, compared with nothing,    warned
//   and the destination is fixed
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
#include "llvm/ADT/DenseSet.h"

namespace airlock {

namespace {

class Checker {
public:
  Checker(RuleContext &C, EntityId Function, const PointerAnalysis &P)
      : C(C), F(C.F), Function(Function), P(P), T(P.terms()) {}
  void run();

private:
  void checkCopy(const UserEvent &E, const FunctionModel &Role, const UserAccess &Access,
                 const PointerState &At);
  bool checkNegative(const UserEvent &E, TermId Size, const PointerState &At);
  bool checkRoom(const UserEvent &E, const UserArgument &Into, TermId Size, const PointerState &At);
  void checkSaid(const UserEvent &E, const UserAccess &Access, TermId Size, const PointerState &At);
  void adviseBound(const UserEvent &E, TermId Size, const PointerState &At);
  uint64_t roomOf(const UserArgument &Into, const PointerState &At) const;
  bool isWide(TermId Size, const PointerState &At) const;
  void report(const UserEvent &E, Finding Found);

  RuleContext &C;
  const Facts &F;
  const EntityId Function;
  const PointerAnalysis &P;
  const Terms &T;
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

/// How many bytes there are at a destination; 0 if nobody knows.
uint64_t Checker::roomOf(const UserArgument &Into, const PointerState &At) const {
  if (Into.Room || Into.target() == NoTerm)
    return Into.Room;
  uint64_t Room = 0;
  for (const BasedAddress &A : T.addresses(At, Into.target())) {
    const Term &Is = T[A.Base];
    const FunctionModel *Role = Is.Is == Term::Result ? T.roleOf(Is.Number) : nullptr;
    if (!Role || !Role->Allocates)
      continue;
    llvm::ArrayRef<TermId> Arguments = P.flow().Calls[Is.Number].Arguments;
    auto Number = [&](unsigned Argument) {
      return Argument <= Arguments.size() ? T.number(At, Arguments[Argument - 1]) : std::nullopt;
    };
    std::optional<int64_t> Size = Number(Role->Allocates.Value), Each = 1;
    if (Role->ElementSize)
      Each = Number(Role->ElementSize.Value);
    if (!Size || !Each || *Size < 0 || *Each < 0 || !A.Exact)
      return 0;
    // What nobody can count, nobody gets: a product that overflows is no size.
    std::optional<int64_t> Whole = llvm::checkedMul(*Size, *Each);
    std::optional<int64_t> Left = Whole ? llvm::checkedSub(*Whole, A.Offset) : std::nullopt;
    if (!Left || *Left < 0)
      return 0;
    Room = std::max<uint64_t>(Room, *Left);
  }
  return Room;
}

/// Not so narrow that its type bounds it.
bool Checker::isWide(TermId Size, const PointerState &At) const {
  bool Wide = false;
  T.visit(
      At, Size, [&](TermId Part) { Wide |= T[Part].Is == Term::Load && T[Part].Number > 2; },
      Terms::NotIntoCalls);
  return Wide;
}

bool Checker::checkRoom(const UserEvent &E, const UserArgument &Into, TermId Size,
                        const PointerState &At) {
  uint64_t Room = roomOf(Into, At);
  if (!Room || Size == NoTerm)
    return false;
  std::string Name = F.callee(F.Calls[E.Made]).Name.str();
  Finding Found;
  if (std::optional<int64_t> Bytes = T.number(At, Size)) {
    if (*Bytes >= 0 && uint64_t(*Bytes) <= Room)
      return false;
    Found.Message = {"'%0' copies %1 to '%2', which has %3",
                     {Name, bytes(*Bytes), Into.Text.str(), bytes(Room)}};
    Found.Key = {Into.Text, "overflow"};
  } else {
    if (T.sources(At, Size).empty() || P.isBounded(At, Size))
      return false;
    Found.Message = {"'%0' copies as many bytes as user memory says to '%1', which has %2; "
                     "compare the size first",
                     {Name, Into.Text.str(), bytes(Room)}};
    Found.Key = {Into.Text, "unbounded"};
  }
  report(E, std::move(Found));
  return true;
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
  if (T.sources(At, Size).empty() || P.isBounded(At, Size) || !isWide(Size, At))
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
    bool Copies = Role.Fetches && Access.Into && *Access.Into < E.Arguments.size();
    if (Copies && checkRoom(E, E.Arguments[*Access.Into], Size, At))
      return;
  } else if (Access.Size) {
    return;
  }
  checkSaid(E, Access, Size, At);
}

void Checker::run() {
  P.walk([&](const PointerAnalysis::Step &At) {
    if (!At.Event || At.Event->Is != UserEvent::Call)
      return;
    const UserEvent &E = *At.Event;
    const FunctionModel *Role = P.roleOf(E);
    if (!Role)
      return;
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
  forEachAnalysed(
      C, [&](EntityId Function, const PointerAnalysis &P) { Checker(C, Function, P).run(); });
}

} // namespace airlock
