// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// `airlock model`: work on model files. Its audit is a question about a program (Query.cpp).
//
// Exit status: 0 all is well, 1 audit has a remark, or show knows no such name, 2 bad usage or
// a bad model, 3 something is missing of the program.

#include "Arguments.h"
#include "model/ModelReader.h"
#include "model/ModelWriter.h"
#include "support/Spelling.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/WithColor.h"

using namespace llvm;

namespace airlock {

static cl::list<std::string>
    Words(cl::Positional, cl::OneOrMore, cl::sub(modelCommand()), cl::cat(airlockCategory()),
          cl::desc("list | check FILE... | show NAME... | audit -p BUILD | audit SUMMARY..."));

/// Every mistake in every file.
static int check(ArrayRef<std::string> Files) {
  int Status = NothingFound;
  for (const std::string &File : Files) {
    ModelReader Reader;
    if (Error E = Reader.add(File)) {
      std::string Whole = toString(std::move(E)); // of what is not even read
      ArrayRef<std::string> Problems = Reader.problems();
      for (const std::string &Problem : Problems.empty() ? ArrayRef(Whole) : Problems)
        Status = fail(Problem);
      continue;
    }
    for (const std::string &Note : Reader.contradictions())
      WithColor::warning(errs(), "airlock") << Note << '\n';
    outs() << File << ": ok\n";
  }
  return Status;
}

/// The built-in models.
static int list() {
  for (StringRef Name : ModelReader::builtinNames()) {
    ModelReader Reader;
    if (Error E = Reader.add(Name))
      return fail(toString(std::move(E)));
    outs() << left_justify(Name, 12) << Reader.description() << '\n';
  }
  return NothingFound;
}

static int show(ArrayRef<std::string> Names) {
  Expected<Options> Wanted = wantedOptions();
  if (!Wanted)
    return fail(toString(Wanted.takeError()));
  Expected<Model> M = loadModelsAloud(*Wanted);
  if (!M)
    return fail(toString(M.takeError()));
  int Status = NothingFound;
  for (const std::string &Name : Names) {
    if (writeEntry(*M, Name, outs()))
      continue;
    NearestName Nearest(Name);
    M->forEachFunctionName([&](StringRef Known) { Nearest.consider(Known); });
    M->forEachSlotName([&](StringRef Known) { Nearest.consider(Known); });
    WithColor::error(errs(), "airlock")
        << "no model says anything of '" << Name << "'" << Nearest.question() << '\n';
    Status = FoundSomething;
  }
  return Status;
}

int model() {
  StringRef What = Words.front();
  ArrayRef<std::string> Rest = ArrayRef<std::string>(Words).drop_front();
  if (What == "check" && !Rest.empty())
    return check(Rest);
  if (What == "list" && Rest.empty())
    return list();
  if (What == "show" && !Rest.empty())
    return show(Rest);
  if (What == "audit")
    return auditModels(Rest);
  return fail("usage: airlock model list | check FILE... | show NAME... | audit -p BUILD | audit "
              "SUMMARY...");
}

} // namespace airlock
