// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What an editor says, which may be anything: each value is looked for, with its type.

#ifndef AIRLOCK_TOOLS_LSPMESSAGES_H
#define AIRLOCK_TOOLS_LSPMESSAGES_H

#include "Commands.h"
#include <nlohmann/json.hpp>

namespace airlock {

/// What stands at the end of a path of keys; null if there is nothing.
const nlohmann::json *look(const nlohmann::json &In, std::initializer_list<const char *> Keys);
/// The same of what has to be a string.
std::optional<std::string> lookText(const nlohmann::json &In,
                                    std::initializer_list<const char *> Keys);
bool isTrue(const nlohmann::json *J);
/// Not llvm::is_contained(), which would look for a key.
bool hasElement(const nlohmann::json &Array, const nlohmann::json &Value);

/// What the editor's user has set, over what the command line says. The models are seen from
/// the folder Workspace. On an error, nothing is taken.
llvm::Error takeOptions(const nlohmann::json &Given, llvm::StringRef Workspace, LspRequest &Into);

} // namespace airlock

#endif
