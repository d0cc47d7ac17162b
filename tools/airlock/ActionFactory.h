// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What is done with one unit, for parseUnit().

#ifndef AIRLOCK_TOOLS_ACTIONFACTORY_H
#define AIRLOCK_TOOLS_ACTIONFACTORY_H

#include "clang/Frontend/FrontendAction.h"
#include "clang/Tooling/Tooling.h"
#include <functional>

namespace airlock {

class ActionFactory : public clang::tooling::FrontendActionFactory {
public:
  using Maker = std::function<std::unique_ptr<clang::FrontendAction>()>;
  /// True if a unit is done with without being parsed: what is not C need not parse, and
  /// its compiler may be another one.
  using PassingBy = std::function<bool(const clang::CompilerInvocation &)>;

  explicit ActionFactory(Maker Make, PassingBy PassesBy = nullptr)
      : Make(std::move(Make)), PassesBy(std::move(PassesBy)) {}

  std::unique_ptr<clang::FrontendAction> create() override { return Make(); }

  bool runInvocation(std::shared_ptr<clang::CompilerInvocation> Invocation,
                     clang::FileManager *Files,
                     std::shared_ptr<clang::PCHContainerOperations> Containers,
                     clang::DiagnosticConsumer *Errors) override {
    return (PassesBy && PassesBy(*Invocation)) ||
           FrontendActionFactory::runInvocation(std::move(Invocation), Files, std::move(Containers),
                                                Errors);
  }

private:
  Maker Make;
  PassingBy PassesBy;
};

} // namespace airlock

#endif
