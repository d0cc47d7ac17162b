// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "contracts/ContractRecords.h"
#include "contracts/Contracts.h"
#include "effects/Analyses.h"
#include "model/Model.h"
#include "support/NameTable.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/Support/EndianStream.h"
#include <map>

namespace airlock {

namespace {

/// A text once, by where it stands.
class StringPool {
public:
  uint64_t offsetOf(llvm::StringRef Text) {
    auto [Known, IsNew] = Offsets.try_emplace(Text, Bytes.size());
    if (IsNew) {
      llvm::encodeULEB128(Text.size(), Out);
      Out << Text;
    }
    return Known->second;
  }
  llvm::StringRef bytes() const { return Bytes; }

private:
  llvm::StringMap<uint64_t> Offsets;
  llvm::SmallString<0> Bytes;
  llvm::raw_svector_ostream Out{Bytes};
};

uint64_t noNumber(EntityId) { return ~uint64_t(0); }

/// Entities of known values are nobody's here: what a caller passes is asked in its unit.
class RowWriter : public UnitWriter {
public:
  RowWriter(StringPool &Pool, const SourceMap &Map, llvm::StringRef OwnFile)
      : UnitWriter(nullptr, Map, noNumber), Pool(Pool), OwnFile(OwnFile) {}
  void text(llvm::StringRef Text) { number(Pool.offsetOf(Text)); }
  /// 0 for the file of the row.
  void file(llvm::StringRef File) { number(File == OwnFile ? 0 : Pool.offsetOf(File) + 1); }
  void row(uint32_t Row) { number(Row); }

private:
  StringPool &Pool;
  llvm::StringRef OwnFile;
};

class Writer {
public:
  Writer(Analyses &Of, const SourceMap &Map) : F(Of.F), Map(Map), M(Of.M), Inferred(Of.effects()) {}
  llvm::Expected<std::string> write();

private:
  struct Kept {
    uint32_t Row;
    /// The ways of the entity that the row has, in this order.
    std::vector<unsigned> Ways;
  };
  Kept &rowOf(EntityId E);
  unsigned wayOf(EntityId E, unsigned Way);
  void keep(EntityId Root);
  void follow();
  ContractRow describe(EntityId E);
  ContractPlace placeOf(Location At);
  ContractPlace storeOf(EntityId Stored, EntityId Slot);
  std::vector<EntityId> named() const;

  const Facts &F;
  const SourceMap &Map;
  const Model &M;
  Effects &Inferred;
  llvm::MapVector<EntityId, Kept> Rows;
  /// Ways that were not followed yet.
  std::vector<std::pair<EntityId, unsigned>> New;
  llvm::DenseMap<EntityId, llvm::SmallVector<const Store *, 2>> StoredIn;
  llvm::BumpPtrAllocator Memory;
  llvm::UniqueStringSaver Files{Memory};
};

Writer::Kept &Writer::rowOf(EntityId E) {
  auto [Known, IsNew] = Rows.insert({E, Kept()});
  if (IsNew)
    Known->second.Row = Rows.size() - 1;
  return Known->second;
}

/// The number that a way has in its row.
unsigned Writer::wayOf(EntityId E, unsigned Way) {
  std::vector<unsigned> &Ways = rowOf(E).Ways;
  auto Found = llvm::find(Ways, Way);
  if (Found == Ways.end()) {
    Found = Ways.insert(Ways.end(), Way);
    New.push_back({E, Way});
  }
  return Found - Ways.begin();
}

/// The ways that a caller may take, promises trusted. What a function has on very many conditions
/// is told by those that ask for the least. Of a slot, how many are stored there is worth telling
/// even if none of them has an effect.
void Writer::keep(EntityId Root) {
  constexpr unsigned MaxWays = 4; // to one effect
  llvm::ArrayRef<EffectWay> All = Inferred.of(Root);
  std::vector<unsigned> Order;
  for (unsigned I = 0; I < All.size(); ++I)
    if (!F.Entities[Root].never().contains(All[I].Effect))
      Order.push_back(I);
  llvm::stable_sort(Order, [&](unsigned A, unsigned B) {
    auto Key = [&](unsigned I) {
      return std::tuple(All[I].isUnlikely(), All[I].If.size(), All[I].Guesses, All[I].Distance);
    };
    return Key(A) < Key(B);
  });
  std::map<unsigned, unsigned> OfEffect;
  std::vector<unsigned> Best;
  // Of what is unlikely, one is enough: it is advice.
  llvm::copy_if(Order, std::back_inserter(Best), [&](unsigned I) {
    return ++OfEffect[All[I].Effect] <= (All[I].isUnlikely() ? 1 : MaxWays);
  });
  if (Best.empty() && Inferred.calledParameters(Root).empty() && !StoredIn.contains(Root))
    return;
  rowOf(Root);
  for (unsigned Way : Best)
    wayOf(Root, Way);
}

/// What each way that is kept goes on by.
void Writer::follow() {
  while (!New.empty()) {
    auto [E, Number] = New.back();
    New.pop_back();
    const EffectWay Way = Inferred.of(E)[Number]; // a copy: asking for others may move it
    if (Way.Next == NoEntity)
      continue;
    wayOf(Way.Next, Way.NextWay);
    if (Way.HandedOn)
      rowOf(F.Calls[Way.Via].Callee);
  }
}

ContractPlace Writer::placeOf(Location At) {
  const Place Is = Map.placeOf(At);
  return {Files.save(Is.File), Is.Line, Is.Column};
}

ContractPlace Writer::storeOf(EntityId Stored, EntityId Slot) {
  auto Found = StoredIn.find(Slot);
  if (Found != StoredIn.end())
    for (const Store *S : Found->second)
      if (S->Stored == Stored)
        return placeOf(S->At);
  return placeOf(F.Entities[Stored].Declared);
}

ContractRow Writer::describe(EntityId E) {
  const Entity &Is = F.Entities[E];
  ContractRow R;
  R.Kind = Is.Kind;
  R.Name = Is.Name;
  R.Declared = placeOf(Is.Declared);
  if (Is.More && !Is.Effects.empty())
    R.When = Is.More->When;
  for (unsigned Number : Rows.find(E)->second.Ways) {
    ContractWay &W = R.Ways.emplace_back();
    W.Way = Inferred.of(E)[Number];
    if (W.Way.Next == NoEntity)
      continue;
    W.Next = rowOf(W.Way.Next).Row;
    W.IsCall = W.Way.Via != NoCall;
    if (!W.IsCall) {
      W.At = storeOf(W.Way.Next, E);
    } else {
      const Call &Via = F.Calls[W.Way.Via];
      W.At = placeOf(Via.Place);
      if (W.Way.HandedOn)
        W.HandedTo = rowOf(Via.Callee).Row;
    }
    W.Way.NextWay = wayOf(W.Way.Next, W.Way.NextWay);
  }
  R.Calls = Inferred.calledParameters(E);
  if (Is.isSlot()) {
    (void)Inferred.of(E); // they are counted once it was asked
    R.Stored = Inferred.storedIn(E);
  }
  return R;
}

/// What other units can name, but for names that several have.
std::vector<EntityId> Writer::named() const {
  llvm::StringMap<std::pair<EntityId, unsigned>> ByKey;
  for (EntityId E = 0; E < F.Entities.size(); ++E) {
    const Entity &Is = F.Entities[E];
    if (llvm::SmallString<64> Key = contractKey(Is); !Key.empty() && !Is.Opaque)
      if (Is.isSlot() || Is.HasBody) {
        auto &Known = ByKey[Key];
        Known.first = E;
        ++Known.second;
      }
  }
  std::vector<EntityId> All;
  for (const auto &Each : ByKey)
    if (Each.second.second == 1)
      All.push_back(Each.second.first);
  llvm::sort(All);
  return All;
}

llvm::Expected<std::string> Writer::write() {
  for (const Store &S : F.Stores)
    StoredIn[S.Slot].push_back(&S);
  std::vector<EntityId> Roots = named();
  llvm::for_each(Roots, [&](EntityId E) { keep(E); });
  llvm::erase_if(Roots, [&](EntityId E) { return !Rows.count(E); });
  follow();

  StringPool Pool;
  llvm::SmallString<0> RowBytes;
  std::vector<uint32_t> Offsets;
  for (size_t I = 0; I < Rows.size(); ++I) {
    const ContractRow R = describe((Rows.begin() + I)->first);
    RowWriter Out(Pool, Map, R.Declared.File);
    // The file of the row itself has to stand somewhere.
    Out.number(Pool.offsetOf(R.Declared.File));
    codeRow(Out, R);
    Offsets.push_back(RowBytes.size());
    RowBytes += Out.bytes();
  }
  llvm::SmallString<64> Key;
  const std::vector<uint32_t> Buckets = makeBuckets(
      Roots.size(), [&](size_t I) { return rowOf(Roots[I]).Row; },
      [&](size_t I) -> llvm::StringRef { return Key = contractKey(F.Entities[Roots[I]]); });

  if (std::max(RowBytes.size(), Pool.bytes().size()) > UINT32_MAX)
    return llvm::createStringError(llvm::inconvertibleErrorCode(),
                                   "the contracts of this program are larger than their form");
  std::string Bytes;
  llvm::raw_string_ostream Out(Bytes);
  llvm::support::endian::Writer To(Out, llvm::endianness::little);
  Out << ContractMark;
  To.write(contractVersion());
  To.write<uint64_t>(M.fingerprint());
  for (size_t Count : {Offsets.size(), Buckets.size(), RowBytes.size(), Pool.bytes().size()})
    To.write<uint32_t>(Count);
  for (uint32_t Each : Offsets)
    To.write(Each);
  for (uint32_t Each : Buckets)
    To.write(Each);
  Out << RowBytes << Pool.bytes();
  return Bytes;
}

} // namespace

llvm::Expected<std::string> encodeContracts(Analyses &OfProgram, const SourceMap &Map) {
  return Writer(OfProgram, Map).write();
}

} // namespace airlock
