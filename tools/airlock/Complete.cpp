// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// `airlock complete WORD...`: what shells ask. tools/completion has the scripts that do.

#include "Arguments.h"
#include "CommandTable.h"
#include "model/ModelReader.h"
#include "query/Lookup.h"
#include "report/Forms.h"
#include "rules/Rule.h"
#include "summary/Summary.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include <set>

using namespace llvm;

namespace airlock {

namespace {

class Completer {
public:
  /// Words behind the subcommand; the last one is what is being written.
  Completer(cl::SubCommand &Command, ArrayRef<StringRef> Words)
      : Command(Command), Before(Words.drop_back()), Current(Words.back()) {}
  void run();
  std::set<std::string> Found;

private:
  void add(StringRef Name, StringRef InFront = "") {
    std::string Word = (InFront + Name).str();
    if (StringRef(Word).starts_with(Current))
      Found.insert(std::move(Word));
  }
  const cl::Option *option(StringRef Word) const;
  void addValues(const cl::Option &Option, StringRef InFront);
  void addForms(StringRef InFront);
  void addRules(StringRef InFront);
  template <typename List> void addNames(const List &All, StringRef InFront) {
    for (const auto &One : All)
      add(One.Name, InFront);
  }
  void addPositional();
  void addEntities(bool Slots);
  std::vector<std::string> summaries() const;
  std::optional<Model> model() const;

  cl::SubCommand &Command;
  ArrayRef<StringRef> Before;
  StringRef Current;
};

const cl::Option *Completer::option(StringRef Word) const {
  for (const cl::Option *O : optionsOf(Command))
    if (Word == spellingOf(*O) || Word == "-" + O->ArgStr.str())
      return O;
  return nullptr;
}

void Completer::addRules(StringRef InFront) {
  for (const Rule &R : allRules())
    add(R.Id, InFront);
}

/// The ones that the line names, or linux.
std::optional<Model> Completer::model() const {
  Options Wanted;
  for (size_t I = 0; I < Before.size(); ++I)
    if (const cl::Option *O = option(Before[I].split('=').first); O && O->ArgStr == "model") {
      StringRef Value = Before[I].split('=').second;
      Wanted.Models.push_back(
          (Value.empty() && I + 1 < Before.size() ? Before[I + 1] : Value).str());
    }
  std::vector<std::string> Notes;
  Expected<Model> Loaded = loadModels(Wanted, Notes);
  if (Loaded)
    return std::move(*Loaded);
  consumeError(Loaded.takeError());
  return std::nullopt;
}

void Completer::addForms(StringRef InFront) {
  auto Is = [&](std::initializer_list<const cl::SubCommand *> Any) {
    return is_contained(Any, &Command);
  };
  if (Is({&checkCommand(), &linkCommand(), &reportCommand(), &diffCommand()})) {
    for (const ReportForm &Form : reportForms())
      if (!Is({&diffCommand()}) || Form.RenderDiff)
        add(Form.Name, InFront);
    return;
  }
  const bool IsGraph = Is({&graphCommand()});
  add(IsGraph ? "svg" : "text", InFront);
  add("json", InFront);
  if (IsGraph || Is({&whyCommand(), &listCommand()}))
    add("dot", InFront);
  if (IsGraph)
    add("html", InFront);
}

/// InFront: what of the word is before the value.
void Completer::addValues(const cl::Option &Option, StringRef InFront) {
  StringRef Name = Option.ArgStr;
  // Of a list, its last part.
  StringRef Value = Current.drop_front(InFront.size());
  StringRef List = Current.take_front(InFront.size() + Value.rfind(',') + 1);
  if (Name == "only" || Name == "disable" || Name == "fail-on")
    return addRules(Value.contains(',') ? List : InFront);
  if (Name == "model")
    for (StringRef Each : ModelReader::builtinNames())
      add(Each, InFront);
  if (Name == "format")
    addForms(InFront);
  if (Name != "context" && Name != "effect" && Name != "region" && Name != "strict")
    return;
  std::optional<Model> M = model();
  if (!M)
    return;
  if (Name == "context")
    return addNames(M->contexts(), InFront);
  if (Name == "effect")
    return addNames(M->effects(), InFront);
  addNames(M->regions(), Name == "strict" && Value.contains(',') ? List : InFront);
}

std::vector<std::string> Completer::summaries() const {
  std::vector<std::string> Files;
  for (StringRef Word : Before)
    if (sys::fs::is_regular_file(Word))
      Files.push_back(Word.str());
  std::error_code Failed;
  for (sys::fs::directory_iterator It(".", Failed), End; It != End && !Failed; It.increment(Failed))
    if (sys::path::extension(It->path()) == ".sum")
      Files.push_back(It->path());
  return Files;
}

void Completer::addEntities(bool Slots) {
  SummaryFiles Files;
  if (Error E = openSummaries({Options(), summaries()}, Files))
    return consumeError(std::move(E));
  for (const SummaryFiles::Summary &One : Files.summaries()) {
    Expected<std::unique_ptr<UnitSummary>> Unit = decodeUnit(One.Bytes, nullptr);
    if (!Unit) {
      consumeError(Unit.takeError());
      continue;
    }
    const Facts &F = (*Unit)->F;
    for (EntityId E = 0; E < F.Entities.size(); ++E)
      if (F.Entities[E].Named && F.Entities[E].isSlot() == Slots)
        add(fullName(F, E));
  }
}

void Completer::addPositional() {
  size_t Number = 0;
  for (size_t I = 0; I < Before.size(); ++I) {
    const cl::Option *O = Before[I].starts_with("-") ? option(Before[I]) : nullptr;
    if (O && O->getValueExpectedFlag() == cl::ValueRequired)
      ++I;
    else if (!Before[I].starts_with("-"))
      ++Number;
  }
  if (Number)
    return;
  if (&Command == &explainCommand())
    return addRules("");
  if (&Command == &modelCommand())
    for (const char *Each : {"audit", "check", "list", "show"})
      add(Each);
  if (&Command == &slotsCommand())
    return addEntities(/*Slots=*/true);
  if (&Command == &whyCommand() || &Command == &callersCommand() || &Command == &summaryCommand())
    addEntities(/*Slots=*/false);
}

void Completer::run() {
  if (is_contained(Before, "--"))
    return; // the compiler's
  if (!Before.empty() && Before.back().starts_with("-") && !Before.back().contains('='))
    if (const cl::Option *O = option(Before.back());
        O && O->getValueExpectedFlag() == cl::ValueRequired)
      return addValues(*O, "");
  if (!Current.starts_with("-"))
    return addPositional();
  if (auto [Name, Value] = Current.split('='); Current.contains('=')) {
    if (const cl::Option *O = option(Name))
      addValues(*O, Current.drop_back(Value.size()));
    return;
  }
  for (const cl::Option *O : optionsOf(Command))
    add(spellingOf(*O));
}

} // namespace

int complete(ArrayRef<const char *> Arguments) {
  // Some shells take '=' for a word.
  std::vector<StringRef> Words;
  for (StringRef Word : Arguments)
    if (Word != "=")
      Words.push_back(Word);
  if (Arguments.empty() || Arguments.back() == StringRef("="))
    Words.push_back("");
  if (Words.size() == 1) {
    for (cl::SubCommand *Command : allCommands())
      if (Command->getName().starts_with(Words.front()))
        outs() << Command->getName() << '\n';
    return NothingFound;
  }
  for (cl::SubCommand *Command : allCommands())
    if (Command->getName() == Words.front()) {
      Completer Candidates(*Command, ArrayRef(Words).drop_front());
      Candidates.run();
      for (const std::string &Name : Candidates.Found)
        outs() << Name << '\n';
    }
  return NothingFound;
}

} // namespace airlock
