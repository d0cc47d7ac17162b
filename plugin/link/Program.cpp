// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "link/Program.h"
#include "contracts/Contracts.h"
#include "model/Model.h"
#include "summary/Coding.h"
#include "summary/Identity.h"
#include "support/Includes.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/xxhash.h"

namespace airlock {

/// Takes in one unit.
class Program::UnitAdder {
public:
  UnitAdder(Program &P, UnitSummary &From, uint32_t Unit)
      : P(P), F(P.F), From(From), Unit(Unit), Ids(P.Numbers[Unit]), AllowIds(P.AllowIds[Unit]) {
    if (Ids.empty())
      Ids.assign(From.F.Entities.size(), NoEntity);
  }

  void addAll();
  bool addBody(const UnitBody &Body);
  llvm::SmallVector<UnitBody, 1> Later; // weak ones
  bool Whole = true;                    // no body was broken

private:
  EntityId here(EntityId Theirs);
  EntityId create(const Entity &Theirs);
  void merge(Entity &Mine, const Entity &Theirs);
  void mergeBehaviour(Entity &Mine, const Behaviour &Theirs);
  void claim(EntityId Id, const Entity &Theirs);
  void copyPlaces(Entity &Mine, const Entity &Theirs);
  void addStore(const Store &Theirs);
  void addAllows();
  AllowId allowHere(AllowId Theirs) const { return Theirs == NoAllow ? NoAllow : AllowIds[Theirs]; }
  uint64_t identityAt(EntityId Theirs);
  bool isAnother(const Entity &Theirs, EntityId Mine) const;
  Location import(Location At) { return P.import(At, From.Places); }

  Program &P;
  Facts &F;
  UnitSummary &From;
  const uint32_t Unit;
  std::vector<EntityId> &Ids;
  std::vector<AllowId> &AllowIds;
};

Location Program::import(Location At, const PlaceTable &From) {
  if (!At.isValid())
    return At;
  PlaceTable::Entry E = From.entry(At);
  E.File = Places.file(From.fileName(E.File));
  return Places.add(E);
}

uint64_t Program::UnitAdder::identityAt(EntityId Theirs) {
  const Entity &E = From.F.Entities[Theirs];
  // By what the owner is here: of two functions of one name it may be the second.
  uint64_t Owner = E.Owner == NoEntity ? OwnIdentity : here(E.Owner) + 1;
  return identityOf(E, From.Places, Owner, From.BodyHashes[Theirs]);
}

/// Whether an external function is defined here and was defined before, elsewhere:
/// programs that are never linked into one, as the modules of a kernel.
bool Program::UnitAdder::isAnother(const Entity &Theirs, EntityId Mine) const {
  if (Theirs.Kind != EntityKind::Function || !Theirs.HasBody || !Theirs.File.empty() ||
      Theirs.Weak || !P.Bodies[Mine].Known)
    return false;
  Place A = From.Places.placeOf(Theirs.Declared), B = P.Places.placeOf(F.Entities[Mine].Declared);
  return !(A == B); // an inline function of a header is one
}

/// What an entity of the unit is in the program.
EntityId Program::UnitAdder::here(EntityId Theirs) {
  if (Theirs == NoEntity)
    return NoEntity;
  if (Ids[Theirs] != NoEntity)
    return Ids[Theirs];
  const Entity &E = From.F.Entities[Theirs];
  uint64_t Identity = identityAt(Theirs);
  auto Known = Identity == OwnIdentity ? P.ByIdentity.end() : P.ByIdentity.find(Identity);
  EntityId Id;
  if (Known != P.ByIdentity.end() && isAnother(E, Known->second)) {
    Id = create(E);
  } else if (Known != P.ByIdentity.end()) {
    Id = Known->second;
    claim(Id, E);
    merge(F.Entities[Id], E);
  } else {
    Id = create(E);
    if (Identity != OwnIdentity)
      P.ByIdentity[Identity] = Id;
  }
  return Ids[Theirs] = Id;
}

void Program::UnitAdder::copyPlaces(Entity &Mine, const Entity &Theirs) {
  Mine.Declared = import(Theirs.Declared);
  Mine.Insertions = Theirs.Insertions;
  for (Insertion &I : Mine.Insertions)
    I.At = import(I.At);
}

EntityId Program::UnitAdder::create(const Entity &Theirs) {
  Entity Mine = Theirs;
  Mine.Name = F.Strings.save(Theirs.Name);
  Mine.File = P.Names->save(Theirs.File);
  Mine.Owner = here(Theirs.Owner);
  copyPlaces(Mine, Theirs);
  for (QualifierOrigin &O : Mine.Origins)
    O = {O.Context, import(O.At), P.Names->save(O.Model)};
  Mine.More = nullptr;
  if (Theirs.More)
    mergeBehaviour(Mine, *Theirs.More);
  F.Entities.push_back(std::move(Mine));
  P.Bodies.emplace_back();
  return F.Entities.size() - 1;
}

void Program::UnitAdder::mergeBehaviour(Entity &Mine, const Behaviour &Theirs) {
  if (!Mine.More) {
    Behaviour &B = F.Behaviours.emplace_back(Theirs);
    B.NeverAt = import(B.NeverAt);
    B.NeverModel = P.Names->save(B.NeverModel);
    for (StatedCondition &When : B.When)
      When.Text = P.Names->save(When.Text);
    Mine.More = &B;
    return;
  }
  auto &B = const_cast<Behaviour &>(*Mine.More); // of F, which is ours to fill
  if (B.When.empty())
    for (const StatedCondition &When : Theirs.When)
      B.When.push_back({When.If, P.Names->save(When.Text)});
  RegionChanges &To = B.Regions;
  const RegionChanges &And = Theirs.Regions;
  To.Enters |= And.Enters;
  To.Exits |= And.Exits;
  To.ExitsAll |= And.ExitsAll;
  To.EntersIfTrue |= And.EntersIfTrue;
  To.EntersIfFalse |= And.EntersIfFalse;
  To.ExitsIfTrue |= And.ExitsIfTrue;
  To.ExitsIfFalse |= And.ExitsIfFalse;
  To.Saves |= And.Saves;
  To.Restores |= And.Restores;
  B.RegionsWritten |= Theirs.RegionsWritten;
  B.Acquires |= Theirs.Acquires;
  B.Releases |= Theirs.Releases;
  B.SafeIn |= Theirs.SafeIn;
  B.RunsIn |= Theirs.RunsIn;
  if (B.Never.empty() && !Theirs.Never.empty()) {
    B.NeverAt = import(Theirs.NeverAt);
    B.NeverModel = P.Names->save(Theirs.NeverModel);
  }
  B.Never |= Theirs.Never;
  B.Lifts |= Theirs.Lifts;
  B.Grants |= Theirs.Grants;
}

void Program::UnitAdder::merge(Entity &Mine, const Entity &Theirs) {
  // Where it is defined is where it is.
  if (Theirs.HasBody && (!Mine.HasBody || (Mine.Weak && !Theirs.Weak))) {
    copyPlaces(Mine, Theirs);
    Mine.Inline = Theirs.Inline;
    Mine.Weak = Theirs.Weak;
  }
  Mine.HasBody |= Theirs.HasBody;
  Mine.Modelled |= Theirs.Modelled;
  Mine.Opaque |= Theirs.Opaque;
  Mine.CanCarry |= Theirs.CanCarry;
  Mine.Effects |= Theirs.Effects;
  if (Theirs.More && Theirs.More != Mine.More)
    mergeBehaviour(Mine, *Theirs.More);
  for (const QualifierOrigin &O : Theirs.Origins)
    if (!(Mine.Needs | Mine.Excludes).contains(O.Context))
      Mine.Origins.push_back({O.Context, import(O.At), P.Names->save(O.Model)});
  Mine.Needs |= Theirs.Needs;
  Mine.Provides |= Theirs.Provides;
  Mine.Excludes |= Theirs.Excludes;
  if (Mine.Insertions.empty() && !Theirs.Insertions.empty()) {
    Mine.Insertions = Theirs.Insertions;
    for (Insertion &I : Mine.Insertions)
      I.At = import(I.At);
  }
}

/// Two units that were told different things about one entity.
void Program::UnitAdder::claim(EntityId Id, const Entity &Theirs) {
  const Entity &Mine = F.Entities[Id];
  auto Says = [](const Entity &E) {
    return std::tuple(E.Needs, E.Provides, E.never(), E.safeIn());
  };
  if (Says(Mine) == Says(Theirs))
    return;
  llvm::SmallVectorImpl<size_t> &Known = P.ClaimsOf[Id];
  for (size_t I : Known) {
    const Claim &C = F.Claims[I];
    if (std::tuple(C.Needs, C.Provides, C.Never, C.SafeIn) == Says(Theirs))
      return;
  }
  auto Add = [&](const Entity &E, Location At) {
    Known.push_back(F.Claims.size());
    F.Claims.push_back({Id, At, E.Needs, E.Provides, E.never(), E.safeIn(), E.HasBody});
  };
  if (Known.empty())
    Add(Mine, Mine.Declared);
  Add(Theirs, import(Theirs.Declared));
}

/// Each comes after the one further out.
void Program::UnitAdder::addAllows() {
  for (const Allow &A : From.F.Allows) {
    AllowId Outer = allowHere(A.Outer);
    Place At = From.Places.placeOf(A.At);
    std::string Text = (A.Rule + "\n" + A.Why + "\n" + At.File).str() + ":" +
                       std::to_string(At.Line) + ":" + std::to_string(At.Column) + ":" +
                       std::to_string(Outer);
    auto [It, New] = P.KnownAllows.try_emplace(llvm::xxh3_64bits(Text), F.Allows.size());
    if (New)
      F.Allows.push_back({P.Names->save(A.Rule), P.Names->save(A.Why), Outer, import(A.At),
                          /*Used=*/false, P.Names->save(At.File)});
    F.Allows[It->second].Used |= A.Used;
    AllowIds.push_back(It->second);
  }
}

bool Program::UnitAdder::addBody(const UnitBody &Theirs) {
  EntityId Id = here(Theirs.Function);
  if (P.Bodies[Id].Known)
    return true; // of a header, or another definition
  Body Mine;
  Mine.Known = true;
  Mine.First = F.Calls.size();
  Mine.Unit = Unit;
  Mine.Count = Theirs.Count;
  Mine.Bytes = F.Strings.save(llvm::Twine(Theirs.Regions) + Theirs.Pointers).data();
  Mine.RegionsSize = Theirs.Regions.size();
  Mine.PointersSize = Theirs.Pointers.size();
  size_t Before = F.Calls.size();
  PlaceTable &Places = P.Places;
  auto Here = [&](uint64_t Number) -> std::optional<EntityId> {
    if (Number >= Ids.size())
      return std::nullopt;
    return here(static_cast<EntityId>(Number));
  };
  if (!readCalls(From, Theirs, {F, Here}, Places, F.Calls)) {
    F.Calls.resize(Before);
    return false;
  }
  for (size_t I = Before; I < F.Calls.size(); ++I)
    F.Calls[I].Allow = allowHere(F.Calls[I].Allow);
  P.Bodies[Id] = Mine;
  if (Theirs.Touches)
    P.Touching.push_back(Id);
  if (!Theirs.Pointers.empty())
    P.TouchingUser.push_back(Id);
  return true;
}

/// Each slot keeps a function once.
void Program::UnitAdder::addStore(const Store &Theirs) {
  Store Mine = Theirs;
  Mine.Stored = here(Theirs.Stored);
  Mine.Slot = here(Theirs.Slot);
  Mine.PassedTo = here(Theirs.PassedTo);
  if (!P.KnownStores.insert({uint64_t(Mine.Stored) << 32 | Mine.Slot, Mine.PassedTo}).second)
    return;
  Mine.At = import(Theirs.At);
  F.Stores.push_back(Mine);
}

void Program::UnitAdder::addAll() {
  // What the rules and the queries ask for by itself.
  for (EntityId E = 0; E < From.F.Entities.size(); ++E)
    if (const Entity &Is = From.F.Entities[E]; !(Is.Provides | Is.Excludes).empty() || Is.More)
      here(E);
  addAllows();
  for (const UnitBody &Theirs : From.Bodies) {
    if (From.F.Entities[Theirs.Function].Weak)
      Later.push_back(Theirs);
    else
      Whole &= addBody(Theirs);
  }
  for (const Store &S : From.F.Stores)
    addStore(S);
}

std::string Program::keyOf(llvm::StringRef Macro, Location At) const {
  Place Is = Places.placeOf(At);
  return (Macro + " " + Is.File + ":" + llvm::Twine(Is.Line) + ":" + llvm::Twine(Is.Column)).str();
}

void Program::addMacros(const UnitSummary &From) {
  for (const NeededMacro &One : From.Macros) {
    MacroNeed &Mine = Macros[keyOf(One.Name, import(One.At, From.Places))];
    Mine = One.Need;
    Mine.At = import(One.Need.At, From.Places);
    Mine.Line = includeLine(Mine.Header);
  }
}

MacroNeed Program::needOf(llvm::StringRef Macro, Location At) const {
  auto Found = Macros.find(keyOf(Macro, At));
  return Found == Macros.end() ? MacroNeed() : Found->second;
}

uint32_t Program::ofCall(CallId Id) const {
  std::shared_ptr<const FunctionRegions> Regions = read(F.Calls[Id].In);
  if (!Regions)
    return 0;
  auto Found = llvm::lower_bound(Regions->Written, std::pair(Id, uint32_t(0)));
  return Found != Regions->Written.end() && Found->first == Id ? Found->second : 0;
}

static llvm::Error broken() {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), "its records are broken");
}

llvm::Error Program::add(llvm::StringRef Bytes, const Model &M, llvm::StringRef File) {
  llvm::Expected<std::unique_ptr<UnitSummary>> From = decodeUnit(Bytes, &M);
  if (!From)
    return From.takeError();
  UnitSummary &Theirs = **From;
  if (IsOld && IsOld(Theirs.File))
    return llvm::Error::success();
  this->M = &M;
  Units.push_back({F.Strings.save(Theirs.File), Theirs.Status, Theirs.Why, Theirs.F.Seen,
                   F.Strings.save(File)});
  Numbers.emplace_back();
  AllowIds.emplace_back();
  uint32_t Index = Units.size() - 1;
  UnitAdder Adder(*this, Theirs, Index);
  Adder.addAll();
  addMacros(Theirs);
  for (ReportedFinding &Found : Theirs.Findings)
    Findings.push_back(std::move(Found));
  llvm::append_range(GivenUp, Theirs.GivenUp);
  if (!Adder.Later.empty()) {
    std::shared_ptr<UnitSummary> Kept = std::move(*From);
    for (const UnitBody &Body : Adder.Later)
      Weak.push_back({Kept, Body, Index});
  }
  return Adder.Whole ? llvm::Error::success() : broken();
}

/// The tables are not to grow by copying themselves: of a page that is never
/// touched, no memory is used.
void Program::expect(uint64_t Bytes) {
  constexpr unsigned BytesOfCall = 24, BytesOfEntity = 64;
  F.Calls.reserve(Bytes / BytesOfCall);
  F.Entities.reserve(Bytes / BytesOfEntity);
  Bodies.reserve(Bytes / BytesOfEntity);
  Places.reserve(Bytes / BytesOfCall + Bytes / BytesOfEntity);
}

void Program::finish() {
  for (WeakBody &W : Weak)
    if (!UnitAdder(*this, *W.From, W.Unit).addBody(W.Is))
      refuseBody(W.Unit, W.From->F.Entities[W.Is.Function].Name);
  Weak.clear();
  // A later unit may have said so.
  for (std::vector<EntityId> *All : {&Touching, &TouchingUser})
    llvm::erase_if(*All, [&](EntityId E) { return F.Entities[E].Opaque; });
  // Nothing is added any more.
  ByIdentity = llvm::DenseMap<uint64_t, EntityId>();
  KnownStores = llvm::DenseSet<std::pair<uint64_t, EntityId>>();
  KnownAllows = llvm::DenseMap<uint64_t, AllowId>();
  AllowIds = std::vector<std::vector<AllowId>>();
  Names.reset();
}

llvm::Error Program::add(const Contracts &Known) {
  if (!M)
    return llvm::Error::success(); // there are no units
  llvm::StringSet<> Own;
  for (const Unit &Each : Units)
    Own.insert(Each.File);
  auto PlaceAt = [this](const Place &At) {
    return Places.add({Places.file(At.File), At.Line, At.Column});
  };
  auto IsUnit = [&](llvm::StringRef File) { return Own.contains(File); };
  auto FileOf = [&](Location At) { return Places.placeOf(At).File; };
  llvm::Expected<EffectsElsewhere> Brought = Known.bringTo(F, *M, {PlaceAt, IsUnit, FileOf});
  if (!Brought)
    return Brought.takeError();
  Elsewhere = std::move(*Brought);
  return llvm::Error::success();
}

void Program::refuseBody(uint32_t Unit, llvm::StringRef Function) {
  Program::Unit &Of = Units[Unit];
  if (!Of.Refused)
    Refusals.push_back({Of.Summary.str(), ("the body of '" + Function + "' is broken").str()});
  Of.Refused = true;
}

/// What the numbers of a unit's entities are here.
static std::optional<EntityId> idHere(const std::vector<EntityId> &Ids, uint64_t Number) {
  return Number < Ids.size() ? std::optional(Ids[Number]) : std::nullopt;
}

std::shared_ptr<const FunctionRegions> Program::of(EntityId Function) {
  if (!Bodies[Function].Known || F.Entities[Function].Opaque)
    return nullptr;
  if (std::shared_ptr<const FunctionRegions> Read = read(Function))
    return Read;
  refuseBody(Bodies[Function].Unit, F.Entities[Function].Name);
  return std::make_shared<FunctionRegions>();
}

std::shared_ptr<const FunctionRegions> Program::read(EntityId Function) const {
  const Body &B = Bodies[Function];
  auto Read = std::make_shared<FunctionRegions>();
  auto Here = [&](uint64_t Number) { return idHere(Numbers[B.Unit], Number); };
  bool Good = readRegions(B.regions(), {F, Here, IdCounts(*M), B.Count}, B.First, *Read);
  return Good ? Read : nullptr;
}

std::shared_ptr<const FunctionPointers> Program::PointersOfProgram::resultOf(EntityId Function) {
  const Body &B = P.Bodies[Function];
  if (!B.Known || B.PointersSize == 0 || P.F.Entities[Function].Opaque)
    return nullptr;
  auto Read = std::make_shared<FunctionPointers>();
  auto Here = [&](uint64_t Number) { return idHere(P.Numbers[B.Unit], Number); };
  if (!readPointers(B.pointers(), {P.F, Here, IdCounts(*P.M), B.Count}, B.First, *Read)) {
    P.refuseBody(B.Unit, P.F.Entities[Function].Name);
    return nullptr;
  }
  for (Passing &Is : Read->Passings)
    if (Is.Call == NoCall) {
      PlaceTable::Entry At = P.Places.entry(P.F.Entities[Function].Declared);
      At.Line = OwnLine::line(Is.At);
      At.Column = OwnLine::column(Is.At);
      Is.At = P.Places.add(At);
    }
  return Read;
}

} // namespace airlock
