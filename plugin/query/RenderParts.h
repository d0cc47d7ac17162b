// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The pieces that the answers of several queries are written with.

#ifndef AIRLOCK_QUERY_RENDERPARTS_H
#define AIRLOCK_QUERY_RENDERPARTS_H

#include "query/Render.h"
#include "report/JsonParts.h"

namespace airlock {

/// "1 path", "2 paths".
std::string count(size_t N, llvm::StringRef What);

/// A call where its author wrote it, made by its function.
QueryStep stepOf(const Facts &F, CallId Id);
Step stepOf(const Facts &F, const Store &S);
void sortByPlace(const QueryFacts &Of, std::vector<const Store *> &Stores);
/// In the order of the source, by where LocationOf says that each is.
template <typename T, typename Fn>
std::vector<T> inOrder(const QueryFacts &Of, llvm::ArrayRef<T> All, Fn LocationOf) {
  std::vector<std::pair<Place, T>> Rows;
  Rows.reserve(All.size());
  for (const T &One : All)
    Rows.push_back({Of.Places.placeOf(LocationOf(One)), One});
  llvm::stable_sort(Rows, [](const auto &A, const auto &B) {
    const Place &X = A.first, &Y = B.first;
    return std::tie(X.File, X.Line, X.Column) < std::tie(Y.File, Y.Line, Y.Column);
  });
  std::vector<T> Sorted;
  Sorted.reserve(Rows.size());
  for (const auto &Row : Rows)
    Sorted.push_back(Row.second);
  return Sorted;
}

/// A line of text.
void writeStep(const QueryFacts &Of, const Step &S, llvm::raw_ostream &Out);
/// {"file", "line", "column", "function", "callee", "text"}
OrderedJson makeStep(const QueryFacts &Of, const QueryStep &S);
/// The same for a store: "slot" in place of "callee".
OrderedJson makeStore(const QueryFacts &Of, const Store &S);
OrderedJson makeStores(const QueryFacts &Of, llvm::ArrayRef<const Store *> All);
/// Steps with their "depth".
OrderedJson makeCallers(const QueryFacts &Of, llvm::ArrayRef<CallersAnswer::Caller> All);
/// With the versions in front.
void writeAnswer(OrderedJson Answer, llvm::raw_ostream &Out);

} // namespace airlock

#endif
