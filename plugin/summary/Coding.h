// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The alphabet of a summary: numbers as LEB128, names as indices into a table of
// strings, places as steps from the place before. A Coder is a ByteWriter or a
// ByteReader; each record is described once, for both (Records.h).
//
// Errors: a reader never reads beyond its bytes; what is not there reads as
// zero, and ok() turns false for good. So it does for a number that does not fit, or
// that a record requires to be another: who has read a record, and found ok(), trusts it.

#ifndef AIRLOCK_SUMMARY_CODING_H
#define AIRLOCK_SUMMARY_CODING_H

#include "facts/Facts.h"
#include "report/Report.h"
#include "summary/PlaceTable.h"
#include "support/Leb.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/StringSaver.h"
#include "llvm/Support/raw_ostream.h"

namespace airlock {

inline uint64_t zigzag(int64_t N) {
  return (static_cast<uint64_t>(N) << 1) ^ static_cast<uint64_t>(N >> 63);
}
inline int64_t unzigzag(uint64_t N) { return static_cast<int64_t>(N >> 1) ^ -int64_t(N & 1); }

/// What a terminal would obey; a name of a file or a reason may have it, and whoever reads a
/// report did not choose them.
inline bool isCommand(char C) {
  return C == '\x7f' || (C >= 0 && C < ' ' && C != '\n' && C != '\t');
}

/// How a place differs from the one before.
enum class PlaceStep : uint8_t { SameFile, OtherFile, Nowhere, Same };

/// A line and a column, in the place of a location until the file is known.
struct OwnLine {
  static constexpr unsigned ColumnBits = 10;
  static Location of(unsigned Line, unsigned Column) {
    unsigned Most = (1U << ColumnBits) - 1;
    return {Line << ColumnBits | std::min(Column, Most)};
  }
  static unsigned line(Location At) { return At.Raw >> ColumnBits; }
  static unsigned column(Location At) { return At.Raw & ((1U << ColumnBits) - 1); }
};

/// The names of a unit, each once, numbered in the order they come up.
class StringTable {
public:
  unsigned indexOf(llvm::StringRef Text) {
    return Known.try_emplace(Text, Known.size()).first->second;
  }
  /// As bytes: sorted, each without what it has in common with the one before it.
  std::string bytes() const;

private:
  llvm::StringMap<unsigned> Known;
};

class ByteWriter {
public:
  static constexpr bool Reads = false;

  /// Without a table, strings stand where they are used: bytes that mean the
  /// same in every unit.
  ByteWriter(StringTable *Strings, const SourceMap &Map) : Strings(Strings), Map(Map) {}

  bool ok() const { return true; }
  llvm::StringRef bytes() const { return Bytes; }

  template <typename T> void number(const T &N) {
    llvm::encodeULEB128(static_cast<uint64_t>(N), Out);
  }
  template <typename T> void number(const T &N, std::common_type_t<T> /*Last*/) { number(N); }
  void signedNumber(const int64_t &N) { number(zigzag(N)); }
  void text(llvm::StringRef Text) {
    if (Strings)
      return number(Strings->indexOf(Text));
    number(Text.size());
    Out << Text;
  }
  void place(const Location &At);
  void place(const Place &At);
  /// In the file of the function that it is in.
  void line(const Location &At);
  /// A block that a reader may skip.
  void block(llvm::StringRef Inside) {
    number(Inside.size());
    Out << Inside;
  }

private:
  StringTable *Strings;
  const SourceMap &Map;
  llvm::SmallString<0> Bytes;
  llvm::raw_svector_ostream Out{Bytes};
  Place Last;
};

class ByteReader {
public:
  static constexpr bool Reads = true;

  /// Places may be null where none is read.
  ByteReader(llvm::StringRef Bytes, llvm::ArrayRef<llvm::StringRef> Strings, PlaceTable *Places)
      : At(Bytes.bytes_begin()), End(Bytes.bytes_end()), Strings(Strings), Places(Places) {}

  bool ok() const { return Good; }
  /// Broken unless it is so.
  void require(bool Is) {
    if (!Is)
      fail<int>();
  }
  size_t left() const { return End - At; }

  template <typename T> void number(T &N) {
    static_assert(!std::is_enum_v<T>, "what has a last value is read with it");
    uint64_t Is = next();
    N = static_cast<T>(Is);
    if (static_cast<uint64_t>(N) != Is)
      N = fail<T>();
  }
  /// One that is not more than Last.
  template <typename T> void number(T &N, std::common_type_t<T> Last) {
    uint64_t Is = next();
    N = Is <= static_cast<uint64_t>(Last) ? static_cast<T>(Is) : fail<T>();
  }
  void signedNumber(int64_t &N) { N = unzigzag(next()); }
  void text(llvm::StringRef &Text) {
    uint64_t Index = next();
    Text = Index < Strings.size() ? Strings[Index] : fail<llvm::StringRef>();
  }
  void text(std::string &Text) {
    llvm::StringRef Ref;
    text(Ref);
    Text = Ref.str();
  }
  void place(Location &At);
  void place(Place &At);
  /// A location that stands for the line and the column alone: OwnLine.
  void line(Location &At);
  llvm::StringRef block() { return raw(next()); }
  /// A count of things that take a byte or more each: broken, and 0, if there is no
  /// room for so many.
  size_t fitting(uint64_t Count) { return Count <= left() ? Count : fail<size_t>(); }
  llvm::StringRef raw(uint64_t Size);

private:
  uint64_t next() {
    uint64_t N;
    return readLeb(At, End, N) ? N : fail<uint64_t>();
  }
  template <typename T> T fail() {
    Good = false;
    At = End;
    return T();
  }
  /// False for nowhere.
  bool step();

  const uint8_t *At, *End;
  llvm::ArrayRef<llvm::StringRef> Strings;
  PlaceTable *Places;
  bool Good = true;
  PlaceTable::Entry Last;
};

/// How many bytes those of a file may stand for: what is packed into them is somebody
/// else's, and must not fill the memory.
constexpr uint64_t mostUnpacked(uint64_t Packed) {
  constexpr uint64_t Ratio = 64, Always = 1 << 20;
  return Packed * Ratio + Always;
}

/// Reads what StringTable::bytes() wrote, by number; the names are kept in Memory.
std::vector<llvm::StringRef> readStrings(ByteReader &From, llvm::StringSaver &Memory);

} // namespace airlock

#endif
