// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "query/RenderLists.h"
#include "query/Lookup.h"
#include "query/RenderParts.h"
#include "report/Renderers.h"
#include "rules/RegionStory.h"

namespace airlock {

using json = OrderedJson;
using Runner = RegionAnswer::Runner;

namespace {

/// Why somebody is on the list of a context.
Step reasonOf(const QueryFacts &Of, EntityId Id, unsigned Context) {
  const Entity &E = Of.F.Entities[Id];
  std::vector<Step> Reason;
  if (E.Needs.contains(Context))
    tellQualifier(Of.F, Of.M, Id, Context, Reason);
  if (!Reason.empty())
    return std::move(Reason.front());
  const char *Sentence =
      E.Needs.contains(Context) ? "'%0' needs context '%1'" : "'%0' enters context '%1'";
  return {E.Declared, E.Name, {Sentence, {E.Name.str(), Of.M.contexts()[Context].Name}}, {}};
}

size_t total(const ContextAnswer &Answer) { return Answer.Covered + Answer.Missing.Callers.size(); }

std::vector<EntityId> inOrder(const QueryFacts &Of, llvm::ArrayRef<EntityId> All) {
  return inOrder(Of, All, [&](EntityId E) { return Of.F.Entities[E].Declared; });
}

} // namespace

void renderContextText(const QueryFacts &Of, const ContextAnswer &Answer, llvm::raw_ostream &Out) {
  auto WriteAll = [&](const char *Title, llvm::ArrayRef<EntityId> All) {
    if (!All.empty())
      Out << Title << ":\n";
    for (EntityId E : inOrder(Of, All))
      writeStep(Of, reasonOf(Of, E, Answer.Context), Out);
  };
  WriteAll("seeds", Answer.Seeds);
  WriteAll("annotated", Answer.Annotated);
  WriteAll("pointers", Answer.Pointers);
  WriteAll("entries", Answer.Entries);
  CallersAnswer Missing = Answer.Missing;
  sortByPlace(Of, Missing);
  if (!Missing.Callers.empty())
    Out << "missing:\n";
  for (const CallersAnswer::Caller &C : Missing.Callers)
    writeStep(Of, stepOf(Of.F, C.By).What, Out);
  if (!Missing.Stores.empty())
    Out << "function pointers that lose it:\n";
  for (const Store *S : Missing.Stores)
    writeStep(Of, stepOf(Of.F, *S), Out);
  Out << Answer.Covered << " of " << count(total(Answer), "function")
      << " that lead to a seed of context '" << Of.M.contexts()[Answer.Context].Name
      << "' are in it; " << count(Answer.Entries.size(), "way") << " in, "
      << Answer.Missing.Callers.size() << " missing\n";
}

void renderContextJson(const QueryFacts &Of, const ContextAnswer &Answer, llvm::raw_ostream &Out) {
  auto MakeAll = [&](llvm::ArrayRef<EntityId> All) {
    json List = json::array();
    for (EntityId E : inOrder(Of, All)) {
      Step Reason = reasonOf(Of, E, Answer.Context);
      json One = {{"name", fullName(Of.F, E)}};
      One.update(makePlace(Of.Places.placeOf(Reason.At)));
      One["text"] = Reason.What.str();
      List.push_back(std::move(One));
    }
    return List;
  };
  CallersAnswer Sorted = Answer.Missing;
  sortByPlace(Of, Sorted);
  writeAnswer({{"context", Of.M.contexts()[Answer.Context].Name},
               {"seeds", MakeAll(Answer.Seeds)},
               {"annotated", MakeAll(Answer.Annotated)},
               {"pointers", MakeAll(Answer.Pointers)},
               {"entries", MakeAll(Answer.Entries)},
               {"missing", makeCallers(Of, Sorted.Callers)},
               {"stores", makeStores(Of, Sorted.Stores)},
               {"coverage", {{"covered", Answer.Covered}, {"all", total(Answer)}}}},
              Out);
}

namespace {

/// What a chain goes over: each runner and, in front, what opened the region.
std::vector<const Runner *> chainTo(const RegionAnswer &Answer, const Runner &Last) {
  std::vector<const Runner *> Chain = {&Last};
  while (Chain.back()->Before != Runner::None)
    Chain.push_back(&Answer.Runners[Chain.back()->Before]);
  std::reverse(Chain.begin(), Chain.end());
  return Chain;
}

QueryStep stepOf(const QueryFacts &Of, const Runner &Is, unsigned Region) {
  if (Is.By != NoCall)
    return stepOf(Of.F, Is.By);
  if (Is.Stored)
    return {stepOf(Of.F, *Is.Stored), Is.Of};
  const Entity &E = Of.F.Entities[Is.Of];
  return {{E.Declared,
           E.Name,
           {"'%0' runs while %1", {E.Name.str(), Of.M.regions()[Region].Description}},
           {}},
          Is.Of};
}

/// What opened the region before the first runner of a chain, if a call did.
std::optional<QueryStep> openingOf(const QueryFacts &Of, const Runner &First) {
  if (First.Opener == NoCall)
    return std::nullopt;
  return stepOf(Of.F, outermost(Of.F, First.Opener));
}

/// The functions among the runners, by where they are called.
std::vector<const Runner *> functionsOf(const QueryFacts &Of, const RegionAnswer &Answer,
                                        unsigned Region) {
  std::vector<const Runner *> Functions;
  for (const Runner &One : Answer.Runners)
    if (!Of.F.Entities[One.Of].isSlot())
      Functions.push_back(&One);
  return inOrder(Of, llvm::ArrayRef(Functions),
                 [&](const Runner *Is) { return stepOf(Of, *Is, Region).What.At; });
}

/// Of very many, those in the middle are left out.
void writeThrough(const QueryFacts &Of, llvm::ArrayRef<const Runner *> Chain,
                  llvm::raw_ostream &Out) {
  constexpr size_t Ends = 8;
  const char *Before = "; through ";
  for (size_t I = 0; I < Chain.size(); ++I, Before = ", ") {
    Out << Before;
    if (I == Ends && Chain.size() > 2 * Ends + 1) {
      Out << Chain.size() - 2 * Ends << " more";
      I = Chain.size() - Ends - 1;
      continue;
    }
    Out << '\'' << fullName(Of.F, Chain[I]->Of) << '\'';
  }
}

} // namespace

void renderRegionText(const QueryFacts &Of, unsigned Region, const RegionAnswer &Answer,
                      llvm::raw_ostream &Out) {
  std::vector<const Runner *> Functions = functionsOf(Of, Answer, Region);
  for (const Runner *Is : Functions) {
    Step Last = stepOf(Of, *Is, Region).What;
    writePlace(Of.Places.placeOf(Last.At), Out);
    Out << Last.What.str();
    std::vector<const Runner *> Chain = chainTo(Answer, *Is);
    if (std::optional<QueryStep> Opening = openingOf(Of, *Chain.front())) {
      Out << "; open since ";
      writePlace(Of.Places.placeOf(Opening->What.At), Out);
      Out << Opening->What.What.str();
    } else if (Chain.front() != Is) {
      Out << "; " << stepOf(Of, *Chain.front(), Region).What.What.str();
    }
    Chain.pop_back();
    writeThrough(Of, Chain, Out);
    Out << '\n';
  }
  Out << count(Functions.size(), "function") << " may run with region '"
      << Of.M.regions()[Region].Name << "' open\n";
}

void renderRegionJson(const QueryFacts &Of, unsigned Region, const RegionAnswer &Answer,
                      llvm::raw_ostream &Out) {
  json Runners = json::array();
  for (const Runner &Is : Answer.Runners) {
    const Entity &E = Of.F.Entities[Is.Of];
    json One = {{"name", fullName(Of.F, Is.Of)}, {"is", E.isSlot() ? "slot" : "function"}};
    One.update(makePlace(Of.Places.placeOf(E.Declared)));
    One["by"] = makeStep(Of, stepOf(Of, Is, Region));
    std::optional<QueryStep> Opening = openingOf(Of, Is);
    One["opened"] = Opening ? makeStep(Of, *Opening) : json();
    One["before"] = Is.Before == Runner::None ? json() : json(Is.Before);
    Runners.push_back(std::move(One));
  }
  writeAnswer({{"region", Of.M.regions()[Region].Name}, {"runners", std::move(Runners)}}, Out);
}

} // namespace airlock
