// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "model/JsonCut.h"

namespace airlock {

JsonCut cutSection(llvm::StringRef Text, llvm::StringRef Section) {
  JsonCut Cut;
  unsigned Depth = 0;
  llvm::StringRef LastString;
  bool Inside = false;                     // the section
  size_t SectionBegin = 0, SectionEnd = 0; // behind its '{', at its '}'
  size_t EntryBegin = 0;
  for (size_t I = 0; I < Text.size(); ++I) {
    switch (Text[I]) {
    case '"': {
      size_t Begin = ++I;
      while (I < Text.size() && Text[I] != '"')
        I += Text[I] == '\\' ? 2 : 1;
      LastString = Text.slice(Begin, I);
      if (Inside && Depth == 2)
        Cut.Entries.push_back({LastString, {}});
      break;
    }
    case '{':
    case '[':
      ++Depth;
      if (Depth == 2 && LastString == Section) {
        Inside = true;
        SectionBegin = I + 1;
      } else if (Inside && Depth == 3) {
        EntryBegin = I;
      }
      break;
    case '}':
    case ']':
      if (Inside && Depth == 3)
        Cut.Entries.back().Text = Text.slice(EntryBegin, I + 1);
      if (Inside && Depth == 2) {
        Inside = false;
        SectionEnd = I;
      }
      --Depth;
      break;
    default:
      break;
    }
  }
  Cut.Rest = Text.take_front(SectionBegin).str() + Text.drop_front(SectionEnd).str();
  return Cut;
}

} // namespace airlock
