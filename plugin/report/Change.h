// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A report of a program that becomes one of what a change to it brings.

#ifndef AIRLOCK_REPORT_CHANGE_H
#define AIRLOCK_REPORT_CHANGE_H

#include "report/Report.h"

namespace airlock {

/// Leaves the findings of R that the program Without the change has not, by their ids, one for
/// one, those of the same file first. One that is open now and was silenced in the source is
/// new; one that was open and is silenced now is not. What was given up without the change is
/// nothing that it brings.
void leaveNew(Report &R, const Report &Without);

/// Puts each finding that is in no line that the change shows at the first step of its path that
/// is in a line that it changes, or else in one that it shows, if there is any: that is where
/// whoever reads the change looks. Where it was stays in the path.
void moveIntoChange(Report &R, llvm::function_ref<bool(const Place &)> IsShown,
                    llvm::function_ref<bool(const Place &)> IsChanged);

/// "12 files of 'HEAD~1', 3 of them not C of this build; 2 translation units touched"
std::string sentenceOf(const ReportedChange &Is);

} // namespace airlock

#endif
