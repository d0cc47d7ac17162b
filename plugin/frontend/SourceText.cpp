// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "frontend/SourceText.h"
#include "frontend/Locations.h"
#include "support/Header.h"
#include "support/Includes.h"
#include "clang/Lex/HeaderSearch.h"
#include "clang/Lex/Lexer.h"
#include "clang/Lex/Preprocessor.h"
#include "llvm/Support/xxhash.h"

using namespace clang;

namespace airlock {

bool hasMacro(Preprocessor &PP, llvm::StringRef Name, SourceLocation At) {
  const SourceManager &SM = PP.getSourceManager();
  At = SM.getFileLoc(At);
  const MacroInfo *Macro =
      PP.getMacroDefinitionAtLoc(PP.getIdentifierInfo(Name), At).getMacroInfo();
  if (!Macro)
    return false;
  FileID File = SM.getFileID(At), From = SM.getFileID(Macro->getDefinitionLoc());
  if (File == SM.getMainFileID())
    return true;
  while (From.isValid() && From != PP.getPredefinesFileID() && From != File)
    From = SM.getFileID(SM.getIncludeLoc(From));
  return From.isValid();
}

namespace {

/// The tokens of a file from some place on.
class Tokens {
public:
  Tokens(const Preprocessor &PP, FileID File, unsigned Offset)
      : SM(PP.getSourceManager()), Buffer(SM.getBufferData(File)),
        Lex(SM.getLocForStartOfFile(File), PP.getLangOpts(), Buffer.begin(),
            Buffer.begin() + Offset, Buffer.end()) {}

  bool next(Token &Into) {
    Lex.LexFromRawLexer(Into);
    return Into.isNot(tok::eof);
  }
  llvm::StringRef text(const Token &Is) const {
    return Buffer.substr(SM.getFileOffset(Is.getLocation()), Is.getLength());
  }

private:
  const SourceManager &SM;
  llvm::StringRef Buffer;
  Lexer Lex;
};

uint32_t hashOf(llvm::StringRef Text) {
  auto Hash = static_cast<uint32_t>(llvm::xxh3_64bits(Text)) & WrittenCode::Bits;
  return Text.empty() || Hash ? Hash : 1;
}

bool opens(const Token &Is) { return Is.isOneOf(tok::l_paren, tok::l_square, tok::l_brace); }
bool closes(const Token &Is) { return Is.isOneOf(tok::r_paren, tok::r_square, tok::r_brace); }

} // namespace

/// From the first token of what is called to the parenthesis behind the arguments; of what
/// comes out of a macro, that of the macro.
uint32_t SourceText::ofCall(CallId Id) const {
  if (!F.Calls[Id].Place.isValid())
    return 0;
  const SourceManager &SM = PP.getSourceManager();
  auto [File, Offset] = SM.getDecomposedLoc(SM.getFileLoc(toClang(F.Calls[Id].Place)));
  Tokens All(PP, File, Offset);
  std::string Text;
  unsigned Depth = 0;
  bool BehindWord = false;
  constexpr unsigned MaxTokens = 500; // of whatever stands in there
  Token Is;
  for (unsigned Count = 0; Count < MaxTokens && All.next(Is); ++Count) {
    bool IsWord = Is.is(tok::raw_identifier);
    bool Belongs = Count == 0 || Depth || (IsWord && !BehindWord) ||
                   Is.isOneOf(tok::l_paren, tok::l_square, tok::arrow, tok::period);
    if (!Belongs)
      break;
    Depth += opens(Is) ? 1 : closes(Is) ? -1 : 0;
    BehindWord = IsWord || closes(Is);
    Text += All.text(Is);
    Text += ' ';
  }
  return hashOf(Text);
}

uint32_t SourceText::ofLine(Location At) const {
  if (!At.isValid())
    return 0;
  const SourceManager &SM = PP.getSourceManager();
  auto [File, Offset] = SM.getDecomposedLoc(SM.getFileLoc(toClang(At)));
  llvm::StringRef Before = SM.getBufferData(File).take_front(Offset);
  Tokens All(PP, File, Before.rfind('\n') + 1);
  std::string Text;
  Token Is;
  while (All.next(Is) && !(Is.isAtStartOfLine() && !Text.empty())) {
    Text += All.text(Is);
    Text += ' ';
  }
  return hashOf(Text);
}

/// What to include for a macro in a file, as it is written; empty if nothing is found.
std::string SourceText::headerFor(llvm::StringRef Macro, FileID From) const {
  const SourceManager &SM = PP.getSourceManager();
  FileManager &Files = SM.getFileManager();
  OptionalFileEntryRef Includer = SM.getFileEntryRefForID(From);
  llvm::SmallVector<std::pair<OptionalFileEntryRef, DirectoryEntryRef>, 1> Includers;
  if (Includer)
    Includers.push_back({Includer, Includer->getDir()});
  for (auto [Name, IsAngled] :
       {std::pair("airlock.h", false), std::pair("linux/airlock.h", true)}) {
    OptionalFileEntryRef Found = PP.getHeaderSearchInfo().LookupFile(
        Name, SourceLocation(), IsAngled, nullptr, nullptr, Includers, nullptr, nullptr, nullptr,
        nullptr, nullptr, nullptr);
    if (!Found)
      continue;
    auto Buffer = Files.getBufferForFile(*Found);
    if (Buffer && definesMacro((*Buffer)->getBuffer(), Macro))
      return (IsAngled ? "<" : "\"") + std::string(Name) + (IsAngled ? ">" : "\"");
  }
  return "";
}

MacroNeed SourceText::needOf(llvm::StringRef Macro, Location At) const {
  const SourceManager &SM = PP.getSourceManager();
  SourceLocation Here = SM.getFileLoc(toClang(At));
  if (hasMacro(PP, Macro, Here))
    return {};
  auto [File, Offset] = SM.getDecomposedLoc(Here);
  std::string Name = headerFor(Macro, File);
  if (!Name.empty()) {
    size_t Place = behindIncludes(SM.getBufferData(File).take_front(Offset));
    SourceLocation Begin = SM.getLocForStartOfFile(File);
    return {MacroNeed::Include, toLocation(Begin.getLocWithOffset(Place)), includeLine(Name), Name};
  }
  if (definesMacro(headerText(), Macro))
    return {MacroNeed::NoHeader, {}, "", "\"airlock.h\""};
  return {MacroNeed::Unknown, {}, "", ""};
}

} // namespace airlock
