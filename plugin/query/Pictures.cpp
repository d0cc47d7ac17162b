// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "query/Pictures.h"
#include "facts/CallLists.h"
#include "query/Lookup.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/Twine.h"
#include <set>

namespace airlock {

using Role = CallPicture::Role;
using Link = CallPicture::Link;

namespace {

class Painter {
public:
  explicit Painter(const QueryFacts &Of) : Of(Of), F(Of.F) {}

  /// What is there already keeps its role.
  void add(EntityId E, Role Is);
  /// Between what is in the picture; once for each pair and kind.
  void connect(EntityId From, EntityId To, Link Is, Location At);
  /// Says what is not in it.
  void leave(const llvm::Twine &What);
  CallPicture take(std::string Title);

private:
  const QueryFacts &Of;
  const Facts &F;
  CallPicture Picture;
  llvm::DenseMap<EntityId, size_t> Nodes;
  std::set<std::tuple<size_t, size_t, Link>> Known;
  std::set<EntityId> Left;
};

void Painter::add(EntityId E, Role Is) {
  if (Nodes.count(E))
    return;
  if (Picture.Nodes.size() == MostNodes) {
    Left.insert(E);
    return;
  }
  const Entity &Who = F.Entities[E];
  const char *Kind = Who.Kind == EntityKind::Function ? "function"
                     : Who.Kind == EntityKind::Macro  ? "macro"
                                                      : "slot";
  Nodes[E] = Picture.Nodes.size();
  Picture.Nodes.push_back({fullName(F, E), Of.Places.placeOf(Who.Declared), Is, Kind});
}

void Painter::connect(EntityId From, EntityId To, Link Is, Location At) {
  auto A = Nodes.find(From), B = Nodes.find(To);
  if (A == Nodes.end() || B == Nodes.end() || !Known.insert({A->second, B->second, Is}).second)
    return;
  Picture.Edges.push_back({A->second, B->second, Is, Of.Places.placeOf(At)});
}

void Painter::leave(const llvm::Twine &What) {
  Picture.Left += (Picture.Left.empty() ? What : "; " + What).str();
}

CallPicture Painter::take(std::string Title) {
  Picture.Title = std::move(Title);
  if (!Left.empty())
    leave(llvm::Twine(Left.size()) + " nodes more are left out: a picture has at most " +
          llvm::Twine(MostNodes));
  return std::move(Picture);
}

class ContextPicture {
public:
  ContextPicture(const QueryFacts &Of, unsigned Context) : F(Of.F), Context(Context), P(Of) {}
  CallPicture paint(std::string Title);

private:
  bool needs(EntityId E) const { return F.Entities[E].Needs.contains(Context); }
  bool isIn(EntityId E) const { return F.Entities[E].Provides.contains(Context) || needs(E); }
  void add(EntityId E) {
    P.add(E, needs(E) ? Role::Inside : isIn(E) ? Role::Entry : Role::Outside);
  }
  EntityId callerIn(const Call &C) const;
  void addCall(const Call &C);
  void addStore(const Store &S);

  const Facts &F;
  const unsigned Context;
  Painter P;
};

/// Who makes a call in the context: a macro around it, or its function; otherwise nobody.
EntityId ContextPicture::callerIn(const Call &C) const {
  for (CallId Id = C.Outer; Id != NoCall; Id = F.Calls[Id].Outer)
    if (isIn(F.Calls[Id].Callee))
      return F.Calls[Id].Callee;
  return isIn(C.In) ? C.In : NoEntity;
}

void ContextPicture::addCall(const Call &C) {
  EntityId Caller = callerIn(C);
  if (!isIn(C.Callee) || (Caller == NoEntity && !needs(C.Callee)))
    return;
  bool Inside = Caller != NoEntity;
  EntityId From = Inside ? Caller : C.In;
  add(From);
  add(C.Callee);
  P.connect(From, C.Callee, Inside ? Link::Call : Link::Breach, C.At);
}

/// A slot without the context may keep what needs it: whoever calls through it is outside.
void ContextPicture::addStore(const Store &S) {
  if (!needs(S.Stored))
    return;
  add(S.Slot);
  add(S.Stored);
  P.connect(S.Slot, S.Stored, needs(S.Slot) ? Link::Store : Link::Breach, S.At);
}

CallPicture ContextPicture::paint(std::string Title) {
  for (EntityId E = 0; E < F.Entities.size(); ++E)
    if (isIn(E) && (F.Entities[E].HasBody || F.Entities[E].Kind == EntityKind::Field))
      add(E);
  for (const Call &C : F.Calls)
    addCall(C);
  for (const Store &S : F.Stores)
    addStore(S);
  P.leave("crossings by a cast are not known here, and not shown");
  return P.take(std::move(Title));
}

/// One way along the calls and stores: to what is called, or to who calls.
class Surroundings {
public:
  explicit Surroundings(const Facts &F)
      : F(F), Calls{{F, [&](const Call &C) { return F.caller(C); }},
                    {F, [](const Call &C) { return C.Callee; }}} {
    for (const Store &S : F.Stores) {
      Stores[0][S.Slot].push_back(S.Stored);
      Stores[1][S.Stored].push_back(S.Slot);
    }
  }
  void collect(llvm::ArrayRef<EntityId> From, bool Callers, unsigned Depth, Painter &Into) const;

private:
  const Facts &F;
  const CallLists Calls[2];
  llvm::DenseMap<EntityId, llvm::SmallVector<EntityId, 1>> Stores[2];
};

void Surroundings::collect(llvm::ArrayRef<EntityId> From, bool Callers, unsigned Depth,
                           Painter &Into) const {
  std::vector<EntityId> Now = From.vec(), Next;
  std::set<EntityId> Seen(Now.begin(), Now.end());
  auto Reach = [&](EntityId E) {
    Into.add(E, Role::Near);
    if (Seen.insert(E).second)
      Next.push_back(E);
  };
  for (unsigned I = 0; I < Depth && !Now.empty(); ++I) {
    for (EntityId E : Now) {
      for (CallId Id : Calls[Callers].of(E))
        Reach(Callers ? F.caller(F.Calls[Id]) : F.Calls[Id].Callee);
      for (EntityId Other : Stores[Callers].lookup(E))
        Reach(Other);
    }
    Now = std::move(Next);
    Next.clear();
  }
}

} // namespace

CallPicture pictureOfContext(const QueryFacts &Of, unsigned Context) {
  return ContextPicture(Of, Context).paint("context '" + Of.M.contexts()[Context].Name + "'");
}

std::vector<CallPicture> picturesOfContexts(const QueryFacts &Of) {
  std::vector<CallPicture> Pictures;
  for (unsigned Context = 0; Context < Of.M.contexts().size(); ++Context)
    if (CallPicture One = pictureOfContext(Of, Context); !One.Nodes.empty())
      Pictures.push_back(std::move(One));
  return Pictures;
}

CallPicture pictureOfFunction(const QueryFacts &Of, llvm::ArrayRef<EntityId> Functions,
                              unsigned Depth) {
  const Facts &F = Of.F;
  Painter P(Of);
  for (EntityId E : Functions)
    P.add(E, Role::Asked);
  Surroundings Around(F);
  for (bool Callers : {true, false})
    Around.collect(Functions, Callers, Depth, P);
  for (const Call &C : F.Calls)
    P.connect(F.caller(C), C.Callee, Link::Call, C.At);
  for (const Store &S : F.Stores)
    P.connect(S.Slot, S.Stored, Link::Store, S.At);
  return P.take("around '" + fullName(F, Functions.front()) + "'");
}

} // namespace airlock
