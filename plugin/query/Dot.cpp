// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "query/Dot.h"
#include "model/Model.h"
#include "query/Lookup.h"
#include "llvm/Support/GraphWriter.h"
#include "llvm/Support/Path.h"

namespace airlock {

/// Static functions of several files have one name.
std::string DotGraph::labelOf(EntityId E) const {
  std::string Label = fullName(F, E);
  if (llvm::StringRef File = F.Entities[E].File; !File.empty())
    Label += "\n" + llvm::sys::path::filename(File).str();
  return llvm::DOT::EscapeString(Label);
}

void DotGraph::write(llvm::StringRef Name, llvm::raw_ostream &Out) const {
  static constexpr const char *Styles[] = {
      "shape=ellipse",
      "shape=box, style=bold",
      "shape=house, style=filled, fillcolor=lightgrey",
      "shape=box, style=filled, fillcolor=lightblue",
      "shape=box, peripheries=2",
      "shape=ellipse, style=dashed, color=red",
  };
  Out << "digraph \"" << llvm::DOT::EscapeString(Name.str()) << "\" {\n  rankdir=LR;\n";
  for (const auto &[E, Is] : Nodes) {
    Out << "  n" << E << " [label=\"" << labelOf(E) << "\", " << Styles[Is];
    // The later one of two shapes counts.
    if (F.Entities[E].isSlot())
      Out << ", shape=diamond";
    else if (F.Entities[E].Kind == EntityKind::Macro)
      Out << ", shape=hexagon";
    Out << "];\n";
  }
  for (const auto &[Ends, Stored] : Edges)
    Out << "  n" << Ends.first << " -> n" << Ends.second << (Stored ? " [style=dotted]" : "")
        << ";\n";
  Out << "}\n";
}

void renderWhyDot(const QueryFacts &Of, const WhyAnswer &Answer, llvm::raw_ostream &Out) {
  DotGraph Graph(Of.F);
  for (const WhyPath &Path : Answer.Paths)
    Graph.add(Path.From, DotGraph::Start);
  auto IsLed = [](const QueryStep &S) { return S.To != NoEntity; };
  for (const WhyPath &Path : Answer.Paths) {
    auto Last = llvm::find_if(llvm::reverse(Path.Steps), IsLed);
    if (Last != Path.Steps.rend())
      Graph.add(Last->To, DotGraph::Goal);
  }
  for (const WhyPath &Path : Answer.Paths) {
    EntityId At = Path.From;
    for (const QueryStep &S : llvm::make_filter_range(Path.Steps, IsLed)) {
      Graph.add(S.To, DotGraph::Plain);
      Graph.connect(At, S.To, Of.F.Entities[At].isSlot());
      At = S.To;
    }
  }
  Graph.write("why", Out);
}

void renderContextDot(const QueryFacts &Of, const ContextAnswer &Answer, llvm::raw_ostream &Out) {
  const Facts &F = Of.F;
  DotGraph Graph(F);
  auto AddAll = [&](llvm::ArrayRef<EntityId> All, DotGraph::Role Is) {
    for (EntityId E : All)
      Graph.add(E, Is);
  };
  AddAll(Answer.Seeds, DotGraph::Goal);
  AddAll(Answer.Annotated, DotGraph::Annotated);
  AddAll(Answer.Pointers, DotGraph::Annotated);
  AddAll(Answer.Entries, DotGraph::Entry);
  for (const CallersAnswer::Caller &C : Answer.Missing.Callers)
    Graph.add(C.Function, DotGraph::Missing);
  for (CallId Id : Answer.Calls) {
    const Call &C = F.Calls[Id];
    EntityId From = Graph.has(F.caller(C)) ? F.caller(C) : C.In;
    Graph.add(From, DotGraph::Plain);
    Graph.connect(From, C.Callee);
  }
  for (const Store &S : F.Stores)
    if (Graph.has(S.Slot) && Graph.has(S.Stored))
      Graph.connect(S.Slot, S.Stored, /*Stored=*/true);
  for (const Store *S : Answer.Missing.Stores) {
    Graph.add(S->Slot, DotGraph::Missing);
    Graph.connect(S->Slot, S->Stored, /*Stored=*/true);
  }
  Graph.write(Of.M.contexts()[Answer.Context].Name, Out);
}

void renderRegionDot(const QueryFacts &Of, unsigned Region, const RegionAnswer &Answer,
                     llvm::raw_ostream &Out) {
  using Runner = RegionAnswer::Runner;
  DotGraph Graph(Of.F);
  for (const Runner &One : Answer.Runners)
    if (One.Before == Runner::None && One.By != NoCall)
      Graph.add(Of.F.Calls[One.By].In, DotGraph::Start);
  for (const Runner &One : Answer.Runners) {
    Graph.add(One.Of, DotGraph::Plain);
    if (One.Before != Runner::None)
      Graph.connect(Answer.Runners[One.Before].Of, One.Of, One.Stored != nullptr);
    else if (One.By != NoCall)
      Graph.connect(Of.F.Calls[One.By].In, One.Of);
  }
  Graph.write(Of.M.regions()[Region].Name, Out);
}

} // namespace airlock
