// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The bytes of a summary -> facts, with the bodies still to be read.

#include "summary/FindingRecords.h"
#include "summary/PointerRecords.h"
#include "summary/Summary.h"

namespace airlock {

namespace {

class Decoder {
public:
  explicit Decoder(UnitSummary &Into) : Into(Into), F(Into.F) {}
  bool run(llvm::StringRef Bytes);

private:
  void readHead(UnitReader &From);
  void readAllows(UnitReader &From);
  void readEntities(UnitReader &From);
  void readBodies(UnitReader &From);
  void readStores(UnitReader &From);
  void readFindings(UnitReader &From);
  static size_t count(ByteReader &From) {
    uint64_t Count;
    From.number(Count);
    return From.fitting(Count);
  }

  UnitSummary &Into;
  Facts &F;
};

void Decoder::readHead(UnitReader &From) {
  From.number(Into.Status);
  From.text(Into.File);
  F.MainFile = Into.File;
  for (size_t Left = count(From); Left; --Left)
    From.text(Into.Models.emplace_back());
  From.number(Into.Fingerprint);
}

void Decoder::readAllows(UnitReader &From) {
  for (size_t Left = count(From); Left; --Left) {
    Allow A;
    From.text(A.Rule);
    From.text(A.Why);
    From.number(A.Outer);
    --A.Outer; // 0 is none
    From.place(A.At);
    From.number(A.Used);
    if (A.Outer != NoAllow && A.Outer >= F.Allows.size())
      A.Outer = NoAllow;
    F.Allows.push_back(A);
  }
}

void Decoder::readEntities(UnitReader &From) {
  F.Entities.resize(count(From));
  Into.BodyHashes.resize(F.Entities.size());
  for (EntityId Id = 0; Id < F.Entities.size(); ++Id) {
    Entity &E = F.Entities[Id];
    bool HasMore = false;
    codeEntity(From, E, HasMore);
    if (HasMore) {
      codeBehaviour(From, F.Behaviours.emplace_back());
      E.More = &F.Behaviours.back();
    }
    if (E.Kind == EntityKind::Function && E.HasBody && !E.File.empty())
      From.number(Into.BodyHashes[Id]);
  }
  for (size_t Left = count(From); Left; --Left) {
    EntityId E;
    From.entity(E);
    Entity Nobody;
    codeInsertions(From, E == NoEntity ? Nobody : F.Entities[E]);
  }
}

void Decoder::readBodies(UnitReader &From) {
  for (size_t Left = count(From); Left; --Left) {
    UnitBody Body;
    uint64_t Word;
    From.entity(Body.Function);
    From.number(Word);
    Body.Touches = Word & 1;
    Body.Count = static_cast<CallId>(Word >> 1);
    if (Body.Count) {
      Body.Calls = From.block();
      Body.Regions = From.block();
      Body.Pointers = From.block();
    }
    if (Body.Function != NoEntity)
      Into.Bodies.push_back(Body);
  }
}

void Decoder::readStores(UnitReader &From) {
  for (size_t Left = count(From); Left; --Left) {
    Store S;
    From.entity(S.Stored);
    From.entity(S.Slot);
    From.entity(S.PassedTo);
    From.place(S.At);
    if (S.Stored != NoEntity && S.Slot != NoEntity)
      F.Stores.push_back(S);
  }
}

void Decoder::readFindings(UnitReader &From) {
  Into.Findings.resize(count(From));
  for (ReportedFinding &Found : Into.Findings)
    codeFinding(From, Found);
}

bool Decoder::run(llvm::StringRef Bytes) {
  ByteReader Front(Bytes, {}, nullptr);
  Into.Strings = readStrings(Front, F.Strings);
  if (!Front.ok())
    return false;
  auto IsKnown = [&](uint64_t Number) {
    return Number < F.Entities.size() ? static_cast<EntityId>(Number) : NoEntity;
  };
  UnitReader From(Bytes.take_back(Front.left()), Into.Strings, &Into.Places, IsKnown);
  readHead(From);
  if (!From.ok())
    return false;
  if (Into.Status != UnitStatus::Analysed) {
    codeProblem(From, Into.Why);
    return From.ok();
  }
  for (unsigned *Count :
       {&F.Seen.Functions, &F.Seen.DirectCalls, &F.Seen.SlotCalls, &F.Seen.UnresolvedCalls})
    From.number(*Count);
  readAllows(From);
  readEntities(From);
  readBodies(From);
  readStores(From);
  readFindings(From);
  return From.ok() && From.left() == 0;
}

} // namespace

llvm::Expected<std::unique_ptr<UnitSummary>> decodeUnit(llvm::StringRef Bytes) {
  auto Unit = std::make_unique<UnitSummary>();
  if (!Decoder(*Unit).run(Bytes))
    return llvm::createStringError(llvm::inconvertibleErrorCode(), "its records are broken");
  return Unit;
}

bool readCalls(const UnitSummary &Unit, const UnitBody &Body, EntityNumbering IdOf,
               PlaceTable &Places, std::vector<Call> &Into) {
  UnitReader From(Body.Calls, Unit.Strings, &Places, IdOf);
  EntityId In = IdOf(Body.Function);
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
  return true;
}

bool readRegions(llvm::StringRef Regions, EntityNumbering IdOf, CallId First,
                 FunctionRegions &Into) {
  UnitReader From(Regions, {}, nullptr, IdOf);
  codeRegions(From, Into, First);
  return From.ok();
}

bool readPointers(llvm::StringRef Pointers, EntityNumbering IdOf, CallId First,
                  FunctionPointers &Into) {
  UnitReader From(Pointers, {}, nullptr, IdOf);
  codePointers(From, Into, First);
  return From.ok();
}

} // namespace airlock
