// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Facts and regions -> the bytes of a summary.

#include "model/Model.h"
#include "rules/Story.h"
#include "summary/FindingRecords.h"
#include "summary/Identity.h"
#include "summary/PointerRecords.h"
#include "summary/Summary.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/Support/xxhash.h"

namespace airlock {

namespace {

class Encoder {
public:
  explicit Encoder(const UnitToSummarize &Unit)
      : Unit(Unit), F(Unit.Of.F), Numbers(F.Entities.size(), None),
        Identities(F.Entities.size(), OwnIdentity), BodyHashes(F.Entities.size()),
        Known(F.Entities.size()) {}

  std::string run();

private:
  static constexpr uint32_t None = ~uint32_t(0);
  static constexpr uint32_t BodyHashMask = (1U << 28) - 1; // what fits into four bytes

  void findBodies();
  void chooseEntities();
  void choose(EntityId E);
  void numberEntities();
  void hashBodies();
  uint64_t identity(EntityId E);
  void writeBody(UnitWriter &Into, const UnitBody &Body);
  void writeCalls(UnitWriter &Into, const UnitBody &Body);
  void findRunInRegions();
  bool mayBeReported(CallId Id) const;
  std::vector<std::pair<CallId, uint32_t>>
  written(const UnitBody &Body, const FunctionRegions *Regions, const FunctionPointers *User) const;
  void writeEntities(UnitWriter &Into);
  void writeMacros(UnitWriter &Into);
  void writeStores(UnitWriter &Into);
  void writeAllows(UnitWriter &Into);
  void writeFindings(UnitWriter &Into);
  void writeGivenUp(UnitWriter &Into);
  UnitWriter writer() { return UnitWriter(&Strings, Unit.Map, NumberOf); }

  const UnitToSummarize &Unit;
  const Facts &F;
  StringTable Strings;
  std::vector<UnitBody> Bodies;
  /// The entities that are written, and the number of each.
  std::vector<EntityId> Chosen;
  std::vector<uint32_t> Numbers;
  std::vector<uint64_t> Identities;
  std::vector<uint32_t> BodyHashes;
  std::vector<bool> Known;
  /// Functions that lack contexts, and which.
  llvm::DenseMap<EntityId, ContextSet> NeedFix;
  /// Functions that a model finds in slots which they run in regions from.
  llvm::DenseSet<EntityId> RunInRegions;

  std::function<uint64_t(EntityId)> ToNumber = [this](EntityId E) {
    return Numbers[E] == None ? ~uint64_t(0) : Numbers[E];
  };
  llvm::function_ref<uint64_t(EntityId)> NumberOf{ToNumber};
};

/// The calls of one function stand together: the walk does one after the other.
void Encoder::findBodies() {
  std::vector<UnitBody> Of(F.Entities.size());
  for (CallId Id = 0; Id < F.Calls.size(); ++Id) {
    UnitBody &Body = Of[F.Calls[Id].In];
    if (!Body.Count)
      Body.First = Id;
    assert(Body.First + Body.Count == Id && "calls of two functions are mixed");
    ++Body.Count;
  }
  for (EntityId E : Unit.Of.graph().calleesFirst()) {
    if (F.Entities[E].Kind != EntityKind::Function || !F.Entities[E].HasBody)
      continue;
    Of[E].Function = E;
    Bodies.push_back(Of[E]);
  }
  llvm::DenseSet<EntityId> Touching;
  Touching.insert(Unit.Of.regions().touching().begin(), Unit.Of.regions().touching().end());
  for (UnitBody &Body : Bodies)
    Body.Touches = Touching.contains(Body.Function);
}

void Encoder::choose(EntityId E) {
  if (E == NoEntity || Numbers[E] != None)
    return;
  choose(F.Entities[E].Owner);
  Numbers[E] = 0; // until all are known
  Chosen.push_back(E);
}

/// In the order of the source, so that each place is near to the one before; but
/// what has an owner comes after all that own.
void Encoder::numberEntities() {
  struct Row {
    EntityId Id;
    Place At;
  };
  std::vector<Row> Rows;
  for (EntityId E : Chosen)
    Rows.push_back({E, Unit.Map.placeOf(F.Entities[E].Declared)});
  llvm::stable_sort(Rows, [&](const Row &A, const Row &B) {
    bool OwnedA = F.Entities[A.Id].Owner != NoEntity, OwnedB = F.Entities[B.Id].Owner != NoEntity;
    return std::tie(OwnedA, A.At.File, A.At.Line, A.At.Column) <
           std::tie(OwnedB, B.At.File, B.At.Line, B.At.Column);
  });
  for (size_t I = 0; I < Rows.size(); ++I) {
    Chosen[I] = Rows[I].Id;
    Numbers[Rows[I].Id] = I;
  }
}

/// What conversions alone speak of is left out: their findings are made by now.
void Encoder::chooseEntities() {
  for (const UnitBody &Body : Bodies)
    choose(Body.Function);
  for (const Call &C : F.Calls) {
    choose(C.Callee);
    if (ContextSet Lacks = F.callee(C).Needs - F.Entities[C.In].Provides; !Lacks.empty())
      NeedFix[C.In] |= Lacks;
  }
  for (EntityId E = 0; E < F.Entities.size(); ++E) {
    const Entity &Is = F.Entities[E];
    bool Asks = Is.More && (Is.More->isQuestion() || !Is.More->RunsIn.empty());
    bool Promises = !Is.never().empty() || !Is.safeIn().empty();
    if (Is.Named && (!(Is.Provides | Is.Excludes).empty() || Asks || Promises))
      choose(E);
  }
  for (const Store &S : F.Stores)
    if (F.Entities[S.Slot].Named) {
      choose(S.Stored);
      choose(S.Slot);
      choose(S.PassedTo);
    }
}

uint64_t Encoder::identity(EntityId E) {
  if (!Known[E]) {
    Known[E] = true;
    EntityId Owner = F.Entities[E].Owner;
    uint64_t Owners = Owner == NoEntity ? OwnIdentity : identity(Owner);
    Identities[E] = identityOf(F.Entities[E], Unit.Map, Owners, BodyHashes[E]);
  }
  return Identities[E];
}

/// Callees first, so that a body's hash covers the static functions that it
/// calls; in a cycle these stand for their names.
void Encoder::hashBodies() {
  for (const UnitBody &Body : Bodies) {
    const Entity &Is = F.Entities[Body.Function];
    if (Is.File.empty())
      continue;
    auto Identity = [&](EntityId E) {
      bool Later = !F.Entities[E].File.empty() && F.Entities[E].Kind == EntityKind::Function &&
                   F.Entities[E].HasBody && !BodyHashes[E];
      return Later ? identityOf(F.Entities[E], Unit.Map, OwnIdentity, 0) : identity(E);
    };
    UnitWriter Whole(nullptr, Unit.Map, Identity);
    bool HasMore = Is.More;
    codeEntity(Whole, Is, HasMore);
    writeCalls(Whole, Body);
    // It tells the few bodies apart that one name has in one file.
    uint32_t Hash = llvm::xxh3_64bits(Whole.bytes()) & BodyHashMask;
    BodyHashes[Body.Function] = Hash ? Hash : 1;
  }
}

/// The calls, and behind them the regions.
void Encoder::writeCalls(UnitWriter &Into, const UnitBody &Body) {
  for (CallId Id = Body.First; Id < Body.First + Body.Count; ++Id)
    codeCall(Into, F.Calls[Id], Body.First);
  if (std::shared_ptr<const FunctionRegions> Regions = Unit.Of.regions().of(Body.Function))
    codeRegions(Into, *Regions, Body.First);
}

/// A slot's contents may come from another slot: a parameter that is kept in a field.
void Encoder::findRunInRegions() {
  llvm::DenseSet<EntityId> Slots;
  for (const Store &S : F.Stores)
    if (const Behaviour *More = F.Entities[S.Slot].More; More && !More->RunsIn.empty())
      Slots.insert(S.Slot);
  for (bool News = !Slots.empty(); News;) {
    News = false;
    for (const Store &S : F.Stores)
      if (Slots.contains(S.Slot))
        News |= (F.Entities[S.Stored].isSlot() ? Slots : RunInRegions).insert(S.Stored).second;
  }
}

/// Whether a rule that judges programs may have something to say of a call by itself,
/// whatever is open there.
bool Encoder::mayBeReported(CallId Id) const {
  const Call &C = F.Calls[Id];
  if (!(F.callee(C).Needs - F.Entities[C.In].Provides).empty() || !F.callee(C).Excludes.empty() ||
      !F.Entities[C.In].never().empty() || RunInRegions.contains(C.In))
    return true;
  for (CallId Outer = C.Outer; Outer != NoCall; Outer = F.Calls[Outer].Outer)
    if (!F.callee(F.Calls[Outer]).never().empty())
      return true;
  return false;
}

/// How the calls are written that a finding of a program may be about.
std::vector<std::pair<CallId, uint32_t>> Encoder::written(const UnitBody &Body,
                                                          const FunctionRegions *Regions,
                                                          const FunctionPointers *User) const {
  std::vector<std::pair<CallId, uint32_t>> All;
  const WrittenCode *Code = Unit.Of.code();
  if (!Code)
    return All;
  llvm::BitVector Wanted(Body.Count);
  for (CallId Id = Body.First; Id < Body.First + Body.Count; ++Id)
    if (mayBeReported(Id))
      Wanted.set(Id - Body.First);
  if (Regions)
    for (const CallSituations &Here : Regions->Calls) {
      const Entity &Callee = F.callee(F.Calls[Here.Call]);
      // What a model says all of, and nothing that is forbidden anywhere.
      bool Harmless = Callee.Modelled && Callee.Effects.empty() && !Callee.isSlot() &&
                      (Callee.Opaque || !Callee.HasBody);
      bool InRegion = llvm::any_of(Here.Ways, [](const Situation &At) { return !At.Open.empty(); });
      if (InRegion && !Harmless)
        Wanted.set(Here.Call - Body.First);
    }
  if (User)
    for (const Passing &P : User->Passings)
      if (!P.Decided.empty() && P.Call != NoCall && P.FirstFetch != NoCall) {
        Wanted.set(P.Call - Body.First);
        Wanted.set(P.FirstFetch - Body.First);
      }
  for (unsigned I : Wanted.set_bits())
    All.push_back({Body.First + I, Code->ofCall(Body.First + I)});
  return All;
}

void Encoder::writeBody(UnitWriter &Into, const UnitBody &Body) {
  uint64_t Word = uint64_t(Body.Count) << 1 | uint64_t(Body.Touches);
  Into.entity(Body.Function);
  Into.number(Word);
  if (!Body.Count)
    return;
  UnitWriter Calls = writer(), Regions = writer(), Pointers = writer();
  for (CallId Id = Body.First; Id < Body.First + Body.Count; ++Id)
    codeCall(Calls, F.Calls[Id], Body.First);
  std::shared_ptr<const FunctionRegions> Is = Unit.Of.regions().of(Body.Function);
  std::shared_ptr<const FunctionPointers> User = Unit.Of.pointers().resultOf(Body.Function);
  std::vector<std::pair<CallId, uint32_t>> Written = written(Body, Is.get(), User.get());
  static const FunctionRegions None;
  if (Is || !Written.empty()) {
    codeRegions(Regions, Is ? *Is : None, Body.First);
    codeWritten(Regions, std::as_const(Written), Body.First);
  }
  Into.block(Calls.bytes());
  Into.block(Regions.bytes());
  if (User && (!User->Passings.empty() || !User->Fetches.empty()))
    codePointers(Pointers, *User, Body.First);
  Into.block(Pointers.bytes());
}

void Encoder::writeEntities(UnitWriter &Into) {
  Into.number(Chosen.size());
  for (EntityId E : Chosen) {
    const Entity &Is = F.Entities[E];
    bool HasMore = Is.More;
    codeEntity(Into, Is, HasMore);
    if (HasMore)
      codeBehaviour(Into, *Is.More);
    if (Is.Kind == EntityKind::Function && Is.HasBody && !Is.File.empty())
      Into.number(BodyHashes[E]);
  }
  Into.number(NeedFix.size());
  for (EntityId E : Chosen)
    if (NeedFix.contains(E)) {
      Into.entity(E);
      codeInsertions(Into, F.Entities[E]);
    }
  writeMacros(Into);
}

/// What the macros of those fix-its need.
void Encoder::writeMacros(UnitWriter &Into) {
  std::vector<NeededMacro> All;
  for (EntityId E : Chosen)
    if (auto Found = NeedFix.find(E); Found != NeedFix.end() && Unit.Of.code())
      Found->second.forEach([&](unsigned Context) {
        llvm::StringRef Macro = macroOf(Unit.Of.M.contexts()[Context].Spelling);
        for (const Insertion &I : F.Entities[E].Insertions)
          if (MacroNeed Need = Unit.Of.code()->needOf(Macro, I.At); Need.Is != MacroNeed::Nothing)
            All.push_back({Macro.str(), I.At, std::move(Need)});
      });
  codeList(Into, std::as_const(All), [&](auto &One) { codeNeededMacro(Into, One); });
}

void Encoder::writeStores(UnitWriter &Into) {
  std::vector<const Store *> Kept; // nobody calls through what has only a type
  for (const Store &S : F.Stores)
    if (F.Entities[S.Slot].Named)
      Kept.push_back(&S);
  Into.number(Kept.size());
  for (const Store *S : Kept) {
    Into.entity(S->Stored);
    Into.entity(S->Slot);
    Into.entity(S->PassedTo);
    Into.place(S->At);
  }
}

void Encoder::writeAllows(UnitWriter &Into) {
  std::vector<bool> Used(F.Allows.size());
  for (const Finding &Found : Unit.Findings)
    if (Found.Suppressed)
      Used[Found.Suppressed - F.Allows.data()] = true;
  Into.number(F.Allows.size());
  for (size_t I = 0; I < F.Allows.size(); ++I) {
    const Allow &A = F.Allows[I];
    Into.text(A.Rule);
    Into.text(A.Why);
    Into.number(AllowId(A.Outer + 1));
    Into.place(A.At);
    Into.number(bool(Used[I]));
  }
}

void Encoder::writeFindings(UnitWriter &Into) {
  Into.number(Unit.Findings.size());
  for (const Finding &Found : Unit.Findings)
    codeFinding(Into, wordFinding(Found, Unit.Map));
}

void Encoder::writeGivenUp(UnitWriter &Into) {
  std::vector<GivenUp> All = Unit.Of.givenUp();
  Into.number(All.size());
  for (const GivenUp &Each : All)
    codeGivenUp(Into, wordGivenUp(Each, F, Unit.Map));
}

static void writeHead(ByteWriter &Into, UnitStatus Status, llvm::StringRef File, const Model &M) {
  Into.number(Status);
  Into.text(File);
  Into.number(M.loaded().size());
  for (llvm::StringRef Name : M.loaded())
    Into.text(Name);
  Into.number(M.fingerprint());
}

std::string Encoder::run() {
  findBodies();
  findRunInRegions();
  chooseEntities();
  numberEntities();
  hashBodies();
  UnitWriter Whole = writer();
  writeHead(Whole, UnitStatus::Analysed, F.MainFile, Unit.Of.M);
  for (unsigned Count :
       {F.Seen.Functions, F.Seen.DirectCalls, F.Seen.SlotCalls, F.Seen.UnresolvedCalls})
    Whole.number(Count);
  writeAllows(Whole);
  writeEntities(Whole);
  Whole.number(Bodies.size());
  for (const UnitBody &Body : Bodies)
    writeBody(Whole, Body);
  writeStores(Whole);
  writeFindings(Whole);
  writeGivenUp(Whole);
  return Strings.bytes() + Whole.bytes().str();
}

/// For what has no facts: no place is asked for.
class NoPlaces : public SourceMap {
  Place placeOf(Location) const override { return {}; }
};

} // namespace

std::string encodeUnit(const UnitToSummarize &Unit) {
  // Looking into bodies may bring up entities: do it before they are counted.
  for (EntityId E : Unit.Of.graph().calleesFirst())
    Unit.Of.regions().of(E);
  if (UnitPointers *User = Unit.Of.unitPointers())
    (void)User->touching();
  return Encoder(Unit).run();
}

std::string encodeUnit(llvm::StringRef File, UnitStatus Status, const Problem &Why,
                       const Model &M) {
  NoPlaces Map;
  StringTable Strings;
  ByteWriter Whole(&Strings, Map);
  writeHead(Whole, Status, File, M);
  codeProblem(Whole, Why);
  return Strings.bytes() + Whole.bytes().str();
}

} // namespace airlock
