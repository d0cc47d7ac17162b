// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "model/ModelSource.h"
#include "model/JsonLines.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/xxhash.h"

using nlohmann::json;

namespace airlock {

namespace {

llvm::Error errorAt(llvm::StringRef Path, unsigned Line, const llvm::Twine &What) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(),
                                 Path + ":" + llvm::Twine(Line) + ": " + What);
}

bool isDevice(llvm::sys::fs::file_type Type) {
  return Type == llvm::sys::fs::file_type::character_file ||
         Type == llvm::sys::fs::file_type::block_file;
}

/// The sections that a part may have: all but what the model as a whole says of itself.
constexpr llvm::StringLiteral Sections[] = {"constants", "contexts", "effects",    "functions",
                                            "regions",   "slots",    "lock_names", "lock_types"};

} // namespace

llvm::Expected<std::unique_ptr<llvm::MemoryBuffer>> readModelFile(llvm::StringRef Path,
                                                                  bool MayBePipe) {
  llvm::sys::fs::file_status Status;
  if (!llvm::sys::fs::status(Path, Status) && isDevice(Status.type()))
    return llvm::createStringError("it is a device");
  if (!MayBePipe && Status.type() == llvm::sys::fs::file_type::fifo_file)
    return llvm::createStringError("it is a pipe");
  return llvm::errorOrToExpected(llvm::MemoryBuffer::getFile(Path, /*IsText=*/true));
}

std::string besideModel(llvm::StringRef Model, llvm::StringRef Path) {
  if (llvm::sys::path::is_absolute(Path))
    return Path.str();
  llvm::SmallString<128> Whole(llvm::sys::path::parent_path(Model));
  llvm::sys::path::append(Whole, Path);
  return Whole.str().str();
}

llvm::Expected<json> ModelSource::parse(llvm::StringRef Path,
                                        std::unique_ptr<llvm::MemoryBuffer> Text) {
  const JsonLines Lines(Text->getBuffer());
  if (!Lines.error().empty())
    return errorAt(Path, Lines.errorLine(), Lines.error());
  llvm::StringRef Is = Text->getBuffer();
  Files.push_back({Path.str(), std::move(Text)});
  return json::parse(Is.begin(), Is.end(), nullptr, /*allow_exceptions=*/false);
}

llvm::Expected<ModelSource> ModelSource::read(llvm::StringRef Path,
                                              std::unique_ptr<llvm::MemoryBuffer> Text) {
  ModelSource Source;
  llvm::Expected<json> Root = Source.parse(Path, std::move(Text));
  if (!Root)
    return Root.takeError();
  Source.Root = std::move(*Root);
  if (Source.Root.is_object() && Source.Root.contains("parts"))
    if (llvm::Error E = Source.addParts())
      return E;
  return Source;
}

llvm::Error ModelSource::addParts() {
  constexpr size_t MaxParts = 256;
  const json Parts = std::move(Root["parts"]);
  Root.erase("parts");
  auto Fail = [&](size_t Index, const llvm::Twine &What) {
    std::string Path = "parts[" + std::to_string(Index) + "]";
    return errorAt(Files[0].Path, placeOf(Path).second, Path + ": " + What);
  };
  if (!Parts.is_array() || Parts.size() > MaxParts)
    return errorAt(Files[0].Path, placeOf("parts").second,
                   "parts: expected an array of at most 256 paths");
  for (size_t I = 0; I < Parts.size(); ++I) {
    if (!Parts[I].is_string())
      return Fail(I, "expected the path of a part");
    const auto &Name = Parts[I].get_ref<const std::string &>();
    if (llvm::count(Parts, Parts[I]) > 1)
      return Fail(I, "'" + Name + "' is given twice");
    std::string Path = besideModel(Files[0].Path, Name);
    auto Text = readModelFile(Path, /*MayBePipe=*/false);
    if (!Text)
      return Fail(I, "cannot read '" + Path + "': " + llvm::toString(Text.takeError()));
    llvm::Expected<json> Part = parse(Path, std::move(*Text));
    if (!Part)
      return Part.takeError();
    if (llvm::Error E = addPart(Path, *Part))
      return E;
  }
  return llvm::Error::success();
}

llvm::Error ModelSource::addPart(const std::string &Path, const json &Part) {
  const JsonLines Lines(Files.back().Text->getBuffer());
  if (!Part.is_object() || !Part.contains("part_of"))
    return errorAt(Path, 1, "part_of: missing: this is not a part of a model");
  if (!Root.contains("name") || Part["part_of"] != Root["name"])
    return errorAt(Path, Lines.lineOf("part_of"),
                   "part_of: expected the name of the model that it is a part of");
  for (const auto &Item : Part.items()) {
    const std::string &Key = Item.key();
    if (Key == "part_of" || Key == "$schema" || Key == "$comment")
      continue;
    if (!llvm::is_contained(Sections, Key))
      return errorAt(Path, Lines.lineOf(Key), Key + ": is no section that a part may have");
    if (!Item.value().is_object())
      return errorAt(Path, Lines.lineOf(Key), Key + ": expected an object");
    for (const auto &Entry : Item.value().items()) {
      std::string Here = Key + "." + Entry.key();
      json &Section = Root[Key];
      if (Section.is_null())
        Section = json::object();
      if (!Section.is_object() || Section.contains(Entry.key())) {
        auto [Other, Line] = placeOf(Here);
        return errorAt(Path, Lines.lineOf(Here),
                       Here + ": is also in " + Other + ":" + llvm::Twine(Line));
      }
      Section[Entry.key()] = Entry.value();
      PartOf[Here] = Files.size() - 1;
    }
  }
  return llvm::Error::success();
}

uint64_t ModelSource::hash() const {
  if (Files.size() == 1)
    return llvm::xxh3_64bits(Files[0].Text->getBuffer());
  std::string All;
  for (const File &Each : Files)
    All += Each.Text->getBuffer();
  return llvm::xxh3_64bits(All);
}

std::pair<llvm::StringRef, unsigned> ModelSource::placeOf(llvm::StringRef Path) const {
  unsigned In = 0;
  // The entry that it is in: names have dots of their own.
  for (llvm::StringRef Entry = Path; !Entry.empty();
       Entry = Entry.take_front(
           Entry.find_last_of(".[") == Entry.npos ? 0 : Entry.find_last_of(".["))) {
    auto Found = PartOf.find(Entry);
    if (Found == PartOf.end())
      continue;
    In = Found->second;
    break;
  }
  return {Files[In].Path, JsonLines(Files[In].Text->getBuffer()).lineOf(Path)};
}

} // namespace airlock
