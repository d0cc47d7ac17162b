// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Files that are edited in memory: text is put in or taken out, nothing is changed in
// place. Each file remembers which of its text is its own, so that it can be had as it
// is now, and as it was with the same line numbers.

#ifndef AIRLOCK_ANNOTATE_SOURCES_H
#define AIRLOCK_ANNOTATE_SOURCES_H

#include "annotate/Edit.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/Error.h"
#include <map>
#include <set>
#include <vector>

namespace airlock {

/// One file. Offsets are those of the text as it is now.
class EditedFile {
public:
  explicit EditedFile(std::string Text);

  const std::string &before() const { return Before; }
  const std::string &now() const { return Now; }
  bool isEdited() const { return Before != Now; }
  /// As it was, and as it is, with the line feeds of both: in the two, the compiler
  /// counts the same lines.
  std::string beforeWithLines() const { return withLines(/*IsNow=*/false); }
  std::string nowWithLines() const { return withLines(/*IsNow=*/true); }

  /// What the number of a line of now() is in before(), or, of a line that was put in,
  /// that of the next one.
  unsigned lineBefore(unsigned Line) const;

  void insert(size_t At, llvm::StringRef Text);
  /// Takes out what is its own, or was put in.
  void erase(size_t At, size_t Size);

  /// Takes out Erased bytes and puts Text there. Lines below that are aligned with a parenthesis
  /// behind the place stay so.
  void replace(size_t At, size_t Erased, llvm::StringRef Text);

  /// By offset in before(): how much of it is taken out, and what is put in.
  struct Change {
    size_t At, Erased;
    std::string Text;
  };
  std::vector<Change> changes() const;

private:
  struct Piece {
    bool Own, Erased;
    std::string Text;
  };
  std::string withLines(bool IsNow) const;
  size_t split(size_t At);
  void join();

  std::string Before, Now;
  std::vector<Piece> Pieces;
};

class EditedSources {
public:
  /// Root: what names are relative to that people see. Files are named by their absolute
  /// paths, without symbolic links.
  explicit EditedSources(llvm::StringRef Root) : Root(Root) {}

  /// What was in a file, as a hash, when the compiler read it. An edit of a file that holds
  /// something else by now is an error: somebody else edits it.
  void expect(llvm::StringRef Name, uint64_t Hash);
  /// Makes the edits, whose places are those of what is there by now; an error if a
  /// file cannot be read, or has no such place.
  llvm::Error apply(const std::set<Edit> &Edits);
  /// Puts a file there. It may be there already if it says the same; else that is an error.
  llvm::Error create(llvm::StringRef Name, llvm::StringRef Text);
  /// Puts a line behind the #includes that a file begins with, if it does not have it.
  llvm::Error include(llvm::StringRef Header, llvm::StringRef Name);
  /// Takes that line out of a file, if none of the header's macros is used there.
  llvm::Error exclude(llvm::StringRef Header, llvm::StringRef Name,
                      const llvm::StringSet<> &Macros);

  /// The number that a line had at first.
  unsigned lineBefore(llvm::StringRef Name, unsigned Line) const;
  /// What is in a file by now; good until the next edit.
  llvm::Expected<llvm::StringRef> textOf(llvm::StringRef Name);
  /// The same of all that were opened, by their names.
  llvm::StringMap<std::string> contents() const;

  /// As a unified diff, in the order of the paths, with "a/" and "b/". Asks `diff`.
  llvm::Expected<std::string> patch() const;
  bool anyEdited() const;
  /// Those that were not there.
  const llvm::StringSet<> &created() const { return Created; }
  /// By name, in their order.
  void forEachEdited(llvm::function_ref<void(llvm::StringRef, const EditedFile &)> Visit) const;
  /// Takes all edits back; of files that were there, only.
  void undo() { Files.clear(); }

  /// Whether nobody else has edited, meanwhile, a file that is edited here.
  llvm::Error checkUnchanged() const;
  /// Writes all of them, each whole or not at all.
  llvm::Error write() const;

private:
  llvm::Expected<EditedFile *> open(llvm::StringRef Name);
  /// An error if a file is not what it was, or is there and was not.
  llvm::Error checkUnchanged(llvm::StringRef Name, const EditedFile &File) const;

  std::string Root;
  std::map<std::string, EditedFile> Files;
  llvm::StringSet<> Created;
  llvm::StringMap<uint64_t> Expected;
};

} // namespace airlock

#endif
