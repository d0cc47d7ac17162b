// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "report/Renderers.h"
#include "report/Report.h"

namespace airlock {

static void writePlace(const Place &At, llvm::raw_ostream &Out) {
  Out << At.File << ':' << At.Line << ':' << At.Column << ": ";
}

void renderFinding(const ReportedFinding &F, llvm::raw_ostream &Out) {
  writePlace(F.At, Out);
  Out << severityName(F.Level) << ": " << F.Message << " [airlock-" << F.Rule << "]\n";
  for (const ReportedStep &S : F.Path) {
    writePlace(S.At, Out);
    Out << "note: " << S.Text << '\n';
  }
}

void renderText(const Report &R, llvm::raw_ostream &Out) {
  for (const ReportedFinding &F : R.findings())
    if (!F.Suppressed)
      renderFinding(F, Out);
  const Ledger &L = R.ledger();
  for (const Notification &N : L.Notifications)
    Out << N.File << ": " << N.Text << '\n';
  Out << R.open() << (R.open() == 1 ? " finding" : " findings") << ", " << R.suppressed()
      << " suppressed; " << L.Units
      << (L.Units == 1 ? " translation unit (" : " translation units (") << L.Failed << " failed, "
      << L.Skipped << " skipped), " << L.Seen.Functions
      << " functions, calls: " << L.Seen.DirectCalls << " direct, " << L.Seen.SlotCalls
      << " through a slot, " << L.Seen.UnresolvedCalls << " unresolved\n";
}

} // namespace airlock
