// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "annotate/Plan.h"
#include "model/Model.h"
#include "support/Header.h"
#include "support/Paths.h"
#include "llvm/ADT/STLExtras.h"

namespace airlock {

bool isInScope(llvm::StringRef File, llvm::StringRef Scope) {
  llvm::StringRef Rest;
  return isBelow(Scope, File, Rest);
}

std::string keyOf(const Facts &F, const Entity &E) {
  if (E.Kind == EntityKind::Parameter && E.Owner != NoEntity)
    return keyOf(F, F.Entities[E.Owner]) + ":" + E.Name.str();
  return E.File.empty() ? E.Name.str() : (E.Name + "@" + E.File).str();
}

bool isNamed(const llvm::StringSet<> &Names, const Facts &F, const Entity &E,
             std::vector<std::string> *How) {
  if (Names.empty() || !E.Named)
    return false;
  llvm::SmallVector<std::string, 4> All = {E.Name.str()};
  if (!E.File.empty())
    All.push_back(keyOf(F, E));
  if (E.Kind == EntityKind::Field) {
    llvm::StringRef Field = E.Name.substr(E.Name.rfind('.') + 1);
    All.push_back(Field.str());
    All.push_back(("->" + Field).str());
  }
  bool Any = false;
  for (std::string &One : All)
    if (Names.contains(One)) {
      Any = true;
      if (How)
        How->push_back(std::move(One));
    }
  return Any;
}

/// The macro of the code base that means a crossing, if a model knows one.
static std::string entrySpelling(const Model &M, unsigned Context) {
  llvm::StringRef Own;
  for (const auto &Entry : M.Macro)
    if (Entry.getValue().ContextEntry.Value.contains(Context) &&
        (Own.empty() || Entry.getKey() < Own))
      Own = Entry.getKey();
  return Own.empty() ? "__context_entry(" + M.contexts()[Context].Name + ")" : Own.str();
}

namespace {

class Planner {
public:
  Planner(const Facts &F, const Model &M, IsGranted Granted, const SourceMap &Map,
          const AnnotateRequest &Request)
      : F(F), Granted(Granted), Map(Map), Request(Request),
        Spelling(M.contexts()[Request.Context].Spelling),
        EntrySpelling(entrySpelling(M, Request.Context)), Needs(F.Entities.size()),
        Provides(F.Entities.size()) {}

  UnitPlan run();

private:
  bool inScope(const Place &At) const { return isInScope(At.File, Request.Scope); }
  bool isEntry(const Entity &E) const { return isNamed(Request.Entries, F, E); }
  bool isWritable(const Entity &E) const;
  bool annotate(EntityId Id, Edit::Kind Kind, llvm::StringRef Why = "");
  void cross(const Conversion &Here);
  bool isProvidedAt(CallId Id) const;
  bool followCall(CallId Id);
  bool followConversion(const Conversion &Here);

  const Facts &F;
  IsGranted Granted;
  const SourceMap &Map;
  const AnnotateRequest &Request;
  const std::string Spelling, EntrySpelling;
  /// By entity.
  std::vector<bool> Needs, Provides;
  UnitPlan Plan;
};

bool Planner::isWritable(const Entity &E) const {
  return llvm::any_of(E.Insertions, [&](const Insertion &I) { return inScope(Map.placeOf(I.At)); });
}

/// Writes the qualifier at each declaration in scope; false if there is none.
bool Planner::annotate(EntityId Id, Edit::Kind Kind, llvm::StringRef Why) {
  const Entity &E = F.Entities[Id];
  const std::string &Text = Kind == Edit::Entry ? EntrySpelling : Spelling;
  bool Any = false;
  auto Write = [&](Location At, bool Behind, Edit::Break Breaks, bool InMacro) {
    Edit New;
    New.Is = Kind;
    New.At = Map.placeOf(At);
    if (!inScope(New.At))
      return;
    Any = true;
    New.Text = Behind ? " " + Text : Text + " ";
    New.Breaks = Breaks;
    New.InMacro = InMacro;
    New.Name = E.Name.str();
    New.Why = Why.str();
    New.Key = keyOf(F, E);
    Plan.Edits.push_back(std::move(New));
  };
  for (const Insertion &I : E.Insertions)
    Write(I.At, I.AfterDeclarator,
          E.Kind != EntityKind::Function ? Edit::Nowhere
          : I.AfterDeclarator            ? Edit::Before
                                         : Edit::Behind,
          /*InMacro=*/false);
  if (auto Body = F.InMacroBody.find(Id); !Any && Body != F.InMacroBody.end())
    Write(Body->second, /*Behind=*/true, Edit::Nowhere, /*InMacro=*/true);
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
    Plan.Left.push_back({At, "'" + From.Name.str() + "' loses the context in '" + To.Name.str() +
                                 "', where no cast can be written; name '" + From.Name.str() +
                                 "' with --entry, or write it otherwise"});
    return;
  }
  Edit New;
  New.Is = Edit::Crossing;
  New.At = std::move(At);
  New.Text =
      Here.Crossed.empty() ? Here.ForceText.str() : (CrossMacro + "(" + Here.Crossed + ")").str();
  New.Erased = Here.Crossed.size();
  New.Name = From.Name.str();
  if (Here.Kind == Site::Cast)
    New.Why = "is cast to '" + To.Name.str() + "'";
  else
    New.Why = "goes to '" + To.Name.str() + "', " +
              (From.isSlot() && isEntry(From) ? "and the context ends here"
               : !To.CanCarry                 ? "which cannot carry the context"
               : To.Insertions.empty()        ? "where no qualifier can be written"
                                              : "which is out of scope");
  Plan.Edits.push_back(std::move(New));
}

bool Planner::isProvidedAt(CallId Id) const {
  if (Provides[F.Calls[Id].In])
    return true;
  for (CallId Outer = F.Calls[Id].Outer; Outer != NoCall; Outer = F.Calls[Outer].Outer)
    if (Provides[F.Calls[Outer].Callee])
      return true;
  return Granted(Id);
}

/// Whether something changed.
bool Planner::followCall(CallId Id) {
  const Call &C = F.Calls[Id];
  if (!Needs[C.Callee] || isProvidedAt(Id))
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
    const std::string Key = keyOf(F, E);
    bool IsFunction = E.Kind == EntityKind::Function;
    bool IsGlobal = E.File.empty() &&
                    (IsFunction || (E.Kind == EntityKind::Variable && E.CanCarry && !E.IsLocal));
    if (IsGlobal)
      Plan.Globals.push_back(Key);
    if (IsFunction && isWritable(E))
      Plan.Writable.push_back(Key);
    isNamed(Request.Entries, F, E, &Plan.Seen);
    bool IsSeed = isNamed(Request.Seeds, F, E, &Plan.Seen);
    auto Known = Request.Elsewhere.find(Key);
    bool IsElsewhere = IsGlobal && Known != Request.Elsewhere.end();
    if (Provides[Id] || !(IsSeed || IsElsewhere))
      continue;
    Edit::Kind Kind = IsSeed ? Edit::Qualifier : Known->getValue();
    if (E.Kind != EntityKind::Macro)
      annotate(Id, Kind);
    Provides[Id] = true; // of a macro, and of what is out of scope, a model has to say so
    Needs[Id] = Kind == Edit::Qualifier;
  }
  for (bool News = true; News;) {
    News = false;
    for (CallId Id = 0; Id < F.Calls.size(); ++Id)
      News |= followCall(Id);
    for (const Conversion &Here : F.Conversions)
      News |= followConversion(Here);
  }
  // What is left is where the context is entered.
  for (const Conversion &Here : F.Conversions)
    if (Needs[Here.From] && !Needs[Here.To] && !Here.Forced)
      cross(Here);
  for (CallId Id = 0; Id < F.Calls.size(); ++Id)
    if (const Call &C = F.Calls[Id]; Needs[C.Callee] && !isProvidedAt(Id)) {
      Place At = Map.placeOf(C.Place);
      if (inScope(At))
        Plan.Left.push_back(
            {At, "'" + F.Entities[C.In].Name.str() + "' uses '" + F.Entities[C.Callee].Name.str() +
                     "' and cannot be annotated: it is declared " +
                     (inScope(Map.placeOf(F.Entities[C.In].Declared)) ? "by a macro"
                                                                      : "out of scope")});
    }
  return std::move(Plan);
}

} // namespace

UnitPlan planUnit(const Facts &F, const Model &M, IsGranted Granted, const SourceMap &Map,
                  const AnnotateRequest &Request) {
  return Planner(F, M, Granted, Map, Request).run();
}

} // namespace airlock
