// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The bytes of a summary -> facts, with the bodies still to be read.

#include "model/Model.h"
#include "summary/FindingRecords.h"
#include "summary/PointerRecords.h"
#include "summary/Summary.h"
#include "llvm/ADT/StringExtras.h"

namespace airlock {

IdCounts::IdCounts(const Model &M)
    : Contexts(M.contexts().size()), Effects(M.effects().size()), Regions(M.regions().size()),
      Flavours(M.flavours().size()) {}

namespace {

llvm::Error refusal(const llvm::Twine &Why) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), Why);
}

class Decoder {
public:
  explicit Decoder(UnitSummary &Into) : Into(Into), F(Into.F) {}
  llvm::Error run(llvm::StringRef Bytes, const Model *M);

private:
  bool isDefinition(EntityId E) const;
  void readHead(UnitReader &From);
  void readAllows(UnitReader &From);
  void readEntities(UnitReader &From);
  void readBodies(UnitReader &From);
  void readStores(UnitReader &From);
  void readFindings(UnitReader &From);
  void readGivenUp(UnitReader &From);
  static size_t count(ByteReader &From) {
    uint64_t Count;
    From.number(Count);
    return From.fitting(Count);
  }

  UnitSummary &Into;
  Facts &F;
};

void Decoder::readHead(UnitReader &From) {
  From.number(Into.Status, UnitStatus::Skipped);
  From.text(Into.File);
  F.MainFile = Into.File;
  for (size_t Left = count(From); Left; --Left)
    From.text(Into.Models.emplace_back());
  From.number(Into.Fingerprint);
}

/// Suppressions in suppressions: more than anybody writes, and few enough to be gone through
/// for each finding.
static constexpr unsigned MaxAllowDepth = 1000;

void Decoder::readAllows(UnitReader &From) {
  std::vector<unsigned> Depths;
  for (size_t Left = count(From); Left && From.ok(); --Left) {
    Allow A;
    From.text(A.Rule);
    From.text(A.Why);
    From.number(A.Outer);
    --A.Outer; // 0 is none
    From.place(A.At);
    From.number(A.Used);
    // The one further out stands before it: so there is an end.
    From.require(A.Outer == NoAllow || A.Outer < Depths.size());
    Depths.push_back(From.ok() && A.Outer != NoAllow ? Depths[A.Outer] + 1 : 1);
    From.require(Depths.back() <= MaxAllowDepth);
    F.Allows.push_back(A);
  }
}

void Decoder::readEntities(UnitReader &From) {
  // What owns an entity stands before it: there is no other to be found yet.
  for (size_t Left = count(From); Left && From.ok(); --Left) {
    Entity E{};
    uint32_t BodyHash = 0;
    bool HasMore = false;
    codeEntity(From, E, HasMore);
    if (HasMore) {
      codeBehaviour(From, F.Behaviours.emplace_back());
      E.More = &F.Behaviours.back();
    }
    if (E.Kind == EntityKind::Function && E.HasBody && !E.File.empty())
      From.number(BodyHash);
    F.Entities.push_back(std::move(E));
    Into.BodyHashes.push_back(BodyHash);
  }
  for (size_t Left = count(From); Left; --Left) {
    EntityId E;
    From.entity(E);
    From.require(E != NoEntity);
    if (!From.ok())
      break;
    codeInsertions(From, F.Entities[E]);
  }
  codeList(From, Into.Macros, [&](auto &One) { codeNeededMacro(From, One); });
}

/// A function with a body is somewhere: in the file of which its lines are told.
bool Decoder::isDefinition(EntityId E) const {
  if (E == NoEntity)
    return false;
  const Entity &Is = F.Entities[E];
  return Is.Kind == EntityKind::Function && Is.HasBody && Is.Declared.isValid();
}

void Decoder::readBodies(UnitReader &From) {
  for (size_t Left = count(From); Left && From.ok(); --Left) {
    UnitBody Body;
    uint64_t Word;
    From.entity(Body.Function);
    From.number(Word);
    Body.Touches = Word & 1;
    Body.Count = static_cast<CallId>(From.fitting(Word >> 1));
    if (Body.Count) {
      Body.Calls = From.block();
      Body.Regions = From.block();
      Body.Pointers = From.block();
    }
    From.require(isDefinition(Body.Function));
    Into.Bodies.push_back(Body);
  }
}

void Decoder::readStores(UnitReader &From) {
  for (size_t Left = count(From); Left && From.ok(); --Left) {
    Store S;
    From.entity(S.Stored);
    From.entity(S.Slot);
    From.entity(S.PassedTo);
    From.place(S.At);
    From.require(S.Stored != NoEntity && S.Slot != NoEntity);
    F.Stores.push_back(S);
  }
}

void Decoder::readFindings(UnitReader &From) {
  for (size_t Left = count(From); Left && From.ok(); --Left)
    codeFinding(From, Into.Findings.emplace_back());
}

void Decoder::readGivenUp(UnitReader &From) {
  for (size_t Left = count(From); Left && From.ok(); --Left)
    codeGivenUp(From, Into.GivenUp.emplace_back());
}

llvm::Error Decoder::run(llvm::StringRef Bytes, const Model *M) {
  auto Broken = [] { return refusal("its records are broken"); };
  ByteReader Front(Bytes, {}, nullptr);
  Into.Strings = readStrings(Front, F.Strings);
  if (!Front.ok())
    return Broken();
  auto IsKnown = [&](uint64_t Number) { return ownEntity(F, Number); };
  UnitReader From(Bytes.take_back(Front.left()), Into.Strings, &Into.Places,
                  {F, IsKnown, M ? IdCounts(*M) : IdCounts()});
  readHead(From);
  if (!From.ok())
    return Broken();
  if (M && Into.Fingerprint != M->fingerprint())
    return refusal("was made with another model (" + llvm::join(Into.Models, ", ") + ")");
  if (Into.Status != UnitStatus::Analysed) {
    codeProblem(From, Into.Why);
    return From.ok() && From.left() == 0 ? llvm::Error::success() : Broken();
  }
  for (unsigned *Count :
       {&F.Seen.Functions, &F.Seen.DirectCalls, &F.Seen.SlotCalls, &F.Seen.UnresolvedCalls})
    From.number(*Count);
  readAllows(From);
  readEntities(From);
  readBodies(From);
  readStores(From);
  readFindings(From);
  readGivenUp(From);
  return From.ok() && From.left() == 0 ? llvm::Error::success() : Broken();
}

} // namespace

llvm::Expected<std::unique_ptr<UnitSummary>> decodeUnit(llvm::StringRef Bytes, const Model *M) {
  auto Unit = std::make_unique<UnitSummary>();
  if (llvm::Error E = Decoder(*Unit).run(Bytes, M))
    return E;
  return Unit;
}

bool readCalls(const UnitSummary &Unit, const UnitBody &Body, const ReadScope &Within,
               PlaceTable &Places, std::vector<Call> &Into) {
  UnitReader From(Body.Calls, Unit.Strings, &Places, Within);
  EntityId In = Within.IdOf(Body.Function).value_or(NoEntity);
  CallId First = Into.size();
  for (CallId I = 0; I < Body.Count; ++I) {
    Call C{In, NoEntity, Location()};
    codeCall(From, C, First);
    bool Broken = C.Callee == NoEntity ||
                  (C.Outer != NoCall && (C.Outer < First || C.Outer >= Into.size())) ||
                  (C.Allow != NoAllow && C.Allow >= Unit.F.Allows.size());
    if (!From.ok() || Broken)
      return false;
    Into.push_back(C);
  }
  return From.left() == 0;
}

bool readRegions(llvm::StringRef Regions, const ReadScope &Within, CallId First,
                 FunctionRegions &Into) {
  if (Regions.empty())
    return true;
  UnitReader From(Regions, {}, nullptr, Within);
  codeRegions(From, Into, First);
  codeWritten(From, Into.Written, First);
  return From.ok() && From.left() == 0;
}

bool readPointers(llvm::StringRef Pointers, const ReadScope &Within, CallId First,
                  FunctionPointers &Into) {
  if (Pointers.empty())
    return true;
  UnitReader From(Pointers, {}, nullptr, Within);
  codePointers(From, Into, First);
  return From.ok() && From.left() == 0;
}

} // namespace airlock
