// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "CommandTable.h"
#include "Arguments.h"

using namespace llvm;

namespace airlock {

std::vector<cl::SubCommand *> allCommands() {
  std::vector<cl::SubCommand *> All;
  for (cl::SubCommand *Command : cl::getRegisteredSubcommands())
    if (!Command->getName().empty())
      All.push_back(Command);
  llvm::sort(All, [](const cl::SubCommand *A, const cl::SubCommand *B) {
    return A->getName() < B->getName();
  });
  return All;
}

std::vector<cl::Option *> optionsOf(cl::SubCommand &Command) {
  std::vector<cl::Option *> All;
  for (const auto &Known : cl::getRegisteredOptions(Command))
    if (is_contained(Known.second->Categories, &airlockCategory()))
      All.push_back(Known.second);
  llvm::sort(All, [](const cl::Option *A, const cl::Option *B) { return A->ArgStr < B->ArgStr; });
  return All;
}

std::string spellingOf(const cl::Option &Option) {
  return (Option.ArgStr.size() == 1 ? "-" : "--") + Option.ArgStr.str();
}

} // namespace airlock
