// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "report/Change.h"

namespace airlock {

void leaveNew(Report &R, const Report &Without) {
  llvm::StringMap<llvm::SmallVector<const ReportedFinding *, 1>> Old; // by id
  for (const ReportedFinding &F : Without.findings())
    Old[F.Id].push_back(&F);
  // Static functions of one name, in files of one name in several folders, have the same
  // ids: the folder decides, unless the file has moved.
  for (auto [AnyFile, AnyState] : {std::pair(false, false), std::pair(false, true),
                                   std::pair(true, false), std::pair(true, true)})
    R.revise([&, AnyFile = AnyFile, AnyState = AnyState](const ReportedFinding &F) {
      auto Found = Old.find(F.Id);
      if (Found == Old.end())
        return true;
      const bool IsOpen = !F.Suppressed;
      auto Same = llvm::find_if(Found->second, [&](const ReportedFinding *One) {
        const bool WasOpen = !One->Suppressed;
        return (AnyFile || One->At.File == F.At.File) &&
               (IsOpen == WasOpen || (AnyState && WasOpen));
      });
      if (Same == Found->second.end())
        return true;
      Found->second.erase(Same);
      return false;
    });
  R.reviseGivenUp(
      [&](const ReportedGivenUp &G) { return !llvm::is_contained(Without.ledger().GivenUp, G); });
}

void moveIntoChange(Report &R, llvm::function_ref<bool(const Place &)> IsShown,
                    llvm::function_ref<bool(const Place &)> IsChanged) {
  R.revise([&](ReportedFinding &F) {
    if (IsShown(F.At))
      return true;
    auto First = [&](auto Is) {
      return llvm::find_if(F.Path, [&](const ReportedStep &S) { return Is(S.At); });
    };
    auto Step = First(IsChanged);
    if (Step == F.Path.end())
      Step = First(IsShown);
    if (Step == F.Path.end())
      return true;
    const Place Was = F.At;
    F.At = Step->At;
    if (llvm::none_of(F.Path, [&](const ReportedStep &S) { return S.At == Was; }))
      F.Path.insert(F.Path.begin(),
                    {Was, F.Function, "this is where it is found; the change leads to it"});
    return true;
  });
}

std::string sentenceOf(const ReportedChange &Is) {
  auto Count = [](unsigned N, llvm::StringRef What) {
    return std::to_string(N) + " " + What.str() + (N == 1 ? "" : "s");
  };
  std::string Text = Count(Is.Files, "file") + " of '" + Is.Name + "', " +
                     std::to_string(Is.Elsewhere) + " of them not C of this build; " +
                     Count(Is.Units, "translation unit") + " touched";
  if (Is.Unknown)
    Text += ", and in " + std::to_string(Is.Unknown) +
            " of them all is shown: it is not known what they were without the change";
  return Text;
}

} // namespace airlock
