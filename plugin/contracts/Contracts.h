// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Contracts: what a whole program says that calling its functions may do, in a file that a
// compile of one unit looks names up in. A function or slot of another unit then has the effects,
// the conditions and the witness that it has in the program.
//
//   header      what it is, its version, the models' fingerprint, and how much of each follows
//   offsets     of each row, where it begins
//   buckets     of a hash table: 0, or one more than the row that has the name
//   rows        a function or slot with the ways in which it has effects (EffectWay), each of
//               which names the row, and the way of that, which it goes on by
//   strings     names and files, each once
//
// Numbers of the header and the tables are 32 bits, little-endian, but for the fingerprint, which
// is 64; those of rows are LEB128. Only the rows that are asked for are read.
//
// Whose contracts they are may have changed since: a body that a unit has is taken in their place.
// Rows are held against what there is when they are read, whatever their bytes are.

#ifndef AIRLOCK_CONTRACTS_CONTRACTS_H
#define AIRLOCK_CONTRACTS_CONTRACTS_H

#include "effects/Elsewhere.h"
#include "report/Report.h"
#include "summary/SummaryFile.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBuffer.h"

namespace airlock {

class Analyses;
class Model;
struct ContractRow;

/// What makes contracts of another version unreadable: that of their rows, and that of what they
/// have in common with summaries.
constexpr uint32_t contractVersion() { return 1 << 16 | SummaryFormatVersion; }

/// The contracts of a program, as bytes; an error if they are too many.
llvm::Expected<std::string> encodeContracts(Analyses &OfProgram, const SourceMap &Map);

class Contracts {
public:
  /// An error if there is no such file, or if it is none. Nothing, and why in one line, if they
  /// are of other models: then what they say means nothing.
  static llvm::Expected<std::optional<Contracts>> open(llvm::StringRef Path, const Model &M,
                                                       std::string &WhyNot);
  /// The same of what is in memory; Name is for messages.
  static llvm::Expected<Contracts> read(std::unique_ptr<llvm::MemoryBuffer> Buffer,
                                        llvm::StringRef Name);

  using PlaceMaker = std::function<Location(const Place &)>;
  /// Of the facts that ask.
  struct Receiver {
    /// Makes a location of a place.
    PlaceMaker PlaceAt;
    /// Whether the facts are of a unit that this file is: what is in it, they show better.
    llvm::function_ref<bool(llvm::StringRef)> IsUnit;
    /// The file of one of its locations.
    llvm::function_ref<std::string(Location)> FileOf;
  };
  /// What they say of the functions and slots of the facts that have no body there. An error if
  /// they are broken. The result refers to these contracts, to the facts and the model, and uses
  /// PlaceAt where somebody is told how an effect comes about.
  llvm::Expected<EffectsElsewhere> bringTo(const Facts &F, const Model &M, Receiver To) const;

private:
  Contracts(llvm::StringRef Name, std::unique_ptr<llvm::MemoryBuffer> Buffer)
      : Name(Name.str()), Buffer(std::move(Buffer)) {}
  bool readHeader();
  struct Reading;
  std::optional<uint32_t> find(llvm::StringRef Key, const Reading &For, bool &Broken) const;
  bool read(uint32_t Row, const Reading &For, ContractRow &Into) const;
  bool bring(EntityId E, uint32_t Row, const Reading &For, const Receiver &To,
             EffectsElsewhere &Into) const;
  void tell(const EffectWay &Way, const Reading &For, const PlaceMaker &PlaceAt,
            llvm::function_ref<void(const FarStep &)> Visit) const;
  /// From where a row begins on.
  std::optional<llvm::StringRef> row(uint32_t Number) const;
  std::optional<llvm::StringRef> string(uint64_t Offset) const;

  std::string Name;
  std::unique_ptr<llvm::MemoryBuffer> Buffer;
  uint64_t Fingerprint = 0;
  uint32_t RowCount = 0, BucketCount = 0;
  llvm::StringRef Offsets, Buckets, Rows, Strings;
};

} // namespace airlock

#endif
