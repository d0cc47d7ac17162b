// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "summary/SummaryFile.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/BinaryFormat/Magic.h"
#include "llvm/Object/Archive.h"
#include "llvm/Object/ObjectFile.h"
#include "llvm/Support/Endian.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#include "llvm/Support/xxhash.h"
#if __has_include(<sys/mman.h>)
#include <sys/mman.h>
#endif

namespace airlock {

using namespace llvm::support;

namespace {

constexpr llvm::StringLiteral Mark("AIRLOCK\x1a");

/// Numbers are little-endian; a linker may put zeros between two frames.
struct Frame {
  char Mark[8];
  ulittle32_t Version, Size;
  ulittle64_t Checksum;
};
constexpr size_t FrameSize = 24;
static_assert(sizeof(Frame) == FrameSize, "a frame has no holes");

} // namespace

std::string frameSummary(llvm::StringRef Bytes) {
  Frame Head;
  std::copy(Mark.begin(), Mark.end(), Head.Mark);
  Head.Version = SummaryFormatVersion;
  Head.Size = Bytes.size();
  Head.Checksum = llvm::xxh3_64bits(Bytes);
  return std::string(reinterpret_cast<const char *>(&Head), FrameSize) + Bytes.str();
}

void SummaryFiles::refuse(llvm::StringRef File, const llvm::Twine &Why) {
  Refusals.push_back({File.str(), Why.str()});
}

/// False if it ended in something else than a whole summary.
bool SummaryFiles::addFramesOf(llvm::StringRef Bytes, llvm::StringRef Name) {
  while (!Bytes.ltrim('\0').empty()) {
    Bytes = Bytes.ltrim('\0');
    if (!Bytes.starts_with(Mark)) {
      refuse(Name, Mark.starts_with(Bytes) ? "truncated" : "not an Airlock summary");
      return false;
    }
    if (Bytes.size() < FrameSize) {
      refuse(Name, "truncated");
      return false;
    }
    const auto *Head = reinterpret_cast<const Frame *>(Bytes.data());
    if (Head->Version != SummaryFormatVersion) {
      refuse(Name, "made by another version of Airlock (format " + llvm::Twine(Head->Version) +
                       ", this one reads " + llvm::Twine(SummaryFormatVersion) + ")");
      return false;
    }
    llvm::StringRef Inside = Bytes.drop_front(FrameSize);
    if (Inside.size() < Head->Size) {
      refuse(Name, "truncated");
      return false;
    }
    Inside = Inside.take_front(Head->Size);
    Bytes = Bytes.drop_front(FrameSize + Head->Size);
    if (llvm::xxh3_64bits(Inside) == Head->Checksum)
      Summaries.push_back({Inside, Name.str()});
    else
      refuse(Name, "corrupt (the checksum does not match)");
  }
  return true;
}

/// False if it is an object without summaries.
bool SummaryFiles::addObject(llvm::MemoryBufferRef Buffer, llvm::StringRef Name) {
  auto Object = llvm::object::ObjectFile::createObjectFile(Buffer);
  if (!Object) {
    refuse(Name, llvm::toString(Object.takeError()));
    return true;
  }
  bool Found = false;
  for (const llvm::object::SectionRef &Section : (*Object)->sections()) {
    llvm::Expected<llvm::StringRef> SectionName = Section.getName();
    if (!SectionName || *SectionName != SummarySection) {
      llvm::consumeError(SectionName.takeError());
      continue;
    }
    Found = true;
    if (llvm::Expected<llvm::StringRef> Contents = Section.getContents())
      addFramesOf(*Contents, Name);
    else
      refuse(Name, llvm::toString(Contents.takeError()));
  }
  return Found;
}

/// A thin archive may name any path as a member: a pipe would keep us waiting.
static bool isPlainFile(const llvm::object::Archive::Child &Member) {
  llvm::Expected<std::string> File = Member.getFullName();
  if (File)
    return llvm::sys::fs::is_regular_file(*File);
  llvm::consumeError(File.takeError());
  return false;
}

bool SummaryFiles::addArchive(llvm::MemoryBufferRef Buffer, llvm::StringRef Name) {
  auto Archive = llvm::object::Archive::create(Buffer);
  if (!Archive) {
    refuse(Name, llvm::toString(Archive.takeError()));
    return true;
  }
  bool Found = false;
  llvm::Error Problem = llvm::Error::success();
  for (const auto &Child : (*Archive)->children(Problem)) {
    if ((*Archive)->isThin() && !isPlainFile(Child)) {
      refuse(Name, "has a member that is no file");
      continue;
    }
    llvm::Expected<llvm::MemoryBufferRef> Member = Child.getMemoryBufferRef();
    if (!Member) {
      refuse(Name, llvm::toString(Member.takeError()));
      continue;
    }
    std::string MemberName = (Name + "(" + Member->getBufferIdentifier() + ")").str();
    if (llvm::identify_magic(Member->getBuffer()) == llvm::file_magic::elf_relocatable)
      Found |= addObject(*Member, MemberName);
  }
  if (Problem)
    refuse(Name, llvm::toString(std::move(Problem)));
  // The members of a thin archive are files of their own, which it opened.
  for (std::unique_ptr<llvm::MemoryBuffer> &Thin : (*Archive)->takeThinBuffers())
    Buffers.push_back(std::move(Thin));
  return Found;
}

static llvm::Error cannotRead(llvm::StringRef Path, std::error_code Error) {
  return llvm::createStringError(Error, "cannot read '" + Path + "': " + Error.message());
}

/// Asked: the user named it, so it must have a summary.
llvm::Error SummaryFiles::addFile(llvm::StringRef Path, bool Asked) {
  auto Buffer = llvm::MemoryBuffer::getFile(Path, /*IsText=*/false,
                                            /*RequiresNullTerminator=*/false);
  if (!Buffer)
    return cannotRead(Path, Buffer.getError());
  llvm::StringRef Bytes = (*Buffer)->getBuffer();
  llvm::MemoryBufferRef Ref = **Buffer;
  Buffers.push_back(std::move(*Buffer));
  bool Found = true;
  std::string Without = ("has no section '" + SummarySection +
                         "'; compile it with -fplugin-arg-airlock-summary=embed")
                            .str();
  switch (llvm::identify_magic(Bytes)) {
  case llvm::file_magic::archive:
    Found = addArchive(Ref, Path);
    break;
  case llvm::file_magic::elf_relocatable:
    Found = addObject(Ref, Path);
    break;
  case llvm::file_magic::bitcode:
    Found = false;
    Without = "is LLVM bitcode (-flto), which carries no summary; compile it with "
              "-fplugin-arg-airlock-summary=beside";
    break;
  default:
    if (Bytes.empty())
      refuse(Path, "truncated");
    addFramesOf(Bytes, Path);
  }
  if (!Found && Asked)
    refuse(Path, Without);
  if (!Found)
    Buffers.pop_back();
  return llvm::Error::success();
}

void SummaryFiles::addFolder(llvm::StringRef Path) {
  std::error_code Error;
  std::vector<std::string> Files;
  for (llvm::sys::fs::recursive_directory_iterator It(Path, Error, /*follow_symlinks=*/false), End;
       It != End && !Error; It.increment(Error)) {
    llvm::StringRef Extension = llvm::sys::path::extension(It->path());
    if ((Extension == ".airlock" || Extension == ".o") &&
        It->type() == llvm::sys::fs::file_type::regular_file)
      Files.push_back(It->path());
  }
  if (Error)
    refuse(Path, "cannot be read: " + Error.message());
  llvm::sort(Files);
  for (const std::string &File : Files)
    if (llvm::Error E = addFile(File, /*Asked=*/false))
      refuse(File, llvm::toString(std::move(E)));
}

llvm::Error SummaryFiles::addPath(llvm::StringRef Path) {
  if (!llvm::sys::fs::is_directory(Path))
    return addFile(Path, /*Asked=*/true);
  addFolder(Path);
  return llvm::Error::success();
}

llvm::Error SummaryFiles::add(llvm::StringRef Path) {
  if (!Path.consume_front("@"))
    return addPath(Path);
  auto Buffer = llvm::MemoryBuffer::getFile(Path, /*IsText=*/true);
  if (!Buffer)
    return cannotRead(Path, Buffer.getError());
  llvm::SmallVector<llvm::StringRef, 64> Lines;
  (*Buffer)->getBuffer().split(Lines, '\n', /*MaxSplit=*/-1, /*KeepEmpty=*/false);
  for (llvm::StringRef Line : Lines)
    if (!Line.trim().empty())
      if (llvm::Error E = addPath(Line.trim()))
        return E;
  return llvm::Error::success();
}

void SummaryFiles::addFrames(std::unique_ptr<llvm::MemoryBuffer> Buffer) {
  addFramesOf(Buffer->getBuffer(), Buffer->getBufferIdentifier());
  Buffers.push_back(std::move(Buffer));
}

void SummaryFiles::finish() {
  llvm::sort(Summaries, [](const Summary &A, const Summary &B) {
    return std::tie(A.Bytes, A.File) < std::tie(B.Bytes, B.File);
  });
  auto Same = [](const Summary &A, const Summary &B) { return A.Bytes == B.Bytes; };
  Summaries.erase(std::unique(Summaries.begin(), Summaries.end(), Same), Summaries.end());
  llvm::sort(Refusals, [](const Refusal &A, const Refusal &B) {
    return std::tie(A.File, A.Why) < std::tie(B.File, B.Why);
  });
}

/// Not MemoryBuffer::dontNeedIfMmap(): it asks posix_madvise(), and glibc's does nothing.
void SummaryFiles::giveBackMemory() const {
#ifdef MADV_DONTNEED
  for (const std::unique_ptr<llvm::MemoryBuffer> &Buffer : Buffers)
    if (Buffer->getBufferKind() == llvm::MemoryBuffer::MemoryBuffer_MMap)
      ::madvise(const_cast<char *>(Buffer->getBufferStart()), Buffer->getBufferSize(),
                MADV_DONTNEED);
#endif
}

uint64_t SummaryFiles::bytes() const {
  uint64_t Sum = 0;
  for (const Summary &One : Summaries)
    Sum += FrameSize + One.Bytes.size();
  return Sum;
}

} // namespace airlock
