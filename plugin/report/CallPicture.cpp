// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "report/CallPicture.h"
#include "report/JsonParts.h"
#include "llvm/Support/GraphWriter.h"

namespace airlock {

llvm::StringRef nameOf(CallPicture::Role Is) {
  constexpr llvm::StringLiteral Names[] = {"inside", "entry", "outside", "asked", "near"};
  return Names[static_cast<size_t>(Is)];
}

llvm::StringRef nameOf(CallPicture::Link Is) {
  constexpr llvm::StringLiteral Names[] = {"call", "store", "breach"};
  return Names[static_cast<size_t>(Is)];
}

OrderedJson makePicture(const CallPicture &Picture) {
  OrderedJson Nodes = OrderedJson::array(), Edges = OrderedJson::array();
  for (const CallPicture::Node &N : Picture.Nodes) {
    OrderedJson One = {{"name", N.Name}, {"kind", N.Kind}, {"role", nameOf(N.Is).str()}};
    One.update(makePlace(N.At));
    Nodes.push_back(std::move(One));
  }
  for (const CallPicture::Edge &E : Picture.Edges) {
    OrderedJson One = {{"from", E.From}, {"to", E.To}, {"kind", nameOf(E.Is).str()}};
    One.update(makePlace(E.At));
    Edges.push_back(std::move(One));
  }
  return {{"title", Picture.Title},
          {"nodes", std::move(Nodes)},
          {"edges", std::move(Edges)},
          {"left", Picture.Left}};
}

void renderPictureJson(const CallPicture &Picture, llvm::raw_ostream &Out) {
  OrderedJson Root = {{"airlock", AIRLOCK_VERSION}, {"schema", ReportSchema}};
  Root.update(makePicture(Picture));
  writeJson(Root, Out);
}

static llvm::StringRef styleOf(CallPicture::Role Is) {
  switch (Is) {
  case CallPicture::Role::Inside:
    return "fillcolor=\"#dbe9ff\"";
  case CallPicture::Role::Entry:
    return "fillcolor=\"#d7f0dd\", penwidth=2";
  case CallPicture::Role::Outside:
  case CallPicture::Role::Near:
    return "fillcolor=\"#ffffff\"";
  case CallPicture::Role::Asked:
    return "fillcolor=\"#fff1c9\", penwidth=2";
  }
  llvm_unreachable("no other role");
}

static llvm::StringRef styleOf(CallPicture::Link Is) {
  switch (Is) {
  case CallPicture::Link::Call:
    return "";
  case CallPicture::Link::Store:
    return "style=dashed";
  case CallPicture::Link::Breach:
    return "color=\"#c62828\", penwidth=2";
  }
  llvm_unreachable("no other link");
}

void renderDot(const CallPicture &Picture, llvm::raw_ostream &Out) {
  auto Quoted = [](llvm::StringRef Text) {
    return "\"" + llvm::DOT::EscapeString(Text.str()) + "\"";
  };
  Out << "digraph " << Quoted(Picture.Title) << " {\n"
      << "  rankdir=LR;\n"
      << "  node [shape=box, style=filled, fontname=\"sans-serif\", fontsize=11, height=0.25];\n"
      << "  edge [arrowsize=0.6, fontname=\"sans-serif\", fontsize=9];\n";
  if (!Picture.Left.empty())
    Out << "  label=" << Quoted(Picture.Left) << ";\n";
  for (size_t I = 0; I < Picture.Nodes.size(); ++I) {
    const CallPicture::Node &N = Picture.Nodes[I];
    Out << "  n" << I << " [label=" << Quoted(N.Name)
        << ", tooltip=" << Quoted(N.At.File + ":" + std::to_string(N.At.Line)) << ", "
        << styleOf(N.Is);
    if (N.Kind != "function")
      Out << ", shape=" << (N.Kind == "macro" ? "hexagon" : "ellipse");
    Out << "];\n";
  }
  for (const CallPicture::Edge &E : Picture.Edges)
    Out << "  n" << E.From << " -> n" << E.To << " [" << styleOf(E.Is) << "];\n";
  Out << "}\n";
}

} // namespace airlock
