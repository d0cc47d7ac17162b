// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "annotate/Removal.h"
#include "annotate/Layout.h"
#include "support/Header.h"

using llvm::StringLiteral, llvm::StringRef;

namespace airlock {

/// Behind the parenthesis that closes the one at the beginning of a text; 0 if none does.
static size_t closing(StringRef Text) {
  unsigned Depth = 0;
  for (size_t I = 0; I < Text.size(); ++I) {
    Depth += Text[I] == '(';
    Depth -= Text[I] == ')';
    if (Depth == 0)
      return I + 1;
  }
  return 0;
}

/// A macro that stands for the attribute has one word as its argument, or none.
static size_t sizeOfQualifier(StringRef Text) {
  size_t Size = Text.take_while(isWord).size();
  if (Size == 0 || Text.starts_with("airlock_"))
    return 0;
  if (!Text.substr(Size).starts_with("("))
    return Size;
  size_t End = closing(Text.substr(Size));
  StringRef Argument = Text.substr(Size, End).drop_front().drop_back();
  return End && llvm::all_of(Argument.trim(), isWord) ? Size + End : 0;
}

std::optional<Edit> planRemoval(const WrittenContext &Written, StringRef Text) {
  Edit New;
  New.Name = Written.Name;
  New.Key = Written.Key;
  New.At = Written.At;
  std::optional<size_t> At = offsetOf(Text, Written.At.Line, Written.At.Column);
  if (!At)
    return std::nullopt;
  StringRef Rest = Text.substr(*At);
  Stretch Out = {*At, *At};
  switch (Written.Is) {
  case WrittenContext::Qualifier:
  case WrittenContext::Entry:
    New.Is = Written.Is == WrittenContext::Entry ? Edit::Entry : Edit::Qualifier;
    if (size_t Size = sizeOfQualifier(Rest))
      Out = stretchOf(Text, *At, *At + Size);
    break;
  case WrittenContext::UselessCast:
    New.Is = Edit::Crossing;
    Out.To += closing(Rest);
    break;
  case WrittenContext::Cross:
    New.Is = Edit::Crossing;
    if (Rest.consume_front(CrossMacro)) {
      size_t Size = closing(Rest);
      New.Text = Rest.take_front(Size).drop_front(Size != 0).drop_back(Size != 0).str();
      Out.To += Size ? CrossMacro.size() + Size : 0;
    }
    break;
  case WrittenContext::Force: {
    New.Is = Edit::Crossing;
    StringRef Cast = Rest.take_front(closing(Rest));
    constexpr StringLiteral Word("__force");
    if (size_t Force = Cast.find(Word); Force != StringRef::npos) {
      Out = {*At + Force, *At + Force + Word.size()};
      if (Cast.substr(Force + Word.size()).starts_with(" "))
        ++Out.To;
      else if (Cast.take_front(Force).ends_with(" "))
        --Out.From;
    }
    break;
  }
  }
  if (Out.From == Out.To)
    return std::nullopt;
  std::tie(New.At.Line, New.At.Column) = placeOf(Text, Out.From);
  New.Erased = Out.To - Out.From;
  return New;
}

} // namespace airlock
