// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Facts made by hand, for tests that need no source code. Locations count up
// from 1 in the order things are added.

#ifndef AIRLOCK_TEST_FACTSBUILDER_H
#define AIRLOCK_TEST_FACTSBUILDER_H

#include "effects/Analyses.h"
#include "facts/Facts.h"
#include "model/ModelReader.h"
#include "report/Report.h"
#include "solver/Solver.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"
#include "gtest/gtest.h"

namespace airlock {

class FactsBuilder {
public:
  Facts F;

  EntityId function(llvm::StringRef Name, ContextSet Needs = {}) {
    return add(EntityKind::Function, Name, Needs);
  }
  EntityId macro(llvm::StringRef Name, ContextSet Needs = {}) {
    return add(EntityKind::Macro, Name, Needs);
  }
  EntityId field(llvm::StringRef Name, ContextSet Needs = {}) {
    EntityId Id = add(EntityKind::Field, Name, Needs);
    F.Entities[Id].CanCarry = true;
    return Id;
  }
  /// What else is known of an entity; its own, to be filled in.
  Behaviour &behaviour(EntityId Of) {
    if (F.Entities[Of].More)
      return const_cast<Behaviour &>(*F.Entities[Of].More); // we made it
    F.Entities[Of].More = &F.Behaviours.emplace_back();
    return F.Behaviours.back();
  }
  void store(EntityId Stored, EntityId Slot) {
    F.Stores.push_back({Stored, Slot, NoEntity, here()});
  }
  CallId call(EntityId In, EntityId Callee, CallId Outer = NoCall) {
    F.Calls.push_back({In, Callee, here(), Outer, NoAllow});
    return F.Calls.size() - 1;
  }
  Conversion &convert(Site Kind, EntityId In, EntityId From, EntityId To) {
    Conversion C;
    C.Kind = Kind;
    C.In = In;
    C.From = From;
    C.To = To;
    C.Function = NoEntity;
    C.At = here();
    F.Conversions.push_back(C);
    return F.Conversions.back();
  }
  AllowId allow(llvm::StringRef Rule, llvm::StringRef Why, AllowId Outer = NoAllow) {
    F.Allows.push_back({Rule, Why, Outer});
    return F.Allows.size() - 1;
  }

  std::vector<std::string> names(llvm::ArrayRef<CallId> Chain) const {
    std::vector<std::string> Names;
    for (CallId Id : Chain) {
      if (Names.empty())
        Names.push_back(F.Entities[F.caller(F.Calls[Id])].Name.str());
      Names.push_back(F.callee(F.Calls[Id]).Name.str());
    }
    return Names;
  }

  /// The next location.
  Location here() { return {++Next}; }

private:
  EntityId add(EntityKind Kind, llvm::StringRef Name, ContextSet Needs) {
    Entity E;
    E.Kind = Kind;
    E.Name = F.Strings.save(Name);
    E.Declared = here();
    Needs.forEach([&](unsigned Context) { E.Origins.push_back({Context, E.Declared, ""}); });
    E.Needs = E.Provides = Needs;
    F.Entities.push_back(E);
    return F.Entities.size() - 1;
  }
  uint32_t Next = 0;
};

/// A location is a line of one file.
class LineMap : public SourceMap {
public:
  Place placeOf(Location At) const override { return {"a.c", At.Raw ? At.Raw : 1, 1}; }
};

/// The findings of facts without bodies.
inline std::vector<Finding> solveFacts(const Facts &F, const Model &M,
                                       const SolverOptions &Options) {
  Analyses Of(F, M, nullptr, RegionSet());
  return solve(Of, Options);
}

/// The model that a text is.
inline Model modelOf(llvm::StringRef Text) {
  llvm::SmallString<64> Path;
  int Descriptor;
  EXPECT_FALSE(llvm::sys::fs::createTemporaryFile("model", "json", Descriptor, Path));
  llvm::raw_fd_ostream(Descriptor, /*shouldClose=*/true) << Text;
  ModelReader Reader;
  EXPECT_EQ(llvm::toString(Reader.add(Path)), "");
  EXPECT_FALSE(llvm::sys::fs::remove(Path));
  return Reader.take();
}

/// The built-in model `linux`, whose first context is `uaccess`.
inline Model linuxModel() {
  ModelReader Reader;
  llvm::Error E = Reader.add("linux");
  EXPECT_FALSE(bool(E));
  return Reader.take();
}

} // namespace airlock

#endif
