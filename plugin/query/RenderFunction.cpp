// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "query/RenderFunction.h"
#include "query/Lookup.h"
#include "query/RenderParts.h"
#include "report/Renderers.h"
#include "llvm/ADT/StringExtras.h"

namespace airlock {

using json = OrderedJson;

namespace {

/// How many callers are shown.
constexpr size_t FirstCallers = 5;

std::string inQuotes(llvm::StringRef Name) { return "'" + Name.str() + "'"; }

/// What is said of one function: lists of items, each with its sentence and its place.
class Teller {
public:
  Teller(const QueryFacts &Of, const FunctionSummary &Is)
      : Of(Of), Is(Is), E(Of.F.Entities[Is.Function]), Name(inQuotes(fullName(Of.F, Is.Function))) {
  }
  json run(llvm::ArrayRef<ReportedGivenUp> GivenUp) const;

private:
  json item(std::string Text, Location At = {}) const;
  json itemAt(std::string Text, CallId By) const;
  json head() const;
  json contexts() const;
  json promises() const;
  json regions() const;
  json effects() const;
  json user() const;
  json givenUp(llvm::ArrayRef<ReportedGivenUp> All) const;
  json callers() const;
  json stores() const;
  std::string regionName(unsigned Region) const { return inQuotes(Of.M.regions()[Region].Name); }

  const QueryFacts &Of;
  const FunctionSummary &Is;
  const Entity &E;
  const std::string Name;
};

json Teller::item(std::string Text, Location At) const {
  json Out = json::object();
  if (At.isValid())
    Out = makePlace(Of.Places.placeOf(At));
  Out["text"] = std::move(Text);
  return Out;
}

/// What a call in the body does.
json Teller::itemAt(std::string Text, CallId By) const {
  if (By == NoCall)
    return item(std::move(Text));
  QueryStep Step = stepOf(Of.F, By);
  json Out = item(Text + ": " + Step.What.What.str(), Step.What.At);
  Out["callee"] = fullName(Of.F, Step.To);
  return Out;
}

json Teller::head() const {
  const char *Kind = E.Kind == EntityKind::Macro ? "macro" : E.isSlot() ? "slot" : "function";
  const char *Body = E.Opaque ? "opaque" : E.HasBody ? "known" : "none";
  std::string Text = Name + (E.HasBody ? " is defined here" : " is declared here");
  if (E.Kind == EntityKind::Macro)
    Text = Name + " is a macro";
  if (E.Opaque)
    Text += "; a model says all that it does, and its body is not looked into";
  else if (E.Kind == EntityKind::Function && !E.HasBody)
    Text += "; no summary has its body";
  json Out = {{"function", fullName(Of.F, Is.Function)}};
  Out.update(item(std::move(Text), E.Declared));
  Out["kind"] = Kind;
  Out["body"] = Body;
  return Out;
}

json Teller::contexts() const {
  json All = json::array();
  auto Add = [&](ContextSet Contexts, const char *Kind, bool IsOrigin, const char *Otherwise) {
    Contexts.forEach([&](unsigned Context) {
      const std::string &ContextName = Of.M.contexts()[Context].Name;
      std::vector<Step> Reason;
      if (IsOrigin)
        tellQualifier(Of.F, Of.M, Is.Function, Context, Reason);
      json One = Reason.empty() ? item(Name + Otherwise + inQuotes(ContextName), E.Declared)
                                : item(Reason.front().What.str(), Reason.front().At);
      One["context"] = ContextName;
      One["is"] = Kind;
      All.push_back(std::move(One));
    });
  };
  Add(E.Needs, "needed", true, " needs context ");
  Add(E.Provides - E.Needs, "entered", false, ", which anyone may call, enters context ");
  Add(E.Excludes, "excluded", true, " must not be called in context ");
  return All;
}

json Teller::promises() const {
  json All = json::array();
  E.never().forEach([&](unsigned Effect) {
    // The kinds of an effect are promised with it.
    if (std::optional<unsigned> General = Of.M.effects()[Effect].KindOf;
        General && E.never().contains(*General))
      return;
    std::string Text =
        Name + " promises never to have effect " + inQuotes(Of.M.effects()[Effect].Name);
    if (!E.More->NeverModel.empty())
      Text += ", as model " + inQuotes(E.More->NeverModel) + " says";
    json One = item(std::move(Text), E.More->NeverAt);
    One["effect"] = Of.M.effects()[Effect].Name;
    All.push_back(std::move(One));
  });
  E.safeIn().forEach([&](unsigned Region) {
    json One = item(Name + " promises to be safe in region " + regionName(Region));
    One["region"] = Of.M.regions()[Region].Name;
    All.push_back(std::move(One));
  });
  return All;
}

json Teller::regions() const {
  static constexpr const char *Verbs[] = {"opens", "closes", "closes", "saves", "restores"};
  static constexpr const char *Kinds[] = {"opens", "closes", "closes-all", "saves", "restores"};
  static constexpr const char *Words[] = {"", " on some ways", " if it returns true",
                                          " if it returns false"};
  static constexpr const char *Whens[] = {"always", "sometimes", "if-true", "if-false"};
  json All = json::array();
  for (const RegionChange &Change : Is.Regions) {
    std::string Text = Name + " " + Verbs[Change.Is] + " region " + regionName(Change.Region);
    if (Change.Is == RegionChange::ClosesAll)
      Text += ", however often it was opened";
    json One = itemAt(Text + Words[Change.If], Change.By);
    One["region"] = Of.M.regions()[Change.Region].Name;
    One["does"] = Kinds[Change.Is];
    One["when"] = Whens[Change.If];
    All.push_back(std::move(One));
  }
  Is.CallsIn.forEach([&](unsigned Region) {
    json One = item(Name + " calls others in region " + regionName(Region) + ", which it opens");
    One["region"] = Of.M.regions()[Region].Name;
    One["does"] = "calls-in";
    One["when"] = "sometimes";
    All.push_back(std::move(One));
  });
  return All;
}

/// Counted up to one more than anybody guesses.
std::string decisions(unsigned Guesses) {
  bool TooMany = Guesses > EffectWay::MaxGuesses;
  std::string Number = TooMany ? "more than " + count(EffectWay::MaxGuesses, "decision")
                               : count(Guesses, "decision");
  return Number + " that no caller makes " + (Guesses == 1 ? "goes" : "go") + " that way";
}

json Teller::effects() const {
  json All = json::array();
  for (const EffectSummary &Effect : Is.Effects) {
    std::vector<std::string> If;
    for (const ArgumentCondition &Each : Effect.If)
      If.push_back(tellCondition(Of.F, Each, Is.Function, Effect.Primitive));
    std::string Text = Name + " has effect " + inQuotes(Of.M.effects()[Effect.Effect].Name);
    if (!If.empty())
      Text += " if " + llvm::join(If, ", and ");
    if (Effect.Guesses)
      Text += (If.empty() ? " if " : ", and if ") + decisions(Effect.Guesses);
    if (Effect.Primitive != Is.Function)
      Text += ", from " + inQuotes(fullName(Of.F, Effect.Primitive)) + ", " +
              count(Effect.Distance, "call") + " away";
    json One = itemAt(std::move(Text), Effect.Via);
    One["effect"] = Of.M.effects()[Effect.Effect].Name;
    One["if"] = std::move(If);
    One["primitive"] = fullName(Of.F, Effect.Primitive);
    One["calls"] = Effect.Distance;
    One["decisions"] = Effect.Guesses;
    All.push_back(std::move(One));
  }
  return All;
}

/// "from byte 0 up to 8"; nothing where it is not known.
std::string bytesOf(ByteRange R) {
  std::string Text;
  if (R.Lo != ByteRange::Least)
    Text += " from byte " + std::to_string(R.Lo);
  if (R.Hi != ByteRange::Most)
    Text += " up to " + std::to_string(R.Hi);
  return Text;
}

json Teller::user() const {
  json All = json::array();
  if (!Is.User)
    return All;
  auto Argument = [](unsigned Parameter) { return "argument " + std::to_string(Parameter + 1); };
  for (const ParameterFetch &Fetch : Is.User->Fetches) {
    std::string Text =
        Name + " fetches user memory behind " + Argument(Fetch.Parameter) + bytesOf(Fetch.Bytes);
    json One = itemAt(Text + (Fetch.Decided.empty() ? "" : " and decides by it"), Fetch.Call);
    One["is"] = "fetch";
    One["parameter"] = Fetch.Parameter + 1;
    All.push_back(std::move(One));
  }
  for (const Passing &P : Is.User->Passings) {
    std::string Text = Name + " hands on address ";
    Text += P.Text.empty() ? "" : inQuotes(P.Text) + " ";
    switch (P.From) {
    case Origin::Parameter:
      Text += "of " + Argument(P.Parameter) + bytesOf(P.Bytes);
      break;
    case Origin::User:
      Text += "from user memory";
      break;
    case Origin::Field:
      Text += "from a field";
      break;
    case Origin::Unknown:
      Text += "from somewhere";
      break;
    }
    Text += P.Checked ? ", which it has checked" : ", which it has not checked";
    if (P.Promised)
      Text += ", to where only checked ones go";
    json One = P.Call == NoCall ? item(std::move(Text), P.At) : itemAt(std::move(Text), P.Call);
    One["is"] = "address";
    One["parameter"] = P.From == Origin::Parameter ? json(P.Parameter + 1) : json();
    All.push_back(std::move(One));
  }
  return All;
}

json Teller::givenUp(llvm::ArrayRef<ReportedGivenUp> All) const {
  json Out = json::array();
  std::string File = Of.Places.placeOf(E.Declared).File;
  for (const ReportedGivenUp &G : All)
    if (G.Function == E.Name && G.File == File)
      if (json One = item(sentenceOf(G)); !llvm::is_contained(Out, One))
        Out.push_back(std::move(One));
  return Out;
}

json Teller::callers() const {
  CallersAnswer Sorted = Is.Callers;
  sortByPlace(Of, Sorted);
  auto IsDirect = [](const CallersAnswer::Caller &C) { return C.Depth == 1; };
  size_t Direct = llvm::count_if(Sorted.Callers, IsDirect);
  json First = json::array();
  for (const CallersAnswer::Caller &C :
       llvm::ArrayRef(Sorted.Callers).take_front(std::min(Direct, FirstCallers)))
    First.push_back(makeStep(Of, stepOf(Of.F, C.By)));
  return {{"direct", Direct}, {"all", Sorted.Callers.size()}, {"first", std::move(First)}};
}

json Teller::stores() const {
  std::vector<const Store *> Sorted = Is.Stores;
  sortByPlace(Of, Sorted);
  return makeStores(Of, Sorted);
}

json Teller::run(llvm::ArrayRef<ReportedGivenUp> GivenUp) const {
  json Out = head();
  Out["contexts"] = contexts();
  Out["promises"] = promises();
  Out["regions"] = regions();
  Out["effects"] = effects();
  Out["user"] = user();
  Out["given_up"] = givenUp(GivenUp);
  Out["callers"] = callers();
  Out["stores"] = stores();
  return Out;
}

void writeItem(const json &Item, llvm::raw_ostream &Out) {
  if (Item.contains("file"))
    writePlace({Item["file"].get<std::string>(), Item["line"].get<unsigned>(),
                Item["column"].get<unsigned>()},
               Out);
  Out << Item["text"].get<std::string>() << '\n';
}

} // namespace

void renderSummaryText(const QueryFacts &Of, llvm::ArrayRef<FunctionSummary> All,
                       llvm::ArrayRef<ReportedGivenUp> GivenUp, llvm::raw_ostream &Out) {
  const char *Between = "";
  for (const FunctionSummary &Is : All) {
    json Told = Teller(Of, Is).run(GivenUp);
    Out << Between;
    Between = "\n";
    writeItem(Told, Out);
    for (const char *List :
         {"contexts", "promises", "regions", "effects", "user", "given_up", "stores"})
      for (const json &Item : Told[List])
        writeItem(Item, Out);
    const json &Callers = Told["callers"];
    for (const json &Step : Callers["first"])
      writeItem(Step, Out);
    size_t Direct = Callers["direct"].get<size_t>(), Shown = Callers["first"].size();
    Out << count(Direct, "direct caller");
    if (Shown < Direct)
      Out << " (" << Direct - Shown << " not shown)";
    Out << ", " << Callers["all"].get<size_t>() << " however remotely; "
        << count(Is.Stores.size(), "place") << " where a function pointer is made\n";
  }
}

void renderSummaryJson(const QueryFacts &Of, llvm::ArrayRef<FunctionSummary> All,
                       llvm::ArrayRef<ReportedGivenUp> GivenUp, llvm::raw_ostream &Out) {
  json Functions = json::array();
  for (const FunctionSummary &Is : All)
    Functions.push_back(Teller(Of, Is).run(GivenUp));
  writeAnswer({{"functions", std::move(Functions)}}, Out);
}

} // namespace airlock
