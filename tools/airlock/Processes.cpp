// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Processes.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Compiler.h"
#include "llvm/Support/Errno.h"
#include "llvm/Support/ErrorHandling.h"
#include <cerrno>
#include <csignal>
#include <cstring>
#include <limits>
#include <list>
#include <new>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace airlock {

namespace {

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
[[noreturn]] void runPiece(int Pipe, pid_t Parent, llvm::function_ref<std::string()> Work) {
  // Nothing is left behind when the parent is killed, be it before this line.
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != Parent)
    _exit(1);
  std::string Bytes = Work();
  for (size_t At = 0; At < Bytes.size();) {
    ssize_t Written =
        llvm::sys::RetryAfterSignal(-1, ::write, Pipe, Bytes.data() + At, Bytes.size() - At);
    if (Written <= 0)
      _exit(1);
    At += static_cast<size_t>(Written);
  }
  _exit(0); // no destructors: what they would flush is the parent's
}

} // namespace

RunningPiece::RunningPiece(pid_t Process, int Pipe, const PieceLimits &Limits)
    : Process(Process), Pipe(Pipe), Limits(Limits) {
  if (Limits.Seconds)
    Deadline = Clock::now() + std::chrono::seconds(Limits.Seconds);
}

llvm::Expected<RunningPiece> RunningPiece::start(const PieceLimits &Limits,
                                                 llvm::ArrayRef<int> Beside,
                                                 llvm::function_ref<std::string()> Work) {
  int Ends[2];
  if (::pipe(Ends))
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
    llvm::for_each(Beside, [](int Pipe) { close(Pipe); });
    limitMemory(Limits.MiB);
    runPiece(Ends[1], Parent, Work);
  }
  close(Ends[1]);
  return RunningPiece(Process, Ends[0], Limits);
}

bool RunningPiece::readSome() {
  char Buffer[1 << 16];
  char *Into = Buffer;
  ssize_t Size = llvm::sys::RetryAfterSignal(-1, ::read, Pipe, Into, sizeof(Buffer));
  if (Size > 0)
    Result.Bytes.append(Buffer, static_cast<size_t>(Size));
  return Size <= 0;
}

int RunningPiece::killIfLate() {
  if (!Deadline || IsLate)
    return -1;
  Clock::time_point Now = Clock::now();
  if (*Deadline <= Now) {
    IsLate = true;
    kill(); // its pipe ends with it
    return -1;
  }
  auto Left = std::chrono::ceil<std::chrono::milliseconds>(*Deadline - Now).count();
  return static_cast<int>(std::min<int64_t>(Left, std::numeric_limits<int>::max()));
}

void RunningPiece::kill() { ::kill(Process, SIGKILL); }

PieceResult RunningPiece::finish() {
  close(Pipe);
  int Status = 0;
  llvm::sys::RetryAfterSignal(-1, ::waitpid, Process, &Status, 0);
  if (IsLate && WIFSIGNALED(Status))
    Result.Died =
        "took longer than " + std::to_string(Limits.Seconds) + " seconds (--unit-timeout)";
  else if (WIFEXITED(Status) && WEXITSTATUS(Status) == OutOfMemory && Limits.MiB)
    Result.Died =
        "needed more than " + std::to_string(Limits.MiB) + " MiB of memory (--unit-memory)";
  else if (WIFEXITED(Status) && WEXITSTATUS(Status) == OutOfMemory)
    Result.Died = "found no more memory";
  else if (WIFSIGNALED(Status))
    Result.Died = std::string("died of ") + strsignal(WTERMSIG(Status));
  else if (WEXITSTATUS(Status))
    Result.Died = "ended with status " + std::to_string(WEXITSTATUS(Status));
  return std::move(Result);
}

int soonest(int A, int B) { return A < 0 || B < 0 ? std::max(A, B) : std::min(A, B); }

llvm::Error runInProcesses(size_t Count, unsigned Jobs, const PieceLimits &Limits,
                           llvm::function_ref<std::string(size_t)> Work,
                           llvm::function_ref<void(size_t, PieceResult)> Done) {
  std::list<std::pair<size_t, RunningPiece>> All;
  for (size_t Next = 0; Next < Count || !All.empty();) {
    while (Next < Count && All.size() < std::max(Jobs, 1U)) {
      std::vector<int> Beside;
      for (const auto &[Index, Piece] : All)
        Beside.push_back(Piece.pipe());
      llvm::Expected<RunningPiece> Started =
          RunningPiece::start(Limits, Beside, [&] { return Work(Next); });
      if (!Started && All.empty())
        return Started.takeError();
      if (!Started) { // there is room again when one ends
        llvm::consumeError(Started.takeError());
        break;
      }
      All.emplace_back(Next, std::move(*Started));
      ++Next;
    }
    std::vector<pollfd> Pipes;
    int Wait = -1;
    for (auto &[Index, Piece] : All) {
      Pipes.push_back({Piece.pipe(), POLLIN, 0});
      Wait = soonest(Wait, Piece.killIfLate());
    }
    // A signal that comes in between leaves nothing to read.
    if (::poll(Pipes.data(), Pipes.size(), Wait) < 0)
      continue;
    size_t I = 0;
    for (auto R = All.begin(); R != All.end(); ++I) {
      auto &[Index, Piece] = *R;
      if (!Pipes[I].revents || !Piece.readSome()) {
        ++R;
        continue;
      }
      Done(Index, Piece.finish());
      R = All.erase(R);
    }
  }
  return llvm::Error::success();
}

} // namespace airlock
