// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "solver/Options.h"
#include "model/ModelReader.h"
#include "rules/Rule.h"
#include "support/Spelling.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/Path.h"

namespace airlock {

static llvm::Error makeError(const llvm::Twine &Text) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), Text);
}

/// Of an id as findings end in it, "[airlock-ID]", the rule's name.
static llvm::StringRef nameOfRule(llvm::StringRef Written) {
  llvm::StringRef Name = Written.trim();
  if (Name.consume_front("[") && !Name.consume_back("]"))
    return Written.trim();
  Name.consume_front("airlock-");
  return Name;
}

llvm::Error addRules(llvm::StringRef List, llvm::StringSet<> &Into) {
  for (llvm::StringRef Written : llvm::split(List, ',')) {
    llvm::StringRef Id = nameOfRule(Written);
    if (!findRule(Id)) {
      NearestName Nearest(Id);
      for (const Rule &R : allRules())
        Nearest.consider(R.Id);
      return makeError("unknown rule '" + Written.trim() + "'" + Nearest.question());
    }
    Into.insert(Id);
  }
  return llvm::Error::success();
}

static constexpr PluginArgument Arguments[] = {
    {"model", "name or path", "A model, built in or a file; repeatable; linux if none is named"},
    {"summary", "file",
     "Write down what the unit contributes to a whole program: to a file; 'beside' the object; or "
     "'embed' it there"},
    {"program", "file",
     "What the rest of the program does: contracts that 'airlock link --contracts' made"},
    {"report", "file", "Write a JSON report, whole or not at all"},
    {"only", "rules", "Run only these rules (comma list)"},
    {"disable", "rules", "Do not run these rules (comma list)"},
    {"advice", "", "Report advice too, as remarks"},
    {"werror", "", "Findings are errors"},
    {"scope", "prefix", "Report only under this path; by default everywhere but in system headers"},
    {"strict", "regions", "In these regions, take what nothing is known of for the worst"},
    {"root", "dir", "What paths in reports are relative to; by default the working directory"},
    {"help", "", "Print this list"},
};

llvm::ArrayRef<PluginArgument> pluginArguments() { return Arguments; }

void writePluginHelp(llvm::raw_ostream &Out) {
  Out << "arguments of the plugin, each as -fplugin-arg-airlock-NAME[=VALUE]:\n";
  for (const PluginArgument &A : Arguments)
    Out << "  "
        << llvm::left_justify((A.Name + (A.Value.empty() ? "" : "=<" + A.Value + ">")).str(), 24)
        << A.Help << '\n';
}

llvm::Error Options::add(llvm::StringRef Argument) {
  auto [Name, Value] = Argument.split('=');
  bool HasValue = Argument.contains('=');

  bool *Flag = Name == "advice" ? &Advice : Name == "werror" ? &Werror : nullptr;
  if (Flag) {
    if (HasValue)
      return makeError("argument '" + Name + "' takes no value");
    *Flag = true;
    return llvm::Error::success();
  }

  std::string *Text = Name == "report"    ? &Report
                      : Name == "summary" ? &Summary
                      : Name == "program" ? &Program
                      : Name == "scope"   ? &Scope
                      : Name == "root"    ? &Root
                                          : nullptr;
  bool IsRules = Name == "only" || Name == "disable";
  if (!Text && !IsRules && Name != "model" && Name != "strict") {
    NearestName Nearest(Name);
    for (const PluginArgument &A : Arguments)
      Nearest.consider(A.Name);
    return makeError("unknown argument '" + Name + "'" + Nearest.question());
  }
  if (Value.empty())
    return makeError("argument '" + Name + "' needs a value");
  if (IsRules)
    return addRules(Value, Name == "only" ? Only : Disabled);
  if (Text && !Text->empty() && *Text != Value)
    return makeError("argument '" + Name + "' is given twice, as '" + *Text + "' and as '" + Value +
                     "'");
  if (Text)
    *Text = Value.str();
  else if (Name == "strict")
    for (llvm::StringRef Region : llvm::split(Value, ','))
      Strict.push_back(Region.trim().str());
  else
    Models.push_back(Value.str());
  return llvm::Error::success();
}

llvm::Error Options::check() const {
  for (const Rule &R : allRules())
    if (Only.contains(R.Id) && Disabled.contains(R.Id))
      return makeError("rule '" + R.Id + "' is in both 'only' and 'disable'");
  auto IsMute = [&](const Rule &R) { return !Only.contains(R.Id) || R.OnlyAdvises; };
  if (!Only.empty() && !Advice && llvm::all_of(allRules(), IsMute))
    return makeError("what is in 'only' gives advice and no warnings: say 'advice', too");
  if (Disabled.size() == allRules().size())
    return makeError("all rules are disabled");
  return llvm::Error::success();
}

llvm::Error Options::checkRoot() const {
  if (Root.empty() || llvm::sys::fs::is_directory(Root))
    return llvm::Error::success();
  return makeError("argument 'root' is no folder: '" + llvm::Twine(Root) + "'");
}

llvm::Error Options::checkScope() const {
  if (Scope.empty() || llvm::sys::fs::exists(Scope))
    return llvm::Error::success();
  return makeError("argument 'scope' is no file or folder: '" + llvm::Twine(Scope) + "'");
}

RegionSet Options::strictRegions(const Model &M) const {
  RegionSet Regions;
  for (const std::string &Region : Strict)
    Regions.insert(*M.findRegion(Region));
  return Regions;
}

SolverOptions Options::solverOptions() const {
  SolverOptions Solver;
  Solver.Advice = Advice;
  Solver.Wanted = [this](const Rule &R) {
    return (Only.empty() || Only.contains(R.Id)) && !Disabled.contains(R.Id);
  };
  return Solver;
}

bool Options::covers(llvm::StringRef File, llvm::StringRef RelativeScope) const {
  if (Scope.empty())
    return true;
  if (RelativeScope.empty()) // the root itself
    return !llvm::sys::path::is_absolute(File);
  return File.consume_front(RelativeScope) && (File.empty() || File.starts_with("/"));
}

llvm::Expected<Model> loadModels(const Options &Wanted, std::vector<std::string> &Notes) {
  ModelReader Reader;
  std::vector<std::string> Names = Wanted.Models;
  if (Names.empty())
    Names = {"linux"};
  for (const std::string &Name : Names)
    if (llvm::Error E = Reader.add(Name))
      return E;
  Notes = Reader.contradictions();
  Model Loaded = Reader.take();
  for (const std::string &Region : Wanted.Strict)
    if (!Loaded.findRegion(Region))
      return makeError("unknown region '" + llvm::Twine(Region) + "' in argument 'strict'");
  return Loaded;
}

} // namespace airlock
