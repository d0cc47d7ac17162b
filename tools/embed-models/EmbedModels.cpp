// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// embed-models OUT MODEL...: writes the table of BuiltinModels.h, a piece of C++, from model
// files. Run by the build. What a model says is judged by the tests (`airlock model check`); here
// it has to be JSON, and no name may have two entries.

#include "model/FileFunction.h"
#include "model/ModelSource.h"
#include "model/NameFamily.h"
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

/// Contexts are looked for by whoever asks whether anything in a unit has one; and of what is one
/// file's, the file is not known before the function is.
bool isReadAtOnce(const std::string &Key, const json &Entry) {
  return isOfFile(Key) || Entry.contains("in_context") || Entry.contains("context_entry") ||
         Entry.contains("not_in_context");
}

/// What Model::forEachUserName() tells.
bool touchesUser(const json &Entry) {
  return llvm::any_of(
      std::initializer_list<const char *>{"fetches", "stores", "validates", "barrier"},
      [&](const char *Key) { return Entry.contains(Key); });
}

llvm::Error problem(const ModelSource &Source, const std::string &Key, const llvm::Twine &What) {
  auto [File, Line] = Source.placeOf("functions." + Key);
  return llvm::createStringError(llvm::inconvertibleErrorCode(),
                                 File + ":" + llvm::Twine(Line) + ": '" + Key + "' " + What);
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
  const json Functions = Root.value("functions", json::object());
  Root.erase("functions");

  std::vector<std::pair<std::string, size_t>> Names;
  Out << "static constexpr BuiltinModel::Entry Entries_" << Model << "[] = {\n";
  size_t Count = 0;
  FamilyNames Said;
  for (const auto &Item : Functions.items()) {
    Out << "{" << literal(Item.key()) << ", " << literal(Item.value().dump()) << ", "
        << (isReadAtOnce(Item.key(), Item.value()) ? "true" : "false") << ", "
        << (touchesUser(Item.value()) ? "true" : "false") << "},\n";
    std::string Wrong;
    for (std::string &Name : namesOfFamily(Item.key(), Wrong)) {
      if (Wrong.empty())
        Wrong = Said.add(Name, Item.key());
      Names.push_back({std::move(Name), Count});
    }
    if (!Wrong.empty())
      return problem(*Source, Item.key(), Wrong);
    ++Count;
  }
  llvm::sort(Names);
  Out << "};\nstatic constexpr BuiltinModel::FunctionName Names_" << Model << "[] = {\n";
  for (const auto &[Name, Entry] : Names)
    Out << "{\"" << Name << "\", " << Entry << "},\n";
  Out << "};\n";
  Row = llvm::formatv("{{\"{0}\",\n{1},\nEntries_{0}, Names_{0}, {2}u},\n", Model,
                      literal(Root.dump()), Source->hash());
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
