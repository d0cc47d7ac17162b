// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// embed-models OUT MODEL...: writes the table of BuiltinModels.h, a piece of C++, from model
// files. Run by the build. What a model says is judged by the tests (`airlock model check`); here
// it has to be JSON, and no name may have two entries.

#include "model/BuiltinModels.h"
#include "model/FileFunction.h"
#include "model/ModelSource.h"
#include "model/NameFamily.h"
#include "support/NameTable.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/raw_ostream.h"

using namespace airlock;
using nlohmann::json;

namespace {

/// A literal of any length: compilers bound the pieces.
std::string literal(llvm::StringRef Text) {
  constexpr size_t Piece = 8000;
  std::string All;
  do {
    All += "R\"airlock(" + Text.take_front(Piece).str() + ")airlock\"\n";
    Text = Text.drop_front(std::min(Piece, Text.size()));
  } while (!Text.empty());
  return All;
}

bool hasAny(const json &Entry, std::initializer_list<const char *> Keys) {
  return llvm::any_of(Keys, [&](const char *Key) { return Entry.contains(Key); });
}

/// Contexts are looked for by whoever asks whether anything in a unit has one; and of what is one
/// file's, the file is not known before the function is.
bool isFunctionReadAtOnce(const std::string &Key, const json &Entry) {
  return isOfFile(Key) || hasAny(Entry, {"in_context", "context_entry", "not_in_context"});
}

/// What Model::readSlots() has.
bool isSlotReadAtOnce(const std::string & /*Key*/, const json &Entry) {
  return hasAny(Entry, {"tests", "reset_by", "callback", "never", "passes_checked"});
}

/// What Model::forEachUserName() tells.
bool touchesUser(const json &Entry) {
  return hasAny(Entry, {"fetches", "stores", "validates", "barrier"});
}

llvm::Error problem(const ModelSource &Source, const std::string &Path, const std::string &Key,
                    const llvm::Twine &What) {
  auto [File, Line] = Source.placeOf(Path);
  return llvm::createStringError(llvm::inconvertibleErrorCode(),
                                 File + ":" + llvm::Twine(Line) + ": '" + Key + "' " + What);
}

/// The tables of a BuiltinModel::Section, named by Suffix; takes it out of the model.
llvm::Error embedSection(const ModelSource &Source, json &Root, const std::string &Section,
                         bool (*IsReadAtOnce)(const std::string &, const json &),
                         const std::string &Suffix, llvm::raw_ostream &Out) {
  const json Entries = Root.value(Section, json::object());
  Root.erase(Section);
  std::vector<std::pair<std::string, size_t>> Names;
  Out << "static constexpr std::array<BuiltinModel::Entry, " << Entries.size() << "> Entries"
      << Suffix << "{{\n";
  FamilyNames Said;
  size_t Count = 0;
  for (const auto &Item : Entries.items()) {
    Out << "{" << literal(Item.key()) << ", " << literal(Item.value().dump()) << ", "
        << (IsReadAtOnce(Item.key(), Item.value()) ? "true" : "false") << ", "
        << (touchesUser(Item.value()) ? "true" : "false") << "},\n";
    std::string Wrong;
    for (std::string &Name : namesOfFamily(Item.key(), Wrong)) {
      if (Wrong.empty())
        Wrong = Said.add(Name, Item.key());
      Names.push_back({std::move(Name), Count});
    }
    if (!Wrong.empty())
      return problem(Source, Section + "." + Item.key(), Item.key(), Wrong);
    ++Count;
  }
  Out << "}};\nstatic constexpr std::array<BuiltinModel::EntryName, " << Names.size() << "> Names"
      << Suffix << "{{\n";
  for (const auto &[Name, Entry] : Names)
    Out << "{\"" << Name << "\", " << Entry << "},\n";
  Out << "}};\nstatic constexpr uint16_t Buckets" << Suffix << "[] = {\n";
  for (uint32_t Each : makeBuckets(
           Names.size(), [](size_t I) { return I; },
           [&](size_t I) -> llvm::StringRef { return Names[I].first; }))
    Out << Each << ",\n";
  Out << "};\n";
  return llvm::Error::success();
}

/// The tables of one model; Row is its line in the table of models.
llvm::Error embed(llvm::StringRef Path, llvm::raw_ostream &Out, std::string &Row) {
  auto Text = readModelFile(Path, /*MayBePipe=*/false);
  if (!Text)
    return llvm::createStringError("cannot read " + Path + ": " + llvm::toString(Text.takeError()));
  llvm::Expected<ModelSource> Source = ModelSource::read(Path, std::move(*Text));
  if (!Source)
    return Source.takeError();
  json Root = Source->root();
  if (!Root.is_object() || !Root["name"].is_string())
    return llvm::createStringError(Path + " is no model");
  const auto Model = Root["name"].get<std::string>();
  auto Embed = [&](const std::string &Section, auto *IsReadAtOnce) {
    return embedSection(*Source, Root, Section, IsReadAtOnce, "_" + Model + "_" + Section, Out);
  };
  if (llvm::Error E = Embed("functions", isFunctionReadAtOnce))
    return E;
  if (llvm::Error E = Embed("slots", isSlotReadAtOnce))
    return E;
  Row = llvm::formatv("{{\"{0}\",\n{1},\n{{Entries_{0}_functions, Names_{0}_functions, "
                      "Buckets_{0}_functions},\n{{Entries_{0}_slots, Names_{0}_slots, "
                      "Buckets_{0}_slots},\n{2}u},\n",
                      Model, literal(Root.dump()), Source->hash());
  return llvm::Error::success();
}

} // namespace

int main(int Count, char **Words) {
  if (Count < 3) {
    llvm::errs() << "usage: embed-models OUT MODEL...\n";
    return 2;
  }
  const std::string Out = Words[1];
  std::error_code Problem;
  llvm::raw_fd_ostream To(Out + ".new", Problem);
  std::string Rows;
  for (llvm::StringRef Path : llvm::ArrayRef(Words, Count).drop_front(2)) {
    std::string Row;
    if (llvm::Error E = embed(Path, To, Row)) {
      llvm::errs() << llvm::toString(std::move(E)) << '\n';
      return 1;
    }
    Rows += Row;
  }
  To << "static const BuiltinModel Models[] = {\n" << Rows << "};\n";
  To.close();
  if (!Problem)
    Problem = To.error();
  if (!Problem)
    Problem = llvm::sys::fs::rename(Out + ".new", Out);
  if (Problem) {
    llvm::errs() << "cannot write " << Out << ": " << Problem.message() << '\n';
    To.clear_error();
    return 1;
  }
  return 0;
}
