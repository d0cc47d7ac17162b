// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Work in parallel, each piece in a process of its own: a compiler that crashes, or
// that does not come to an end, takes one unit with it and no more, and nothing need be
// safe for threads.

#ifndef AIRLOCK_TOOLS_PROCESSES_H
#define AIRLOCK_TOOLS_PROCESSES_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/Error.h"
#include <chrono>
#include <optional>
#include <string>
#include <sys/types.h>

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

/// A piece that runs, for who waits for other things beside it. Each is to be finished.
class RunningPiece {
public:
  /// The caller must have no other threads. Beside: the pipes of pieces that run, which the
  /// new one must not hold open.
  static llvm::Expected<RunningPiece> start(const PieceLimits &Limits, llvm::ArrayRef<int> Beside,
                                            llvm::function_ref<std::string()> Work);

  /// To be polled: when there is something, readSome().
  int pipe() const { return Pipe; }
  /// Takes what there is to read; true when the piece has nothing more to say.
  bool readSome();
  /// Kills it if it is late; how many milliseconds poll() may wait, -1 for ever.
  int killIfLate();
  void kill();
  /// Waits for its end.
  PieceResult finish();

private:
  using Clock = std::chrono::steady_clock;
  RunningPiece(pid_t Process, int Pipe, const PieceLimits &Limits);

  pid_t Process;
  int Pipe;
  PieceLimits Limits;
  /// When it is to be killed.
  std::optional<Clock::time_point> Deadline;
  bool IsLate = false;
  PieceResult Result;
};

/// Of two times that poll() may wait, the one that ends first; -1 never does.
int soonest(int A, int B);

/// Runs Work(I) for every I below Count, at most Jobs at a time, and Done(I, result)
/// here, in the order in which they end. The caller must have no other threads.
/// Fails only if no process can be made.
llvm::Error runInProcesses(size_t Count, unsigned Jobs, const PieceLimits &Limits,
                           llvm::function_ref<std::string(size_t)> Work,
                           llvm::function_ref<void(size_t, PieceResult)> Done);

} // namespace airlock

#endif
