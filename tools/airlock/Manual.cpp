// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// `airlock manual PAGE DATE`: what the build makes the manual pages with. What options say of
// themselves stands where they are defined, once.

#include "Arguments.h"
#include "CommandTable.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/StringExtras.h"

using namespace llvm;

namespace airlock {

namespace {

/// As roff reads it.
std::string escaped(StringRef Text) {
  std::string Out;
  if (Text.starts_with(".") || Text.starts_with("'"))
    Out = "\\&";
  for (char C : Text) {
    if (C == '\\')
      Out += "\\e";
    else if (C == '-')
      Out += "\\-";
    else
      Out += C;
  }
  return Out;
}

void writeHead(StringRef Name, unsigned Section, StringRef Date, StringRef What) {
  outs() << ".TH " << Name.upper() << ' ' << Section << " \"" << Date
         << "\" \"airlock " AIRLOCK_VERSION "\" \"Airlock\"\n.SH NAME\n"
         << Name << " \\- " << What << '\n';
}

/// An option of one letter takes what is behind it.
void writeItem(StringRef Name, StringRef Value, StringRef Text) {
  outs() << ".TP\n\\fB" << escaped(Name) << "\\fR";
  if (!Value.empty())
    outs() << (Name.size() == 2 ? " " : "=") << "\\fI" << escaped(Value) << "\\fR";
  outs() << '\n' << escaped(Text) << '\n';
}

/// Sections with their titles in capitals and a colon, everything else as it stands.
void writeSections(StringRef Text) {
  bool IsOpen = false;
  for (StringRef Line : llvm::split(Text.trim(), '\n')) {
    bool IsTitle = Line.ends_with(":") && Line.upper() == Line;
    if (IsTitle) {
      outs() << (IsOpen ? ".fi\n" : "") << ".SH " << Line.drop_back() << "\n.nf\n";
      IsOpen = true;
    } else if (!Line.trim().empty()) {
      Line.consume_front("  "); // what continues a line is indented further
      outs() << escaped(Line) << '\n';
    }
  }
  outs() << (IsOpen ? ".fi\n" : "");
}

void writeCommand(StringRef Date, StringRef More) {
  writeHead("airlock", 1, Date, "proves where Linux\\-kernel\\-style C touches user memory");
  outs() << ".SH SYNOPSIS\n";
  const char *Break = "";
  for (cl::SubCommand *Command : allCommands()) {
    outs() << Break << ".B airlock " << escaped(Command->getName()) << "\n[\\fIOPTIONS\\fR]";
    for (const cl::Option *O : Command->PositionalOpts)
      outs() << ' ' << escaped(O->HelpStr);
    outs() << '\n';
    Break = ".br\n";
  }
  outs() << ".SH COMMANDS\n";
  // Many commands share an option.
  MapVector<const cl::Option *, std::vector<std::string>> UsedBy;
  for (cl::SubCommand *Command : allCommands()) {
    writeItem(Command->getName(), "", Command->getDescription().str() + '.');
    for (const cl::Option *O : optionsOf(*Command))
      UsedBy[O].push_back(Command->getName().str());
  }
  auto Options = UsedBy.takeVector();
  llvm::stable_sort(Options,
                    [](const auto &A, const auto &B) { return A.first->ArgStr < B.first->ArgStr; });
  outs() << ".SH OPTIONS\n";
  for (const auto &[O, Commands] : Options)
    writeItem(spellingOf(*O), O->ValueStr,
              O->HelpStr.str() + ". For " + llvm::join(Commands, ", ") + '.');
  writeSections(More);
  outs() << ".SH SEE ALSO\n.BR airlock\\-plugin (7),\n.BR airlock\\-kcheck (1)\n";
}

void writePlugin(StringRef Date) {
  writeHead("airlock-plugin", 7, Date, "the arguments of the compiler's plugin");
  outs() << ".SH SYNOPSIS\n.B clang\n\\fB\\-fplugin=\\fR\\fI.../airlock.so\\fR "
            "[\\fB\\-fplugin\\-arg\\-airlock\\-\\fR\\fINAME\\fR[=\\fIVALUE\\fR]...] \\fIFLAGS\\fR "
            "\\fB\\-c\\fR \\fIFILE\\fR\n.SH ARGUMENTS\n";
  for (const PluginArgument &A : pluginArguments())
    writeItem(A.Name, A.Value, A.Help.str() + '.');
  outs() << ".SH SEE ALSO\n.BR airlock (1)\n";
}

} // namespace

int printManual(StringRef Page, StringRef Date, StringRef More) {
  if (Page == "airlock")
    writeCommand(Date, More);
  else if (Page == "airlock-plugin")
    writePlugin(Date);
  else
    return fail("no manual page '" + Page + "'");
  return NothingFound;
}

} // namespace airlock
