// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "summary/Coding.h"
#include "llvm/ADT/STLExtras.h"

namespace airlock {

std::string StringTable::bytes() const {
  std::vector<std::pair<llvm::StringRef, unsigned>> Sorted;
  llvm::BumpPtrAllocator Memory;
  for (const auto &Entry : Known) {
    llvm::StringRef Text = Entry.getKey();
    if (llvm::any_of(Text, isCommand)) {
      std::string Clean = Text.str();
      std::replace_if(Clean.begin(), Clean.end(), isCommand, '?');
      Text = llvm::StringRef(Clean).copy(Memory);
    }
    Sorted.push_back({Text, Entry.getValue()});
  }
  llvm::sort(Sorted);
  std::string Bytes;
  llvm::raw_string_ostream Out(Bytes);
  llvm::encodeULEB128(Sorted.size(), Out);
  llvm::StringRef Before;
  for (auto [Text, Number] : Sorted) {
    size_t Common =
        std::mismatch(Text.begin(), Text.end(), Before.begin(), Before.end()).first - Text.begin();
    llvm::encodeULEB128(Number, Out);
    llvm::encodeULEB128(Common, Out);
    llvm::encodeULEB128(Text.size() - Common, Out);
    Out << Text.drop_front(Common);
    Before = Text;
  }
  return Bytes;
}

std::vector<llvm::StringRef> readStrings(ByteReader &From, llvm::StringSaver &Memory) {
  uint64_t Count;
  From.number(Count);
  std::vector<llvm::StringRef> Strings(From.fitting(Count));
  uint64_t Left = mostUnpacked(From.left());
  llvm::StringRef Before;
  for (size_t I = 0; I < Strings.size(); ++I) {
    uint64_t Number, Common;
    From.number(Number);
    From.number(Common);
    llvm::StringRef Rest = From.block();
    From.require(Number < Strings.size() && Common <= Before.size() &&
                 Common + Rest.size() <= Left && llvm::none_of(Rest, isCommand));
    if (!From.ok())
      break;
    Left -= Common + Rest.size();
    Before = Memory.save(Before.take_front(Common) + Rest);
    Strings[Number] = Before;
  }
  return Strings;
}

void ByteWriter::place(const Location &At) {
  if (!At.isValid())
    return number(PlaceStep::Nowhere);
  place(Map.placeOf(At));
}

void ByteWriter::place(const Place &At) {
  if (At == Last)
    return number(PlaceStep::Same);
  bool SameFile = At.File == Last.File;
  auto Step = static_cast<uint64_t>(SameFile ? PlaceStep::SameFile : PlaceStep::OtherFile);
  if (!SameFile)
    Last.Line = 0;
  number(zigzag(int64_t(At.Line) - int64_t(Last.Line)) << 2 | Step);
  if (!SameFile)
    text(At.File);
  number(At.Column);
  Last = At;
}

bool ByteReader::step() {
  uint64_t Word = next();
  auto Step = static_cast<PlaceStep>(Word & 3);
  if (Step == PlaceStep::Nowhere)
    return false;
  if (Step != PlaceStep::OtherFile && !Places->hasFile(Last.File))
    return fail<bool>();
  if (Step == PlaceStep::Same)
    return true;
  int64_t Lines = unzigzag(Word >> 2);
  if (Step == PlaceStep::OtherFile) {
    llvm::StringRef File;
    text(File);
    Last.File = Places->file(File);
    Last.Line = 0;
  }
  Lines += Last.Line;
  Last.Line = static_cast<uint32_t>(Lines);
  require(Last.Line == Lines);
  number(Last.Column);
  return true;
}

void ByteReader::place(Location &At) { At = step() ? Places->add(Last) : Location(); }

void ByteReader::place(Place &At) {
  if (step())
    At = {Places->fileName(Last.File).str(), Last.Line, Last.Column};
}

llvm::StringRef ByteReader::raw(uint64_t Size) {
  if (Size > left())
    return fail<llvm::StringRef>();
  llvm::StringRef Bytes(reinterpret_cast<const char *>(At), Size);
  At += Size;
  return Bytes;
}

void ByteWriter::line(const Location &At) {
  Place Is = Map.placeOf(At);
  number(Is.Line);
  number(Is.Column);
}

void ByteReader::line(Location &At) {
  unsigned Line, Column;
  number(Line);
  number(Column);
  At = OwnLine::of(Line, Column);
}

} // namespace airlock
