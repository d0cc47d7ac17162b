// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The pieces of JSON that more than one renderer writes.

#ifndef AIRLOCK_REPORT_JSONPARTS_H
#define AIRLOCK_REPORT_JSONPARTS_H

#include "report/Report.h"
#include "llvm/Support/raw_ostream.h"
#include <nlohmann/json.hpp>

namespace airlock {

struct CallPicture;
struct ReportDiff;

/// Keys come out in the order they are put in: a file reads like the finding.
using OrderedJson = nlohmann::ordered_json;

/// {"file", "line", "column"}
OrderedJson makePlace(const Place &At);
/// A finding of report/report.schema.json, and its coverage ledger.
OrderedJson makeFinding(const ReportedFinding &F);
OrderedJson makeGivenUp(const ReportedGivenUp &G);
OrderedJson makeStats(const Report &R);
/// What renderJson writes, and renderDiffJson.
OrderedJson makeReport(const Report &R);
OrderedJson makeDiff(const ReportDiff &D);
/// What renderPictureJson writes, without its version.
OrderedJson makePicture(const CallPicture &Picture);
OrderedJson makeChange(const ReportedChange &Is);

/// A path in a URI: bytes that are no plain character of one are percent-encoded, so that the
/// name of a file may be any bytes.
std::string makeUri(llvm::StringRef Path);

void writeJson(const OrderedJson &Root, llvm::raw_ostream &Out);

} // namespace airlock

#endif
