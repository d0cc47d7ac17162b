// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What one translation unit contributes to the whole program, as bytes: its
// functions and calls with what is open at them, what is stored in which slot,
// what is known of everything that it names, and the findings that it needs no
// other unit for. Nothing in it depends on the machine: paths are those of the
// reports, ids are the model's, and the model is named by its fingerprint.
//
// A summary stands in a frame (SummaryFile.h) that tells its version, its length
// and its checksum; here is what is inside.
//
// Why not CBOR: the nine units of ACPI, the scheduler and input that were tried take
// 0.25 MB; what `airlock dump` says of them takes 2.29 MB in CBOR, because of the
// names of fields, and numbers that are not told from those before.

#ifndef AIRLOCK_SUMMARY_SUMMARY_H
#define AIRLOCK_SUMMARY_SUMMARY_H

#include "effects/Analyses.h"
#include "report/Report.h"
#include "summary/PlaceTable.h"
#include "summary/Scope.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/Error.h"
#include <string>

namespace airlock {

enum class UnitStatus : uint8_t { Analysed, Failed, Skipped };

/// A function with its calls, which are those of Facts::Calls from First on.
struct UnitBody {
  EntityId Function;
  CallId First = 0, Count = 0;
  /// A region is open somewhere in it.
  bool Touches = false;
  /// Of the bytes of the summary, what readCalls(), readRegions() and readPointers() read.
  llvm::StringRef Calls, Regions, Pointers;
};

/// A summary that was read back. Its bodies refer to the bytes that it was read from.
struct UnitSummary {
  UnitStatus Status = UnitStatus::Analysed;
  /// Of a unit that was not analysed.
  Problem Why;
  /// The file that it was made from: Facts::MainFile.
  llvm::StringRef File;
  /// The models that its ids are of, and their fingerprint.
  llvm::SmallVector<llvm::StringRef, 2> Models;
  uint64_t Fingerprint = 0;
  /// Without Calls, until readCalls().
  Facts F;
  PlaceTable Places;
  std::vector<UnitBody> Bodies;
  /// By entity: what tells a static function with a body from others of its name.
  std::vector<uint32_t> BodyHashes;
  /// What the fix-its of a program need that are no macros yet where they write them.
  std::vector<NeededMacro> Macros;
  /// Those of the rules that judge a unit by itself, advice included.
  std::vector<ReportedFinding> Findings;
  /// What could not be finished in it.
  std::vector<ReportedGivenUp> GivenUp;

  /// What the bytes of bodies refer to.
  std::vector<llvm::StringRef> Strings;
};

/// What a summary is made of. Findings are those of Reach::Unit and Reach::Both, advice included,
/// whatever the user wants to see now.
struct UnitToSummarize {
  Analyses &Of;
  const SourceMap &Map;
  const std::vector<Finding> &Findings;
};

std::string encodeUnit(const UnitToSummarize &Unit);
/// For a unit that was not analysed.
std::string encodeUnit(llvm::StringRef File, UnitStatus Status, const Problem &Why, const Model &M);

/// Reads what encodeUnit() made, with the model M, or, if that is null, any. Whatever the
/// bytes are, what it returns can be trusted: every number in it stands for something.
/// Calls and regions of bodies are left as bytes: most of those of headers were seen before.
llvm::Expected<std::unique_ptr<UnitSummary>> decodeUnit(llvm::StringRef Bytes, const Model *M);

/// The numbering of a unit by itself: as they stand in its facts.
inline std::optional<EntityId> ownEntity(const Facts &F, uint64_t Number) {
  return Number < F.Entities.size() ? std::optional<EntityId>(Number) : std::nullopt;
}

/// Reads the calls of a body to the end of Into, and their places to Places; false
/// if they are broken. Suppressions keep the numbers that they have in the unit.
bool readCalls(const UnitSummary &Unit, const UnitBody &Body, const ReadScope &Within,
               PlaceTable &Places, std::vector<Call> &Into);
/// Both read what can be trusted, or return false. First is the id that the first call of
/// the body has by now.
bool readRegions(llvm::StringRef Regions, const ReadScope &Within, CallId First,
                 FunctionRegions &Into);
/// The names in it refer to the bytes.
bool readPointers(llvm::StringRef Pointers, const ReadScope &Within, CallId First,
                  FunctionPointers &Into);

} // namespace airlock

#endif
