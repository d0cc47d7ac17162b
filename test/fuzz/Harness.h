// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the fuzz targets share. A target is a function of any bytes that must come back:
// see tools/fuzz, which builds and runs them.

#ifndef AIRLOCK_TEST_FUZZ_HARNESS_H
#define AIRLOCK_TEST_FUZZ_HARNESS_H

#include "link/Link.h"
#include "model/Model.h"
#include "llvm/ADT/Twine.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *Data, size_t Size);

namespace airlock {

/// Says what is wrong, and ends the run as a crash does.
[[noreturn]] void broken(const llvm::Twine &What);

inline llvm::StringRef textOf(const uint8_t *Data, size_t Size) {
  return {reinterpret_cast<const char *>(Data), Size};
}

/// The models linux and vhost.
const Model &kernelModels();

/// What a program of these models is found to do, in every form.
void reportAndRender(Program &P, Report &R);

/// A file that is nowhere but in memory, for what reads files by their names.
class MemoryFile {
public:
  MemoryFile();
  ~MemoryFile();
  std::string path() const { return "/proc/self/fd/" + std::to_string(Descriptor); }
  void fill(llvm::StringRef Bytes);

private:
  int Descriptor;
};

} // namespace airlock

#endif
