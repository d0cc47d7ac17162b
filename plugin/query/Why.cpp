// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "query/Why.h"
#include "model/Model.h"
#include "query/CallPaths.h"
#include "query/EffectPaths.h"
#include "llvm/ADT/DenseSet.h"

namespace airlock {

namespace {

class Answerer {
public:
  Answerer(Analyses &Of, const WhyQuestion &Question) : Of(Of), F(Of.F), Question(Question) {}

  WhyAnswer run() {
    if (Question.Effect)
      followEffect(*Question.Effect);
    else
      followCalls();
    return std::move(Answer);
  }

private:
  void followCalls();
  void followEffect(unsigned Effect);
  FoundPaths find(const PathGraph &G, llvm::ArrayRef<PathGraph::Vertex> Starts);
  void add(const FoundPaths &Found, llvm::function_ref<WhyPath(const FoundPath &)> Tell);
  Turn judge(EntityId E) const;

  Analyses &Of;
  const Facts &F;
  const WhyQuestion &Question;
  llvm::DenseSet<EntityId> Targets;
  WhyAnswer Answer;
};

FoundPaths Answerer::find(const PathGraph &G, llvm::ArrayRef<PathGraph::Vertex> Starts) {
  switch (Question.Wanted) {
  case WhyQuestion::Shortest:
    return shortestPath(G, Starts);
  case WhyQuestion::Longest:
    return longestPath(G, Starts);
  case WhyQuestion::All:
    return allPaths(G, Starts, Question.Limit - Answer.Paths.size());
  }
  llvm_unreachable("every choice has its search");
}

void Answerer::add(const FoundPaths &Found, llvm::function_ref<WhyPath(const FoundPath &)> Tell) {
  for (const FoundPath &Path : Found.Paths)
    Answer.Paths.push_back(Tell(Path));
  if (Answer.How == Ending::Done)
    Answer.How = Found.How;
}

Turn Answerer::judge(EntityId E) const {
  if (!Question.Context)
    return Targets.contains(E) ? Turn::Goal : Turn::GoOn;
  const Entity &Is = F.Entities[E];
  return Is.Needs.contains(*Question.Context)      ? Turn::Goal
         : Is.Provides.contains(*Question.Context) ? Turn::Avoid
                                                   : Turn::GoOn;
}

void Answerer::followCalls() {
  Targets.insert(Question.To.begin(), Question.To.end());
  CallPaths Calls(F, Question.From, [&](EntityId E) { return judge(E); });
  for (EntityId Start : Question.From)
    add(find(Calls.graph(), Calls.vertexOf(Start)), [&](const FoundPath &Path) {
      WhyPath Told{Start, {}, tellLabels(F, Start, Path.Labels)};
      if (Question.Context) {
        std::vector<Step> Reason;
        tellQualifier(F, Of.M, Told.Steps.back().To, *Question.Context, Reason);
        for (Step &S : Reason)
          Told.Steps.push_back({std::move(S), NoEntity});
      }
      return Told;
    });
}

void Answerer::followEffect(unsigned Effect) {
  EffectPaths Ways(Of, Question.From, Of.M.withKinds(EffectSet::of(Effect)));
  for (EntityId Start : Question.From) {
    FoundPaths Found = find(Ways.graph(), Ways.verticesOf(Start, /*Declared=*/false));
    if (Found.Paths.empty() && Found.How == Ending::Done)
      Found = find(Ways.graph(), Ways.verticesOf(Start, /*Declared=*/true));
    add(Found, [&](const FoundPath &Path) {
      WhyPath Told{Start, {}, tellLabels(F, Start, Path.Labels)};
      EntityId Primitive = Told.Steps.empty() ? Start : Told.Steps.back().To;
      for (const ArgumentCondition &If : Ways.conditionsAt(Path.Start))
        Told.If.push_back(tellCondition(F, If, Start, Primitive));
      std::vector<Step> Reason;
      tellPrimitive(F, Of.M, Primitive, Ways.effectOf(Path.Start), Reason);
      Told.Steps.push_back({std::move(Reason.front()), NoEntity});
      return Told;
    });
  }
  // It may be that what was not followed is what was asked for.
  bool NeedsAll = Question.Wanted != WhyQuestion::Shortest || Answer.Paths.empty();
  if (Ways.isBounded() && NeedsAll && Answer.How == Ending::Done)
    Answer.How = Ending::OutOfWork;
}

} // namespace

WhyAnswer askWhy(Analyses &Of, const WhyQuestion &Question) { return Answerer(Of, Question).run(); }

} // namespace airlock
