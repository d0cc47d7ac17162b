// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a summary keeps in words: findings, what was given up, and why a unit was not
// analysed.

#ifndef AIRLOCK_SUMMARY_FINDINGRECORDS_H
#define AIRLOCK_SUMMARY_FINDINGRECORDS_H

#include "summary/Records.h"

namespace airlock {

template <typename Coder> void codeFinding(Coder &C, Coded<Coder, ReportedFinding> &F) {
  for (auto *Text : {&F.Id, &F.Rule, &F.Message, &F.Function, &F.Context, &F.Region})
    C.text(*Text);
  C.number(F.Level, Severity::Warning);
  C.place(F.At);
  codeList(C, F.Path, [&](auto &S) {
    C.place(S.At);
    C.text(S.Function);
    C.text(S.Text);
  });
  codeList(C, F.FixIts, [&](auto &Fix) {
    C.place(Fix.At);
    C.text(Fix.Insert);
    C.place(Fix.End);
  });
  bool IsSuppressed = F.Suppressed.has_value();
  C.number(IsSuppressed);
  if (!IsSuppressed)
    return;
  if constexpr (Coder::Reads)
    F.Suppressed.emplace();
  C.text(F.Suppressed->By);
  C.text(F.Suppressed->Why);
}

template <typename Coder> void codeGivenUp(Coder &C, Coded<Coder, ReportedGivenUp> &G) {
  C.text(G.Function);
  C.text(G.File);
  C.number(G.By, AnalysisKind::Callers);
  C.number(G.Spent, Limit::Depth);
}

/// There are no places before it that its own could be told from.
template <typename Coder> void codeProblem(Coder &C, Coded<Coder, Problem> &Why) {
  C.text(Why.Text);
  C.text(Why.At.File);
  C.number(Why.At.Line);
  C.number(Why.At.Column);
}

} // namespace airlock

#endif
