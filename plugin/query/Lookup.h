// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What people call things: the entities that a name on the command line means.
//
//   name                  a function, a macro, a variable, a typedef of a pointer:
//                         all of that name
//   struct.field          a field
//   function.parameter    a parameter
//   file.c:NAME           any of these, where it is declared in that file, or a file
//                         of that name in any folder

#ifndef AIRLOCK_QUERY_LOOKUP_H
#define AIRLOCK_QUERY_LOOKUP_H

#include "report/Report.h"

namespace airlock {

/// The name by which an entity is found: a parameter's has its function's in front.
std::string fullName(const Facts &F, EntityId E);

/// In the order of their ids; linear in the entities.
std::vector<EntityId> findNamed(const Facts &F, const SourceMap &Map, llvm::StringRef Name,
                                llvm::function_ref<bool(const Entity &)> IsWanted);

/// The name that is most like one that nothing has; empty if none is like it.
std::string similarName(const Facts &F, llvm::StringRef Name,
                        llvm::function_ref<bool(const Entity &)> IsWanted);

} // namespace airlock

#endif
