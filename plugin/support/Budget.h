// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What an analysis of one function may spend. Every loop over what the analysed
// program determines is polynomial; the budget keeps the polynomial small where
// somebody writes, or generates, what no person would. A function whose budget is
// spent is given up: nothing is reported of what the analysis would have said, and every report
// says so (GivenUp, in the coverage ledger).
//
// The limits are those of docs/limits.md.

#ifndef AIRLOCK_SUPPORT_BUDGET_H
#define AIRLOCK_SUPPORT_BUDGET_H

#include "llvm/ADT/StringRef.h"
#include <cstdint>
#include <optional>

namespace airlock {

/// The analyses that may give a function up.
enum class AnalysisKind : uint8_t {
  Regions,  // what is open where
  Pointers, // what is known of user addresses
  Effects,  // what calling it may do
  Callers,  // who calls it, and with what
};

enum class Limit : uint8_t {
  Steps,  // it takes too long
  States, // too many ways that do not agree
  Depth,  // a region is open more often than is counted
};

llvm::StringRef nameOf(AnalysisKind By);
llvm::StringRef nameOf(Limit L);

class Budget {
public:
  /// Of one function. A step is a look at one fact, expression or state: a few
  /// nanoseconds. The largest functions of Linux 6.12 take a tenth of it.
  static constexpr uint32_t Steps = 1 << 22;
  /// Paths that are kept apart at one point, what one address may be, and the like.
  static constexpr unsigned States = 64;

  explicit Budget(uint32_t Count = Steps) : Left(Count) {}

  /// False once there are none left.
  bool step(uint32_t Count = 1) {
    if (Count > Left) {
      Left = 0;
      giveUp(Limit::Steps);
      return false;
    }
    Left -= Count;
    return true;
  }
  /// The first limit is the one to tell of.
  void giveUp(Limit L) {
    if (!Broken)
      Broken = L;
  }
  std::optional<Limit> broken() const { return Broken; }

private:
  uint32_t Left;
  std::optional<Limit> Broken;
};

} // namespace airlock

#endif
