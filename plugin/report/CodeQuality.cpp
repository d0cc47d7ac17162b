// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// GitLab's code quality report: a list of issues, each with a fingerprint by which a merge
// request's are told from those of its target. It has no place for paths of more than one
// step, nor for what was not analysed; the exit status says the latter.

#include "report/JsonParts.h"
#include "report/Renderers.h"

namespace airlock {

void renderCodeQuality(const Report &R, llvm::raw_ostream &Out) {
  OrderedJson Issues = OrderedJson::array();
  llvm::StringMap<unsigned> Earlier;
  for (const ReportedFinding &F : R.findings()) {
    if (F.Suppressed)
      continue;
    // Two of one fingerprint would be one issue.
    std::string Fingerprint = F.Id;
    if (unsigned Count = Earlier[F.Id]++)
      Fingerprint += "-" + std::to_string(Count);
    Issues.push_back({{"description", F.Message},
                      {"check_name", "airlock-" + F.Rule},
                      {"fingerprint", std::move(Fingerprint)},
                      {"severity", F.Level == Severity::Advice ? "info" : "major"},
                      {"location", {{"path", F.At.File}, {"lines", {{"begin", F.At.Line}}}}}});
  }
  writeJson(Issues, Out);
}

} // namespace airlock
