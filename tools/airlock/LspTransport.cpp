// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "LspTransport.h"

using nlohmann::json;

namespace airlock {

namespace {

/// The largest headers of Linux have 22 MB.
constexpr uint64_t MaxBody = 32U << 20;
constexpr size_t MaxLine = 4096;
/// A parsed value takes more than a byte of text: what has more values, or more levels, than
/// any message of an editor is refused.
constexpr size_t MaxValues = 1U << 20;
constexpr int MaxDepth = 100;

/// Null, after telling the error.
std::optional<json> parse(llvm::StringRef Text, MessageReader::ErrorHandler Error) {
  size_t Values = 0;
  bool TooMuch = false;
  auto Count = [&](int Depth, json::parse_event_t, json &) {
    TooMuch |= ++Values > MaxValues || Depth > MaxDepth;
    return !TooMuch;
  };
  json Message = json::parse(Text.begin(), Text.end(), Count, /*allow_exceptions=*/false);
  if (TooMuch)
    return Error(RpcError::InvalidRequest, "the message has too many values"), std::nullopt;
  if (Message.is_discarded())
    return Error(RpcError::ParseError, "the message is no JSON"), std::nullopt;
  return Message;
}

} // namespace

void MessageReader::feed(llvm::StringRef Bytes, MessageHandler Message, ErrorHandler Error) {
  while (!Bytes.empty()) {
    if (ToSkip) {
      size_t Size = std::min<uint64_t>(ToSkip, Bytes.size());
      ToSkip -= Size;
      Bytes = Bytes.drop_front(Size);
    } else if (InBody) {
      size_t Size = std::min<uint64_t>(*Length - Text.size(), Bytes.size());
      Text += Bytes.take_front(Size);
      Bytes = Bytes.drop_front(Size);
      if (Text.size() < *Length)
        return;
      std::string Body = std::move(Text);
      *this = MessageReader();
      if (std::optional<json> Parsed = parse(Body, Error))
        Message(*Parsed);
    } else {
      size_t End = Bytes.find('\n');
      Text += Bytes.take_front(End);
      if (Text.size() > MaxLine) // its end may be a header
        Text.erase(0, Text.size() - MaxLine);
      if (End == llvm::StringRef::npos)
        return;
      Bytes = Bytes.drop_front(End + 1);
      endLine(Error);
    }
  }
}

void MessageReader::endLine(ErrorHandler Error) {
  llvm::StringRef Line = llvm::StringRef(Text).rtrim('\r');
  if (Line.empty()) {
    endHeader(Error);
    return;
  }
  AnyLine = true;
  // Not only where the line begins: before it may stand the rest of a frame that was broken.
  constexpr llvm::StringLiteral Name("content-length:");
  if (size_t At = Line.rfind_insensitive(Name); At != llvm::StringRef::npos) {
    uint64_t Number;
    bool IsOne = !Line.drop_front(At + Name.size()).trim().getAsInteger(10, Number);
    Length = IsOne ? std::optional(Number) : std::nullopt;
  }
  Text.clear();
}

void MessageReader::endHeader(ErrorHandler Error) {
  bool Any = AnyLine;
  std::optional<uint64_t> Said = Length;
  *this = MessageReader();
  if (!Any)
    return;
  if (!Said) {
    Error(RpcError::ParseError, "a header without a Content-Length that is a number");
  } else if (*Said > MaxBody) {
    ToSkip = *Said;
    Error(RpcError::InvalidRequest, "a message of more than 32 MiB");
  } else if (*Said == 0) {
    Error(RpcError::ParseError, "the message is no JSON");
  } else {
    Length = Said;
    InBody = true;
  }
}

void writeMessage(const json &Message, llvm::raw_ostream &Out) {
  // Names of files are bytes; what is not UTF-8 in them is replaced.
  std::string Text = Message.dump(-1, ' ', /*ensure_ascii=*/false, json::error_handler_t::replace);
  Out << "Content-Length: " << Text.size() << "\r\n\r\n" << Text;
  Out.flush();
}

} // namespace airlock
