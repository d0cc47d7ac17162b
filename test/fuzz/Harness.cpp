// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Harness.h"
#include "model/ModelReader.h"
#include "report/Renderers.h"
#include "llvm/Support/raw_ostream.h"
#include <sys/mman.h>
#include <unistd.h>

/// LLVM's allocators poison memory in our copy of their inline functions, and the distribution's
/// libraries, built without the sanitizer, do not undo it; nor do they keep books on containers.
extern "C" const char *__asan_default_options();
extern "C" const char *__asan_default_options() {
  return "detect_leaks=0:allow_user_poisoning=0:detect_container_overflow=0";
}

namespace airlock {

void broken(const llvm::Twine &What) {
  llvm::errs() << "fuzz: " << What << '\n';
  abort();
}

static Model readModels() {
  ModelReader Reader;
  for (const char *Name : {"linux", "vhost"})
    if (llvm::Error E = Reader.add(Name))
      broken(llvm::toString(std::move(E)));
  return Reader.take();
}

const Model &kernelModels() {
  static const Model M = readModels();
  return M;
}

void reportAndRender(Program &P, Report &R) {
  Options Wanted;
  Wanted.Advice = true;
  reportProgram(P, kernelModels(), Wanted, R);
  R.sort();
  llvm::raw_null_ostream Out;
  renderText(R, Out);
  renderJson(R, Out);
  renderSarif(R, Out);
}

MemoryFile::MemoryFile() : Descriptor(memfd_create("input", 0)) {}

MemoryFile::~MemoryFile() { close(Descriptor); }

void MemoryFile::fill(llvm::StringRef Bytes) {
  bool Good = ftruncate(Descriptor, 0) == 0 &&
              pwrite(Descriptor, Bytes.data(), Bytes.size(), 0) == ssize_t(Bytes.size());
  if (!Good)
    broken("cannot write the input");
}

} // namespace airlock
