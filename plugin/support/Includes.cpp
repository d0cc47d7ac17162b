// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "support/Includes.h"
#include "llvm/ADT/StringExtras.h"

namespace airlock {

std::string includeLine(llvm::StringRef Header) { return ("#include " + Header + "\n").str(); }

/// Behind the comment that a file begins with: the license is to come first.
static size_t behindComment(llvm::StringRef Text) {
  size_t End = Text.starts_with("//")   ? Text.find('\n')
               : Text.starts_with("/*") ? Text.find('\n', Text.find("*/"))
                                        : llvm::StringRef::npos;
  return End == llvm::StringRef::npos ? 0 : End + 1;
}

/// Behind the comments and the blanks that a text begins with.
static llvm::StringRef skipComments(llvm::StringRef Text) {
  while (true) {
    Text = Text.ltrim();
    if (Text.consume_front("//"))
      Text = Text.drop_until([](char C) { return C == '\n'; });
    else if (Text.consume_front("/*"))
      Text = Text.substr(std::min(Text.size(), Text.find("*/"))).substr(2);
    else
      return Text;
  }
}

size_t behindIncludes(llvm::StringRef Text) {
  size_t Place = behindComment(Text);
  unsigned Depth = 0;
  llvm::StringRef Guard;
  bool IsFirst = true; // of the directives
  // Up to the first line that is none.
  for (llvm::StringRef Rest = skipComments(Text); Rest.consume_front("#");
       Rest = skipComments(Rest)) {
    size_t Size = 0;
    do
      Size = std::min(Rest.size(), Rest.find('\n', Size)) + 1;
    while (Size < Rest.size() && Rest[Size - 2] == '\\');
    llvm::StringRef Line = Rest.take_front(Size);
    Rest = Rest.drop_front(Line.size());
    const size_t End = Rest.data() - Text.data();
    auto [Word, Behind] = llvm::getToken(Line);
    if (IsFirst && Word == "ifndef") {
      Guard = Behind.trim();
    } else if (!Guard.empty() && Word == "define" && llvm::getToken(Behind).first == Guard) {
      Place = End;
      Guard = "";
    } else if (Word.starts_with("if")) {
      ++Depth;
    } else if (Word == "endif" && Depth) {
      --Depth;
    } else if (Word.starts_with("include") && !Depth) {
      Place = End;
    }
    IsFirst = false;
  }
  return Place;
}

bool definesMacro(llvm::StringRef Text, llvm::StringRef Name) {
  while (!Text.empty()) {
    auto [Line, Rest] = Text.split('\n');
    Text = Rest;
    Line = Line.ltrim();
    if (!Line.consume_front("#"))
      continue;
    Line = Line.ltrim();
    if (!Line.consume_front("define"))
      continue;
    llvm::StringRef Word =
        Line.ltrim().take_while([](char C) { return llvm::isAlnum(C) || C == '_'; });
    if (Word == Name)
      return true;
  }
  return false;
}

} // namespace airlock
