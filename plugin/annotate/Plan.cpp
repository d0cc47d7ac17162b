// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "annotate/Plan.h"
#include "model/Model.h"
#include "llvm/ADT/STLExtras.h"

namespace airlock {

namespace {

class Planner {
public:
  Planner(const Facts &F, const Model &M, const SourceMap &Map, const AnnotateRequest &Request)
      : F(F), Map(Map), Request(Request), Spelling(M.contexts()[Request.Context].Spelling),
        Name(M.contexts()[Request.Context].Name), Needs(F.Entities.size()),
        Provides(F.Entities.size()) {}

  UnitPlan run();

private:
  bool inScope(const Place &At) const;
  bool isEntry(const Entity &E) const;
  bool annotate(EntityId Id, Edit::Kind Kind);
  void cross(const Conversion &Here);
  bool isProvidedAround(const Call &C) const;
  bool followCall(const Call &C);
  bool followConversion(const Conversion &Here);

  const Facts &F;
  const SourceMap &Map;
  const AnnotateRequest &Request;
  const std::string Spelling, Name;
  /// By entity.
  std::vector<bool> Needs, Provides;
  UnitPlan Plan;
};

bool Planner::inScope(const Place &At) const {
  if (Request.Scope.empty())
    return true;
  llvm::StringRef File = At.File;
  return File.consume_front(Request.Scope) &&
         (File.empty() || File.front() == '/' || llvm::StringRef(Request.Scope).ends_with("/"));
}

bool Planner::isEntry(const Entity &E) const {
  return Request.Entries.contains(E.Name) ||
         (E.isSlot() && Request.Entries.contains(E.Name.rsplit('.').second));
}

/// Writes the qualifier at each declaration in scope; false if there is none.
bool Planner::annotate(EntityId Id, Edit::Kind Kind) {
  const Entity &E = F.Entities[Id];
  std::string Text = Kind == Edit::Entry ? "__context_entry(" + Name + ")" : Spelling;
  bool Any = false;
  for (const Insertion &I : E.Insertions) {
    Place At = Map.placeOf(I.At);
    if (!inScope(At))
      continue;
    Any = true;
    Plan.Edits.push_back({Kind, At, I.AfterDeclarator ? " " + Text : Text + " ", E.Name.str(), ""});
  }
  if (Any) {
    Provides[Id] = true;
    Needs[Id] = Needs[Id] || Kind == Edit::Qualifier;
  }
  return Any;
}

void Planner::cross(const Conversion &Here) {
  const Entity &From = F.Entities[Here.From], &To = F.Entities[Here.To];
  Place At = Map.placeOf(Here.ForceAt.isValid() ? Here.ForceAt : Here.At);
  if (!inScope(At))
    return;
  if (!Here.ForceAt.isValid()) {
    Plan.Left.push_back(At.File + ":" + std::to_string(At.Line) + ": '" + From.Name.str() +
                        "' loses the context in '" + To.Name.str() +
                        "', where no cast can be written");
    return;
  }
  Plan.Edits.push_back({Edit::Crossing, At, Here.ForceText.str(), From.Name.str(), To.Name.str()});
}

bool Planner::isProvidedAround(const Call &C) const {
  if (Provides[C.In])
    return true;
  for (CallId Id = C.Outer; Id != NoCall; Id = F.Calls[Id].Outer)
    if (Provides[F.Calls[Id].Callee])
      return true;
  return false;
}

/// Whether something changed.
bool Planner::followCall(const Call &C) {
  if (!Needs[C.Callee] || isProvidedAround(C))
    return false;
  return annotate(C.In, isEntry(F.Entities[C.In]) ? Edit::Entry : Edit::Qualifier);
}

bool Planner::followConversion(const Conversion &Here) {
  if (Here.Kind == Site::Cast)
    return false; // what is cast on purpose is looked at in the end
  const Entity &To = F.Entities[Here.To];
  if (Needs[Here.From] && !Needs[Here.To] && To.CanCarry && !isEntry(To))
    return annotate(Here.To, Edit::Qualifier);
  const Entity &From = F.Entities[Here.From];
  if (Here.OfPlace && Needs[Here.To] && !Needs[Here.From] && From.CanCarry && !isEntry(From))
    return annotate(Here.From, Edit::Qualifier);
  return false;
}

UnitPlan Planner::run() {
  for (EntityId Id = 0; Id < F.Entities.size(); ++Id) {
    const Entity &E = F.Entities[Id];
    Needs[Id] = E.Needs.contains(Request.Context);
    Provides[Id] = E.Provides.contains(Request.Context);
  }
  for (EntityId Id = 0; Id < F.Entities.size(); ++Id) {
    const Entity &E = F.Entities[Id];
    if (!E.Named || !Request.Seeds.contains(E.Name))
      continue;
    Plan.Seen.push_back(E.Name.str());
    if (Needs[Id])
      continue;
    if (E.Kind != EntityKind::Macro)
      annotate(Id, Edit::Qualifier);
    Needs[Id] = Provides[Id] = true; // of a macro, a model has to say so
  }
  for (bool News = true; News;) {
    News = false;
    for (const Call &C : F.Calls)
      News |= followCall(C);
    for (const Conversion &Here : F.Conversions)
      News |= followConversion(Here);
  }
  // What is left is where the context is entered.
  for (const Conversion &Here : F.Conversions)
    if (Needs[Here.From] && !Needs[Here.To] && !Here.Forced)
      cross(Here);
  for (const Call &C : F.Calls)
    if (Needs[C.Callee] && !isProvidedAround(C)) {
      Place At = Map.placeOf(C.Place);
      if (inScope(At))
        Plan.Left.push_back(At.File + ":" + std::to_string(At.Line) + ": '" +
                            F.Entities[C.In].Name.str() + "' uses '" +
                            F.Entities[C.Callee].Name.str() + "' and cannot be annotated");
    }
  llvm::sort(Plan.Edits);
  auto Same = [](const Edit &A, const Edit &B) { return A.key() == B.key(); };
  Plan.Edits.erase(std::unique(Plan.Edits.begin(), Plan.Edits.end(), Same), Plan.Edits.end());
  return std::move(Plan);
}

} // namespace

UnitPlan planUnit(const Facts &F, const Model &M, const SourceMap &Map,
                  const AnnotateRequest &Request) {
  return Planner(F, M, Map, Request).run();
}

} // namespace airlock
