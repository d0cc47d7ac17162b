// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "query/FunctionText.h"
#include "model/Model.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"

namespace airlock {

namespace {

void writeLine(const QueryFacts &Of, Location At, llvm::raw_ostream &Out) {
  if (At.isValid())
    Out << "  ; line " << Of.Places.placeOf(At).Line;
  Out << '\n';
}

llvm::StringRef calleeName(const QueryFacts &Of, CallId Made) {
  return Made == NoCall ? "?" : Of.F.callee(Of.F.Calls[Made]).Name;
}

template <typename Set, typename Info> std::string namesOf(Set Ids, const std::vector<Info> &Rows) {
  std::string Names;
  Ids.forEach([&](unsigned Id) { Names += (Names.empty() ? "" : ", ") + Rows[Id].Name; });
  return Names;
}

// Regions.

class FlowWriter {
public:
  FlowWriter(const QueryFacts &Of, const Flow &Body, llvm::raw_ostream &Out)
      : Of(Of), Body(Body), Out(Out) {}
  void run();

private:
  void value(ValueId V);
  void expression(ExprId E, unsigned Depth = 0);
  void event(const FlowEvent &E);
  void edge(const FlowEdge &E);

  const QueryFacts &Of;
  const Flow &Body;
  llvm::raw_ostream &Out;
};

void FlowWriter::value(ValueId V) {
  if (V == NoValue) {
    Out << '?';
    return;
  }
  static constexpr const char *Kinds[] = {"v", "bits", "mem", "res", "ans"};
  const FlowValue &Is = Body.Values[V];
  Out << Kinds[Is.Is] << V;
  if (Is.Parameter)
    Out << "(argument " << *Is.Parameter + 1 << ')';
}

/// Shared expressions are written in full as often as they come up, down to some depth.
void FlowWriter::expression(ExprId Id, unsigned Depth) {
  constexpr unsigned MaxDepth = 6;
  if (Id == NoExpr) {
    Out << '?';
    return;
  }
  const FlowExpr &E = Body.Exprs[Id];
  auto Operator = [&](const char *Sign) {
    Out << '(';
    expression(E.Operands[0], Depth + 1);
    Out << ' ' << Sign << ' ';
    expression(E.Operands[1], Depth + 1);
    Out << ')';
  };
  if (Depth == MaxDepth) {
    Out << 'e' << Id;
    return;
  }
  switch (E.Is) {
  case FlowExpr::Unknown:
    Out << '?';
    break;
  case FlowExpr::Constant:
    Out << E.Number;
    break;
  case FlowExpr::Address:
    Out << '&' << (E.Function == NoEntity ? "?" : Of.F.Entities[E.Function].Name);
    break;
  case FlowExpr::Offset:
    Out << "offset of ";
    expression(E.Operands[0], Depth + 1);
    break;
  case FlowExpr::Next:
    Out << "one more than ";
    expression(E.Operands[0], Depth + 1);
    break;
  case FlowExpr::Value:
    value(E.Var);
    break;
  case FlowExpr::Not:
    Out << '!';
    expression(E.Operands[0], Depth + 1);
    break;
  case FlowExpr::And:
    return Operator("&&");
  case FlowExpr::Or:
    return Operator("||");
  case FlowExpr::Equal:
    return Operator("==");
  case FlowExpr::Less:
    return Operator("<");
  case FlowExpr::BitAnd:
    return Operator("&");
  case FlowExpr::BitOr:
    return Operator("|");
  case FlowExpr::Select:
    expression(E.Operands[0], Depth + 1);
    Out << " ? ";
    expression(E.Operands[1], Depth + 1);
    Out << " : ";
    expression(E.Operands[2], Depth + 1);
    break;
  case FlowExpr::Expansion:
    Out << calleeName(Of, E.Call) << '[';
    expression(E.Operands[0], Depth + 1);
    Out << ']';
    break;
  }
}

void FlowWriter::event(const FlowEvent &E) {
  Out << "  ";
  switch (E.Is) {
  case FlowEvent::Call:
    if (E.Target != NoValue) {
      value(E.Target);
      Out << " = ";
    }
    Out << calleeName(Of, E.Made) << '(';
    llvm::interleave(E.Arguments, [&](ExprId A) { expression(A); }, [&] { Out << ", "; });
    Out << ')';
    if (!E.Regions.empty())
      Out << " of " << namesOf(E.Regions, Of.M.regions());
    if (E.Scope != NoValue) {
      Out << " at the end of ";
      value(E.Scope);
    }
    break;
  case FlowEvent::Assign:
    value(E.Target);
    Out << " = ";
    expression(E.Source);
    break;
  case FlowEvent::Forget:
    Out << "forget ";
    value(E.Target);
    break;
  case FlowEvent::NonNull:
    value(E.Target);
    Out << " is followed";
    break;
  case FlowEvent::Jump:
    Out << "jump to the end";
    break;
  case FlowEvent::Return:
    Out << "return ";
    expression(E.Source);
    break;
  }
  writeLine(Of, E.At, Out);
}

void FlowWriter::edge(const FlowEdge &E) {
  Out << "  ";
  switch (E.Is) {
  case FlowEdge::Always:
    break;
  case FlowEdge::IfTrue:
    Out << "if so ";
    break;
  case FlowEdge::IfFalse:
    Out << "if not ";
    break;
  case FlowEdge::IfEqual:
  case FlowEdge::IfNone:
    Out << (E.Is == FlowEdge::IfEqual ? "if it is " : "if it is none of ");
    llvm::interleaveComma(E.Numbers, Out);
    Out << ' ';
    break;
  }
  if (E.Also != NoExpr) {
    Out << (E.AlsoTruth ? "and " : "and not ");
    expression(E.Also);
    Out << ' ';
  }
  Out << "-> block " << E.To << '\n';
}

void FlowWriter::run() {
  for (BlockId Id = 0; Id < Body.Blocks.size(); ++Id) {
    const FlowBlock &B = Body.Blocks[Id];
    Out << "block " << Id << (B.IsExit ? ", returned" : "") << ":\n";
    llvm::for_each(B.Events, [&](const FlowEvent &E) { event(E); });
    if (B.Condition != NoExpr) {
      Out << "  on ";
      expression(B.Condition);
      Out << (B.DecidesLoop ? ", of a loop\n" : "\n");
    }
    llvm::for_each(B.Next, [&](const FlowEdge &E) { edge(E); });
  }
  if (Body.TooLarge)
    Out << "too large: not made to its end\n";
}

// User pointers.

void writeTerm(const QueryFacts &Of, const UserFlow &Body, TermId Id, llvm::raw_ostream &Out) {
  const Term &T = Body.Terms[Id];
  auto Name = [](TermId Part) { return Part == NoTerm ? "?" : "t" + std::to_string(Part); };
  auto Operator = [&](const char *Sign) { Out << Name(T.A) << ' ' << Sign << ' ' << Name(T.B); };
  switch (T.Is) {
  case Term::Unknown:
    Out << '?';
    break;
  case Term::Constant:
    Out << T.Number;
    break;
  case Term::Parameter:
    Out << "argument " << T.Number + 1;
    break;
  case Term::Object:
    Out << '&' << Body.Variables[T.Number].Name;
    break;
  case Term::Load:
    Out << '*' << Name(T.A) << ", " << T.Number << " bytes";
    break;
  case Term::Offset:
    Out << Name(T.A) << " + " << T.Number;
    break;
  case Term::Index:
    Out << Name(T.A) << '[' << Name(T.B) << "], " << T.Number << " bytes each";
    break;
  case Term::Result:
    Out << "result of " << calleeName(Of, Body.Calls[T.Number].Made);
    break;
  case Term::Select:
    Out << Name(T.A) << " ? " << Name(T.B) << " : " << Name(T.C);
    break;
  case Term::Not:
    Out << '!' << Name(T.A);
    break;
  case Term::Less:
    return Operator(T.Number & 1 ? "<=" : "<");
  case Term::Equal:
    return Operator("==");
  case Term::Bits:
    return Operator("&");
  case Term::Combine:
    return Operator("with");
  }
}

void writeUserEvent(const QueryFacts &Of, const UserEvent &E, llvm::raw_ostream &Out) {
  auto Name = [](TermId Id) { return Id == NoTerm ? "?" : "t" + std::to_string(Id); };
  Out << "  ";
  switch (E.Is) {
  case UserEvent::Call:
    Out << calleeName(Of, E.Made) << '(';
    llvm::interleaveComma(E.Arguments, Out, [&](const UserArgument &A) {
      Out << Name(A.Value);
      if (A.Place != NoTerm)
        Out << " at " << Name(A.Place);
      if (A.Room)
        Out << ", room " << A.Room;
    });
    Out << ")  ; call " << E.Number;
    break;
  case UserEvent::Assign:
    Out << '*' << Name(E.Target) << " = " << Name(E.Source);
    break;
  case UserEvent::Return:
    Out << "return " << Name(E.Source);
    break;
  }
  writeLine(Of, E.At, Out);
}

const char *nameOf(PointerFact::Kind Is) {
  switch (Is) {
  case PointerFact::Alias:
    return "alias";
  case PointerFact::Checked:
    return "checked";
  case PointerFact::Probed:
    return "probed";
  case PointerFact::Barrier:
    return "barrier";
  case PointerFact::Aligned:
    return "aligned";
  case PointerFact::Fetched:
    return "fetched";
  case PointerFact::Derived:
    return "derived";
  case PointerFact::Decided:
    return "decided";
  case PointerFact::Bounded:
    return "bounded";
  case PointerFact::Foreign:
    return "foreign";
  case PointerFact::Value:
    return "value";
  case PointerFact::Within:
    return "within";
  case PointerFact::Flagged:
    return "flagged";
  case PointerFact::Asked:
    return "asked";
  case PointerFact::Handed:
    return "handed";
  case PointerFact::AtLeast:
    return "at-least";
  case PointerFact::Refetched:
    return "refetched";
  case PointerFact::Cached:
    return "cached";
  case PointerFact::Stale:
    return "stale";
  }
  llvm_unreachable("every kind has a name");
}

void writeBytes(ByteRange R, llvm::raw_ostream &Out) {
  if (R.isEmpty())
    return;
  Out << '[';
  if (R.Lo != ByteRange::Least)
    Out << R.Lo;
  Out << "..";
  if (R.Hi != ByteRange::Most)
    Out << R.Hi;
  Out << ')';
}

void writeFact(const PointerFact &Fact, llvm::raw_ostream &Out) {
  Out << "    " << nameOf(Fact.Is) << " t" << Fact.Of;
  writeBytes(Fact.Bytes, Out);
  if (Fact.Other != NoTerm)
    Out << " t" << Fact.Other;
  if (Fact.OtherLo)
    Out << " + " << Fact.OtherLo;
  Out << " by " << Fact.Event << '\n';
}

std::string describe(const QueryFacts &Of, const Known &K) {
  if (K.Function != NoEntity)
    return ("&" + Of.F.Entities[K.Function].Name).str();
  if (std::optional<int64_t> N = K.number())
    return std::to_string(*N);
  std::string Text;
  if (K.base())
    Text = "argument " + std::to_string(*K.base() + 1);
  if (std::optional<bool> Truth = K.truth())
    Text += Text.empty() ? (*Truth ? "true" : "false") : (*Truth ? ", true" : ", false");
  return Text.empty() ? "?" : Text;
}

} // namespace

void writeFlow(const QueryFacts &Of, const Flow &Body, llvm::raw_ostream &Out) {
  FlowWriter(Of, Body, Out).run();
}

void writeUserFlow(const QueryFacts &Of, const UserFlow &Body, llvm::raw_ostream &Out) {
  for (TermId Id = 0; Id < Body.Terms.size(); ++Id) {
    Out << 't' << Id << " = ";
    writeTerm(Of, Body, Id, Out);
    Out << (Body.Terms[Id].IsUnsigned ? ", unsigned\n" : "\n");
  }
  for (uint32_t Id = 0; Id < Body.Blocks.size(); ++Id) {
    const UserBlock &B = Body.Blocks[Id];
    Out << "block " << Id << (Id == Body.Exit ? ", returned" : "") << ":\n";
    llvm::for_each(B.Events, [&](const UserEvent &E) { writeUserEvent(Of, E, Out); });
    if (B.Condition != NoTerm)
      Out << "  on t" << B.Condition << '\n';
    for (const UserEdge &E : B.Next)
      Out << (E.Is == UserEdge::Always   ? "  "
              : E.Is == UserEdge::IfTrue ? "  if so "
                                         : "  if not ")
          << "-> block " << E.To << '\n';
  }
}

void writeStates(const QueryFacts &Of, const FunctionRegions &Is, llvm::raw_ostream &Out) {
  for (const CallSituations &Here : Is.Calls) {
    Out << calleeName(Of, Here.Call);
    if (Here.Decisions)
      Out << ", on " << unsigned(Here.Decisions) << " decisions";
    writeLine(Of, Of.F.Calls[Here.Call].At, Out);
    for (const Situation &At : Here.Ways) {
      Out << "    open {" << namesOf(At.open(), Of.M.regions()) << '}';
      if (!At.Maybe.empty())
        Out << " maybe {" << namesOf(At.Maybe, Of.M.regions()) << '}';
      if (!At.Dropped.empty())
        Out << " dropped {" << namesOf(At.Dropped, Of.M.regions()) << '}';
      if (!At.Lifted.empty())
        Out << " asked {" << namesOf(At.Lifted, Of.M.effects()) << '}';
      Out << " with (";
      llvm::interleaveComma(At.Arguments, Out, [&](const Known &K) { Out << describe(Of, K); });
      Out << ")";
      if (!At.If.empty())
        Out << " on " << At.If.size() << " conditions";
      Out << '\n';
    }
  }
  for (const Outcome &O : Is.Outcomes) {
    Out << "outcome, on " << O.If.size() << " conditions: returns " << describe(Of, O.Returns);
    for (const RegionDelta &D : O.Deltas)
      Out << ", " << Of.M.regions()[D.Region].Name << llvm::format(" %+d..%+d", D.Lo, D.Hi);
    Out << '\n';
  }
  if (Is.GivenUp)
    Out << "given up: " << nameOf(*Is.GivenUp) << '\n';
}

void writeUserStates(const QueryFacts &Of, const PointerAnalysis &Is, llvm::raw_ostream &Out) {
  Is.walk([&](const PointerAnalysis::Step &At) {
    for (const PointerFact &Fact : At.Before.all())
      writeFact(Fact, Out);
    if (At.Event)
      writeUserEvent(Of, *At.Event, Out);
    else
      Out << "  on t" << At.Block.Condition << '\n';
  });
  if (std::optional<Limit> By = Is.givenUp())
    Out << "given up: " << nameOf(*By) << '\n';
}

} // namespace airlock
