// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The frames in which JSON-RPC comes and goes in the language server protocol: a header
// with a Content-Length, an empty line, and so many bytes of JSON. Whatever comes in,
// what it takes of memory is bounded, and the reader goes on behind it.

#ifndef AIRLOCK_TOOLS_LSPTRANSPORT_H
#define AIRLOCK_TOOLS_LSPTRANSPORT_H

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/raw_ostream.h"
#include <nlohmann/json.hpp>

namespace airlock {

/// Those of JSON-RPC and of the protocol.
enum class RpcError {
  ParseError = -32700,
  InvalidRequest = -32600,
  MethodNotFound = -32601,
  InvalidParams = -32602,
  NotInitialized = -32002,
};

class MessageReader {
public:
  using MessageHandler = llvm::function_ref<void(const nlohmann::json &)>;
  using ErrorHandler = llvm::function_ref<void(RpcError, llvm::StringRef)>;

  /// Takes what has come in, cut anywhere; calls one of the two for each frame that ends.
  void feed(llvm::StringRef Bytes, MessageHandler Message, ErrorHandler Error);

private:
  void endLine(ErrorHandler Error);
  void endHeader(ErrorHandler Error);

  /// Of the header, at most so much that a number fits; or the body.
  std::string Text;
  /// What the header says; nothing if it says nothing that is a number.
  std::optional<uint64_t> Length;
  bool AnyLine = false, InBody = false;
  /// Of a body that is too long.
  uint64_t ToSkip = 0;
};

void writeMessage(const nlohmann::json &Message, llvm::raw_ostream &Out);

} // namespace airlock

#endif
