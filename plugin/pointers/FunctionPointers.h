// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the pointer analysis says of one function to those that call it: what it
// makes sure of, what it needs to be sure of, what it fetches. A unit works it
// out (UnitPointers.h); a program reads it back from summaries.

#ifndef AIRLOCK_POINTERS_FUNCTIONPOINTERS_H
#define AIRLOCK_POINTERS_FUNCTIONPOINTERS_H

#include "facts/Facts.h"
#include "pointers/PointerState.h"
#include <memory>

namespace airlock {

/// Where an address comes from that is used in a function.
enum class Origin : uint8_t {
  Parameter, // the caller passes it
  User,      // user memory holds it: nobody can have checked it before it was fetched
  Field,     // it is kept in kernel memory, where somebody may have checked it
  Unknown,
};

/// An access, or a call that may lead to one, with an address that this function
/// did not make sure of on any path, or that it has fetched from before.
struct Passing {
  CallId Call = NoCall;
  /// Of the call: which argument.
  uint8_t Argument = 0;
  Origin From = Origin::Unknown;
  /// Origin::Parameter: which one, and where behind it.
  uint8_t Parameter = 0;
  ByteRange Bytes;
  /// It has passed a check here, whoever else asks; it is aligned.
  bool Checked = false, Aligned = false;
  /// It goes where it is promised to be checked: a `__prevalidated` parameter, or a
  /// field; then there is no call, and At is the place.
  bool Promised = false;
  Location At;
  /// The check that there was covers less.
  bool TooShort = false;
  /// What of it was fetched here and decided something, and the fetch.
  ByteRanges Decided;
  CallId FirstFetch = NoCall;
  /// The address as it is written.
  llvm::StringRef Text;
};

/// On return, what was made sure of. Where: always, or where it returns zero or not.
struct Guarantee {
  enum When : uint8_t { Always, IfZero, IfNonZero };
  enum Kind : uint8_t { Checked, Probed, Aligned, Barrier };
  Kind Is = Checked;
  When If = Always;
  uint8_t Parameter = 0;
  ByteRange Bytes;
};

/// The function reads user memory behind a parameter.
struct ParameterFetch {
  CallId Call = NoCall;
  uint8_t Parameter = 0;
  ByteRange Bytes;
  /// Where the copy is when it returns: behind this parameter, or in the value
  /// that it returns; neither if nobody else sees it.
  std::optional<uint8_t> Into;
  int64_t IntoLo = 0;
  bool IntoResult = false;
  /// What of it decided something already; what was used, and compared with nothing.
  ByteRanges Decided, Used;
};

/// What it returns is an address that a parameter is.
struct ReturnedAddress {
  uint8_t Parameter = 0;
  bool Exact = true;
  int64_t Offset = 0;
};

/// Bytes behind a parameter that a condition asks about, here or in who may be called; the
/// value of the parameter itself if they are none.
struct AskedBytes {
  uint8_t Parameter = 0;
  ByteRange Bytes;
};

struct FunctionPointers {
  /// Accesses, and calls of functions, with addresses that come from elsewhere.
  std::vector<Passing> Passings;
  llvm::SmallVector<Guarantee, 1> Guarantees;
  llvm::SmallVector<ParameterFetch, 1> Fetches;
  /// What it returns is a translation that this effect resets.
  std::optional<unsigned> ReturnsCached;

  // Of a unit only.
  llvm::SmallVector<ReturnedAddress, 1> Returned;
  llvm::SmallVector<AskedBytes, 1> Asked;
  /// It returns a user address that it has checked so far, if it is not null; or one
  /// that it has from somebody of whom nothing is known.
  std::optional<ByteRange> ReturnsChecked;
  bool ReturnsUnchecked = false;
  /// It copies as many bytes as a parameter says.
  bool CopiesByParameter = false;

  bool empty() const {
    return Passings.empty() && Guarantees.empty() && Fetches.empty() && !ReturnsCached &&
           Returned.empty() && !ReturnsChecked && !ReturnsUnchecked && !CopiesByParameter;
  }
};

/// Where they come from: worked out from the flows of a unit (UnitPointers.h), or
/// read back from summaries (link/Program.h).
class PointerResults {
public:
  virtual ~PointerResults() = default;
  /// The functions that do something with user pointers.
  virtual llvm::ArrayRef<EntityId> touching() = 0;
  /// Null for any other function.
  virtual std::shared_ptr<const FunctionPointers> resultOf(EntityId Function) = 0;
};

} // namespace airlock

#endif
