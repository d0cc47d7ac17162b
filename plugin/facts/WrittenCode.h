// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What only the text of the source tells: how a call is written, and what it takes to
// write a macro at some place. Asked for what is reported, and for nothing else. The
// frontend answers for a unit; a program has it from summaries.

#ifndef AIRLOCK_FACTS_WRITTENCODE_H
#define AIRLOCK_FACTS_WRITTENCODE_H

#include "facts/Facts.h"

namespace airlock {

/// What it takes for a fix-it to write a macro.
struct MacroNeed {
  enum Kind : uint8_t {
    Nothing,  // the macro is defined there
    Include,  // with Line at At it is
    NoHeader, // a header of that name has it, which is nowhere to be found
    Unknown,  // nobody knows who defines it
  };
  Kind Is = Nothing;
  Location At = {};
  std::string Line = {};
  /// The header, as it is included: "\"airlock.h\"".
  std::string Header = {};
};

/// A macro that a fix-it may write at a place, where it is not defined.
struct NeededMacro {
  std::string Name;
  Location At;
  MacroNeed Need;
};

class WrittenCode {
public:
  virtual ~WrittenCode() = default;

  /// A few bits of how a call is written, its arguments above all; blanks and comments
  /// count for nothing. 0 if nobody knows.
  virtual uint32_t ofCall(CallId Id) const = 0;
  /// The same of the line that a place is in.
  virtual uint32_t ofLine(Location At) const = 0;
  /// Fits into three bytes of a summary.
  static constexpr uint32_t Bits = (1U << 21) - 1;

  virtual MacroNeed needOf(llvm::StringRef Macro, Location At) const = 0;
};

} // namespace airlock

#endif
