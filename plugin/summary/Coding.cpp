// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "summary/Coding.h"

namespace airlock {

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
  Last.Line = static_cast<uint32_t>(Last.Line + Lines);
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

} // namespace airlock
