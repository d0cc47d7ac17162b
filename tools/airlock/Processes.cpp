// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Processes.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Compiler.h"
#include "llvm/Support/Errno.h"
#include "llvm/Support/ErrorHandling.h"
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <limits>
#include <list>
#include <new>
#include <optional>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace airlock {

namespace {

using Clock = std::chrono::steady_clock;

struct Running {
  size_t Piece;
  pid_t Process;
  int Pipe;
  /// When it is to be killed.
  std::optional<Clock::time_point> Deadline;
  bool IsLate = false;
  PieceResult Result;
};

/// The exit status of a child that found no memory; no other one has it.
constexpr int OutOfMemory = 86;

llvm::Error systemError(const char *What) {
  return llvm::createStringError(std::error_code(errno, std::generic_category()),
                                 "cannot start a process: %s: %s", What, std::strerror(errno));
}

/// Neither operator new nor LLVM's own allocators get so far as to say what they lack.
[[noreturn]] void noMemory() { _exit(OutOfMemory); }

/// Of this process. What counts is the memory that it may write, not its address space: files
/// are mapped into that, and the shadow of the address sanitizer, which is writable and
/// larger than any machine, is why there is no limit with that.
void limitMemory(unsigned MiB) {
  std::set_new_handler(noMemory);
  llvm::install_bad_alloc_error_handler([](void *, const char *, bool) { noMemory(); });
  rlim_t Bytes = rlim_t(MiB) << 20;
  rlimit Limit = {Bytes, Bytes};
  if (MiB && !LLVM_ADDRESS_SANITIZER_BUILD)
    setrlimit(RLIMIT_DATA, &Limit);
}

/// In the child.
[[noreturn]] void runPiece(size_t Piece, int Pipe, pid_t Parent,
                           llvm::function_ref<std::string(size_t)> Work) {
  // Nothing is left behind when the parent is killed, be it before this line.
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != Parent)
    _exit(1);
  std::string Bytes = Work(Piece);
  for (size_t At = 0; At < Bytes.size();) {
    ssize_t Written =
        llvm::sys::RetryAfterSignal(-1, ::write, Pipe, Bytes.data() + At, Bytes.size() - At);
    if (Written <= 0)
      _exit(1);
    At += static_cast<size_t>(Written);
  }
  _exit(0); // no destructors: what they would flush is the parent's
}

llvm::Expected<Running> start(size_t Piece, llvm::ArrayRef<int> Others, const PieceLimits &Limits,
                              llvm::function_ref<std::string(size_t)> Work) {
  int Ends[2];
  if (pipe(Ends))
    return systemError("pipe");
  pid_t Parent = getpid(), Process = fork();
  if (Process < 0) {
    llvm::Error E = systemError("fork");
    close(Ends[0]);
    close(Ends[1]);
    return E;
  }
  if (Process == 0) {
    close(Ends[0]);
    llvm::for_each(Others, [](int Pipe) { close(Pipe); });
    limitMemory(Limits.MiB);
    runPiece(Piece, Ends[1], Parent, Work);
  }
  close(Ends[1]);
  Running New{Piece, Process, Ends[0], std::nullopt, /*IsLate=*/false, {}};
  if (Limits.Seconds)
    New.Deadline = Clock::now() + std::chrono::seconds(Limits.Seconds);
  return New;
}

/// Takes what there is to read; true when the child has nothing more to say.
bool readSome(Running &R) {
  char Buffer[1 << 16];
  char *Into = Buffer;
  ssize_t Size = llvm::sys::RetryAfterSignal(-1, ::read, R.Pipe, Into, sizeof(Buffer));
  if (Size > 0)
    R.Result.Bytes.append(Buffer, static_cast<size_t>(Size));
  return Size <= 0;
}

/// Kills those that are late; how many milliseconds poll() may wait for the next one, -1 for
/// ever.
int killLate(std::list<Running> &All) {
  std::optional<Clock::time_point> Next;
  Clock::time_point Now = Clock::now();
  for (Running &R : All) {
    if (!R.Deadline || R.IsLate)
      continue;
    if (*R.Deadline <= Now) {
      R.IsLate = true;
      kill(R.Process, SIGKILL); // its pipe ends with it
    } else if (!Next || *R.Deadline < *Next) {
      Next = R.Deadline;
    }
  }
  if (!Next)
    return -1;
  auto Left = std::chrono::ceil<std::chrono::milliseconds>(*Next - Now).count();
  return static_cast<int>(std::min<int64_t>(Left, std::numeric_limits<int>::max()));
}

void finish(Running &R, const PieceLimits &Limits) {
  close(R.Pipe);
  int Status = 0;
  llvm::sys::RetryAfterSignal(-1, ::waitpid, R.Process, &Status, 0);
  if (R.IsLate && WIFSIGNALED(Status))
    R.Result.Died =
        "took longer than " + std::to_string(Limits.Seconds) + " seconds (--unit-timeout)";
  else if (WIFEXITED(Status) && WEXITSTATUS(Status) == OutOfMemory && Limits.MiB)
    R.Result.Died =
        "needed more than " + std::to_string(Limits.MiB) + " MiB of memory (--unit-memory)";
  else if (WIFEXITED(Status) && WEXITSTATUS(Status) == OutOfMemory)
    R.Result.Died = "found no more memory";
  else if (WIFSIGNALED(Status))
    R.Result.Died = std::string("died of ") + strsignal(WTERMSIG(Status));
  else if (WEXITSTATUS(Status))
    R.Result.Died = "ended with status " + std::to_string(WEXITSTATUS(Status));
}

} // namespace

llvm::Error runInProcesses(size_t Count, unsigned Jobs, const PieceLimits &Limits,
                           llvm::function_ref<std::string(size_t)> Work,
                           llvm::function_ref<void(size_t, PieceResult)> Done) {
  std::list<Running> All;
  for (size_t Next = 0; Next < Count || !All.empty();) {
    while (Next < Count && All.size() < std::max(Jobs, 1U)) {
      std::vector<int> Others;
      for (const Running &R : All)
        Others.push_back(R.Pipe);
      llvm::Expected<Running> Started = start(Next, Others, Limits, Work);
      if (!Started && All.empty())
        return Started.takeError();
      if (!Started) { // there is room again when one ends
        llvm::consumeError(Started.takeError());
        break;
      }
      All.push_back(std::move(*Started));
      ++Next;
    }
    std::vector<pollfd> Pipes;
    for (const Running &R : All)
      Pipes.push_back({R.Pipe, POLLIN, 0});
    // A signal that comes in between leaves nothing to read.
    if (::poll(Pipes.data(), Pipes.size(), killLate(All)) < 0)
      continue;
    size_t I = 0;
    for (auto R = All.begin(); R != All.end(); ++I) {
      if (!Pipes[I].revents || !readSome(*R)) {
        ++R;
        continue;
      }
      finish(*R, Limits);
      Done(R->Piece, std::move(R->Result));
      R = All.erase(R);
    }
  }
  return llvm::Error::success();
}

} // namespace airlock
