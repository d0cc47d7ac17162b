// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "query/Render.h"
#include "query/Lookup.h"
#include "query/RenderParts.h"
#include "report/Renderers.h"
#include "rules/RegionStory.h"

namespace airlock {

using json = OrderedJson;

std::string count(size_t N, llvm::StringRef What) {
  return std::to_string(N) + " " + What.str() + (N == 1 ? "" : "s");
}

void writeStep(const QueryFacts &Of, const Step &S, llvm::raw_ostream &Out) {
  writePlace(Of.Places.placeOf(S.At), Out);
  Out << S.What.str() << '\n';
}

json makeStep(const QueryFacts &Of, const QueryStep &S) {
  json Out = makePlace(Of.Places.placeOf(S.What.At));
  Out["function"] = S.What.Function.str();
  Out["callee"] = S.To == NoEntity ? json() : json(fullName(Of.F, S.To));
  Out["text"] = S.What.What.str();
  return Out;
}

QueryStep stepOf(const Facts &F, CallId Id) {
  const Call &C = F.Calls[Id];
  llvm::StringRef Caller = F.Entities[C.In].Name;
  Text What = {std::string(verbFor(F.callee(C))) + " here", {Caller.str(), F.callee(C).Name.str()}};
  return {{placeOf(F, C), Caller, std::move(What), {}}, C.Callee};
}

Step stepOf(const Facts &F, const Store &S) {
  std::vector<Step> Told;
  tellStore(F, S, Told);
  return std::move(Told.front());
}

void sortByPlace(const QueryFacts &Of, std::vector<const Store *> &Stores) {
  Stores = inOrder(Of, llvm::ArrayRef(Stores), [](const Store *S) { return S->At; });
}

void sortByPlace(const QueryFacts &Of, CallersAnswer &Answer) {
  using Caller = CallersAnswer::Caller;
  Answer.Callers = inOrder(Of, llvm::ArrayRef(Answer.Callers),
                           [&](const Caller &C) { return placeOf(Of.F, Of.F.Calls[C.By]); });
  llvm::stable_sort(Answer.Callers,
                    [](const Caller &A, const Caller &B) { return A.Depth < B.Depth; });
  sortByPlace(Of, Answer.Stores);
}

void sortByPlace(const QueryFacts &Of, SlotAnswer &Answer) {
  Answer.Calls = inOrder(Of, llvm::ArrayRef(Answer.Calls),
                         [&](CallId Id) { return placeOf(Of.F, Of.F.Calls[Id]); });
  sortByPlace(Of, Answer.Stores);
}

void writeAnswer(json Answer, llvm::raw_ostream &Out) {
  json Whole = {{"airlock", AIRLOCK_VERSION}, {"schema", QuerySchema}};
  Whole.update(Answer);
  writeJson(Whole, Out);
}

json makeStore(const QueryFacts &Of, const Store &S) {
  json Out = makeStep(Of, {stepOf(Of.F, S), NoEntity});
  Out.erase("callee");
  Out["slot"] = fullName(Of.F, S.Slot);
  return Out;
}

json makeStores(const QueryFacts &Of, llvm::ArrayRef<const Store *> All) {
  json Out = json::array();
  for (const Store *S : All)
    Out.push_back(makeStore(Of, *S));
  return Out;
}

json makeCallers(const QueryFacts &Of, llvm::ArrayRef<CallersAnswer::Caller> All) {
  json Out = json::array();
  for (const CallersAnswer::Caller &C : All) {
    json One = makeStep(Of, stepOf(Of.F, C.By));
    One["depth"] = C.Depth;
    Out.push_back(std::move(One));
  }
  return Out;
}

/// How many paths there are, and whether that is all.
static std::string sumUp(const WhyQuestion &Question, const WhyAnswer &Answer) {
  size_t Found = Answer.Paths.size();
  bool GaveUp = Answer.How == Ending::OutOfWork;
  if (!Found)
    return GaveUp ? "looking for a path was given up, of those" : "no path";
  switch (Question.Wanted) {
  case WhyQuestion::Shortest:
    return Found == 1 ? "the shortest path" : count(Found, "shortest path") + ", one a function,";
  case WhyQuestion::Longest:
    return std::string(GaveUp ? "a long path, though there may be a longer one,"
                              : "the longest path");
  case WhyQuestion::All:
    break;
  }
  switch (Answer.How) {
  case Ending::Done:
    return count(Found, "path");
  case Ending::AtLimit:
    return "the first " + count(Found, "path") + " of more (see --limit)";
  case Ending::OutOfWork:
    return "the first " + count(Found, "path") + "; looking for more was given up, of those";
  }
  llvm_unreachable("every ending has its words");
}

void renderWhyText(const QueryFacts &Of, const WhyQuestion &Question, const WhyAnswer &Answer,
                   llvm::StringRef From, llvm::StringRef To, llvm::raw_ostream &Out) {
  for (const WhyPath &Path : Answer.Paths) {
    const char *Before = "if ";
    for (const std::string &If : Path.If) {
      Out << Before << If;
      Before = ", and ";
    }
    if (!Path.If.empty())
      Out << ":\n";
    for (const QueryStep &S : Path.Steps)
      writeStep(Of, S.What, Out);
    Out << '\n';
  }
  Out << sumUp(Question, Answer) << " from '" << From << "' to " << To << '\n';
  for (EntityId E : Question.From)
    if (Answer.Paths.empty() && Of.F.Entities[E].Opaque)
      Out << "a model says all that '" << From << "' does; its body is not looked into\n";
}

void renderWhyJson(const QueryFacts &Of, const WhyAnswer &Answer, llvm::raw_ostream &Out) {
  json Paths = json::array();
  for (const WhyPath &Path : Answer.Paths) {
    json Steps = json::array();
    for (const QueryStep &S : Path.Steps)
      Steps.push_back(makeStep(Of, S));
    Paths.push_back(
        {{"function", fullName(Of.F, Path.From)}, {"if", Path.If}, {"steps", std::move(Steps)}});
  }
  static constexpr const char *Endings[] = {"done", "limit", "work"};
  writeAnswer({{"paths", std::move(Paths)}, {"ended", Endings[unsigned(Answer.How)]}}, Out);
}

void renderCallersText(const QueryFacts &Of, const CallersAnswer &Answer, llvm::raw_ostream &Out) {
  unsigned Depth = 0;
  for (const CallersAnswer::Caller &C : Answer.Callers) {
    if (C.Depth != Depth)
      Out << count(Depth = C.Depth, "call") << " away:\n";
    writeStep(Of, stepOf(Of.F, C.By).What, Out);
  }
  if (!Answer.Stores.empty())
    Out << "function pointers:\n";
  for (const Store *S : Answer.Stores)
    writeStep(Of, stepOf(Of.F, *S), Out);
  Out << count(Answer.Callers.size(), "caller") << ", " << count(Answer.Stores.size(), "place")
      << " where a function pointer is made\n";
}

void renderCallersJson(const QueryFacts &Of, const CallersAnswer &Answer, llvm::raw_ostream &Out) {
  writeAnswer(
      {{"callers", makeCallers(Of, Answer.Callers)}, {"stores", makeStores(Of, Answer.Stores)}},
      Out);
}

void renderSlotsText(const QueryFacts &Of, llvm::ArrayRef<SlotAnswer> Answers,
                     llvm::raw_ostream &Out) {
  for (const SlotAnswer &Answer : Answers) {
    for (const Store *S : Answer.Stores)
      writeStep(Of, stepOf(Of.F, *S), Out);
    for (CallId Id : Answer.Calls)
      writeStep(Of, stepOf(Of.F, Id).What, Out);
    writePlace(Of.Places.placeOf(Of.F.Entities[Answer.Slot].Declared), Out);
    Out << "'" << fullName(Of.F, Answer.Slot) << "': " << count(Answer.Stores.size(), "store")
        << ", " << count(Answer.Calls.size(), "call") << '\n';
  }
}

void renderSlotsJson(const QueryFacts &Of, llvm::ArrayRef<SlotAnswer> Answers,
                     llvm::raw_ostream &Out) {
  json Slots = json::array();
  for (const SlotAnswer &Answer : Answers) {
    json One = {{"slot", fullName(Of.F, Answer.Slot)}};
    One.update(makePlace(Of.Places.placeOf(Of.F.Entities[Answer.Slot].Declared)));
    One["stores"] = json::array();
    for (const Store *S : Answer.Stores)
      One["stores"].push_back(makeStore(Of, *S));
    One["calls"] = json::array();
    for (CallId Id : Answer.Calls)
      One["calls"].push_back(makeStep(Of, stepOf(Of.F, Id)));
    Slots.push_back(std::move(One));
  }
  writeAnswer({{"slots", std::move(Slots)}}, Out);
}

static const char *kindOf(const AuditRemark &R) {
  static constexpr const char *Kinds[] = {"unused", "says-less", "says-more", "no-parameter"};
  return Kinds[R.Is];
}

static std::string sentenceOf(const QueryFacts &Of, const AuditRemark &R) {
  auto Quoted = [](llvm::StringRef Name) { return "'" + Name.str() + "'"; };
  auto EffectOf = [&] { return Quoted(Of.M.effects()[*R.Effect].Name); };
  switch (R.Is) {
  case AuditRemark::Unused:
    return Quoted(R.Name) + " is used nowhere in the program" +
           (R.Similar.empty() ? "" : "; did you mean " + Quoted(R.Similar) + "?");
  case AuditRemark::SaysLess:
    return "the body of " + Quoted(R.Name) + " has effect " + EffectOf() +
           ", of which its entry says nothing" +
           (R.Via == NoCall ? "" : ": it calls " + Quoted(Of.F.callee(Of.F.Calls[R.Via]).Name));
  case AuditRemark::SaysMore:
    return "nothing that the body of " + Quoted(R.Name) + " calls has effect " + EffectOf() +
           " of its entry";
  case AuditRemark::NoParameter:
    return "no call passes what the entry of " + Quoted(R.Name) +
           " depends on: " + R.Condition.str();
  }
  llvm_unreachable("every kind has its words");
}

void renderAuditText(const QueryFacts &Of, const AuditAnswer &Answer, llvm::raw_ostream &Out) {
  for (const AuditRemark &R : Answer.Remarks) {
    if (R.At.isValid())
      writePlace(Of.Places.placeOf(R.At), Out);
    Out << sentenceOf(Of, R) << " [" << kindOf(R) << "]\n";
  }
  Out << count(Answer.Remarks.size(), "remark") << " on "
      << (Answer.Entries == 1 ? "1 entry" : std::to_string(Answer.Entries) + " entries") << "; "
      << Answer.Compared << " compared with a body, " << Answer.Vouched << " vouch for theirs";
  if (Answer.Decided)
    Out << "; " << Answer.Decided << " more are decided";
  Out << '\n';
}

void renderAuditJson(const QueryFacts &Of, const AuditAnswer &Answer, llvm::raw_ostream &Out) {
  json Remarks = json::array();
  for (const AuditRemark &R : Answer.Remarks) {
    json One = {{"kind", kindOf(R)}, {"name", R.Name}, {"text", sentenceOf(Of, R)}};
    if (R.At.isValid())
      One.update(makePlace(Of.Places.placeOf(R.At)));
    Remarks.push_back(std::move(One));
  }
  writeAnswer({{"entries", Answer.Entries},
               {"compared", Answer.Compared},
               {"vouched", Answer.Vouched},
               {"decided", Answer.Decided},
               {"remarks", std::move(Remarks)}},
              Out);
}

} // namespace airlock
