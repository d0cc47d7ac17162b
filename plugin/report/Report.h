// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The findings of one or more translation units, worded and placed: what every
// renderer reads. Made from the solver's findings through a SourceMap; owns
// all its text, so the units it came from may be gone. Free of Clang.

#ifndef AIRLOCK_REPORT_REPORT_H
#define AIRLOCK_REPORT_REPORT_H

#include "facts/GivenUp.h"
#include "rules/Finding.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringMap.h"
#include <optional>
#include <string>
#include <vector>

namespace airlock {

struct Place {
  std::string File; // relative to the source root
  unsigned Line = 0;
  unsigned Column = 0;
  bool operator==(const Place &Other) const {
    return File == Other.File && Line == Other.Line && Column == Other.Column;
  }
};

/// Turns the locations of one set of facts into places.
class SourceMap {
public:
  virtual ~SourceMap() = default;
  virtual Place placeOf(Location At) const = 0;
};

/// Replaces what stands from At up to End; the two are the same for an insertion.
struct ReportedFixIt {
  Place At;
  std::string Insert;
  Place End;
};

struct ReportedStep {
  Place At;
  std::string Function;
  std::string Text;
};

/// What suppresses a finding: an attribute in the source, or a baseline.
constexpr llvm::StringLiteral BySource = "__airlock_allow";
constexpr llvm::StringLiteral ByBaseline = "baseline";

struct ReportedSuppression {
  std::string By;
  std::string Why;
};

struct ReportedFinding {
  std::string Id, Rule, Message, Function, Context, Region;
  Severity Level = Severity::Warning;
  Place At;
  std::vector<ReportedStep> Path;
  std::vector<ReportedFixIt> FixIts;
  std::optional<ReportedSuppression> Suppressed;
};

/// Why a unit was not analysed: the first error in it, or what else there is to say.
struct Problem {
  std::string Text;
  /// No file: the unit as a whole.
  Place At;
};

/// What there is to know of the run itself, and of which of its inputs.
struct Notification {
  std::string File;
  std::string Text;
  /// Where in the source; no file: nowhere.
  Place At;
  /// Nothing went wrong.
  bool IsNote = false;
};

/// A function that an analysis gave up, by its name and the file that it is in.
struct ReportedGivenUp {
  std::string Function, File;
  AnalysisKind By;
  Limit Spent;

  bool operator==(const ReportedGivenUp &O) const {
    return Function == O.Function && File == O.File && By == O.By && Spent == O.Spent;
  }
};

/// The coverage ledger.
struct Ledger {
  unsigned Units = 0, Failed = 0, Skipped = 0;
  Coverage Seen;
  std::vector<Notification> Notifications;
  std::vector<ReportedGivenUp> GivenUp;
};

/// Of a run that is about a change: what that is, and how far it reaches.
struct ReportedChange {
  /// As the user named it.
  std::string Name;
  /// Its files, and those of them that no unit of the run reads.
  unsigned Files = 0, Elsewhere = 0;
  /// Units that read any of the others, and those of them of which it is not known what was
  /// found in them without the change.
  unsigned Units = 0, Unknown = 0;
};

/// A finding in its words.
ReportedFinding wordFinding(const Finding &Found, const SourceMap &Map);
ReportedGivenUp wordGivenUp(const GivenUp &Is, const Facts &F, const SourceMap &Map);

class Report {
public:
  Report() = default;
  /// One that is read back: nothing is added to it any more.
  Report(std::vector<ReportedFinding> Findings, Ledger Counts)
      : Findings(std::move(Findings)), Counts(std::move(Counts)) {}

  /// Adds what one unit gave. A finding that several units give (in a header
  /// that they include) is kept once, with the longest of its paths.
  void addUnit(const std::vector<Finding> &Findings, const Facts &F, const SourceMap &Map);
  /// The same in two steps.
  void addUnit(const Coverage &Seen);
  void addFinding(ReportedFinding Found);
  /// The same function again, from another unit that includes it, is dropped.
  void addGivenUp(ReportedGivenUp Is) { Counts.GivenUp.push_back(std::move(Is)); }
  void addFailedUnit(llvm::StringRef File, const Problem &Why);
  /// A unit that Airlock does not read. Harmless: others were analysed.
  void addSkippedUnit(llvm::StringRef File, const Problem &Why, bool Harmless);
  /// What makes the report incomplete without being a unit: "summary refused: …".
  void addNotification(llvm::StringRef File, llvm::StringRef Text);

  /// By place, then rule, then text: the same bytes for any order of adding.
  /// To be called once, when all units are added.
  void sort();

  /// Asks, in order, of every finding that is not suppressed whether it should be.
  void
  suppress(llvm::function_ref<std::optional<ReportedSuppression>(const ReportedFinding &)> Decide);

  /// Shows each finding, to be changed; false leaves it out. To be called when all are added.
  void revise(llvm::function_ref<bool(ReportedFinding &)> Decide) {
    llvm::erase_if(Findings, [&](ReportedFinding &F) { return !Decide(F); });
  }

  /// The same for what was given up.
  void reviseGivenUp(llvm::function_ref<bool(const ReportedGivenUp &)> Keep) {
    llvm::erase_if(Counts.GivenUp, [&](const ReportedGivenUp &G) { return !Keep(G); });
  }

  /// The findings are those that a change brings.
  void setChange(ReportedChange Is) { About = std::move(Is); }
  const std::optional<ReportedChange> &change() const { return About; }

  const std::vector<ReportedFinding> &findings() const { return Findings; }
  const Ledger &ledger() const { return Counts; }
  unsigned suppressed() const;
  /// Findings that are not suppressed.
  unsigned open() const { return Findings.size() - suppressed(); }
  /// Nothing went wrong: what is not reported was looked for.
  bool complete() const;

private:
  std::vector<ReportedFinding> Findings;
  /// Where in Findings each one is, by its id and place.
  llvm::StringMap<size_t> Known;
  Ledger Counts;
  std::optional<ReportedChange> About;
};

/// The version of the JSON report.
constexpr unsigned ReportSchema = 1;

llvm::StringRef severityName(Severity Level);

/// "'f' is given up by the analysis of regions: too many states"
std::string sentenceOf(const ReportedGivenUp &Is);

} // namespace airlock

#endif
