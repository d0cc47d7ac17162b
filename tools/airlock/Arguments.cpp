// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Arguments.h"

using namespace llvm;

namespace airlock {

cl::OptionCategory &airlockCategory() {
  static cl::OptionCategory Category("Airlock options");
  return Category;
}

static auto InCategory = cl::cat(airlockCategory());

cl::SubCommand &checkCommand() {
  static cl::SubCommand Command("check", "Analyse C files and report what is found");
  return Command;
}
cl::SubCommand &linkCommand() {
  static cl::SubCommand Command("link", "Analyse a program from the summaries of its units");
  return Command;
}
cl::SubCommand &dumpCommand() {
  static cl::SubCommand Command("dump", "Print summaries as JSON");
  return Command;
}
cl::SubCommand &whyCommand() {
  static cl::SubCommand Command("why", "Print the calls that lead from a function to something");
  return Command;
}
cl::SubCommand &callersCommand() {
  static cl::SubCommand Command("callers", "Print the functions that call one, however remotely");
  return Command;
}
cl::SubCommand &slotsCommand() {
  static cl::SubCommand Command("slots",
                                "Print what is stored in a slot, and who calls through it");
  return Command;
}
cl::SubCommand &diffCommand() {
  static cl::SubCommand Command("diff", "Compare two JSON reports: exit status 1 on new findings");
  return Command;
}
cl::SubCommand &explainCommand() {
  static cl::SubCommand Command("explain", "Print a rule's page, or the list of rules");
  return Command;
}
cl::SubCommand &modelCommand() {
  static cl::SubCommand Command("model", "Work on model files: 'model check FILE...'");
  return Command;
}

// What is reported, and how: for every subcommand that makes a report.
cl::opt<std::string> Format("format", cl::value_desc("text|json|sarif"), cl::init("text"),
                            cl::desc("Form of the report (default: text); diff and the queries "
                                     "have text and json"),
                            cl::sub(checkCommand()), cl::sub(linkCommand()), cl::sub(diffCommand()),
                            cl::sub(whyCommand()), cl::sub(callersCommand()),
                            cl::sub(slotsCommand()), InCategory);
cl::opt<std::string> Output("o", cl::value_desc("file"), cl::init("-"),
                            cl::desc("Write the report here, whole or not at all"),
                            cl::sub(checkCommand()), cl::sub(linkCommand()), cl::sub(dumpCommand()),
                            cl::sub(diffCommand()), cl::sub(whyCommand()),
                            cl::sub(callersCommand()), cl::sub(slotsCommand()), InCategory);
static cl::opt<std::string>
    Baseline("baseline", cl::value_desc("report.json"),
             cl::desc("Silence the findings that this earlier JSON report has"),
             cl::sub(checkCommand()), cl::sub(linkCommand()), InCategory);
static cl::opt<std::string>
    FailOn("fail-on", cl::value_desc("rules"),
           cl::desc("Exit with 1 only for findings of these rules (comma list)"),
           cl::sub(checkCommand()), cl::sub(linkCommand()), InCategory);
static cl::opt<std::string>
    SarifCategory("category", cl::value_desc("name"), cl::init("airlock"),
                  cl::desc("Under which name a service keeps a sarif report, one a configuration"),
                  cl::sub(checkCommand()), cl::sub(linkCommand()), InCategory);

static cl::list<std::string>
    Models("model", cl::value_desc("name or path"),
           cl::desc("A model, built in or a file; repeatable (default: linux; for summaries, "
                    "the ones that they were made with)"),
           cl::sub(checkCommand()), cl::sub(linkCommand()), cl::sub(whyCommand()),
           cl::sub(callersCommand()), cl::sub(slotsCommand()), InCategory);
static cl::opt<std::string> Only("only", cl::value_desc("rules"),
                                 cl::desc("Run only these rules (comma list)"),
                                 cl::sub(checkCommand()), cl::sub(linkCommand()), InCategory);
static cl::opt<std::string> Disable("disable", cl::value_desc("rules"),
                                    cl::desc("Do not run these rules (comma list)"),
                                    cl::sub(checkCommand()), cl::sub(linkCommand()), InCategory);
static cl::opt<bool> Advice("advice", cl::desc("Report advice too"), cl::sub(checkCommand()),
                            cl::sub(linkCommand()), InCategory);
static cl::opt<std::string>
    Strict("strict", cl::value_desc("regions"),
           cl::desc("In these regions, take what nothing is known of for the worst"),
           cl::sub(checkCommand()), cl::sub(linkCommand()), InCategory);
static cl::opt<std::string> Scope("scope", cl::value_desc("prefix"),
                                  cl::desc("Report only under this path prefix"),
                                  cl::sub(checkCommand()), cl::sub(linkCommand()), InCategory);
static cl::opt<std::string>
    Root("root", cl::value_desc("dir"),
         cl::desc("What paths in reports and --scope are relative to, but "
                  "for paths in summaries (default: the working directory)"),
         cl::sub(checkCommand()), cl::sub(linkCommand()), InCategory);

Expected<ReportRequest> reportRequest() {
  if (Format != "text" && Format != "json" && Format != "sarif")
    return createStringError("unknown format '" + Format +
                             "'; known are 'text', 'json' and 'sarif'");
  ReportRequest Request;
  Request.Format = Format;
  Request.Output = Output;
  Request.Category = SarifCategory;
  if (!FailOn.empty())
    if (Error E = addRules(FailOn, Request.FailOn))
      return E;
  if (!Baseline.empty()) {
    Expected<SavedReport> Saved = readReport(Baseline);
    if (!Saved)
      return Saved.takeError();
    Request.Baseline = std::move(*Saved);
  }
  return Request;
}

Expected<Options> wantedOptions() {
  Options Wanted;
  Wanted.Models = Models;
  Wanted.Advice = Advice;
  for (auto &&[Name, Value] : {std::pair<const char *, std::string>("only", Only),
                               {"disable", Disable},
                               {"strict", Strict},
                               {"scope", Scope},
                               {"root", Root}})
    if (!Value.empty())
      if (Error E = Wanted.add((Twine(Name) + "=" + Value).str()))
        return E;
  return Wanted;
}

} // namespace airlock
