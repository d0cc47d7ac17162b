// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "query/UnitJson.h"
#include "model/Model.h"
#include "summary/Identity.h"
#include "llvm/ADT/StringExtras.h"

namespace airlock {

using json = OrderedJson;

static const char *kindName(EntityKind Kind) {
  switch (Kind) {
  case EntityKind::Function:
    return "function";
  case EntityKind::Macro:
    return "macro";
  case EntityKind::Field:
    return "field";
  case EntityKind::Variable:
    return "variable";
  case EntityKind::Parameter:
    return "parameter";
  case EntityKind::Result:
    return "result";
  case EntityKind::Value:
    return "value";
  case EntityKind::Operand:
    return "operand";
  }
  llvm_unreachable("every kind has its name");
}

static const char *statusName(UnitStatus Status) {
  switch (Status) {
  case UnitStatus::Analysed:
    return "analysed";
  case UnitStatus::Failed:
    return "failed";
  case UnitStatus::Skipped:
    return "skipped";
  }
  llvm_unreachable("every status has its name");
}

static std::string hex(uint64_t N) { return "0x" + llvm::utohexstr(N, /*LowerCase=*/true); }

/// For what is left out if there is none of it.
static void put(json &Into, const char *Key, json Value) {
  bool Nothing = Value.is_null() || (Value.is_boolean() && !Value.get<bool>()) ||
                 (Value.is_string() && Value.get_ref<const std::string &>().empty()) ||
                 (Value.is_structured() && Value.empty());
  if (!Nothing)
    Into[Key] = std::move(Value);
}

template <typename List, typename Fn> static json listOf(const List &All, Fn MakeOne) {
  json Out = json::array();
  for (const auto &One : All)
    Out.push_back(MakeOne(One));
  return Out;
}

namespace {

class UnitPrinter {
public:
  UnitPrinter(UnitSummary &Unit, const Model *M) : Unit(Unit), F(Unit.F), M(M) {}
  llvm::Expected<json> run();

private:
  template <typename Kind, typename Table> json names(IdSet<Kind> Set, Table Of) const {
    json Out = json::array();
    Set.forEach([&](unsigned Id) { Out.push_back(name(Id, Of)); });
    return Out;
  }
  template <typename Table> json name(unsigned Id, Table Of) const {
    return M && Id < (M->*Of)().size() ? json((M->*Of)()[Id].Name) : json(Id);
  }
  json context(unsigned Id) const { return name(Id, &Model::contexts); }
  json region(unsigned Id) const { return name(Id, &Model::regions); }
  json contexts(ContextSet Set) const { return names(Set, &Model::contexts); }
  json effects(EffectSet Set) const { return names(Set, &Model::effects); }
  json regions(RegionSet Set) const { return names(Set, &Model::regions); }

  json place(Location At) const {
    return At.isValid() ? makePlace(Unit.Places.placeOf(At)) : json();
  }
  json entity(EntityId E) const {
    return E == NoEntity ? json() : json{{"entity", E}, {"name", F.Entities[E].Name.str()}};
  }
  json allow(AllowId A) const { return A == NoAllow ? json() : json(A); }
  json ownCall(CallId Id, CallId First) const { return Id == NoCall ? json() : json(Id - First); }
  uint64_t identity(EntityId E) const;

  json condition(const ArgumentCondition &If) const;
  json changes(const RegionChanges &R) const;
  void putBehaviour(json &Into, const Behaviour &B) const;
  json makeEntity(EntityId Id) const;
  json known(const Known &K) const;
  json situation(const Situation &At, CallId First) const;
  json outcome(const Outcome &O, CallId First) const;
  json call(CallId Id, CallId First) const;
  json bytes(const ByteRange &R) const;
  json ranges(const ByteRanges &All) const;
  json pointers(const FunctionPointers &P, CallId First) const;
  llvm::Expected<json> body(const UnitBody &Body);

  UnitSummary &Unit;
  Facts &F;
  const Model *M;
};

uint64_t UnitPrinter::identity(EntityId E) const {
  EntityId Owner = F.Entities[E].Owner;
  return identityOf(F.Entities[E], Unit.Places, Owner == NoEntity ? OwnIdentity : identity(Owner),
                    Unit.BodyHashes[E]);
}

/// Arguments count from 1, as in models.
json UnitPrinter::condition(const ArgumentCondition &If) const {
  static constexpr const char *Kinds[] = {"nonzero",   "zero",  "equal",
                                          "not-equal", "above", "below"};
  json Out = {{"argument", If.Parameter + 1}, {"is", Kinds[If.Is]}};
  if (If.Is >= ArgumentCondition::Equal)
    Out["value"] = If.Value;
  else if (If.Mask != ~uint64_t(0))
    Out["mask"] = hex(If.Mask);
  put(Out, "flag", If.IsFlag);
  return Out;
}

json UnitPrinter::changes(const RegionChanges &R) const {
  json Out = json::object();
  for (auto &[Key, Set] : {std::pair("enters", R.Enters),
                           {"exits", R.Exits},
                           {"exitsAll", R.ExitsAll},
                           {"entersIfTrue", R.EntersIfTrue},
                           {"entersIfFalse", R.EntersIfFalse},
                           {"exitsIfTrue", R.ExitsIfTrue},
                           {"exitsIfFalse", R.ExitsIfFalse},
                           {"saves", R.Saves},
                           {"restores", R.Restores}})
    put(Out, Key, regions(Set));
  return Out;
}

void UnitPrinter::putBehaviour(json &Into, const Behaviour &B) const {
  for (const StatedCondition &When : B.When) {
    json One = condition(When.If);
    One["text"] = When.Text.str();
    Into["when"].push_back(std::move(One));
  }
  put(Into, "regions", changes(B.Regions));
  put(Into, "regionsWritten", B.RegionsWritten);
  put(Into, "acquires", B.Acquires);
  put(Into, "releases", B.Releases);
  put(Into, "safeIn", regions(B.SafeIn));
  put(Into, "runsIn", regions(B.RunsIn));
  if (!B.Never.empty()) {
    Into["never"] = {{"effects", effects(B.Never)}};
    put(Into["never"], "location", place(B.NeverAt));
    put(Into["never"], "model", B.NeverModel.str());
  }
  if (B.isQuestion()) {
    Into["tests"] = {{"value", B.LiftsOn}};
    put(Into["tests"], "lifts", effects(B.Lifts));
    put(Into["tests"], "grants", contexts(B.Grants));
  }
}

json UnitPrinter::makeEntity(EntityId Id) const {
  const Entity &E = F.Entities[Id];
  json Out = {{"entity", Id}, {"kind", kindName(E.Kind)}, {"name", E.Name.str()}};
  // What is nothing but an expression is the same as nothing in another unit.
  if (uint64_t Identity = identity(Id); Identity != OwnIdentity)
    Out["identity"] = hex(Identity);
  if (Unit.BodyHashes[Id])
    Out["bodyHash"] = hex(Unit.BodyHashes[Id]);
  put(Out, "location", place(E.Declared));
  put(Out, "file", E.File.str());
  if (E.Owner != NoEntity) {
    Out["owner"] = entity(E.Owner);
    Out["argument"] = E.Index + 1;
  }
  for (auto [Key, Is] : {std::pair("body", E.HasBody),
                         {"inline", E.Inline},
                         {"weak", E.Weak},
                         {"modelled", E.Modelled},
                         {"opaque", E.Opaque},
                         {"canCarry", E.CanCarry},
                         {"unnamed", !E.Named}})
    put(Out, Key, Is);
  put(Out, "needs", contexts(E.Needs));
  put(Out, "provides", contexts(E.Provides));
  put(Out, "excludes", contexts(E.Excludes));
  put(Out, "origins", listOf(E.Origins, [&](const QualifierOrigin &O) {
        json One = {{"context", context(O.Context)}};
        put(One, "location", place(O.At));
        put(One, "model", O.Model.str());
        return One;
      }));
  put(Out, "effects", effects(E.Effects));
  if (E.More)
    putBehaviour(Out, *E.More);
  put(Out, "insertions", listOf(E.Insertions, [&](const Insertion &I) {
        json One = {{"location", place(I.At)}};
        put(One, "afterDeclarator", I.AfterDeclarator);
        return One;
      }));
  return Out;
}

json UnitPrinter::known(const Known &K) const {
  json Out = json::object();
  Known Usual; // what goes without saying
  if (std::optional<int64_t> N = K.number()) {
    Out["number"] = *N;
    Usual = Known::number(*N);
  } else if (std::optional<int64_t> N = K.isNot()) {
    Out["not"] = *N;
  }
  if (K.isNoneOf())
    Out["none of"] = hex(K.isNoneOf());
  if (K.signs() != Usual.signs()) {
    json Signs = json::array();
    for (auto [Bit, Name] : {std::pair(Known::Negative, "negative"),
                             {Known::Zero, "zero"},
                             {Known::Positive, "positive"}})
      if (K.signs() & Bit)
        Signs.push_back(Name);
    Out["signs"] = std::move(Signs);
  }
  if (K.base()) {
    Out["argument"] = *K.base() + 1;
    if (K.untouched() != ~uint64_t(0))
      Out["untouched"] = hex(K.untouched());
  }
  if (K.ones() != Usual.ones() || K.open() != Usual.open()) {
    Out["ones"] = hex(K.ones());
    Out["open"] = hex(K.open());
  }
  put(Out, "answer", entity(K.Answer));
  put(Out, "function", entity(K.Function));
  return Out;
}

json UnitPrinter::situation(const Situation &At, CallId First) const {
  json Out = json::object();
  put(Out, "open", listOf(At.Open, [&](const OpenRegion &O) {
        json One = {{"region", region(O.Region)}};
        put(One, "by", ownCall(O.By, First));
        return One;
      }));
  put(Out, "maybe", regions(At.Maybe));
  put(Out, "dropped", regions(At.Dropped));
  put(Out, "deep", regions(At.Deep));
  put(Out, "dropped_deep", regions(At.DroppedDeep));
  put(Out, "if", listOf(At.If, [&](const ArgumentCondition &If) { return condition(If); }));
  put(Out, "lifted", effects(At.Lifted));
  put(Out, "inside", contexts(At.Inside));
  put(Out, "outside", contexts(At.Outside));
  put(Out, "arguments", listOf(At.Arguments, [&](const Known &K) { return known(K); }));
  return Out;
}

json UnitPrinter::outcome(const Outcome &O, CallId First) const {
  return listOf(O.Deltas, [&](const RegionDelta &D) {
    json One = {{"region", region(D.Region)}};
    if (D.Lo != -AnyDepth)
      One["from"] = D.Lo;
    if (D.Hi != AnyDepth)
      One["to"] = D.Hi;
    put(One, "by", ownCall(D.By, First));
    return One;
  });
}

json UnitPrinter::call(CallId Id, CallId First) const {
  const Call &C = F.Calls[Id];
  json Out = {{"call", Id - First}, {"callee", entity(C.Callee)}};
  put(Out, "location", place(C.At));
  if (C.Place.Raw != C.At.Raw)
    put(Out, "writtenAt", place(C.Place));
  put(Out, "outer", ownCall(C.Outer, First));
  put(Out, "suppression", allow(C.Allow));
  return Out;
}

json UnitPrinter::bytes(const ByteRange &R) const {
  json Out = json::object();
  if (R.Lo != ByteRange::Least)
    Out["from"] = R.Lo;
  if (R.Hi != ByteRange::Most)
    Out["to"] = R.Hi;
  return Out;
}

json UnitPrinter::ranges(const ByteRanges &All) const {
  return listOf(All, [&](const ByteRange &R) { return bytes(R); });
}

/// What is said of user pointers; ends and places that are open are left out.
json UnitPrinter::pointers(const FunctionPointers &P, CallId First) const {
  static constexpr const char *Origins[] = {"parameter", "user", "field", "unknown"};
  auto Call = [&](CallId Id) { return Id - First; };
  json Out = json::object();
  put(Out, "passes", listOf(P.Passings, [&](const Passing &Is) {
        json One = {{"from", Origins[unsigned(Is.From)]}};
        if (Is.Call != NoCall) {
          One["call"] = Call(Is.Call);
          One["argument"] = Is.Argument + 1;
        }
        if (Is.From == Origin::Parameter) {
          One["parameter"] = Is.Parameter + 1;
          One["bytes"] = bytes(Is.Bytes);
        }
        put(One, "checked", Is.Checked);
        put(One, "aligned", Is.Aligned);
        put(One, "promised", Is.Promised);
        put(One, "text", Is.Text.str());
        if (!Is.Decided.empty() && Is.FirstFetch != NoCall)
          One["decided"] = {{"call", Call(Is.FirstFetch)}, {"bytes", ranges(Is.Decided)}};
        return One;
      }));
  put(Out, "fetches", listOf(P.Fetches, [&](const ParameterFetch &Is) {
        json One = {
            {"call", Call(Is.Call)}, {"parameter", Is.Parameter + 1}, {"bytes", bytes(Is.Bytes)}};
        if (!Is.Decided.empty())
          One["decided"] = ranges(Is.Decided);
        if (!Is.Used.empty())
          One["used"] = ranges(Is.Used);
        return One;
      }));
  return Out;
}

llvm::Expected<json> UnitPrinter::body(const UnitBody &Body) {
  auto IdOf = [&](uint64_t Number) { return ownEntity(F, Number); };
  ReadScope Within{F, IdOf, M ? IdCounts(*M) : IdCounts(), Body.Count};
  CallId First = F.Calls.size();
  FunctionRegions Regions;
  FunctionPointers User;
  bool Good = readCalls(Unit, Body, Within, Unit.Places, F.Calls) &&
              readRegions(Body.Regions, Within, First, Regions) &&
              readPointers(Body.Pointers, Within, First, User);
  if (!Good)
    return llvm::createStringError(llvm::inconvertibleErrorCode(),
                                   "the body of '" + F.Entities[Body.Function].Name +
                                       "' is broken");
  json Out = {{"function", entity(Body.Function)}};
  put(Out, "touchesRegions", Body.Touches);
  json Calls = json::array();
  for (CallId Id = First; Id < F.Calls.size(); ++Id)
    Calls.push_back(call(Id, First));
  Out["calls"] = std::move(Calls);
  put(Out, "situations", listOf(Regions.Calls, [&](const CallSituations &Here) {
        json One = {{"call", Here.Call - First}};
        put(One, "decisions", Here.Decisions);
        One["ways"] = listOf(Here.Ways, [&](const Situation &At) { return situation(At, First); });
        return One;
      }));
  put(Out, "outcomes",
      listOf(Regions.Outcomes, [&](const Outcome &O) { return outcome(O, First); }));
  put(Out, "userPointers", pointers(User, First));
  return Out;
}

llvm::Expected<json> UnitPrinter::run() {
  json Out = {{"file", Unit.File.str()},
              {"status", statusName(Unit.Status)},
              {"models", listOf(Unit.Models, [](llvm::StringRef Name) { return Name.str(); })},
              {"fingerprint", hex(Unit.Fingerprint)}};
  if (Unit.Status != UnitStatus::Analysed) {
    put(Out, "why", Unit.Why.Text);
    if (!Unit.Why.At.File.empty())
      Out["location"] = makePlace(Unit.Why.At);
    return Out;
  }
  Out["coverage"] = {{"functions", F.Seen.Functions},
                     {"calls",
                      {{"direct", F.Seen.DirectCalls},
                       {"slot", F.Seen.SlotCalls},
                       {"unresolved", F.Seen.UnresolvedCalls}}}};
  Out["suppressions"] = listOf(F.Allows, [&](const Allow &A) {
    json One = {{"rule", A.Rule.str()}, {"why", A.Why.str()}};
    put(One, "location", place(A.At));
    put(One, "outer", allow(A.Outer));
    put(One, "used", A.Used);
    return One;
  });
  json Entities = json::array();
  for (EntityId E = 0; E < F.Entities.size(); ++E)
    Entities.push_back(makeEntity(E));
  Out["entities"] = std::move(Entities);
  json Functions = json::array();
  for (const UnitBody &Body : Unit.Bodies) {
    llvm::Expected<json> One = body(Body);
    if (!One)
      return One.takeError();
    Functions.push_back(std::move(*One));
  }
  Out["functions"] = std::move(Functions);
  Out["stores"] = listOf(F.Stores, [&](const Store &S) {
    json One = {{"stored", entity(S.Stored)}, {"slot", entity(S.Slot)}};
    put(One, "passedTo", entity(S.PassedTo));
    put(One, "location", place(S.At));
    return One;
  });
  Out["findings"] = listOf(Unit.Findings, makeFinding);
  Out["given_up"] = listOf(Unit.GivenUp, makeGivenUp);
  return Out;
}

} // namespace

llvm::Expected<OrderedJson> makeUnit(UnitSummary &Unit, const Model *M) {
  return UnitPrinter(Unit, M).run();
}

} // namespace airlock
