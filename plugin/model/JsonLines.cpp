// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "model/JsonLines.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/ADT/Twine.h"
#include <iterator>
#include <nlohmann/json.hpp>
#include <vector>

namespace airlock {

namespace {

/// An input iterator that counts the lines that the parser has read.
class TrackedIterator {
public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char *;
  using reference = const char &;

  TrackedIterator(const char *At, unsigned *Line) : At(At), Line(Line) {}
  reference operator*() const { return *At; }
  TrackedIterator &operator++() {
    *Line += *At++ == '\n';
    return *this;
  }
  TrackedIterator operator++(int) {
    TrackedIterator Old = *this;
    ++*this;
    return Old;
  }
  bool operator==(const TrackedIterator &Other) const { return At == Other.At; }
  bool operator!=(const TrackedIterator &Other) const { return At != Other.At; }

private:
  const char *At;
  unsigned *Line;
};

/// Deeper than any model.
constexpr size_t MaxDepth = 32;

/// nlohmann's SAX events: what is wrong with a text, or how far a path leads in it.
class JsonLineScanner : public nlohmann::json_sax<nlohmann::json> {
public:
  JsonLineScanner(llvm::StringRef Text, llvm::StringRef Path) : Text(Text), Path(Path) {}

  void scan() {
    nlohmann::json::sax_parse(TrackedIterator(Text.begin(), &Line),
                              TrackedIterator(Text.end(), &Line), this);
  }

  std::string Error;
  unsigned ErrorLine = 0;
  /// Of the value at the path, or its nearest parent.
  unsigned FoundLine = 1;

  bool null() override { return value(); }
  bool boolean(bool) override { return value(); }
  bool number_integer(number_integer_t) override { return value(); }
  bool number_unsigned(number_unsigned_t) override { return value(); }
  bool number_float(number_float_t, const string_t &) override { return value(); }
  bool string(string_t &) override { return value(); }
  bool binary(binary_t &) override { return value(); }
  bool start_object(std::size_t) override { return open(false); }
  bool start_array(std::size_t) override { return open(true); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }

  bool key(string_t &Key) override {
    Scope &S = Scopes.back();
    if (!S.Keys.insert(Key).second)
      return fail("key '" + Key + "' is given twice");
    Next = S.Here.empty() ? follow(S, Key) : follow(S, "." + Key);
    return true;
  }

  bool parse_error(std::size_t, const std::string &,
                   const nlohmann::detail::exception &E) override {
    // "[json.exception.parse_error.101] parse error at line 1, column 2: ..."
    llvm::StringRef What = E.what();
    What.consume_front("[json.exception.");
    What = What.split("] ").second;
    return fail("not valid JSON: " + What);
  }

private:
  /// What of the path leads to a value: all of it for none of its own, and nothing for one
  /// that is elsewhere.
  struct Way {
    llvm::StringRef Here;
    bool Leads = true;
  };
  struct Scope : Way {
    bool IsArray;
    unsigned Index = 0;
    llvm::StringSet<> Keys;
    Scope(Way At, bool IsArray) : Way(At), IsArray(IsArray) {}
  };

  /// One step on from a way; the line if that is nearer than before.
  Way follow(const Way &From, const llvm::Twine &Step) {
    if (!From.Leads)
      return {"", false};
    std::string Added = Step.str();
    llvm::StringRef Rest = Path.drop_front(From.Here.size());
    if (!Rest.consume_front(Added) || !(Rest.empty() || Rest[0] == '.' || Rest[0] == '['))
      return {"", false};
    Way To{Path.drop_back(Rest.size()), true};
    if (To.Here.size() > Nearest) {
      Nearest = To.Here.size();
      FoundLine = Line;
    }
    return To;
  }

  /// To the value that comes next.
  Way take() {
    if (Scopes.empty()) {
      FoundLine = Line;
      return Way();
    }
    Scope &S = Scopes.back();
    return S.IsArray ? follow(S, "[" + llvm::Twine(S.Index++) + "]") : Next;
  }

  bool fail(const llvm::Twine &What) {
    Error = What.str();
    ErrorLine = Line;
    return false;
  }
  bool value() {
    take();
    return true;
  }
  bool open(bool IsArray) {
    if (Scopes.size() == MaxDepth)
      return fail("nested too deeply");
    Scopes.emplace_back(take(), IsArray);
    return true;
  }
  bool close() {
    Scopes.pop_back();
    return true;
  }

  llvm::StringRef Text, Path;
  unsigned Line = 1;
  /// How much of the path was found.
  size_t Nearest = 0;
  /// To the value of the key that was read.
  Way Next;
  std::vector<Scope> Scopes;
};

} // namespace

JsonLines::JsonLines(llvm::StringRef Text) : Text(Text) {
  JsonLineScanner Scanner(Text, "");
  Scanner.scan();
  Error = std::move(Scanner.Error);
  ErrorLine = Scanner.ErrorLine;
}

unsigned JsonLines::lineOf(llvm::StringRef Path) const {
  JsonLineScanner Scanner(Text, Path);
  Scanner.scan();
  return Scanner.FoundLine;
}

} // namespace airlock
