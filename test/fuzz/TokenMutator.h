// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// New C files made of old ones, by their tokens: of bytes that change, few files still parse.

#ifndef AIRLOCK_TEST_FUZZ_TOKENMUTATOR_H
#define AIRLOCK_TEST_FUZZ_TOKENMUTATOR_H

#include <cstddef>
#include <cstdint>

namespace airlock {

/// As LLVMFuzzerCustomMutator(); one time in eight the fuzzer's own, which has the dictionary.
size_t mutateTokens(uint8_t *Data, size_t Size, size_t MaxSize, unsigned Seed);

} // namespace airlock

#endif
