// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Summaries in files. Each stands in a frame: a mark, the version of the format,
// the length and a checksum of what is inside. A file is any number of frames,
// one after the other; so is the section that an object carries, and a linker
// that joins objects to one (ld -r) joins their sections to the same form.
//
//   file.airlock        frames
//   file.o              an ELF object with a section `.discard.airlock`
//   file.a              an archive of them, thin or not
//   a folder            every *.airlock and *.o below it
//   @file               a list of the above, one a line
//
// Errors: a file that was named and cannot be read is an error of who named it. A
// summary that is truncated, corrupt or of another version is a Refusal; the
// others in the same file are still used.

#ifndef AIRLOCK_SUMMARY_SUMMARYFILE_H
#define AIRLOCK_SUMMARY_SUMMARYFILE_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBuffer.h"
#include <memory>
#include <string>
#include <vector>

namespace airlock {

/// What makes a summary of another version unreadable: see Records.h.
constexpr unsigned SummaryFormatVersion = 9;

/// The name of the section. A linker drops it because of its flag; the kernel's
/// modpost wants to know `.discard.*` only, and its module.lds, by which modules
/// are linked as objects, drops that.
constexpr llvm::StringLiteral SummarySection(".discard.airlock");

/// A summary in its frame.
std::string frameSummary(llvm::StringRef Bytes);

struct Refusal {
  std::string File, Why;
};

/// The summaries of some files, without their frames.
class SummaryFiles {
public:
  /// Adds a file or a folder, or what an @file lists. Fails on what cannot be read.
  llvm::Error add(llvm::StringRef Path);
  /// Adds frames that stand in memory; Name is for refusals.
  void addFrames(std::unique_ptr<llvm::MemoryBuffer> Buffer);

  /// Sorts them by content and drops what is there twice, so that the order of
  /// adding does not matter. To be called once, when all are added.
  void finish();

  struct Summary {
    llvm::StringRef Bytes;
    std::string File;
  };
  const std::vector<Summary> &summaries() const { return Summaries; }
  const std::vector<Refusal> &refusals() const { return Refusals; }
  /// What is read again comes back from the disk.
  void giveBackMemory() const;

  /// What the summaries take on the disk.
  uint64_t bytes() const;

private:
  llvm::Error addPath(llvm::StringRef Path);
  llvm::Error addFile(llvm::StringRef Path, bool Asked);
  void addFolder(llvm::StringRef Path);
  bool addObject(llvm::MemoryBufferRef Buffer, llvm::StringRef Name);
  bool addArchive(llvm::MemoryBufferRef Buffer, llvm::StringRef Name);
  bool addFramesOf(llvm::StringRef Bytes, llvm::StringRef Name);
  void refuse(llvm::StringRef File, const llvm::Twine &Why);

  std::vector<std::unique_ptr<llvm::MemoryBuffer>> Buffers;
  std::vector<Summary> Summaries;
  std::vector<Refusal> Refusals;
};

} // namespace airlock

#endif
