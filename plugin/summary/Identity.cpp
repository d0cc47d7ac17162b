// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "summary/Identity.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Support/xxhash.h"

namespace airlock {

uint64_t identityOf(const Entity &E, const SourceMap &Map, uint64_t OwnerIdentity,
                    uint32_t BodyHash) {
  llvm::SmallString<128> Text;
  llvm::raw_svector_ostream Out(Text);
  Out << unsigned(E.Kind) << ':';
  switch (E.Kind) {
  case EntityKind::Function:
    Out << E.Name << '\0' << E.File << '\0' << BodyHash;
    break;
  case EntityKind::Macro:
    Out << E.Name;
    break;
  case EntityKind::Field:
    Out << E.Name << '\0' << Map.placeOf(E.Declared).File;
    break;
  case EntityKind::Variable:
    Out << E.Name << '\0' << E.File;
    if (!E.File.empty()) {
      Place At = Map.placeOf(E.Declared);
      Out << '\0' << At.Line << ':' << At.Column;
    }
    break;
  case EntityKind::Parameter:
    if (OwnerIdentity == OwnIdentity)
      return OwnIdentity;
    Out << OwnerIdentity << ':' << E.Index;
    break;
  case EntityKind::Result:
  case EntityKind::Value:
  case EntityKind::Operand:
    return OwnIdentity;
  }
  uint64_t Hash = llvm::xxh3_64bits(Text);
  return Hash == OwnIdentity ? 1 : Hash;
}

} // namespace airlock
