// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// `airlock annotate`: round after round, each unit says what must carry the context
// (annotate/Plan.h), the edits are made in memory (annotate/Sources.h), and the units that
// read an edited file are asked again, until there is nothing more to say. What comes out
// is written only if the context rules are quiet then, and the code is what it was.
// --remove and --minimize go the other way (annotate/Removal.h).

#include "AnnotateOutput.h"
#include "AnnotateUnit.h"
#include "ClangFlags.h"
#include "Commands.h"
#include "Git.h"
#include "Processes.h"
#include "Progress.h"
#include "Unit.h"
#include "annotate/Crossings.h"
#include "annotate/Layout.h"
#include "annotate/Sources.h"
#include "link/Link.h"
#include "regions/AskedContexts.h"
#include "report/Renderers.h"
#include "support/Header.h"
#include "support/Paths.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include <set>
#include <tuple>

using clang::tooling::CompilationDatabase;
using clang::tooling::CompileCommand;

namespace airlock {

namespace {

using UnitIds = std::vector<size_t>;

/// Says what is wrong, if anything is.
bool succeeded(llvm::Error E) {
  if (!E)
    return true;
  fail(llvm::toString(std::move(E)));
  return false;
}

class Annotator {
public:
  Annotator(const AnnotateCommand &Command, const Model &M, AnnotateRequest Request)
      : Command(Command), M(M), Asked(Request.Entries), Request(std::move(Request)),
        Sources(Command.Wanted.Root) {}

  int run(const CompilationDatabase &Database);

private:
  bool choose(const CompilationDatabase &Database);
  bool propose();
  bool propagate();
  bool remove();
  bool minimize();

  bool ask(const UnitIds &Which, bool First = false);
  bool isIncluded(llvm::StringRef File, const std::set<std::string> &Lacking);
  bool isMissedElsewhere(llvm::StringRef File, const llvm::StringSet<> &Macros);
  bool edit(const UnitIds &Which, UnitIds &Next);
  bool removeWritten(llvm::function_ref<bool(const WrittenContext &)> Wanted);
  Overlay overlayOf(size_t Unit, const Overlay &Files) const;
  UnitIds all() const;
  UnitIds reading(const llvm::StringSet<> &Files) const;
  UnitIds readingEdited() const;
  template <typename Fn>
  bool forEachUnit(const UnitIds &Which, Fn Work,
                   llvm::function_ref<bool(size_t, std::string)> Done);
  bool load(Program &Into);
  bool isQuiet();
  bool keepsCode();
  std::string letter() const;
  bool deliver();

  const AnnotateCommand &Command;
  const Model &M;
  /// The entries that were named.
  const llvm::StringSet<> Asked;
  AnnotateRequest Request;
  EditedSources Sources;
  std::vector<CompileCommand> Units;
  std::vector<UnitAnswer> Answers;
  std::vector<Edit> Made;
  /// What was written in earlier rounds: key, file, and the line that it had at first.
  std::set<std::tuple<std::string, std::string, unsigned>> Written;
  unsigned Rounds = 0;
};

/// The units in scope: nothing else is edited.
bool Annotator::choose(const CompilationDatabase &Database) {
  ClangFlags Flags(/*Warnings=*/false);
  for (CompileCommand &One : Database.getAllCompileCommands())
    if (isInScope(realPath(fileOf(One)), Request.Scope))
      Units.push_back(Flags.adapt(std::move(One)));
  if (Units.empty()) {
    fail("the compile database has no unit in '" + Request.Scope + "'");
    return false;
  }
  Answers.resize(Units.size());
  return true;
}

UnitIds Annotator::all() const {
  UnitIds Ids(Units.size());
  for (size_t I = 0; I < Ids.size(); ++I)
    Ids[I] = I;
  return Ids;
}

/// Work is done in a process of its own; Done says whether its result is good.
template <typename Fn>
bool Annotator::forEachUnit(const UnitIds &Which, Fn Work,
                            llvm::function_ref<bool(size_t, std::string)> Done) {
  bool Good = true;
  Progress Shown;
  Shown.start(Which.size());
  auto WorkOn = [&](size_t I) { return Work(Which[I]); };
  auto DoneWith = [&](size_t I, PieceResult Piece) {
    bool IsGood = Piece.Died.empty() && Done(Which[I], std::move(Piece.Bytes));
    Shown.step(IsGood);
    if (IsGood)
      return;
    Shown.clear();
    if (!Piece.Died.empty())
      fail("the analysis of '" + Units[Which[I]].Filename + "' " + Piece.Died);
    Good = false;
  };
  llvm::Error Problem =
      runInProcesses(Which.size(), Command.Jobs, Command.Limits, WorkOn, DoneWith);
  Shown.clear();
  return succeeded(std::move(Problem)) && Good;
}

/// Edited files under the names by which a unit opens them.
Overlay Annotator::overlayOf(size_t Unit, const Overlay &Files) const {
  Overlay Mine;
  for (const UnitAnswer::Input &I : Answers[Unit].Inputs)
    if (auto Known = Files.find(I.Real); Known != Files.end())
      Mine[I.Opened] = Known->getValue();
  for (const auto &New : Sources.created())
    if (auto Known = Files.find(New.getKey()); Known != Files.end())
      Mine[New.getKey()] = Known->getValue();
  return Mine;
}

/// First: what is only wanted once, of the files as they are.
bool Annotator::ask(const UnitIds &Which, bool First) {
  ++Rounds;
  const Overlay Files = Sources.contents();
  UnitQuestion Question{Command.Wanted, M, Request};
  Question.WantsSummary = Command.Does != AnnotateCommand::Remove;
  Question.WantsWritten = First && Command.Does != AnnotateCommand::Propagate;
  auto Work = [&](size_t Unit) {
    return askUnit(Units[Unit], Question, overlayOf(Unit, Files)).pack();
  };
  auto Done = [&](size_t Unit, std::string Bytes) {
    UnitAnswer Answer;
    bool Good = Answer.unpack(Bytes) && Answer.Parsed;
    if (!Good) {
      llvm::errs() << Answer.Messages;
      fail("'" + Units[Unit].Filename + "' does not compile" +
           (Sources.anyEdited() ? " once it is edited" : ""));
    }
    if (First)
      for (const UnitAnswer::Input &I : Answer.Inputs)
        Sources.expect(I.Real, I.Hash);
    Answers[Unit] = std::move(Answer);
    return Good;
  };
  return forEachUnit(Which, Work, Done);
}

/// All units as one program, as they are now.
bool Annotator::load(Program &Into) {
  SummaryFiles Files;
  for (const UnitAnswer &A : Answers)
    Files.addFrames(llvm::MemoryBuffer::getMemBufferCopy(frameSummary(A.Summary)));
  Files.finish();
  Report Refused;
  loadProgram(Files, M, Into, Refused);
  for (const Notification &N : Refused.ledger().Notifications)
    fail(N.Text);
  return Refused.ledger().Notifications.empty();
}

/// Of a program, absolute.
class AbsolutePlaces : public SourceMap {
public:
  AbsolutePlaces(const SourceMap &Of, llvm::StringRef Root) : Of(Of), Root(Root) {}
  Place placeOf(Location At) const override {
    Place P = Of.placeOf(At);
    if (llvm::sys::path::is_relative(P.File))
      P.File = Root + "/" + P.File;
    return P;
  }

private:
  const SourceMap &Of;
  const std::string Root;
};

/// Without entries the fewest crossings are taken; the others are shown.
bool Annotator::propose() {
  llvm::StringSet<> Writable;
  for (const UnitAnswer &A : Answers)
    for (const std::string &Key : A.Plan.Writable)
      Writable.insert(Key);
  Program P;
  if (!load(P))
    return false;
  AskedContexts Asked(P.facts(), [&P]() -> RegionSource & { return P; });
  auto Granted = [&](CallId Id) { return Asked.at(Id).Inside.contains(Request.Context); };
  CrossingProposals Found = proposeCrossings(
      P.facts(), Granted, AbsolutePlaces(P.places(), Command.Wanted.Root), Request, Writable);
  tellProposals(Found, llvm::outs());
  if (Found.Choices.empty())
    return true;
  for (const std::string &Entry : Found.Choices.front().Entries)
    Request.Entries.insert(Entry);
  return true;
}

/// By absolute path.
UnitIds Annotator::reading(const llvm::StringSet<> &Files) const {
  UnitIds Ids;
  for (size_t Unit = 0; Unit < Units.size(); ++Unit)
    if (llvm::any_of(Answers[Unit].Inputs,
                     [&](const UnitAnswer::Input &I) { return Files.contains(I.Real); }))
      Ids.push_back(Unit);
  return Ids;
}

UnitIds Annotator::readingEdited() const {
  llvm::StringSet<> Edited;
  Sources.forEachEdited([&](llvm::StringRef Name, const EditedFile &) { Edited.insert(Name); });
  return reading(Edited);
}

static llvm::StringSet<> changedBetween(const Overlay &Before, const Overlay &After) {
  llvm::StringSet<> Changed;
  for (const auto &File : After) {
    auto Known = Before.find(File.getKey());
    if (Known == Before.end() || Known->getValue() != File.getValue())
      Changed.insert(File.getKey());
  }
  return Changed;
}

/// Whether a unit's file itself includes another one that gets the include.
bool Annotator::isIncluded(llvm::StringRef File, const std::set<std::string> &Lacking) {
  if (File.ends_with(".h"))
    return false;
  llvm::Expected<llvm::StringRef> Text = Sources.textOf(File);
  if (!Text)
    return llvm::consumeError(Text.takeError()), false; // who opens it next says so
  return llvm::any_of(Lacking, [&](llvm::StringRef Header) {
    const std::string Name = ("\"" + llvm::sys::path::filename(Header) + "\"").str();
    return Header.ends_with(".h") && Text->contains(includeLine(Name)) &&
           llvm::all_of(Answers,
                        [&](const UnitAnswer &A) { return !A.reads(File) || A.reads(Header); });
  });
}

/// Next: the units that read what was edited, or declare by themselves what is annotated
/// now.
bool Annotator::edit(const UnitIds &Which, UnitIds &Next) {
  std::set<Edit> New;
  std::set<std::string> Lacking;
  for (size_t Unit : Which) {
    New.insert(Answers[Unit].Plan.Edits.begin(), Answers[Unit].Plan.Edits.end());
    Lacking.insert(Answers[Unit].LackingMacro.begin(), Answers[Unit].LackingMacro.end());
  }
  Next.clear();
  if (New.empty())
    return true;
  const Overlay Before = Sources.contents();
  // People look into the file as it is.
  std::vector<Edit> Told(New.begin(), New.end());
  for (Edit &E : Told)
    E.At.Line = Sources.lineBefore(E.At.File, E.At.Line);
  if (!succeeded(Sources.apply(New)))
    return false;
  llvm::StringSet<> Known;
  decltype(Written) Now;
  for (Edit &E : Told) {
    if (E.Is != Edit::Crossing) {
      if (Written.count({E.Key, E.At.File, E.At.Line})) {
        fail("'" + llvm::StringRef(E.Text).trim() + "' has no effect where it is written on '" +
             E.Name + "'");
        return false;
      }
      Now.insert({E.Key, E.At.File, E.At.Line});
      if (Request.Elsewhere.try_emplace(E.Key, E.Is).second)
        Known.insert(E.Key);
    }
    E.At.File = relativeTo(Command.Wanted.Root, E.At.File);
    Made.push_back(std::move(E));
  }
  Written.merge(Now);
  for (const std::string &File : Lacking)
    if (!isIncluded(File, Lacking) && !succeeded(Sources.include(Command.Header, File)))
      return false;
  Next = reading(changedBetween(Before, Sources.contents()));
  llvm::DenseSet<size_t> Already(Next.begin(), Next.end());
  for (size_t Unit = 0; Unit < Units.size(); ++Unit)
    if (!Already.contains(Unit) && llvm::any_of(Answers[Unit].Plan.Globals, [&](const auto &Key) {
          return Known.contains(Key);
        }))
      Next.push_back(Unit);
  return true;
}

bool Annotator::propagate() {
  constexpr unsigned MostRounds = 100;
  UnitIds Which = all(), Next;
  while (true) {
    if (!edit(Which, Next))
      return false;
    if (Next.empty())
      return true;
    if (Rounds > MostRounds) {
      fail("the annotations do not come to an end");
      return false;
    }
    Which = Next;
    if (!ask(Which))
      return false;
  }
}

/// Whether another file that is read with this one has its macros from the #include here.
bool Annotator::isMissedElsewhere(llvm::StringRef File, const llvm::StringSet<> &Macros) {
  llvm::StringSet<> Others;
  for (const UnitAnswer &A : Answers)
    if (A.reads(File))
      for (const UnitAnswer::Input &I : A.Inputs)
        if (I.Real != File && isInScope(I.Real, Request.Scope))
          Others.insert(I.Real);
  const std::string Line = includeLine(Command.Header);
  return llvm::any_of(Others, [&](const auto &Other) {
    llvm::Expected<llvm::StringRef> Text = Sources.textOf(Other.getKey());
    if (!Text)
      return llvm::consumeError(Text.takeError()), false; // nothing is edited there
    bool IsTheHeader = llvm::any_of(
        Macros, [&](const auto &Macro) { return definesMacro(*Text, Macro.getKey()); });
    return !IsTheHeader && usesAny(*Text, Macros) && !findLine(*Text, Line);
  });
}

bool Annotator::removeWritten(llvm::function_ref<bool(const WrittenContext &)> Wanted) {
  std::set<Edit> New;
  llvm::StringSet<> Macros;
  bool Good = true;
  std::set<std::string> Left;
  for (const UnitAnswer &A : Answers) {
    for (const std::string &Name : A.HeaderMacros)
      Macros.insert(Name);
    for (const WrittenContext &W : A.Written) {
      if (!isInScope(W.At.File, Request.Scope) || !Wanted(W))
        continue;
      llvm::Expected<llvm::StringRef> Text = Sources.textOf(W.At.File);
      if (!Text)
        return succeeded(Text.takeError());
      if (std::optional<Edit> E = planRemoval(W, *Text))
        New.insert(*E);
      else
        Left.insert(relativeTo(Command.Wanted.Root, W.At.File) + ":" + std::to_string(W.At.Line) +
                    ": the context is not written by a macro of its own; take it out by hand");
    }
  }
  for (const std::string &One : Left) {
    fail(One);
    Good = false;
  }
  if (!Good || !succeeded(Sources.apply(New)))
    return false;
  Made.assign(New.begin(), New.end());
  for (Edit &E : Made)
    E.At.File = relativeTo(Command.Wanted.Root, E.At.File);
  std::set<std::string> Edited;
  for (const Edit &E : New)
    Edited.insert(E.At.File);
  for (const std::string &File : Edited)
    if (!isMissedElsewhere(File, Macros) &&
        !succeeded(Sources.exclude(Command.Header, File, Macros)))
      return false;
  return true;
}

bool Annotator::remove() {
  return removeWritten([](const WrittenContext &) { return true; }) && ask(readingEdited());
}

/// What comes back when all is taken out and propagated again is needed; the rest is not.
bool Annotator::minimize() {
  auto IsOurs = [&](const WrittenContext &W) {
    return W.Is == WrittenContext::Qualifier && !Request.Seeds.contains(W.Name);
  };
  const std::vector<UnitAnswer> First = Answers;
  if (!removeWritten(IsOurs) || !ask(readingEdited()))
    return false;
  Made.clear();
  if (!propagate())
    return false;
  llvm::StringSet<> Needed;
  for (const Edit &E : Made)
    if (E.Is == Edit::Qualifier)
      Needed.insert(E.Key);
  Sources.undo();
  Answers = First;
  Request.Elsewhere.clear();
  auto IsUnneeded = [&](const WrittenContext &W) { return IsOurs(W) && !Needed.contains(W.Key); };
  return removeWritten(IsUnneeded) && ask(readingEdited());
}

/// Says what is left, if anything is.
bool Annotator::isQuiet() {
  std::set<std::string> Left;
  llvm::StringSet<> Seen;
  for (const UnitAnswer &A : Answers) {
    for (const std::string &Name : A.Plan.Seen)
      Seen.insert(Name);
    if (Command.Does != AnnotateCommand::Remove) // else it is missed, of course
      for (const Remark &R : A.Plan.Left)
        Left.insert(relativeTo(Command.Wanted.Root, R.At.File) + ":" + std::to_string(R.At.Line) +
                    ": " + R.Text);
  }
  // What cannot be mended, the rules say again.
  if (Left.empty() && Command.Does != AnnotateCommand::Remove) {
    Program P;
    Report Said;
    if (!load(P))
      return false;
    reportProgram(P, M, Command.Wanted, Said);
    for (const ReportedFinding &Found : Said.findings())
      if (Found.Context == M.contexts()[Request.Context].Name && !Found.Suppressed)
        Left.insert(Found.At.File + ":" + std::to_string(Found.At.Line) + ": " + Found.Message);
  }
  for (const llvm::StringSet<> *Named : {&std::as_const(Request.Seeds), &Asked})
    for (const auto &Name : *Named)
      if (!Seen.contains(Name.getKey()))
        Left.insert("no unit has a function, macro or slot '" + Name.getKey().str() + "'");
  for (const std::string &One : Left)
    fail(One);
  if (!Left.empty())
    fail("nothing is written: " + countOf(Left.size(), "problem is left", "problems are left"));
  return Left.empty();
}

/// Whether the units that read an edited file are what they were.
bool Annotator::keepsCode() {
  Overlay Before, Now;
  Sources.forEachEdited([&](llvm::StringRef Name, const EditedFile &File) {
    Before[Name] = File.beforeWithLines();
    Now[Name] = File.nowWithLines();
  });
  auto Work = [&](size_t Unit) -> std::string {
    std::string Messages;
    std::string Old = codeOf(Units[Unit], overlayOf(Unit, Before), Messages),
                New = codeOf(Units[Unit], overlayOf(Unit, Now), Messages);
    if (Old.empty() || New.empty())
      return Messages + "no code can be made of";
    return Old == New ? "" : "the code would change of";
  };
  auto Done = [&](size_t Unit, std::string Bytes) {
    if (!Bytes.empty())
      fail("nothing is written: " + Bytes + " '" + Units[Unit].Filename + "'");
    return Bytes.empty();
  };
  return forEachUnit(readingEdited(), Work, Done);
}

/// What the patch is sent with.
std::string Annotator::letter() const {
  Letter L;
  if (llvm::Expected<std::string> Who =
          runGit({"-C", Command.Wanted.Root, "var", "GIT_AUTHOR_IDENT"}))
    L.Author = llvm::StringRef(*Who).take_front(Who->rfind('>') + 1).str();
  else
    llvm::consumeError(Who.takeError()); // the patch does without
  L.Context = M.contexts()[Request.Context].Name;
  if (Request.Scope != Command.Wanted.Root)
    L.Scope = relativeTo(Command.Wanted.Root, Request.Scope);
  if (!Sources.created().empty())
    L.Header = Command.HeaderFile;
  L.Units = readingEdited().size();
  return write(L, Made);
}

bool Annotator::deliver() {
  if (!succeeded(Sources.checkUnchanged()))
    return false;
  auto Write = [](llvm::StringRef Path, llvm::StringRef Text) {
    return succeeded(writeFile(Path, [&](llvm::raw_ostream &Out) { Out << Text; }));
  };
  if (!Command.Patch.empty()) {
    llvm::Expected<std::string> Patch = Sources.patch();
    if (!Patch)
      return succeeded(Patch.takeError());
    if (!Patch->empty() && Command.Does == AnnotateCommand::Propagate)
      *Patch = letter() + *Patch;
    if (!Write(Command.Patch, *Patch))
      return false;
  }
  if (!Command.Replacements.empty() && !Write(Command.Replacements, replacementsOf(Sources)))
    return false;
  return !Command.Apply || succeeded(Sources.write());
}

int Annotator::run(const CompilationDatabase &Database) {
  if (!choose(Database))
    return BadUsage;
  if (!ask(all(), /*First=*/true))
    return Incomplete;
  if (!Command.HeaderFile.empty() &&
      !succeeded(Sources.create(Command.Wanted.Root + "/" + Command.HeaderFile, headerText())))
    return BadUsage;
  bool Good = false;
  switch (Command.Does) {
  case AnnotateCommand::Propagate:
    if (Request.Entries.empty()) {
      if (!propose() || (!Request.Entries.empty() && !ask(all())))
        return Incomplete;
    }
    Good = propagate();
    break;
  case AnnotateCommand::Remove:
    Good = remove();
    break;
  case AnnotateCommand::Minimize:
    Good = minimize();
    break;
  }
  if (!Good)
    return Incomplete;
  if (!isQuiet() || !keepsCode())
    return FoundSomething;
  tellEdits(Made, Command.Does != AnnotateCommand::Propagate, llvm::outs());
  llvm::outs() << countOf(Rounds, "round", "rounds") << " over "
               << countOf(Units.size(), "unit", "units") << '\n';
  return deliver() ? NothingFound : BadUsage;
}

/// "FUNC=CONTEXT": all seeds are of one.
llvm::Expected<AnnotateRequest> readRequest(const AnnotateCommand &Command, const Model &M) {
  AnnotateRequest Request;
  std::string Context = Command.Context;
  for (llvm::StringRef Seed : Command.Seeds) {
    auto [Name, Of] = Seed.split('=');
    if (Name.empty() || (!Of.empty() && !Context.empty() && Context != Of))
      return llvm::createStringError(llvm::inconvertibleErrorCode(),
                                     "seed '" + Seed +
                                         "' is of another context than those before it; annotate "
                                         "one after the other");
    if (!Of.empty())
      Context = Of.str();
    Request.Seeds.insert(Name);
  }
  if (Command.Does == AnnotateCommand::Minimize && Request.Seeds.empty())
    return llvm::createStringError("'--minimize' asks what the seeds need: name them with --seed");
  if (Context.empty() && M.contexts().size() != 1)
    return llvm::createStringError("say of which context the seeds are: --seed FUNC=CONTEXT");
  std::optional<unsigned> Id = Context.empty() ? 0 : M.findContext(Context);
  if (!Id)
    return llvm::createStringError("no model has a context '" + Context + "'");
  Request.Context = *Id;
  for (llvm::StringRef Entry : Command.Entries)
    Request.Entries.insert(Entry);
  // As the shell completes it, or as reports write it.
  Request.Scope = realPath(Command.Wanted.Root);
  if (llvm::StringRef Scope = Command.Wanted.Scope; !Scope.empty())
    Request.Scope = realPath(llvm::sys::fs::exists(Scope) || llvm::sys::path::is_absolute(Scope)
                                 ? Scope.str()
                                 : Command.Wanted.Root + "/" + Scope.str());
  return Request;
}

} // namespace

int runAnnotate(const AnnotateCommand &Command, const CompilationDatabase &Database) {
  llvm::Expected<Model> M = loadModelsAloud(Command.Wanted);
  if (!M)
    return fail(llvm::toString(M.takeError()));
  llvm::Expected<AnnotateRequest> Request = readRequest(Command, *M);
  if (!Request)
    return fail(llvm::toString(Request.takeError()));
  AnnotateCommand WithRules = Command;
  WithRules.Wanted.Root = realPath(Command.Wanted.Root);
  WithRules.Wanted.Scope = Request->Scope;
  for (const char *Rule : {"context-call", "context-conversion", "context-cast"})
    WithRules.Wanted.Only.insert(Rule);
  return Annotator(WithRules, *M, std::move(*Request)).run(Database);
}

} // namespace airlock
