// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// speculation-barrier: between the check of an address and the region in which it
// is used stands a barrier (Spectre v1; x86's __uaccess_begin_nospec()), and it is
// paid for once.
//
//   after a check                                  verdict
//   --------------------------------------------   -----------------------------
//   a region opens, no barrier in between          warned
//   a check or an opener that is a barrier itself  fine
//   an accessor that checks the same bytes again   advice: the check is paid twice
//   an accessor with a barrier, after a barrier    advice: it is paid twice
//
// A model may say that the check is a barrier; then no opener needs one.

#include "model/Model.h"
#include "rules/PointerStory.h"
#include "llvm/ADT/DenseSet.h"

namespace airlock {

namespace {

class Checker {
public:
  Checker(RuleContext &C, std::optional<OfferedNames> &Names, EntityId Function,
          const PointerAnalysis &P)
      : C(C), F(C.F), Names(Names), Function(Function), P(P), Open(userRegions(C.M)) {}
  void run();

private:
  bool opens(EntityId Callee) const;
  const Entity *checkerAt(uint32_t Place) const;
  void checkOpener(const UserEvent &E, const PointerState &Before);
  void checkPaid(const UserEvent &E, const FunctionModel &Role, const PointerState &Before);
  void adviseTwice(const UserEvent &E, unsigned Argument, const char *Format,
                   const PointerFact &Check);
  const OfferedNames &names();
  void report(Finding Found, const UserEvent &E, uint32_t Check, const char *What);

  RuleContext &C;
  const Facts &F;
  std::optional<OfferedNames> &Names;
  const EntityId Function;
  const PointerAnalysis &P;
  const RegionSet Open;
  llvm::DenseSet<TermId> Advised;
  /// Places that were reported: a macro that opens, and what opens in it.
  llvm::DenseSet<uint32_t> Reported;
};

const OfferedNames &Checker::names() {
  if (!Names)
    Names = offeredNames(C.M);
  return *Names;
}

/// By itself, or through what its body does.
bool Checker::opens(EntityId Callee) const {
  const Entity &Is = F.Entities[Callee];
  if (Is.changesRegions())
    return !((Is.More->Regions.Enters | Is.More->Regions.EntersIfTrue |
              Is.More->Regions.EntersIfFalse) &
             Open)
                .empty();
  if (!Is.HasBody || Is.Opaque)
    return false;
  std::shared_ptr<const FunctionRegions> Body = C.regions().of(Callee);
  return Body && llvm::any_of(Body->Outcomes, [&](const Outcome &O) {
           return llvm::any_of(
               O.Deltas, [&](const RegionDelta &D) { return D.Lo > 0 && Open.contains(D.Region); });
         });
}

/// What was called at a place that checks.
const Entity *Checker::checkerAt(uint32_t Place) const {
  for (uint32_t Call = 0; Call < P.flow().Calls.size(); ++Call)
    if (P.flow().Calls[Call].Made != NoCall && P.placeOf(Call).Raw == Place)
      return &F.Entities[P.flow().Calls[Call].Callee];
  return nullptr;
}

void Checker::report(Finding Found, const UserEvent &E, uint32_t Check, const char *What) {
  const Call &Made = F.Calls[E.Made];
  Found.Rule = "speculation-barrier";
  Found.At = placeOf(F, Made);
  setFunction(F, Function, Found);
  if (const Entity *By = checkerAt(Check))
    Found.Path.push_back(
        {Location{Check}, F.Entities[Function].Name, {What, {By->Name.str()}}, {}});
  tellFramesAbove(F, E.Made, Found.Path);
  Found.Allow = Made.Allow;
  Found.Calls = {E.Made};
  C.report(std::move(Found));
}

void Checker::checkOpener(const UserEvent &E, const PointerState &Before) {
  for (const PointerFact &Check : Before.all(PointerFact::Checked)) {
    bool Passed = llvm::any_of(Before.all(PointerFact::Barrier),
                               [&](const PointerFact &B) { return B.Event == Check.Event; });
    // A check that is the opener, or is around it, is not over yet.
    if (Passed || Check.Event == P.placeOf(E.Number).Raw)
      continue;
    if (!Reported.insert(P.placeOf(E.Number).Raw).second)
      return;
    const Entity *By = checkerAt(Check.Event);
    std::string Opener = F.callee(F.Calls[E.Made]).Name.str();
    Finding Found;
    Found.Message = {"'%0' opens a user access region with no speculation barrier after '%1'; "
                     "call '%2' in between, or open it with '%3(ptr, len)'",
                     {Opener, By ? By->Name.str() : "the check", names().Barrier, names().Opener}};
    Found.Key = {F.callee(F.Calls[E.Made]).Name, "opens"};
    return report(std::move(Found), E, Check.Event,
                  "the address is checked by '%0' here; its result may be speculated past");
  }
}

void Checker::adviseTwice(const UserEvent &E, unsigned Argument, const char *Format,
                          const PointerFact &Check) {
  if (!Advised.insert(Check.Of).second)
    return;
  const Entity *By = checkerAt(Check.Event);
  llvm::StringRef Text = E.Arguments[Argument].Text;
  Finding Found;
  Found.Level = Severity::Advice;
  Found.Message = {Format,
                   {F.callee(F.Calls[E.Made]).Name.str(), Text.empty() ? "it" : Text.str(),
                    By ? By->Name.str() : "a check", names().Opener}};
  Found.Key = {F.callee(F.Calls[E.Made]).Name, Text, "twice"};
  report(std::move(Found), E, Check.Event, "checked by '%0' here");
}

void Checker::checkPaid(const UserEvent &E, const FunctionModel &Role, const PointerState &Before) {
  auto CheckOf = [&](unsigned Argument, ByteRange Bytes) -> const PointerFact * {
    if (Argument >= E.Arguments.size() || E.Arguments[Argument].Value == NoTerm)
      return nullptr;
    const PointerFact *Check = P.checkOf(Before, E.Arguments[Argument].Value, Bytes);
    if (!Check || Check->Event == P.placeOf(E.Number).Raw)
      return nullptr;
    // What opened a region is closed by now; opening it again has its price.
    const Entity *By = checkerAt(Check->Event);
    return By && !By->changesRegions() ? Check : nullptr;
  };
  constexpr const char *CheckAgain =
      "'%0' checks '%1' again, which '%2' has checked; use a form that does not check, or "
      "leave the check to it";
  if (Role.Validates) {
    const UserCheck &Is = Role.Validates.Value;
    std::optional<int64_t> Size = Is.Size && *Is.Size < E.Arguments.size()
                                      ? P.terms().number(Before, E.Arguments[*Is.Size].Value)
                                      : std::nullopt;
    // Of what size it is, both times, has to be known.
    if (const PointerFact *Check = Size ? CheckOf(Is.Pointer, {0, *Size}) : nullptr)
      adviseTwice(E, Is.Pointer, CheckAgain, *Check);
    return;
  }
  for (const Given<UserAccess> *Is : Role.accesses()) {
    if (!*Is)
      continue;
    const UserAccess &Access = Is->Value;
    ByteRange Bytes = P.accessed(Before, E, Access);
    const PointerFact *Check = CheckOf(Access.Pointer, Bytes);
    if (!Check || (Access.Checked && !Bytes.isBounded()))
      continue;
    bool Passed = llvm::any_of(Before.all(PointerFact::Barrier),
                               [&](const PointerFact &B) { return B.Event == Check->Event; });
    if (Access.Checked)
      adviseTwice(E, Access.Pointer, CheckAgain, *Check);
    else if (Role.Barrier.Value && Passed)
      adviseTwice(E, Access.Pointer,
                  "'%0' pays for a speculation barrier again, which '%1' has passed since '%2'; "
                  "open one region with '%3(ptr, len)' for all of its accesses",
                  *Check);
  }
}

void Checker::run() {
  P.walk([&](const PointerAnalysis::Step &At) {
    if (!At.Event || At.Event->Is != UserEvent::Call || At.Before.all(PointerFact::Checked).empty())
      return;
    const FunctionModel *Role = P.roleOf(*At.Event);
    if (Role)
      checkPaid(*At.Event, *Role, At.Before);
    bool HasBarrier = Role && (Role->Barrier.Value || Role->Masks);
    if (const FunctionPointers *Theirs = P.calleeOf(*At.Event))
      HasBarrier |= llvm::any_of(Theirs->Guarantees,
                                 [](const Guarantee &G) { return G.Is == Guarantee::Barrier; });
    if (!HasBarrier && opens(F.Calls[At.Event->Made].Callee))
      checkOpener(*At.Event, At.Before);
  });
}

} // namespace

void speculationBarrier(RuleContext &C) {
  std::optional<OfferedNames> Names;
  forEachAnalysed(C, [&](EntityId Function, const PointerAnalysis &P) {
    Checker(C, Names, Function, P).run();
  });
}

} // namespace airlock
