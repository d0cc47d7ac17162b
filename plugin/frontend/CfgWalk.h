// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// One way through clang::CFG for whoever makes a flow of it (FlowBuilder.h,
// UserFlowBuilder.h): its blocks by number, in reverse post-order; in each, the statements,
// the macros that they come out of, each once, the ends of scopes that call something, and
// what decides at its end.

#ifndef AIRLOCK_FRONTEND_CFGWALK_H
#define AIRLOCK_FRONTEND_CFGWALK_H

#include "frontend/CfgTools.h"
#include "frontend/FactCollector.h"
#include "frontend/Locations.h"
#include "llvm/ADT/DenseSet.h"

namespace airlock {

class CfgWalk {
public:
  /// Keeps references to all of them.
  CfgWalk(const CollectorInput &From, UnitTables &Tables, const Facts &Into,
          const clang::FunctionDecl *Function)
      : From(From), Tables(Tables), Into(Into), Function(Function),
        HasModelledMacros(From.Macros.expandsModelled(Function->getBody()->getSourceRange())) {}
  virtual ~CfgWalk() = default;
  CfgWalk(const CfgWalk &) = delete;
  CfgWalk &operator=(const CfgWalk &) = delete;

protected:
  /// Null if Clang cannot make it. To be asked first.
  const clang::CFG *graph();
  /// How many blocks there are, and the number of one; nothing where control cannot come.
  uint32_t count() const { return Order.size(); }
  std::optional<uint32_t> numberOf(const clang::CFGBlock *B) const;
  void walk();
  /// The edge to where a successor is, if control can come there.
  template <typename Edge>
  void addEdge(const clang::CFGBlock *To, Edge E, llvm::SmallVectorImpl<Edge> &Next) const {
    if (std::optional<uint32_t> Id = numberOf(To)) {
      E.To = *Id;
      Next.push_back(std::move(E));
    }
  }

  // What walk() comes to, in this order for each block.
  virtual void enter(uint32_t Id) = 0;
  virtual void expansion(const MacroFrame &Of, CallId Made) = 0;
  /// Opaque: the model of the macro around it says all that there is to say.
  virtual void statement(const clang::Stmt *S, bool Opaque) = 0;
  virtual void cleanup(const clang::VarDecl *V, CallId Made) = 0;
  virtual void leaveStatements(const clang::CFGBlock &) {}
  virtual void decide(const clang::CFGBlock &B) = 0;

  /// Notes at its head where each loop is; Also hears of each, with the statement, or null for
  /// one that gotos make.
  template <typename Block, typename Fn> void noteLoops(std::vector<Block> &Blocks, Fn Also) const {
    for (uint32_t Id = 0; Id < Order.size(); ++Id)
      for (const auto &Edge : Blocks[Id].Next) {
        if (Edge.To > Id)
          continue; // it leads on
        const clang::Stmt *Loop = loopOf(*Order[Id]);
        Block &Head = Blocks[Edge.To];
        if (Loop || !Head.Loop.isValid())
          Head.Loop = placeOf(Loop);
        Also(Head, Loop);
      }
  }

  const CollectorInput &From;
  UnitTables &Tables;
  const Facts &Into;
  const clang::FunctionDecl *const Function;
  const bool HasModelledMacros;

private:
  void expansions(const clang::Stmt *S, bool &Opaque);
  Location placeOf(const clang::Stmt *Loop) const;

  std::unique_ptr<clang::CFG> Graph;
  std::vector<const clang::CFGBlock *> Order;
  llvm::DenseMap<const clang::CFGBlock *, uint32_t> Numbers;
  llvm::DenseSet<CallId> Emitted;
};

} // namespace airlock

#endif
