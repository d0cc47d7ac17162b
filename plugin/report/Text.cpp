// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

//
// Findings as a compiler's messages. Those that come to the same end stand
// together, and the end is told once: one mend may be good for all of them.

#include "report/Change.h"
#include "report/Renderers.h"
#include "report/Report.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLExtras.h"

namespace airlock {

void writePlace(const Place &At, llvm::raw_ostream &Out) {
  Out << At.File << ':' << At.Line << ':' << At.Column << ": ";
}

static void writeHead(const ReportedFinding &F, llvm::raw_ostream &Out) {
  writePlace(F.At, Out);
  Out << severityName(F.Level) << ": " << F.Message << " [airlock-" << F.Rule << "]\n";
}

static void writeSteps(llvm::ArrayRef<ReportedStep> Steps, llvm::raw_ostream &Out) {
  for (const ReportedStep &S : Steps) {
    writePlace(S.At, Out);
    Out << "note: " << S.Text << '\n';
  }
}

void renderFinding(const ReportedFinding &F, llvm::raw_ostream &Out) {
  writeHead(F, Out);
  writeSteps(F.Path, Out);
}

/// The steps of an end that is worth telling once.
static constexpr size_t EndSteps = 3;

static bool sameStep(const ReportedStep &A, const ReportedStep &B) {
  return A.At == B.At && A.Text == B.Text;
}

/// A finding whose path ends on the same lines as that of an earlier one; what is the same to
/// the column is not told again.
static void renderLike(const ReportedFinding &F, const ReportedFinding &Earlier,
                       llvm::raw_ostream &Out) {
  size_t Same = 0;
  while (Same < std::min(F.Path.size(), Earlier.Path.size()) &&
         sameStep(F.Path.rbegin()[Same], Earlier.Path.rbegin()[Same]))
    ++Same;
  if (Same == 0)
    return renderFinding(F, Out);
  llvm::ArrayRef<ReportedStep> Path = F.Path;
  writeHead(F, Out);
  writeSteps(Path.drop_back(Same), Out);
  const ReportedStep &Next = Path[Path.size() - Same];
  writePlace(Next.At, Out);
  Out << "note: " << Next.Text << "; from there on as at " << Earlier.At.File << ':'
      << Earlier.At.Line << ':' << Earlier.At.Column << '\n';
}

static void renderFindings(llvm::ArrayRef<ReportedFinding> All, llvm::raw_ostream &Out) {
  llvm::StringMap<llvm::SmallVector<const ReportedFinding *, 1>> ByEnd;
  auto EndOf = [](const ReportedFinding &F) {
    std::string End = F.Rule;
    // A chain of callers is told whole: each of them is to be annotated.
    if (!F.Region.empty() && F.Path.size() > EndSteps)
      for (const ReportedStep &S : llvm::ArrayRef(F.Path).take_back(EndSteps))
        End += "\n" + S.At.File + ":" + std::to_string(S.At.Line) + ":" + S.Text;
    else
      End +=
          "\n" + F.Id + F.At.File + std::to_string(F.At.Line) + ":" + std::to_string(F.At.Column);
    return End;
  };
  for (const ReportedFinding &F : All)
    if (!F.Suppressed)
      ByEnd[EndOf(F)].push_back(&F);
  for (const ReportedFinding &F : All) {
    if (F.Suppressed)
      continue;
    const auto &Alike = ByEnd[EndOf(F)];
    if (Alike.front() != &F)
      continue; // told with the first of its kind
    renderFinding(F, Out);
    for (const ReportedFinding *Other : llvm::drop_begin(Alike))
      renderLike(*Other, F, Out);
  }
}

/// Several analyses may give up one function.
static size_t givenUp(const Ledger &L) {
  size_t Count = 0;
  for (size_t I = 0; I < L.GivenUp.size(); ++I)
    Count += !I || L.GivenUp[I].Function != L.GivenUp[I - 1].Function ||
             L.GivenUp[I].File != L.GivenUp[I - 1].File;
  return Count;
}

void renderText(const Report &R, llvm::raw_ostream &Out) {
  renderFindings(R.findings(), Out);
  const Ledger &L = R.ledger();
  for (const Notification &N : L.Notifications)
    Out << N.File << ": " << N.Text << '\n';
  for (const ReportedGivenUp &G : L.GivenUp)
    Out << G.File << ": note: " << sentenceOf(G) << '\n';
  if (R.change())
    Out << sentenceOf(*R.change()) << '\n';
  Out << R.open() << (R.open() == 1 ? " finding" : " findings") << ", " << R.suppressed()
      << " suppressed; " << L.Units
      << (L.Units == 1 ? " translation unit (" : " translation units (") << L.Failed << " failed, "
      << L.Skipped << " skipped), " << L.Seen.Functions << " functions (" << givenUp(L)
      << " given up), calls: " << L.Seen.DirectCalls << " direct, " << L.Seen.SlotCalls
      << " through a slot, " << L.Seen.UnresolvedCalls << " unresolved\n";
}

} // namespace airlock
