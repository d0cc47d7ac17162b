// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// One edit of a source file. Made by plans, done by sources.

#ifndef AIRLOCK_ANNOTATE_EDIT_H
#define AIRLOCK_ANNOTATE_EDIT_H

#include "report/Report.h"
#include <string>
#include <tuple>

namespace airlock {

struct Edit {
  enum Kind : uint8_t { Qualifier, Entry, Crossing };
  /// Where a line is broken that gets too long.
  enum Break : uint8_t { Nowhere, Before, Behind };
  Kind Is = Qualifier;
  Place At;
  /// Put in front of what stands there; without a break, it has the blank that parts it
  /// from what is next to it.
  std::string Text;
  Break Breaks = Nowhere;
  /// In the body of a macro: it is for all that the macro declares.
  bool InMacro = false;
  /// Taken out from there on; in bytes.
  unsigned Erased = 0;
  /// What is annotated or cast.
  std::string Name;
  /// Why a crossing is one, in words: what it calls, or what does not carry the context.
  std::string Why;
  /// What is annotated, as no other file calls it: "name" or, of a static, "name@file".
  std::string Key;

  auto order() const { return std::tie(At.File, At.Line, At.Column, Text, Erased); }
  bool operator<(const Edit &O) const { return order() < O.order(); }
};

} // namespace airlock

#endif
