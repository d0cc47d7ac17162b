// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "report/Html.h"
#include "report/Diff.h"
#include "report/JsonParts.h"
#include "report/SourceLines.h"
#include "rules/RegionStory.h"
#include "rules/Rule.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Base64.h"
#include "llvm/Support/SHA256.h"

namespace airlock {

namespace {

struct Part {
  llvm::StringRef Name, Text;
};

const Part Parts[] = {
#include "HtmlParts.inc"
};

/// Empty for the library that lays graphs out, if it could not be had when this was built.
llvm::StringRef partNamed(llvm::StringRef Name) {
  const Part *Found = llvm::find_if(Parts, [&](const Part &P) { return P.Name == Name; });
  return Found == std::end(Parts) ? "" : Found->Text;
}

/// The page, piece by piece. In html/page.html, "<!-- airlock: NAME -->" stands for a piece.
class Page {
public:
  /// A block of data, for scripts to read.
  void add(llvm::StringRef Id, const OrderedJson &Data);
  void write(llvm::raw_ostream &Out);

private:
  std::string piece(llvm::StringRef Name) const;

  const std::string Style = partNamed("style").str();
  const std::string Script =
      (partNamed("code") + partNamed("story") + partNamed("graph") + partNamed("app")).str();
  std::string Data;
};

void Page::add(llvm::StringRef Id, const OrderedJson &Value) {
  std::string Text =
      Value.dump(-1, ' ', /*ensure_ascii=*/false, OrderedJson::error_handler_t::replace);
  Data += "<script type=\"application/json\" id=\"" + Id.str() + "\">";
  // Only strings have one, and nothing else could end the element.
  for (char C : Text)
    if (C == '<')
      Data += "\\u003c";
    else
      Data += C;
  Data += "</script>\n";
}

/// As a policy names what may run.
std::string hashOf(llvm::StringRef Text) {
  return "'sha256-" + llvm::encodeBase64(llvm::SHA256::hash(llvm::arrayRefFromStringRef(Text))) +
         "'";
}

std::string Page::piece(llvm::StringRef Name) const {
  if (Name == "policy") // the worker is the library that lays graphs out
    return "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src " +
           hashOf(Style) + "; script-src " + hashOf(Script) + "; worker-src blob:\">";
  if (Name == "style")
    return "<style>" + Style + "</style>";
  if (Name == "script")
    return "<script>" + Script + "</script>";
  if (Name == "layout")
    return "<script type=\"text/plain\" id=\"layout\">" + partNamed("layout").str() + "</script>";
  return Data;
}

void Page::write(llvm::raw_ostream &Out) {
  llvm::StringRef Rest = partNamed("page");
  while (!Rest.empty()) {
    auto [Before, After] = Rest.split("<!-- airlock: ");
    Out << Before;
    if (After.empty())
      return;
    llvm::StringRef Name;
    std::tie(Name, Rest) = After.split(" -->");
    Out << piece(Name);
  }
}

/// The step in which the region opens that a finding is about.
const ReportedStep *openingStep(const ReportedFinding &F) {
  auto Found = llvm::find_if(
      F.Path, [](const ReportedStep &S) { return llvm::StringRef(S.Text).contains(FromHereOn); });
  return Found == F.Path.end() ? nullptr : &*Found;
}

/// What belongs to findings, and is not in the report.
class Supplement {
public:
  explicit Supplement(llvm::StringRef Root) : Lines(Root) {}
  void add(const ReportedFinding &F, bool WithSource = true);
  void addTo(Page &P) const;

private:
  SourceLines Lines;
  std::set<std::string> Rules;
  /// A step for each finding; null for none.
  OrderedJson Openings = OrderedJson::array();
};

void Supplement::add(const ReportedFinding &F, bool WithSource) {
  Rules.insert(F.Rule);
  const ReportedStep *Opening = openingStep(F);
  Openings.push_back(Opening ? OrderedJson(Opening - F.Path.data()) : OrderedJson());
  if (!WithSource)
    return;
  Lines.want(F.At);
  for (const ReportedStep &S : F.Path)
    Lines.want(S.At);
  if (Opening)
    Lines.wantBetween(Opening->At, F.At);
}

void Supplement::addTo(Page &P) const {
  OrderedJson Pages = OrderedJson::object();
  for (const std::string &Id : Rules)
    if (const Rule *R = findRule(Id))
      Pages[Id] = {{"summary", R->Summary.str()}, {"page", R->page().str()}};
  P.add("sources", Lines.read());
  P.add("rules", Pages);
  P.add("openings", Openings);
}

} // namespace

void renderHtml(const Report &R, const RenderRequest &Request, llvm::raw_ostream &Out) {
  Page P;
  P.add("report", makeReport(R));
  Supplement More(Request.Root);
  for (const ReportedFinding &F : R.findings())
    More.add(F);
  More.addTo(P);
  if (Request.Pictures) {
    OrderedJson Pictures = OrderedJson::array();
    for (const CallPicture &Picture : Request.Pictures())
      Pictures.push_back(makePicture(Picture));
    P.add("pictures", Pictures);
  }
  P.write(Out);
}

void renderDiffHtml(const ReportDiff &D, const RenderRequest &Request, llvm::raw_ostream &Out) {
  Page P;
  P.add("diff", makeDiff(D));
  Supplement More(Request.Root);
  for (const ReportedFinding *F : D.New)
    More.add(*F);
  for (const ReportedFinding *F : D.Fixed)
    More.add(*F, /*WithSource=*/false);
  More.addTo(P);
  P.write(Out);
}

void renderPictureHtml(const CallPicture &Picture, llvm::raw_ostream &Out) {
  Page P;
  P.add("pictures", OrderedJson::array({makePicture(Picture)}));
  P.write(Out);
}

} // namespace airlock
