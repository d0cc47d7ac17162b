// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "solver/Solver.h"
#include "rules/Rule.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/MD5.h"
#include "llvm/Support/Path.h"

namespace airlock {

static const Allow *findSuppression(const Facts &F, AllowId Innermost, llvm::StringRef Rule) {
  for (AllowId Id = Innermost; Id != NoAllow; Id = F.Allows[Id].Outer)
    if (F.Allows[Id].Rule == Rule)
      return &F.Allows[Id];
  return nullptr;
}

/// What a finding is, and never where: an id outlives edits around it. Of a file, its
/// name alone: the folder depends on the root that was asked for.
static std::string describe(const Finding &Found, const WrittenCode *Code) {
  std::string Text =
      (Found.Rule + "\n" + Found.Function + "\n" + Found.Context + Found.Region).str();
  auto Add = [&](const llvm::Twine &Part) { Text += ("\n" + Part).str(); };
  if (!Found.File.empty())
    Add(llvm::sys::path::filename(Found.File) + ":");
  for (llvm::StringRef Name : Found.Key)
    Add(Name);
  if (Found.Level == Severity::Advice)
    Add("(advice)");
  for (CallId Id : Found.Calls)
    if (uint32_t Written = Code ? Code->ofCall(Id) : 0)
      Add("call " + llvm::Twine(Written));
  if (uint32_t Written = Code ? Code->ofLine(Found.Line) : 0)
    Add("line " + llvm::Twine(Written));
  return Text;
}

/// What is the same in all of that is told apart by its order in the function. To be
/// called for all that is found, whether anybody wants to see it or not.
static std::string makeId(const Finding &Found, const WrittenCode *Code,
                          llvm::StringMap<unsigned> &Earlier) {
  std::string Text = describe(Found, Code);
  std::string Within = Text + "\n" + Found.File.str() + "\n" + std::to_string(Found.In);
  if (unsigned Order = Earlier[Within]++)
    Text += "\n#" + std::to_string(Order);
  llvm::MD5::MD5Result Hash = llvm::MD5::hash(llvm::arrayRefFromStringRef(Text));
  return llvm::toHex(llvm::ArrayRef<uint8_t>(Hash.data(), 8), /*LowerCase=*/true);
}

std::vector<Finding> solve(Analyses &Of, const SolverOptions &Options) {
  const Facts &F = Of.F;
  std::vector<Finding> Findings;
  llvm::StringMap<unsigned> Earlier;
  std::vector<bool> Silences(F.Allows.size());
  auto Sink = [&](Finding &&Found) {
    Found.Id = makeId(Found, Of.code(), Earlier);
    if (Found.Level == Severity::Advice && !Options.Advice)
      return;
    Found.Suppressed = findSuppression(F, Found.Allow, Found.Rule);
    if (Found.Suppressed)
      Silences[Found.Suppressed - F.Allows.data()] = true;
    Findings.push_back(std::move(Found));
  };
  auto Wanted = [&](const Rule &R) { return !Options.Wanted || Options.Wanted(R); };
  auto IsStale = [&](AllowId Id) {
    const Rule *R = findRule(F.Allows[Id].Rule);
    // Units run every rule that they can judge by themselves.
    bool Ran = R && (R->Needs != Reach::Program || Wanted(*R));
    return Ran && !F.Allows[Id].Used && !Silences[Id];
  };
  for (const Rule &R : allRules())
    if (Wanted(R)) {
      RuleContext Context(Of, R.Needs, Sink, IsStale);
      R.Run(Context);
    }
  return Findings;
}

} // namespace airlock
