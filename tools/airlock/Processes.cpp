// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Processes.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Errno.h"
#include <cerrno>
#include <csignal>
#include <cstring>
#include <list>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace airlock {

namespace {

struct Running {
  size_t Piece;
  pid_t Process;
  int Pipe;
  PieceResult Result;
};

llvm::Error systemError(const char *What) {
  return llvm::createStringError(std::error_code(errno, std::generic_category()),
                                 "cannot start a process: %s: %s", What, std::strerror(errno));
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

llvm::Expected<Running> start(size_t Piece, llvm::ArrayRef<int> Others,
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
    runPiece(Piece, Ends[1], Parent, Work);
  }
  close(Ends[1]);
  return Running{Piece, Process, Ends[0], {}};
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

void finish(Running &R) {
  close(R.Pipe);
  int Status = 0;
  llvm::sys::RetryAfterSignal(-1, ::waitpid, R.Process, &Status, 0);
  if (WIFSIGNALED(Status))
    R.Result.Died = std::string("died of ") + strsignal(WTERMSIG(Status));
  else if (WEXITSTATUS(Status))
    R.Result.Died = "ended with status " + std::to_string(WEXITSTATUS(Status));
}

} // namespace

llvm::Error runInProcesses(size_t Count, unsigned Jobs,
                           llvm::function_ref<std::string(size_t)> Work,
                           llvm::function_ref<void(size_t, PieceResult)> Done) {
  std::list<Running> All;
  for (size_t Next = 0; Next < Count || !All.empty();) {
    while (Next < Count && All.size() < std::max(Jobs, 1U)) {
      std::vector<int> Others;
      for (const Running &R : All)
        Others.push_back(R.Pipe);
      llvm::Expected<Running> Started = start(Next, Others, Work);
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
    llvm::sys::RetryAfterSignal(-1, ::poll, Pipes.data(), Pipes.size(), -1);
    size_t I = 0;
    for (auto R = All.begin(); R != All.end(); ++I) {
      if (!Pipes[I].revents || !readSome(*R)) {
        ++R;
        continue;
      }
      finish(*R);
      Done(R->Piece, std::move(R->Result));
      R = All.erase(R);
    }
  }
  return llvm::Error::success();
}

} // namespace airlock
