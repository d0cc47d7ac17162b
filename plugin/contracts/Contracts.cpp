// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "contracts/Contracts.h"
#include "contracts/ContractRecords.h"
#include "model/Model.h"
#include "support/NameTable.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/Path.h"

namespace path = llvm::sys::path;

namespace airlock {

static llvm::Error unreadable(llvm::StringRef Name, const llvm::Twine &Why) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(),
                                 "cannot read contracts '" + Name + "': " + Why);
}

llvm::Expected<std::optional<Contracts>> Contracts::open(llvm::StringRef Path, const Model &M,
                                                         std::string &WhyNot) {
  auto Buffer = llvm::MemoryBuffer::getFile(Path, /*IsText=*/false,
                                            /*RequiresNullTerminator=*/false);
  if (!Buffer)
    return unreadable(Path, Buffer.getError().message());
  llvm::Expected<Contracts> Opened = read(std::move(*Buffer), Path);
  if (!Opened)
    return Opened.takeError();
  if (Opened->Fingerprint == M.fingerprint())
    return std::move(*Opened);
  WhyNot =
      "contracts '" + Path.str() + "' are of other models, or of another version of them; not used";
  return std::nullopt;
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
  if (Left.size() < HeaderSize || wordAt(Left, 0) != contractVersion())
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

/// Whose ids rows are read as.
struct Contracts::Reading {
  const Facts &F;
  const Model &M;
};

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
    take(Found, Text);
  }
  void ownFile() { text(OwnFile); }
  void file(llvm::StringRef &File) {
    uint64_t Offset;
    number(Offset);
    take(Offset ? At(Offset - 1) : OwnFile, File);
  }
  void row(uint32_t &Row) { number(Row, NoRow - 1); }

private:
  void take(std::optional<llvm::StringRef> Found, llvm::StringRef &Into) {
    require(Found && llvm::none_of(*Found, isCommand));
    Into = ok() ? *Found : llvm::StringRef();
  }

  const StringAt At;
  llvm::StringRef OwnFile;
};

std::optional<EntityId> noEntity(uint64_t) { return NoEntity; }

} // namespace

bool Contracts::read(uint32_t Number, const Reading &For, ContractRow &Into) const {
  std::optional<llvm::StringRef> Bytes = row(Number);
  if (!Bytes)
    return false;
  auto StringAt = [&](uint64_t Offset) { return string(Offset); };
  RowReader In(*Bytes, {For.F, noEntity, IdCounts(For.M)}, StringAt);
  In.ownFile();
  codeRow(In, Into);
  return In.ok();
}

/// The number of the row that has a name; nothing if none has. Broken where it cannot be told.
std::optional<uint32_t> Contracts::find(llvm::StringRef Key, const Reading &For,
                                        bool &Broken) const {
  auto StringAt = [&](uint64_t Offset) { return string(Offset); };
  auto Has = [&](uint32_t Number) {
    std::optional<llvm::StringRef> Bytes = row(Number);
    Broken |= !Bytes;
    if (Broken)
      return false;
    RowReader In(*Bytes, {For.F, noEntity, IdCounts(For.M)}, StringAt);
    ContractRow Head;
    In.ownFile();
    codeRowHead(In, Head);
    const llvm::SmallString<64> Found = contractKey(Head.Kind, Head.Name);
    Broken |= !In.ok() || Found.empty();
    return !Broken && Found == Key;
  };
  return findByName(
      Key, BucketCount, [&](size_t At) { return Broken ? 0 : wordAt(Buckets, At); }, Has);
}

/// What the row says of an entity of the facts. False if it is broken.
bool Contracts::bring(EntityId E, uint32_t Number, const Reading &For, const Receiver &To,
                      EffectsElsewhere &Into) const {
  const Entity &Is = For.F.Entities[E];
  ContractRow R;
  if (!read(Number, For, R))
    return false;
  // Fields of one name may be of two structs.
  if (Is.Kind == EntityKind::Field &&
      path::filename(R.Declared.File) != path::filename(To.FileOf(Is.Declared)))
    return true;
  llvm::SmallVector<EffectWay, 1> Ways;
  for (unsigned I = 0; I < R.Ways.size(); ++I) {
    const ContractWay &W = R.Ways[I];
    // What is declared, the facts may know, too. And what a function that is kept there did in a
    // file that they are of, that file shows better.
    if (W.Next == NoRow && Is.Effects.contains(W.Way.Effect))
      continue;
    ContractRow Next;
    if (W.Next != NoRow && !W.IsCall) {
      if (!read(W.Next, For, Next))
        return false;
      if (To.IsUnit(Next.Declared.File))
        continue;
    }
    EffectWay &Way = Ways.emplace_back(W.Way);
    Way.Far = true;
    Way.HandedOn = false; // as far as the facts go
    Way.FarRow = Number;
    Way.NextWay = I;
  }
  if (!Ways.empty())
    Into.Ways[E] = std::move(Ways);
  if (!R.Calls.empty())
    Into.Calls[E] = std::move(R.Calls);
  if (R.Stored.Count)
    Into.Slots[E] = std::move(R.Stored);
  return true;
}

llvm::Expected<EffectsElsewhere> Contracts::bringTo(const Facts &F, const Model &M,
                                                    Receiver To) const {
  EffectsElsewhere Result;
  const Reading For{F, M};
  bool Broken = false;
  for (EntityId E = 0; E < F.Entities.size() && !Broken; ++E) {
    const Entity &Is = F.Entities[E];
    if (Is.HasBody || Is.Opaque)
      continue;
    const llvm::SmallString<64> Key = contractKey(Is);
    if (std::optional<uint32_t> Row = Key.empty() ? std::nullopt : find(Key, For, Broken))
      Broken |= !bring(E, *Row, For, To, Result);
  }
  if (Broken)
    return llvm::createStringError(llvm::inconvertibleErrorCode(),
                                   "contracts '" + Name + "' are broken");
  Result.Tell = [this, For, PlaceAt = std::move(To.PlaceAt)](
                    const EffectWay &Way, llvm::function_ref<void(const FarStep &)> Visit) {
    tell(Way, For, PlaceAt, Visit);
  };
  return Result;
}

/// From one row to the next, each nearer to what has the effect: what is broken ends early.
void Contracts::tell(const EffectWay &Way, const Reading &For, const PlaceMaker &PlaceAt,
                     llvm::function_ref<void(const FarStep &)> Visit) const {
  auto At = [&](const ContractPlace &P) { return PlaceAt({P.File.str(), P.Line, P.Column}); };
  ContractRow Here;
  if (!read(Way.FarRow, For, Here))
    return;
  size_t Number = Way.NextWay;
  while (Number < Here.Ways.size() && Here.Ways[Number].Next != NoRow) {
    const ContractWay &W = Here.Ways[Number];
    ContractRow Next, To;
    if (!read(W.Next, For, Next) || W.Way.NextWay >= Next.Ways.size() ||
        Next.Ways[W.Way.NextWay].Way.Distance >= W.Way.Distance ||
        (W.HandedTo != NoRow && !read(W.HandedTo, For, To)))
      return;
    if (!W.IsCall)
      Visit({FarStep::Stores, Next.Name, Here.Name, Here.Kind, At(W.At), {}});
    else if (W.HandedTo == NoRow)
      Visit({FarStep::Calls, Here.Name, Next.Name, Next.Kind, At(W.At), {}});
    else
      Visit({FarStep::HandsOn, Next.Name, To.Name, To.Kind, At(W.At), {}});
    Number = W.Way.NextWay;
    Here = std::move(Next);
  }
  Visit({FarStep::Has, Here.Name, "", Here.Kind, At(Here.Declared), Here.When});
}

} // namespace airlock
