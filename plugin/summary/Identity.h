// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What makes an entity of one unit the same as one of another. A hash of 64 bits;
// in a program of a million entities two that differ collide once in ten million
// programs.
//
//   external function, variable       its name
//   static function with a body       its name, its file, and what its body does
//   macro                             its name
//   field                             its name and the file that declares it
//   static or local variable          its name and place
//   parameter                         its function and its number
//   an expression, an operand         nothing else

#ifndef AIRLOCK_SUMMARY_IDENTITY_H
#define AIRLOCK_SUMMARY_IDENTITY_H

#include "facts/Facts.h"
#include "report/Report.h"

namespace airlock {

/// An identity that nothing else has.
constexpr uint64_t OwnIdentity = 0;

/// OwnerIdentity is that of E's owner; BodyHash is 0 but for a static function
/// with a body.
uint64_t identityOf(const Entity &E, const SourceMap &Map, uint64_t OwnerIdentity,
                    uint32_t BodyHash);

} // namespace airlock

#endif
