// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "annotate/Plan.h"
#include "model/Model.h"
#include "llvm/ADT/STLExtras.h"

namespace airlock {

bool isInScope(llvm::StringRef File, llvm::StringRef Scope) {
  return Scope.empty() || (File.consume_front(Scope) &&
                           (File.empty() || File.front() == '/' || Scope.ends_with("/")));
}

namespace {

class Planner {
public:
  Planner(const Facts &F, const Model &M, const SourceMap &Map, const AnnotateRequest &Request)
      : F(F), Map(Map), Request(Request), Spelling(M.contexts()[Request.Context].Spelling),
        Name(M.contexts()[Request.Context].Name), Needs(F.Entities.size()),
        Provides(F.Entities.size()) {}

  UnitPlan run();

private:
  bool inScope(const Place &At) const { return isInScope(At.File, Request.Scope); }
  bool isEntry(const Entity &E) const;
  void noteEntry(const Entity &E);
  bool isWritable(const Entity &E) const;
  bool annotate(EntityId Id, Edit::Kind Kind, llvm::StringRef Why = "");
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

bool Planner::isEntry(const Entity &E) const {
  const auto &Entries = Request.Entries;
  if (Entries.empty())
    return false;
  if (E.isSlot() && Entries.contains(E.Name.rsplit('.').second))
    return true;
  return Entries.contains(E.Name) || Entries.contains(keyOf(F, E));
}

/// By the name that it was asked for.
void Planner::noteEntry(const Entity &E) {
  if (Request.Entries.empty())
    return;
  std::string Names[] = {E.Name.str(), keyOf(F, E),
                         E.isSlot() ? E.Name.rsplit('.').second.str() : ""};
  for (std::string &Name : Names)
    if (Request.Entries.contains(Name))
      Plan.Seen.push_back(std::move(Name));
}

bool Planner::isWritable(const Entity &E) const {
  return llvm::any_of(E.Insertions, [&](const Insertion &I) { return inScope(Map.placeOf(I.At)); });
}

/// Writes the qualifier at each declaration in scope; false if there is none.
bool Planner::annotate(EntityId Id, Edit::Kind Kind, llvm::StringRef Why) {
  const Entity &E = F.Entities[Id];
  const std::string Text = Kind == Edit::Entry ? "__context_entry(" + Name + ")" : Spelling;
  bool Any = false;
  for (const Insertion &I : E.Insertions) {
    Edit New;
    New.Is = Kind;
    New.At = Map.placeOf(I.At);
    if (!inScope(New.At))
      continue;
    Any = true;
    New.Text = I.AfterDeclarator ? " " + Text : Text + " ";
    if (E.Kind == EntityKind::Function)
      New.Breaks = I.AfterDeclarator ? Edit::Before : Edit::Behind;
    New.Name = E.Name.str();
    New.Why = Why.str();
    New.Key = keyOf(F, E);
    Plan.Edits.push_back(std::move(New));
  }
  if (auto Body = F.InMacroBody.find(Id); !Any && Body != F.InMacroBody.end()) {
    Edit New;
    New.Is = Kind;
    New.At = Map.placeOf(Body->second);
    New.Text = " " + Text;
    New.InMacro = true;
    New.Name = E.Name.str();
    New.Why = Why.str();
    New.Key = keyOf(F, E);
    Any = inScope(New.At);
    if (Any)
      Plan.Edits.push_back(std::move(New));
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
  Edit New;
  New.Is = Edit::Crossing;
  New.At = std::move(At);
  New.Text = Here.ForceText.str();
  New.Name = From.Name.str();
  if (Here.Kind == Site::Cast)
    New.Why = "is cast to '" + To.Name.str() + "'";
  else
    New.Why = "goes to '" + To.Name.str() + "', " +
              (From.isSlot() && isEntry(From) ? "and the context ends here"
               : !To.CanCarry                 ? "which cannot carry the context"
                                              : "which is out of scope");
  Plan.Edits.push_back(std::move(New));
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
  const Entity &Caller = F.Entities[C.In], &Callee = F.Entities[C.Callee];
  if (!isEntry(Caller) && !(Callee.isSlot() && isEntry(Callee)))
    return annotate(C.In, Edit::Qualifier);
  return annotate(C.In, Edit::Entry, "enters the context to call '" + Callee.Name.str() + "'");
}

bool Planner::followConversion(const Conversion &Here) {
  if (Here.Kind == Site::Cast)
    return false; // what is cast on purpose is looked at in the end
  const Entity &To = F.Entities[Here.To], &From = F.Entities[Here.From];
  if (Needs[Here.From] && !Needs[Here.To] && To.CanCarry && !(From.isSlot() && isEntry(From)))
    return annotate(Here.To, Edit::Qualifier);
  if (Here.OfPlace && Needs[Here.To] && !Needs[Here.From] && From.CanCarry)
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
    if (!E.Named)
      continue;
    bool IsGlobal = E.Kind == EntityKind::Function || E.Kind == EntityKind::Variable;
    std::string Key = IsGlobal && isWritable(E) ? keyOf(F, E) : "";
    if (!Key.empty())
      Plan.Writable.push_back(Key);
    noteEntry(E);
    bool IsSeed = Request.Seeds.contains(E.Name);
    if (IsSeed)
      Plan.Seen.push_back(E.Name.str());
    if (Needs[Id] || !(IsSeed || Request.Elsewhere.contains(Key)))
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
        Plan.Left.push_back(
            At.File + ":" + std::to_string(At.Line) + ": '" + F.Entities[C.In].Name.str() +
            "' uses '" + F.Entities[C.Callee].Name.str() +
            "' and cannot be annotated: it is declared " +
            (inScope(Map.placeOf(F.Entities[C.In].Declared)) ? "by a macro" : "out of scope"));
    }
  llvm::sort(Plan.Edits);
  Plan.Edits.erase(std::unique(Plan.Edits.begin(), Plan.Edits.end()), Plan.Edits.end());
  return std::move(Plan);
}

} // namespace

std::string keyOf(const Facts &F, const Entity &E) {
  if (E.Kind == EntityKind::Parameter && E.Owner != NoEntity)
    return keyOf(F, F.Entities[E.Owner]) + ":" + E.Name.str();
  return E.File.empty() ? E.Name.str() : (E.Name + "@" + E.File).str();
}

UnitPlan planUnit(const Facts &F, const Model &M, const SourceMap &Map,
                  const AnnotateRequest &Request) {
  return Planner(F, M, Map, Request).run();
}

} // namespace airlock
