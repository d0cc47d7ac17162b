// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Flows made by hand, for tests that need no source code. A body is written
// top down; blocks come out in the order that the analysis wants.

#ifndef AIRLOCK_TEST_FLOWSBYHAND_H
#define AIRLOCK_TEST_FLOWSBYHAND_H

#include "FactsBuilder.h"
#include "facts/Flow.h"
#include <map>

namespace airlock {

class BodyBuilder {
public:
  using Part = llvm::function_ref<void()>;

  /// Facts may be null where nothing is called.
  explicit BodyBuilder(FactsBuilder *Facts = nullptr, EntityId Function = NoEntity)
      : Facts(Facts), Function(Function) {
    Body.Values.emplace_back(); // what is returned
    Body.Blocks.emplace_back();
  }

  // Values.
  ValueId local() { return add(FlowValue::Variable); }
  ValueId memory() { return add(FlowValue::Memory); }
  ValueId result() { return add(FlowValue::Result); }
  ValueId parameter(unsigned Index) {
    ValueId V = add(FlowValue::Variable);
    Body.Values[V].Parameter = Index;
    return V;
  }
  ValueId masked(ValueId Base, uint64_t Mask) {
    ValueId V = add(FlowValue::Masked);
    Body.Values[V].Base = Base;
    Body.Values[V].Mask = Mask;
    Body.Values[Base].Dependents.push_back(V);
    return V;
  }

  // Expressions.
  ExprId number(int64_t N) {
    ExprId Id = expr(FlowExpr::Constant);
    Body.Exprs[Id].Number = N;
    return Id;
  }
  ExprId use(ValueId V) {
    ExprId Id = expr(FlowExpr::Value);
    Body.Exprs[Id].Var = V;
    return Id;
  }
  ExprId expr(FlowExpr::Kind Is, llvm::ArrayRef<ExprId> Operands = {}) {
    FlowExpr E;
    E.Is = Is;
    std::copy(Operands.begin(), Operands.end(), E.Operands);
    Body.Exprs.push_back(E);
    return Body.Exprs.size() - 1;
  }
  /// A condition that nothing else here depends on.
  ExprId anything() { return use(memory()); }

  // Events.
  CallId call(EntityId Callee, llvm::ArrayRef<ExprId> Arguments = {}, ValueId Result = NoValue) {
    FlowEvent &E = event(FlowEvent::Call);
    E.Made = Facts->call(Function, Callee, Outer);
    E.Arguments.assign(Arguments.begin(), Arguments.end());
    E.Target = Result;
    return E.Made;
  }
  /// A call whose result is a condition.
  ExprId asks(EntityId Callee, llvm::ArrayRef<ExprId> Arguments = {}) {
    ValueId Answer = result();
    call(Callee, Arguments, Answer);
    return use(Answer);
  }
  /// The calls of Inside are in the body of a macro.
  CallId expands(EntityId Macro, Part Inside) {
    CallId Id = call(Macro);
    CallId Around = Outer;
    Outer = Id;
    Inside();
    Outer = Around;
    return Id;
  }
  FlowEvent &last() { return Body.Blocks.back().Events.back(); }
  void assign(ValueId To, ExprId From) {
    FlowEvent &E = event(FlowEvent::Assign);
    E.Target = To;
    E.Source = From;
  }
  void forget(ValueId V) { event(FlowEvent::Forget).Target = V; }
  void follow(ValueId Pointer) { event(FlowEvent::NonNull).Target = Pointer; }

  // Control flow.
  void branch(ExprId Condition, Part Then, Part Else = nullptr) {
    BlockId Begin = here();
    Body.Blocks[Begin].Condition = Condition;
    edge(Begin, next(), FlowEdge::IfTrue);
    Then();
    BlockId AfterThen = here(), Otherwise = next();
    edge(Begin, Otherwise, FlowEdge::IfFalse);
    if (Else) {
      Else();
      edge(here(), Body.Blocks.size(), FlowEdge::Always);
      next();
    }
    edge(AfterThen, here(), FlowEdge::Always);
  }
  /// `while (Condition) Inside`.
  void loop(ExprId Condition, Part Inside) {
    BlockId Before = here(), Head = next();
    edge(Before, Head, FlowEdge::Always);
    Body.Blocks[Head].Condition = Condition;
    Body.Blocks[Head].DecidesLoop = true;
    Body.Blocks[Head].Loop = Facts->here();
    edge(Head, next(), FlowEdge::IfTrue);
    Inside();
    edge(here(), Head, FlowEdge::Always);
    edge(Head, next(), FlowEdge::IfFalse);
  }
  void returns(ExprId Value = NoExpr) {
    FlowEvent &E = event(FlowEvent::Return);
    E.Source = Value;
    E.At = Facts->here();
    Returning.push_back(here());
    stops();
  }
  /// A call that does not return: nothing leads to what comes next.
  void stops() { next(); }

  Flow finish() {
    Returning.push_back(here());
    BlockId Exit = next();
    for (BlockId From : Returning)
      edge(From, Exit, FlowEdge::Always);
    Body.Blocks[Exit].IsExit = true;
    Body.End = Facts->here();
    return std::move(Body);
  }

  Flow Body;

private:
  BlockId here() const { return Body.Blocks.size() - 1; }
  BlockId next() {
    Body.Blocks.emplace_back();
    return here();
  }
  void edge(BlockId From, BlockId To, FlowEdge::Kind Is) {
    FlowEdge E;
    E.Is = Is;
    E.To = To;
    Body.Blocks[From].Next.push_back(E);
  }
  FlowEvent &event(FlowEvent::Kind Is) {
    FlowEvent E;
    E.Is = Is;
    Body.Blocks.back().Events.push_back(E);
    return Body.Blocks.back().Events.back();
  }
  ValueId add(FlowValue::Kind Is) {
    FlowValue V;
    V.Is = Is;
    Body.Values.push_back(V);
    return Body.Values.size() - 1;
  }

  FactsBuilder *Facts;
  EntityId Function;
  CallId Outer = NoCall;
  std::vector<BlockId> Returning;
};

/// The flows of a unit, and the facts about who they belong to.
class FlowsByHand : public FlowSource {
public:
  explicit FlowsByHand(FactsBuilder &Facts) : Facts(Facts) {}

  void define(EntityId Function, llvm::function_ref<void(BodyBuilder &)> Write) {
    Facts.F.Entities[Function].HasBody = true;
    BodyBuilder Do(&Facts, Function);
    Write(Do);
    Bodies[Function] = Do.finish();
  }
  std::unique_ptr<Flow> flowOf(EntityId Function, llvm::function_ref<bool(EntityId)>) override {
    auto Found = Bodies.find(Function);
    return Found == Bodies.end() ? nullptr : std::make_unique<Flow>(Found->second);
  }

private:
  FactsBuilder &Facts;
  std::map<EntityId, Flow> Bodies;
};

} // namespace airlock

#endif
