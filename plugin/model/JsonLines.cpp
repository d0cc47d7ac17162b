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

/// Deeper than any model; paths of runaway nesting would fill the memory.
constexpr size_t MaxDepth = 32;

} // namespace

/// nlohmann's SAX events, turned into a path and the line it starts on.
class JsonLineScanner : public nlohmann::json_sax<nlohmann::json> {
public:
  JsonLineScanner(llvm::StringRef Text, JsonLines &Out) : Text(Text), Out(Out) {}

  void scan() {
    nlohmann::json::sax_parse(TrackedIterator(Text.begin(), &Line),
                              TrackedIterator(Text.end(), &Line), this);
  }

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
    S.Path = (S.Base.empty() ? "" : S.Base + ".") + Key;
    if (!S.Keys.insert(Key).second) {
      Out.Error = "key '" + Key + "' is given twice";
      Out.ErrorLine = Line;
      return false;
    }
    Out.Lines[S.Path] = Line;
    return true;
  }

  bool parse_error(std::size_t, const std::string &,
                   const nlohmann::detail::exception &E) override {
    // "[json.exception.parse_error.101] parse error at line 1, column 2: ..."
    llvm::StringRef What = E.what();
    What.consume_front("[json.exception.");
    What = What.split("] ").second;
    Out.Error = ("not valid JSON: " + What).str();
    Out.ErrorLine = Line;
    return false;
  }

private:
  struct Scope {
    std::string Base; // the path of the object or array itself
    std::string Path; // the path of the value that comes next
    bool IsArray;
    unsigned Index = 0;
    llvm::StringSet<> Keys;
  };

  std::string nextPath() {
    if (Scopes.empty())
      return "";
    Scope &S = Scopes.back();
    if (S.IsArray)
      S.Path = S.Base + "[" + std::to_string(S.Index++) + "]";
    return S.Path;
  }
  bool value() {
    Out.Lines.try_emplace(nextPath(), Line);
    return true;
  }
  bool open(bool IsArray) {
    if (Scopes.size() == MaxDepth) {
      Out.Error = "nested too deeply";
      Out.ErrorLine = Line;
      return false;
    }
    std::string Path = nextPath();
    Out.Lines.try_emplace(Path, Line);
    Scope S;
    S.Base = Path;
    S.IsArray = IsArray;
    Scopes.push_back(std::move(S));
    return true;
  }
  bool close() {
    Scopes.pop_back();
    return true;
  }

  llvm::StringRef Text;
  JsonLines &Out;
  unsigned Line = 1;
  std::vector<Scope> Scopes;
};

JsonLines::JsonLines(llvm::StringRef Text) { JsonLineScanner(Text, *this).scan(); }

unsigned JsonLines::lineOf(llvm::StringRef Path) const {
  while (true) {
    auto Found = Lines.find(Path);
    if (Found != Lines.end())
      return Found->second;
    size_t Cut = Path.find_last_of(".[");
    if (Cut == llvm::StringRef::npos)
      return 1;
    Path = Path.substr(0, Cut);
  }
}

} // namespace airlock
