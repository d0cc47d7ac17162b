// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// airlock-generate FUNCTIONS FILE: summaries of a program that does not exist, for
// measuring `airlock link` (tools/bench-link). The same number gives the same bytes.
//
// The shape is that of Linux 6.12 with the model linux, as `airlock link` counts it:
// 80 functions of its own a unit, and half as many inline ones of headers that other
// units have, too; 4.4 calls a function; a few functions are called from everywhere
// (Zipf); one function in 25 is stored in a slot, one call in 60 goes through one; one
// function in 12 holds a spinlock somewhere, nearly always around what cannot sleep.

#include "model/ModelReader.h"
#include "report/Renderers.h"
#include "summary/Summary.h"
#include "summary/SummaryFile.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/WithColor.h"
#include <cmath>
#include <random>

namespace airlock {

namespace {

constexpr unsigned OwnOfUnit = 80, ExternalOfUnit = 30, InlineOfUnit = 40;

/// Numbers that are the same everywhere.
class Dice {
public:
  explicit Dice(uint64_t Seed) : Engine(Seed) {}
  uint64_t below(uint64_t Bound) { return Engine() % Bound; }
  bool oneIn(uint64_t N) { return below(N) == 0; }
  double share() { return double(Engine() >> 11) / double(1ULL << 53); }
  /// Few are asked for often: the first of Bound a lot, the last hardly ever.
  uint64_t popular(uint64_t Bound) {
    return std::min<uint64_t>(Bound - 1, uint64_t(std::pow(double(Bound), share())) - 1);
  }

private:
  std::mt19937_64 Engine;
};

/// A location is a line of the unit, or of the header of inline functions.
class Lines : public SourceMap {
public:
  static constexpr uint32_t Header = 1U << 30;
  explicit Lines(std::string File) : File(std::move(File)) {}
  Place placeOf(Location At) const override {
    if (At.Raw >= Header)
      return {"include/linux/inline.h", At.Raw - Header + 1, 1};
    return {File, At.Raw ? At.Raw : 1, 2};
  }

private:
  std::string File;
};

class Known : public RegionSource {
public:
  std::vector<EntityId> Touching;
  std::vector<FunctionRegions> Of; // by entity
  llvm::ArrayRef<EntityId> touching() override { return Touching; }
  std::shared_ptr<const FunctionRegions> of(EntityId E) override {
    return E < Of.size() ? std::make_shared<FunctionRegions>(Of[E]) : nullptr;
  }
};

/// One unit of the program.
class Unit {
public:
  Unit(const Model &M, uint64_t Number, uint64_t Units)
      : M(M), Number(Number), Units(Units), Roll(Number),
        Map("src/unit" + llvm::utostr(Number) + ".c") {}
  std::string encode();

private:
  EntityId entity(EntityKind Kind, llvm::StringRef Name, bool Static = false);
  EntityId external(uint64_t OfUnit, uint64_t Index);
  EntityId inlined(uint64_t Index);
  EntityId api(uint64_t Index);
  EntityId callee(unsigned From);
  void call(EntityId In, EntityId Callee, std::optional<CallId> Lock);
  void fill(EntityId Function, unsigned Index);

  const Model &M;
  const uint64_t Number, Units;
  Dice Roll;
  Lines Map;
  Facts F;
  Known Regions;
  uint32_t Line = 0;
  llvm::StringMap<EntityId> ByName;
  std::vector<EntityId> Own;
  EntityId Lock = NoEntity, Unlock = NoEntity;
};

EntityId Unit::entity(EntityKind Kind, llvm::StringRef Name, bool Static) {
  auto [It, New] = ByName.try_emplace(Name, F.Entities.size());
  if (!New)
    return It->second;
  Entity E;
  E.Kind = Kind;
  E.Name = F.Strings.save(Name);
  E.Declared = {++Line};
  if (Static)
    E.File = F.MainFile;
  F.Entities.push_back(std::move(E));
  return It->second;
}

EntityId Unit::external(uint64_t OfUnit, uint64_t Index) {
  return entity(EntityKind::Function,
                "subsystem_of_unit_" + llvm::utostr(OfUnit) + "_does_" + llvm::utostr(Index));
}

/// A function of a header: the same in all units.
EntityId Unit::inlined(uint64_t Index) {
  std::string Name = "header_helper_" + llvm::utostr(Index);
  if (auto Known = ByName.find(Name); Known != ByName.end())
    return Known->second;
  EntityId E = entity(EntityKind::Function, Name, true);
  F.Entities[E].File = "include/linux/inline.h";
  F.Entities[E].Declared = {uint32_t(Lines::Header + Index)};
  F.Entities[E].HasBody = F.Entities[E].Inline = true;
  return E;
}

/// What a model knows: one in 16 may sleep.
EntityId Unit::api(uint64_t Index) {
  EntityId E = entity(EntityKind::Function, "primitive_" + llvm::utostr(Index));
  F.Entities[E].Modelled = F.Entities[E].Opaque = true;
  if (Index % 16 == 15)
    F.Entities[E].Effects.insert(*M.regions()[*M.findRegion("spinlock")].Forbids.first());
  return E;
}

EntityId Unit::callee(unsigned From) {
  if (Roll.oneIn(60))
    return entity(EntityKind::Field, "ops" + llvm::utostr(Roll.popular(Units)) + ".call");
  switch (Roll.below(20)) {
  case 0:
  case 1:
  case 2:
  case 3:
  case 4:
  case 5:
  case 6:
  case 7: // further down in the file
    if (From + 1 < Own.size())
      return Own[From + 1 + Roll.below(Own.size() - From - 1)];
    break;
  case 8: // a cycle
    return Own[Roll.below(Own.size())];
  case 9:
  case 10:
  case 11:
  case 12: // of a layer below
    if (Number + 1 < Units)
      return external(Number + 1 + Roll.popular(Units - Number - 1), Roll.popular(ExternalOfUnit));
    break;
  case 13:
  case 14:
  case 15:
    return inlined(Roll.popular(20 * uint64_t(std::sqrt(double(Units))) + InlineOfUnit));
  default:
    break;
  }
  return api(Roll.popular(2000));
}

void Unit::call(EntityId In, EntityId Callee, std::optional<CallId> Held) {
  CallId Id = F.Calls.size();
  F.Calls.push_back({In, Callee, {++Line}});
  F.Calls.back().Place = F.Calls.back().At;
  CallSituations Here;
  Here.Call = Id;
  Here.Decisions = static_cast<uint8_t>(Roll.popular(4));
  Here.Ways.emplace_back();
  if (Held)
    Here.Ways[0].Open.push_back({*M.findRegion("spinlock"), *Held});
  if (Roll.oneIn(3))
    Here.Ways[0].Arguments.push_back(airlock::Known::parameter(0));
  else if (Roll.oneIn(3))
    Here.Ways[0].Arguments.push_back(airlock::Known::number(int64_t(Roll.below(4096))));
  Regions.Of[In].Calls.push_back(std::move(Here));
}

void Unit::fill(EntityId Function, unsigned Index) {
  Regions.Of.resize(F.Entities.size() + 64);
  unsigned Calls = Roll.popular(16);
  bool Locks = Roll.oneIn(12);
  for (unsigned I = 0; I < Calls; ++I) {
    EntityId Callee = callee(Index);
    Regions.Of.resize(F.Entities.size() + 64);
    call(Function, Callee, std::nullopt);
  }
  if (!Locks)
    return;
  CallId Held = F.Calls.size();
  call(Function, Lock, std::nullopt);
  call(Function, Roll.oneIn(50) ? callee(Index) : api(16 * Roll.popular(100)), Held);
  call(Function, Unlock, Held);
  Regions.Touching.push_back(Function);
}

std::string Unit::encode() {
  F.MainFile = F.Strings.save("src/unit" + llvm::utostr(Number) + ".c");
  auto Changing = [&](llvm::StringRef Name, RegionSet RegionChanges::*How) {
    EntityId E = entity(EntityKind::Function, Name);
    Behaviour &B = F.Behaviours.emplace_back();
    (B.Regions.*How).insert(*M.findRegion("spinlock"));
    F.Entities[E].More = &B;
    F.Entities[E].Modelled = F.Entities[E].Opaque = true;
    return E;
  };
  Lock = Changing("take_the_lock", &RegionChanges::Enters);
  Unlock = Changing("drop_the_lock", &RegionChanges::Exits);
  for (unsigned I = 0; I < OwnOfUnit; ++I) {
    Own.push_back(I < ExternalOfUnit
                      ? external(Number, I)
                      : entity(EntityKind::Function, "unit_helper_" + llvm::utostr(I), true));
    F.Entities[Own.back()].HasBody = true;
    if (Roll.oneIn(25))
      F.Stores.push_back({Own.back(),
                          entity(EntityKind::Field, "ops" + llvm::utostr(Number) + ".call"),
                          NoEntity,
                          {++Line}});
  }
  for (unsigned I = 0; I < OwnOfUnit; ++I)
    fill(Own[I], I);
  // The inline functions that came up, and what they call: the same in all units.
  for (EntityId E = 0; E < F.Entities.size(); ++E)
    if (F.Entities[E].Inline) {
      Regions.Of.resize(F.Entities.size() + 64);
      uint64_t Index = F.Entities[E].Declared.Raw - Lines::Header;
      for (uint64_t I = 1; I <= Index % 4; ++I)
        call(E, api(Index * 7 % 1000 + I), std::nullopt);
    }
  Regions.Of.resize(F.Entities.size());
  F.Seen.Functions = OwnOfUnit;
  F.Seen.DirectCalls = F.Calls.size();
  Analyses Of(F, M, Regions, RegionSet());
  return encodeUnit({Of, Map, {}});
}

int generate(llvm::StringRef Functions, llvm::StringRef File) {
  uint64_t Count = 0;
  if (Functions.getAsInteger(10, Count) || Count < OwnOfUnit) {
    llvm::WithColor::error(llvm::errs(), "airlock-generate")
        << "not a number of functions, at least " << OwnOfUnit << ": " << Functions << '\n';
    return 2;
  }
  ModelReader Reader;
  llvm::cantFail(Reader.add("linux"));
  Model M = Reader.take();
  llvm::Error E = writeFile(File, [&](llvm::raw_ostream &Out) {
    for (uint64_t I = 0; I < Count / OwnOfUnit; ++I)
      Out << frameSummary(Unit(M, I, Count / OwnOfUnit).encode());
  });
  if (!E)
    return 0;
  llvm::WithColor::error(llvm::errs(), "airlock-generate") << llvm::toString(std::move(E)) << '\n';
  return 2;
}

} // namespace

} // namespace airlock

int main(int Argc, char **Argv) {
  if (Argc != 3) {
    llvm::errs() << "usage: airlock-generate FUNCTIONS FILE\n";
    return 2;
  }
  return airlock::generate(Argv[1], Argv[2]);
}
