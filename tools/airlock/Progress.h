// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// How far long work has come: one line on a terminal, nothing where standard
// error is none.

#ifndef AIRLOCK_TOOLS_PROGRESS_H
#define AIRLOCK_TOOLS_PROGRESS_H

#include "llvm/Support/Process.h"
#include "llvm/Support/raw_ostream.h"

namespace airlock {

class Progress {
public:
  void start(size_t Units) { All = Units; }
  void step(bool Good) {
    ++Done;
    Failed += !Good;
    if (!Terminal)
      return;
    llvm::errs() << '\r' << Done << '/' << All << " translation units";
    if (Failed)
      llvm::errs() << ", " << Failed << " failed";
    llvm::errs().flush();
    Visible = true;
  }
  /// Makes room for something else.
  void clear() {
    if (Visible)
      llvm::errs() << "\r\x1b[K";
    Visible = false;
  }

private:
  size_t All = 0, Done = 0, Failed = 0;
  bool Visible = false;
  const bool Terminal = llvm::sys::Process::StandardErrIsDisplayed();
};

} // namespace airlock

#endif
