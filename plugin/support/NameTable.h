// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A hash table of names that was made before, and is only looked into: in what the build embeds,
// and in files. A power of two of buckets, of which each is 0 or one more than the number of
// what has a name: the first that is free from where the name's search begins, in a circle.

#ifndef AIRLOCK_SUPPORT_NAMETABLE_H
#define AIRLOCK_SUPPORT_NAMETABLE_H

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/MathExtras.h"
#include "llvm/Support/xxhash.h"
#include <optional>
#include <vector>

namespace airlock {

/// Where the search for a name begins.
inline size_t bucketOf(llvm::StringRef Name, size_t Buckets) {
  return llvm::xxh3_64bits(Name) & (Buckets - 1);
}

/// The buckets of so many names, which Number and NameOf tell of each.
inline std::vector<uint32_t> makeBuckets(size_t Count,
                                         llvm::function_ref<uint32_t(size_t)> NumberOf,
                                         llvm::function_ref<llvm::StringRef(size_t)> NameOf) {
  std::vector<uint32_t> Buckets(llvm::NextPowerOf2(2 * Count));
  for (size_t I = 0; I < Count; ++I) {
    size_t At = bucketOf(NameOf(I), Buckets.size());
    while (Buckets[At])
      At = (At + 1) & (Buckets.size() - 1);
    Buckets[At] = NumberOf(I) + 1;
  }
  return Buckets;
}

/// The number of what has a name: At reads a bucket, Has tells whether it is the one. Ends also
/// where no bucket is free, as in a file that is broken.
template <typename Reader, typename Predicate>
std::optional<uint32_t> findByName(llvm::StringRef Name, size_t Buckets, Reader At, Predicate Has) {
  size_t I = bucketOf(Name, Buckets);
  for (size_t Tries = 0; Tries < Buckets; ++Tries, I = (I + 1) & (Buckets - 1)) {
    const uint32_t Number = At(I);
    if (!Number)
      break;
    if (Has(Number - 1))
      return Number - 1;
  }
  return std::nullopt;
}

} // namespace airlock

#endif
