// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "TokenMutator.h"
#include "Harness.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include <random>
#include <string>

extern "C" size_t LLVMFuzzerMutate(uint8_t *Data, size_t Size, size_t MaxSize);

namespace airlock {

namespace {

/// What a C file about user memory is made of, beside what it has already: libFuzzer's
/// dictionary, a word in quotes a line.
const std::vector<std::string> &words() {
  static const std::vector<std::string> All = [] {
    auto Buffer = llvm::MemoryBuffer::getFile(AIRLOCK_SOURCE_DIR "/test/fuzz/attributes.dict");
    if (!Buffer)
      broken("there is no dictionary");
    llvm::SmallVector<llvm::StringRef, 0> Lines;
    (*Buffer)->getBuffer().split(Lines, '\n');
    std::vector<std::string> Words;
    for (llvm::StringRef Line : Lines)
      if (Line.consume_front("\"") && Line.consume_back("\"")) {
        std::string Word = Line.str();
        llvm::erase(Word, '\\');
        Words.push_back(Word);
      }
    return Words;
  }();
  return All;
}

/// A word, a string, a sign or some white space; together they are the text.
size_t tokenSize(llvm::StringRef Text) {
  auto IsWord = [](char C) { return llvm::isAlnum(C) || C == '_'; };
  if (IsWord(Text[0]))
    return Text.take_while(IsWord).size();
  if (llvm::isSpace(Text[0]))
    return Text.take_while([](char C) { return llvm::isSpace(C); }).size();
  if (Text[0] == '"')
    return std::min(Text.find_first_of("\"\n", 1), Text.size() - 1) + 1;
  return 1;
}

class Mutation {
public:
  Mutation(llvm::StringRef Text, unsigned Seed) : Random(Seed) {
    for (; !Text.empty(); Text = Text.drop_front(Tokens.back().size()))
      Tokens.push_back(Text.take_front(tokenSize(Text)));
  }

  std::string run() {
    for (size_t Times = 1 + pick(3); Times && !Tokens.empty(); --Times)
      change();
    std::string Text;
    for (llvm::StringRef Token : Tokens)
      Text += Token;
    return Text;
  }

private:
  using List = llvm::SmallVector<llvm::StringRef, 0>;
  size_t pick(size_t Count) { return Random() % Count; }
  /// Some that stand together: up to a line's worth, or a whole statement.
  llvm::ArrayRef<llvm::StringRef> some() {
    size_t From = pick(Tokens.size());
    size_t Count = std::min(1 + pick(pick(4) ? 4 : 40), Tokens.size() - From);
    return llvm::ArrayRef(Tokens).slice(From, Count);
  }

  void change() {
    size_t At = pick(Tokens.size());
    switch (pick(6)) {
    case 0: { // take out
      llvm::ArrayRef<llvm::StringRef> Gone = some();
      Tokens.erase(const_cast<llvm::StringRef *>(Gone.begin()),
                   const_cast<llvm::StringRef *>(Gone.end()));
      break;
    }
    case 1: { // repeat elsewhere
      List Again(some());
      Tokens.insert(Tokens.begin() + At, Again.begin(), Again.end());
      break;
    }
    case 2: // another of the same file
      Tokens[At] = Tokens[pick(Tokens.size())];
      break;
    case 3:
      std::swap(Tokens[At], Tokens[pick(Tokens.size())]);
      break;
    case 4:
      Tokens[At] = words()[pick(words().size())];
      break;
    case 5: {
      llvm::StringRef New[] = {" ", words()[pick(words().size())], " "};
      Tokens.insert(Tokens.begin() + At, std::begin(New), std::end(New));
      break;
    }
    }
  }

  std::minstd_rand Random;
  List Tokens;
};

} // namespace

size_t mutateTokens(uint8_t *Data, size_t Size, size_t MaxSize, unsigned Seed) {
  if (Size == 0 || Seed % 8 == 0)
    return LLVMFuzzerMutate(Data, Size, MaxSize);
  llvm::StringRef Old(reinterpret_cast<const char *>(Data), Size);
  std::string New = Mutation(Old, Seed / 8 + 1).run();
  New.resize(std::min(New.size(), MaxSize));
  std::copy(New.begin(), New.end(), Data);
  return New.size();
}

} // namespace airlock
