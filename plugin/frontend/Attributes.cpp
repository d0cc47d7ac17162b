// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "frontend/Attributes.h"
#include "frontend/TypeWalk.h"
#include "model/Model.h"
#include "rules/Rule.h"
#include "support/Spelling.h"
#include "clang/AST/Attr.h"
#include "clang/AST/Decl.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Sema/ParsedAttr.h"
#include "clang/Sema/Sema.h"
#include "clang/Sema/SemaDiagnostic.h"

using namespace clang;

namespace airlock {

static thread_local AttributeTable *CurrentTable = nullptr;

AttributeTable::AttributeTable(const Model &M) : M(M), Outer(CurrentTable) { CurrentTable = this; }
AttributeTable::~AttributeTable() { CurrentTable = Outer; }
AttributeTable *AttributeTable::current() { return CurrentTable; }

namespace {

/// What an attribute may be written on.
enum class Subject : uint8_t { Function, FunctionOrPointer, Pointer, FunctionVariableOrStatement };

struct Spec {
  AttributeKind Kind;
  const char *Name;
  unsigned Arguments;
  Subject On;
};

constexpr Spec Specs[] = {
    {AttributeKind::InContext, "airlock_in_context", 1, Subject::FunctionOrPointer},
    {AttributeKind::ContextEntry, "airlock_context_entry", 1, Subject::Function},
    {AttributeKind::HasEffect, "airlock_effect", 1, Subject::FunctionOrPointer},
    {AttributeKind::Never, "airlock_never", 1, Subject::FunctionOrPointer},
    {AttributeKind::SafeIn, "airlock_safe_in", 1, Subject::FunctionOrPointer},
    {AttributeKind::Enters, "airlock_enters", 1, Subject::Function},
    {AttributeKind::Exits, "airlock_exits", 1, Subject::Function},
    {AttributeKind::CondEnters, "airlock_cond_enters", 2, Subject::Function},
    {AttributeKind::CondExits, "airlock_cond_exits", 2, Subject::Function},
    {AttributeKind::Prevalidated, "airlock_prevalidated", 0, Subject::Pointer},
    {AttributeKind::Allow, "airlock_allow", 2, Subject::FunctionVariableOrStatement},
};

const char *describe(Subject On) {
  switch (On) {
  case Subject::Function:
    return "functions";
  case Subject::FunctionOrPointer:
    return "functions, function pointers and typedefs of them";
  case Subject::Pointer:
    return "pointer parameters, fields and variables";
  case Subject::FunctionVariableOrStatement:
    return "functions, variables and statements";
  }
  llvm_unreachable("all subjects are named");
}

bool fits(Subject On, const Decl *D) {
  if (On == Subject::Function)
    return isa<FunctionDecl>(D);
  if (On == Subject::FunctionVariableOrStatement)
    return isa<FunctionDecl, VarDecl>(D);
  QualType T;
  if (const auto *V = dyn_cast<ValueDecl>(D))
    T = V->getType();
  else if (const auto *TD = dyn_cast<TypedefNameDecl>(D))
    T = TD->getUnderlyingType();
  if (T.isNull() || isa<EnumConstantDecl>(D))
    return false;
  if (T->getContainedDeducedType()) // __auto_type: not known before its initialiser
    return true;
  return On == Subject::Pointer ? T->isPointerType() && !isa<TypedefNameDecl>(D)
                                : hasFunctionCore(T);
}

template <unsigned Size>
DiagnosticBuilder diagnose(Sema &S, SourceLocation At, DiagnosticsEngine::Level Level,
                           const char (&Format)[Size]) {
  DiagnosticsEngine &Engine = S.getDiagnostics();
  return Engine.Report(At, Engine.getCustomDiagID(Level, Format));
}

/// Reads a string; false after a diagnostic.
bool readString(Sema &S, const ParsedAttr &From, unsigned Index, std::string &Into,
                SourceLocation &At) {
  StringRef Text;
  if (!S.checkStringLiteralArgumentAttr(From, Index, Text, &At))
    return false;
  Into = Text.str();
  return true;
}

/// Reads the name of a row of the model, What ("context"); false after a diagnostic.
template <typename Info>
bool readName(Sema &S, const ParsedAttr &From, unsigned Index, StringRef What,
              const std::vector<Info> &Rows, unsigned &Id) {
  std::string Name;
  SourceLocation At;
  if (!readString(S, From, Index, Name, At))
    return false;
  auto Found = llvm::find_if(Rows, [&](const Info &Row) { return Row.Name == Name; });
  if (Found != Rows.end()) {
    Id = static_cast<unsigned>(Found - Rows.begin());
    return true;
  }
  NearestName Nearest(Name);
  for (const Info &Row : Rows)
    Nearest.consider(Row.Name);
  if (Nearest.name().empty())
    diagnose(S, At, DiagnosticsEngine::Error, "unknown %0 '%1'; no loaded model defines it")
        << What << Name;
  else
    diagnose(S, At, DiagnosticsEngine::Error, "unknown %0 '%1'; did you mean '%2'?")
        << What << Name << Nearest.name();
  return false;
}

bool readCondition(Sema &S, const ParsedAttr &From, bool &Value) {
  std::string Text;
  SourceLocation At;
  if (!readString(S, From, 0, Text, At))
    return false;
  Value = Text == "true" || Text == "1";
  if (Value || Text == "false" || Text == "0")
    return true;
  diagnose(S, At, DiagnosticsEngine::Error, "the value of %0 is 'true' or 'false', not '%1'")
      << From << Text;
  return false;
}

bool readAllow(Sema &S, const ParsedAttr &From, Attribute &Into) {
  SourceLocation RuleAt, WhyAt;
  if (!readString(S, From, 0, Into.Name, RuleAt) || !readString(S, From, 1, Into.Why, WhyAt))
    return false;
  if (!findRule(Into.Name)) {
    diagnose(S, RuleAt, DiagnosticsEngine::Error, "unknown rule '%0'") << Into.Name;
    return false;
  }
  if (StringRef(Into.Why).trim().empty()) {
    diagnose(S, WhyAt, DiagnosticsEngine::Error, "a suppression needs a reason");
    return false;
  }
  return true;
}

/// Out of the macros of the header that defines the attribute's own, and no further.
SourceLocation spelledAt(SourceLocation L, const SourceManager &SM) {
  const FileID Header = SM.getFileID(SM.getSpellingLoc(L));
  while (L.isMacroID() && SM.getFileID(SM.getSpellingLoc(L)) == Header)
    L = SM.getImmediateMacroCallerLoc(L);
  return SM.getSpellingLoc(L);
}

/// Turns the parser's form into ours; nothing after a diagnostic.
std::optional<Attribute> read(Sema &S, const AttributeTable &Table, const Spec &Is,
                              const ParsedAttr &From) {
  Attribute A;
  A.Kind = Is.Kind;
  A.At = S.getSourceManager().getFileLoc(From.getLoc());
  A.Spelled = spelledAt(From.getLoc(), S.getSourceManager());
  const Model &M = Table.model();
  bool Good = true;
  switch (Is.Kind) {
  case AttributeKind::InContext:
  case AttributeKind::ContextEntry:
    Good = readName(S, From, 0, "context", M.contexts(), A.Context);
    break;
  case AttributeKind::HasEffect:
  case AttributeKind::Never:
    Good = readName(S, From, 0, "effect", M.effects(), A.Effect);
    break;
  case AttributeKind::SafeIn:
  case AttributeKind::Enters:
  case AttributeKind::Exits:
    Good = readName(S, From, 0, "region", M.regions(), A.Region);
    break;
  case AttributeKind::CondEnters:
  case AttributeKind::CondExits:
    Good = readCondition(S, From, A.Value) && readName(S, From, 1, "region", M.regions(), A.Region);
    break;
  case AttributeKind::Allow:
    Good = readAllow(S, From, A);
    break;
  case AttributeKind::Prevalidated:
    break;
  }
  return Good ? std::optional<Attribute>(std::move(A)) : std::nullopt;
}

/// Clang's hooks for one attribute: one class for each, as its registry wants.
template <unsigned Index> class AttributeInfo : public ParsedAttrInfo {
  static constexpr const Spec &Is = Specs[Index];
  static constexpr Spelling Only[] = {{ParsedAttr::AS_GNU, Is.Name}};

public:
  AttributeInfo() {
    NumArgs = Is.Arguments;
    // Else the parser takes `__airlock_allow(...) x = 1;` for a declaration.
    IsStmt = Is.On == Subject::FunctionVariableOrStatement;
    Spellings = Only;
  }

  bool diagAppertainsToDecl(Sema &S, const ParsedAttr &From, const Decl *D) const override {
    if (fits(Is.On, D))
      return true;
    diagnose(S, From.getLoc(), DiagnosticsEngine::Warning, "%0 attribute only applies to %1")
        << From << describe(Is.On);
    return false;
  }

  AttrHandling handleDeclAttribute(Sema &S, Decl *D, const ParsedAttr &From) const override {
    AttributeTable *Table = AttributeTable::current();
    if (!Table)
      return AttributeNotApplied;
    std::optional<Attribute> A = read(S, *Table, Is, From);
    if (!A)
      return AttributeNotApplied;
    Table->add(D, std::move(*A));
    return AttributeApplied;
  }

  /// Clang has no hook that handles a plugin's attribute on a statement, but it
  /// asks this question first; "no" ends the matter without a diagnostic.
  bool diagAppertainsToStmt(Sema &S, const ParsedAttr &From, const Stmt *St) const override {
    AttributeTable *Table = AttributeTable::current();
    if (Is.On != Subject::FunctionVariableOrStatement)
      diagnose(S, From.getLoc(), DiagnosticsEngine::Warning, "%0 attribute only applies to %1")
          << From << describe(Is.On);
    else if (Table)
      if (std::optional<Attribute> A = read(S, *Table, Is, From))
        Table->add(St, std::move(*A));
    return false;
  }
};

#define AIRLOCK_ATTRIBUTE(INDEX)                                                                   \
  const ParsedAttrInfoRegistry::Add<AttributeInfo<INDEX>> Registered##INDEX(Specs[INDEX].Name, "")
AIRLOCK_ATTRIBUTE(0);
AIRLOCK_ATTRIBUTE(1);
AIRLOCK_ATTRIBUTE(2);
AIRLOCK_ATTRIBUTE(3);
AIRLOCK_ATTRIBUTE(4);
AIRLOCK_ATTRIBUTE(5);
AIRLOCK_ATTRIBUTE(6);
AIRLOCK_ATTRIBUTE(7);
AIRLOCK_ATTRIBUTE(8);
AIRLOCK_ATTRIBUTE(9);
AIRLOCK_ATTRIBUTE(10);
static_assert(std::size(Specs) == 11, "register every attribute");

} // namespace
} // namespace airlock
