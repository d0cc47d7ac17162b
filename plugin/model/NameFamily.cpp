// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "model/NameFamily.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringSet.h"

namespace airlock {

std::vector<std::string> namesOfFamily(llvm::StringRef Key, std::string &Problem) {
  constexpr size_t MaxNames = 512, Longest = 4096;
  std::vector<std::string> Names = {""};
  auto Fail = [&](const char *What) {
    Problem = What;
    return std::vector<std::string>();
  };
  if (Key.size() > Longest)
    return Fail("is too long");
  while (!Key.empty()) {
    size_t Open = Key.find_first_of("{}");
    for (std::string &Name : Names)
      Name += Key.take_front(Open);
    if (Open == Key.npos)
      break;
    size_t Close = Key.find_first_of("{}", Open + 1);
    if (Key[Open] == '}' || Close == Key.npos || Key[Close] == '{')
      return Fail("has braces that do not pair, or one choice in another");
    llvm::SmallVector<llvm::StringRef, 8> Choices;
    Key.slice(Open + 1, Close).split(Choices, ',');
    if (Choices.size() < 2)
      return Fail("has a choice of one");
    if (Names.size() * Choices.size() > MaxNames)
      return Fail("stands for more than 512 names");
    std::vector<std::string> Longer;
    for (const std::string &Name : Names)
      for (llvm::StringRef Choice : Choices)
        Longer.push_back(Name + Choice.str());
    Names = std::move(Longer);
    Key = Key.drop_front(Close + 1);
  }
  llvm::StringSet<> Distinct;
  for (const std::string &Name : Names)
    if (!Distinct.insert(Name).second)
      return Fail("has a name twice");
  return Names;
}

std::string FamilyNames::add(llvm::StringRef Name, llvm::StringRef Key) {
  auto [Other, IsNew] = KeyOf.try_emplace(Name, Key);
  if (IsNew)
    return "";
  return "has '" + Name.str() + "', of which '" + Other->second + "' has said something";
}

} // namespace airlock
