// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A call graph as it is shown to people: worded and placed, and small. Whoever
// made it decided what belongs into it. Owns its text.

#ifndef AIRLOCK_REPORT_CALLPICTURE_H
#define AIRLOCK_REPORT_CALLPICTURE_H

#include "report/Report.h"

namespace airlock {

struct CallPicture {
  enum class Role : uint8_t {
    Inside,  // it is in the context
    Entry,   // anyone may call it, its body is in the context
    Outside, // it is not in it
    Asked,   // the function that the picture is of
    Near,    // what is around that
  };
  struct Node {
    std::string Name;
    Place At;
    Role Is;
    /// "function", "macro" or "slot".
    std::string Kind;
  };
  enum class Link : uint8_t {
    Call,
    Store,  // a slot leads to what is stored there
    Breach, // a call from outside of the context into it, or a slot that keeps what is in it
  };
  struct Edge {
    size_t From, To; // nodes
    Link Is;
    Place At;
  };

  /// "context 'uaccess'"
  std::string Title;
  std::vector<Node> Nodes;
  std::vector<Edge> Edges;
  /// What was left out of it, in words; empty for nothing.
  std::string Left;
};

llvm::StringRef nameOf(CallPicture::Role Is);
llvm::StringRef nameOf(CallPicture::Link Is);

/// For Graphviz.
void renderDot(const CallPicture &Picture, llvm::raw_ostream &Out);
/// {"airlock", "schema", "title", "nodes": [{"name", "kind", "role", place}],
/// "edges": [{"from", "to": indices of nodes, "kind", place}], "left"}
void renderPictureJson(const CallPicture &Picture, llvm::raw_ostream &Out);

} // namespace airlock

#endif
