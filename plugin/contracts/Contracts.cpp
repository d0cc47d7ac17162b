// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "contracts/Contracts.h"
#include "contracts/ContractRecords.h"
#include "model/Model.h"
#include "llvm/Support/Endian.h"
#include <deque>

namespace airlock {

static llvm::Error unreadable(llvm::StringRef Name, const llvm::Twine &Why) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(),
                                 "cannot read contracts '" + Name + "': " + Why);
}

llvm::Expected<Contracts> Contracts::open(llvm::StringRef Path) {
  auto Buffer = llvm::MemoryBuffer::getFile(Path, /*IsText=*/false,
                                            /*RequiresNullTerminator=*/false);
  if (!Buffer)
    return unreadable(Path, Buffer.getError().message());
  return read(std::move(*Buffer), Path);
}

llvm::Expected<Contracts> Contracts::read(std::unique_ptr<llvm::MemoryBuffer> Buffer,
                                          llvm::StringRef Name) {
  Contracts C(Name, std::move(Buffer));
  if (!C.Buffer->getBuffer().starts_with(ContractMark))
    return unreadable(Name, "it is no such file; 'airlock link --contracts' makes one");
  if (!C.readHeader())
    return unreadable(Name, "it is cut off, or of another version of Airlock");
  return C;
}

static uint32_t wordAt(llvm::StringRef Words, uint64_t Index) {
  return llvm::support::endian::read32le(Words.data() + 4 * Index);
}

bool Contracts::readHeader() {
  llvm::StringRef Left = Buffer->getBuffer().drop_front(ContractMark.size());
  constexpr size_t HeaderSize = 4 + 8 + 4 * 4;
  if (Left.size() < HeaderSize || wordAt(Left, 0) != ContractFormatVersion)
    return false;
  Fingerprint = llvm::support::endian::read64le(Left.data() + 4);
  RowCount = wordAt(Left, 3);
  BucketCount = wordAt(Left, 4);
  const uint64_t RowBytes = wordAt(Left, 5), StringBytes = wordAt(Left, 6);
  Left = Left.drop_front(HeaderSize);
  if (!llvm::isPowerOf2_32(BucketCount) ||
      Left.size() != 4 * (uint64_t(RowCount) + BucketCount) + RowBytes + StringBytes)
    return false;
  auto Take = [&](uint64_t Size) {
    llvm::StringRef Taken = Left.take_front(Size);
    Left = Left.drop_front(Size);
    return Taken;
  };
  Offsets = Take(4 * uint64_t(RowCount));
  Buckets = Take(4 * uint64_t(BucketCount));
  Rows = Take(RowBytes);
  Strings = Take(StringBytes);
  return true;
}

bool Contracts::fits(const Model &M) const { return Fingerprint == M.fingerprint(); }

std::string Contracts::whyUnfit() const {
  return "contracts '" + Name + "' are of other models, or of another version of them; not used";
}

std::optional<llvm::StringRef> Contracts::row(uint32_t Number) const {
  if (Number >= RowCount || wordAt(Offsets, Number) > Rows.size())
    return std::nullopt;
  return Rows.drop_front(wordAt(Offsets, Number));
}

std::optional<llvm::StringRef> Contracts::string(uint64_t Offset) const {
  if (Offset >= Strings.size())
    return std::nullopt;
  const uint8_t *At = Strings.bytes_begin() + Offset;
  uint64_t Size;
  if (!readLeb(At, Strings.bytes_end(), Size) || Size > size_t(Strings.bytes_end() - At))
    return std::nullopt;
  return llvm::StringRef(reinterpret_cast<const char *>(At), Size);
}

namespace {

class RowReader : public UnitReader {
public:
  using StringAt = llvm::function_ref<std::optional<llvm::StringRef>(uint64_t)>;
  RowReader(llvm::StringRef Bytes, const ReadScope &Within, StringAt At)
      : UnitReader(Bytes, {}, nullptr, Within), At(At) {}
  void text(llvm::StringRef &Text) {
    uint64_t Offset;
    number(Offset);
    std::optional<llvm::StringRef> Found = At(Offset);
    require(Found && !llvm::any_of(*Found, [](char C) { return C >= 0 && C < ' '; }));
    Text = Found.value_or("");
  }
  void ownFile() { text(OwnFile); }
  void fileOf(Place &Is) {
    uint64_t Offset;
    number(Offset);
    std::optional<llvm::StringRef> File = Offset ? At(Offset - 1) : OwnFile;
    require(File.has_value());
    Is.File = File.value_or("").str();
  }
  void row(uint32_t &Row) { number(Row, NoRow - 1); }

private:
  const StringAt At;
  llvm::StringRef OwnFile;
};

std::optional<EntityId> noEntity(uint64_t) { return NoEntity; }

} // namespace

/// Brings rows to facts, once.
class ContractImporter {
public:
  ContractImporter(const Contracts &From, Facts &F, const Model &M, Contracts::Receiver To)
      : From(From), F(F), M(M), To(To) {}
  llvm::Expected<EffectsElsewhere> run();

private:
  struct Row : ContractRow {
    /// The entity that is made for it; none for one that is there for its name alone.
    EntityId Is = NoEntity;
  };
  /// Null if it is broken, as Good tells then.
  Row *read(uint32_t Number);
  Row *find(llvm::StringRef Key);
  void readWitnesses();
  bool isSound(const ContractWay &Way);
  EntityId make(Row &R);
  EffectWay wayOf(EntityId Of, const ContractWay &W);
  void give(EntityId To, const Row &R, bool IsRoot);

  const Contracts &From;
  Facts &F;
  const Model &M;
  const Contracts::Receiver To;
  bool Good = true;
  /// In the order in which they were read.
  std::deque<Row> Rows;
  llvm::DenseMap<uint32_t, Row *> ByNumber;
  std::vector<std::pair<EntityId, Row *>> Roots;
  /// Those that have an entity.
  std::vector<Row *> Made;
  EffectsElsewhere Result;
};

ContractImporter::Row *ContractImporter::read(uint32_t Number) {
  auto [Known, IsNew] = ByNumber.try_emplace(Number, nullptr);
  if (!IsNew)
    return Known->second;
  std::optional<llvm::StringRef> Bytes = From.row(Number);
  Good &= Bytes.has_value();
  if (!Bytes)
    return nullptr;
  auto StringAt = [&](uint64_t Offset) { return From.string(Offset); };
  RowReader In(*Bytes, {F, noEntity, IdCounts(M)}, StringAt);
  Row &R = Rows.emplace_back();
  In.ownFile();
  codeRow(In, R);
  Good &= In.ok();
  return In.ok() ? ByNumber[Number] = &R : nullptr;
}

/// The row that has a name; null if none has.
ContractImporter::Row *ContractImporter::find(llvm::StringRef Key) {
  size_t At = contractBucket(Key, From.BucketCount);
  for (uint32_t Tries = 0; Good && Tries < From.BucketCount; ++Tries) {
    const uint32_t Number = wordAt(From.Buckets, At);
    Row *R = Number ? read(Number - 1) : nullptr;
    if (!R)
      return nullptr;
    Entity Is;
    Is.Kind = R->Kind;
    Is.Name = R->Name;
    if (contractKey(Is) == Key)
      return R;
    At = (At + 1) & (From.BucketCount - 1);
  }
  return nullptr;
}

/// All that ways go on by, and what they go on by in turn.
void ContractImporter::readWitnesses() {
  for (size_t I = 0; Good && I < Rows.size(); ++I)
    for (const ContractWay &W : Rows[I].Ways) {
      if (W.Next != NoRow)
        read(W.Next);
      if (W.HandedTo != NoRow)
        read(W.HandedTo);
    }
}

/// A way goes on by one that is there, and nearer to what has the effect: no witness is without
/// an end.
bool ContractImporter::isSound(const ContractWay &W) {
  if (W.Next == NoRow)
    return true;
  const Row *Next = read(W.Next);
  if (!Next || W.Way.NextWay >= Next->Ways.size())
    return false;
  const EffectWay &Theirs = Next->Ways[W.Way.NextWay].Way;
  return Theirs.Effect == W.Way.Effect && Theirs.Distance < W.Way.Distance;
}

/// An entity of its own, even if the facts have that function: its ways have the numbers of the
/// row.
EntityId ContractImporter::make(Row &R) {
  if (R.Is != NoEntity)
    return R.Is;
  Entity E;
  E.Kind = R.Kind;
  E.Elsewhere = true;
  E.Name = F.Strings.save(R.Name);
  E.Declared = To.PlaceAt(R.Declared);
  E.Modelled = true; // its ways are all that there is to know
  if (!R.When.empty()) {
    Behaviour &B = F.Behaviours.emplace_back();
    for (const StatedCondition &When : R.When)
      B.When.push_back({When.If, F.Strings.save(When.Text)});
    E.More = &B;
  }
  F.Entities.push_back(std::move(E));
  Made.push_back(&R);
  return R.Is = F.Entities.size() - 1;
}

EffectWay ContractImporter::wayOf(EntityId Of, const ContractWay &W) {
  EffectWay Way = W.Way;
  Way.Far = true;
  if (W.Next == NoRow)
    return Way;
  Way.Next = make(*read(W.Next));
  const Location At = To.PlaceAt(W.At);
  if (W.IsCall) {
    Way.Via = F.Calls.size();
    Call &Witness = F.Calls.emplace_back();
    Witness = {Of, W.HandedTo == NoRow ? Way.Next : make(*read(W.HandedTo)), At};
    Witness.Place = At;
  } else {
    F.Stores.push_back({Way.Next, Of, NoEntity, At});
  }
  return Way;
}

/// To a root, what its own unit does not say. What its function, or a function that it keeps, did
/// in the file of the facts, that file shows better.
void ContractImporter::give(EntityId To, const Row &R, bool IsRoot) {
  llvm::SmallVector<EffectWay, 1> Ways;
  for (const ContractWay &W : R.Ways) {
    if (IsRoot && (W.Next == NoRow || (!W.IsCall && this->To.IsUnit(read(W.Next)->Declared.File))))
      continue;
    Ways.push_back(wayOf(To, W));
  }
  if (!Ways.empty())
    Result.Ways[To] = std::move(Ways);
  if (!R.Calls.empty())
    Result.Calls[To] = R.Calls;
  if (IsRoot && R.Stored.Count)
    Result.Slots[To] = R.Stored;
}

llvm::Expected<EffectsElsewhere> ContractImporter::run() {
  const EntityId Own = F.Entities.size();
  for (EntityId E = 0; Good && E < Own; ++E) {
    const Entity &Is = F.Entities[E];
    if (Is.HasBody || Is.Opaque)
      continue;
    if (llvm::SmallString<64> Key = contractKey(Is); !Key.empty())
      if (Row *R = find(Key))
        Roots.push_back({E, R});
  }
  readWitnesses();
  Good = Good && llvm::all_of(Rows, [&](const Row &R) {
           return llvm::all_of(R.Ways, [&](const ContractWay &W) { return isSound(W); });
         });
  if (!Good)
    return llvm::createStringError(llvm::inconvertibleErrorCode(),
                                   "contracts '" + From.Name + "' are broken");
  for (auto [E, R] : Roots)
    give(E, *R, /*IsRoot=*/true);
  for (size_t I = 0; I < Made.size(); ++I) // which makes more of them
    give(Made[I]->Is, *Made[I], /*IsRoot=*/false);
  return std::move(Result);
}

llvm::Expected<EffectsElsewhere> Contracts::bringTo(Facts &F, const Model &M, Receiver To) const {
  return ContractImporter(*this, F, M, To).run();
}

} // namespace airlock
