// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The subcommands and their options, as --help has them, for what is made of them: the manual page
// and the completion of shells.

#ifndef AIRLOCK_TOOLS_COMMANDTABLE_H
#define AIRLOCK_TOOLS_COMMANDTABLE_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/Support/CommandLine.h"

namespace airlock {

/// By name.
std::vector<llvm::cl::SubCommand *> allCommands();
/// Its options that have a name, by that, and are ours.
std::vector<llvm::cl::Option *> optionsOf(llvm::cl::SubCommand &Command);
/// "-p", "--format".
std::string spellingOf(const llvm::cl::Option &Option);

/// Prints what may stand in the place of the last of Words, which are those behind `airlock`, each
/// in a line: subcommands, options, and their values; names of functions and slots from the
/// summaries that are named, and those (*.sum) in the working directory. Nothing where there is
/// nothing to say, or something is wrong: a shell's prompt is no place for that.
int complete(llvm::ArrayRef<const char *> Words);

/// Prints a manual page: "airlock", with More behind its options, or "airlock-plugin". Date is what
/// stands below it.
int printManual(llvm::StringRef Page, llvm::StringRef Date, llvm::StringRef More);

} // namespace airlock

#endif
