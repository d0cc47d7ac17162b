// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Work in parallel, each piece in a process of its own: a compiler that crashes, or
// that does not come to an end, takes one unit with it and no more, and nothing need be
// safe for threads.

#ifndef AIRLOCK_TOOLS_PROCESSES_H
#define AIRLOCK_TOOLS_PROCESSES_H

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/Error.h"
#include <string>

namespace airlock {

struct PieceResult {
  /// What the piece returned; not to be used if it died.
  std::string Bytes;
  /// How it died, in words that follow a subject: "died of Aborted"; empty if it did not.
  std::string Died;
};

/// What one piece may take; 0 for any amount.
struct PieceLimits {
  /// By the clock on the wall.
  unsigned Seconds = 0;
  unsigned MiB = 0;
};

/// Runs Work(I) for every I below Count, at most Jobs at a time, and Done(I, result)
/// here, in the order in which they end. The caller must have no other threads.
/// Fails only if no process can be made.
llvm::Error runInProcesses(size_t Count, unsigned Jobs, const PieceLimits &Limits,
                           llvm::function_ref<std::string(size_t)> Work,
                           llvm::function_ref<void(size_t, PieceResult)> Done);

} // namespace airlock

#endif
