// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "solver/Solver.h"
#include "rules/Rule.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/MD5.h"

namespace airlock {

static const Allow *findSuppression(const Facts &F, AllowId Innermost, llvm::StringRef Rule) {
  for (AllowId Id = Innermost; Id != NoAllow; Id = F.Allows[Id].Outer)
    if (F.Allows[Id].Rule == Rule)
      return &F.Allows[Id];
  return nullptr;
}

/// Depends on names only, never on line numbers: an id outlives edits around
/// it. Findings that agree in every name are told apart by their order.
static std::string makeId(const Finding &Found, llvm::StringMap<unsigned> &Earlier) {
  std::string Names =
      (Found.Rule + "\n" + Found.Function + "\n" + Found.Context + Found.Region).str();
  if (!Found.File.empty())
    Names += ("\n" + Found.File + ":").str();
  for (llvm::StringRef Name : Found.Key)
    Names += ("\n" + Name).str();
  if (unsigned Order = Earlier[Names]++)
    Names += "\n#" + std::to_string(Order);
  llvm::MD5::MD5Result Hash = llvm::MD5::hash(llvm::arrayRefFromStringRef(Names));
  return llvm::toHex(llvm::ArrayRef<uint8_t>(Hash.data(), 8), /*LowerCase=*/true);
}

std::vector<Finding> solve(Analyses &Of, const SolverOptions &Options) {
  const Facts &F = Of.F;
  std::vector<Finding> Findings;
  llvm::StringMap<unsigned> Earlier;
  std::vector<bool> Silences(F.Allows.size());
  auto Sink = [&](Finding &&Found) {
    if (Found.Level == Severity::Advice && !Options.Advice)
      return;
    Found.Suppressed = findSuppression(F, Found.Allow, Found.Rule);
    if (Found.Suppressed)
      Silences[Found.Suppressed - F.Allows.data()] = true;
    Found.Id = makeId(Found, Earlier);
    Findings.push_back(std::move(Found));
  };
  auto Wanted = [&](const Rule &R) { return !Options.Wanted || Options.Wanted(R); };
  auto IsStale = [&](AllowId Id) {
    const Rule *R = findRule(F.Allows[Id].Rule);
    // Units run every rule that they can judge by themselves.
    bool Ran = R && (R->Needs != Reach::Program || Wanted(*R));
    return Ran && !F.Allows[Id].Used && !Silences[Id];
  };
  RuleContext Context(Of, Sink, IsStale);
  for (const Rule &R : allRules())
    if (Wanted(R))
      R.Run(Context);
  return Findings;
}

} // namespace airlock
