// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "model/ModelReader.h"
#include "model/JsonLines.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"
#include "gtest/gtest.h"

using namespace airlock;

namespace {

/// A model in a file, gone with the object.
class ModelFileOnDisk {
public:
  explicit ModelFileOnDisk(llvm::StringRef Text) {
    int Descriptor;
    EXPECT_FALSE(llvm::sys::fs::createTemporaryFile("model", "json", Descriptor, Path));
    llvm::raw_fd_ostream(Descriptor, /*shouldClose=*/true) << Text;
  }
  ~ModelFileOnDisk() { (void)llvm::sys::fs::remove(Path); }
  llvm::SmallString<64> Path;
};

/// What is wrong with a model, without the file's name in front.
std::string problemOf(llvm::StringRef Text) {
  ModelFileOnDisk File(Text);
  ModelReader Reader;
  std::string Message = llvm::toString(Reader.add(File.Path));
  EXPECT_TRUE(llvm::StringRef(Message).starts_with(File.Path)) << Message;
  return Message.substr(File.Path.size() + 1);
}

TEST(ModelReader, BuiltinsAreRead) {
  EXPECT_EQ(ModelReader::builtinNames(),
            (std::vector<llvm::StringRef>{"held", "linux", "qemu", "vhost"}));
  for (llvm::StringRef Name : ModelReader::builtinNames()) {
    ModelReader Reader;
    EXPECT_EQ(llvm::toString(Reader.add(Name)), "") << Name.str();
    EXPECT_TRUE(Reader.contradictions().empty());
  }
}

TEST(ModelReader, LinuxQualifiesNothing) {
  ModelReader Reader;
  ASSERT_FALSE(bool(Reader.add("linux")));
  Model M = Reader.take();
  EXPECT_TRUE(M.findContext("uaccess"));
  std::vector<std::string> Names;
  M.forEachFunctionName([&](llvm::StringRef Name) { Names.push_back(Name.str()); });
  EXPECT_GT(Names.size(), 1000u);
  for (const std::string &Name : Names) {
    EXPECT_FALSE(M.function(Name)->InContext) << Name;
    EXPECT_FALSE(M.function(Name)->ContextEntry) << Name;
  }
}

TEST(ModelReader, SlotsOfBuiltinModelsAreReadWhenAsked) {
  ModelReader Reader;
  ASSERT_FALSE(bool(Reader.add("linux")));
  Model M = Reader.take();
  EXPECT_FALSE(M.readSlots().contains("ata_port_operations.thaw"));
  ASSERT_TRUE(M.slot("ata_port_operations.thaw"));
  EXPECT_TRUE(M.slot("ata_port_operations.thaw")->RunsIn);
  EXPECT_EQ(M.slot("ata_port_operations.thaw")->Family,
            "ata_port_operations.{qc_prep,qc_issue,freeze,thaw}");
  EXPECT_FALSE(M.slot("ata_port_operations"));
  unsigned Times = 0;
  M.forEachSlotName([&](llvm::StringRef Name) { Times += Name == "ata_port_operations.thaw"; });
  EXPECT_EQ(Times, 1u);
}

TEST(ModelReader, LaterModelsOverrideSlotsThatNobodyAskedFor) {
  ModelFileOnDisk File("{\"airlock_model\": 1, \"name\": \"mine\", \"slots\": {\n"
                       "\"bio.bi_end_io\": {\"runs_in\": [\"spinlock\"], \"reason\": \"here\"}}}");
  ModelReader Reader;
  ASSERT_FALSE(bool(Reader.add("linux")));
  ASSERT_FALSE(bool(Reader.add(File.Path)));
  EXPECT_EQ(Reader.contradictions().size(), 1u);
  Model M = Reader.take();
  EXPECT_TRUE(M.slot("bio.bi_end_io")->RunsIn.Value.contains(*M.findRegion("spinlock")));
}

TEST(ModelReader, ProblemsNameLineAndKey) {
  EXPECT_EQ(problemOf("{\n \"airlock_model\": 2\n}"),
            "2: airlock_model: this Airlock reads version 1");
  EXPECT_EQ(problemOf("{}"), "1: airlock_model: missing: this is not an Airlock model");
  EXPECT_EQ(problemOf("{\"airlock_model\": 1,\n\"name\": \"x\",\n\"functoins\": {}}"),
            "3: functoins: unknown key; did you mean 'functions'?");
  EXPECT_EQ(problemOf("{\"airlock_model\": 1, \"name\": \"x\",\n\"functions\": {\n \"f\": {\n"
                      "  \"effects\": [\n\"nap\"]}}}"),
            "5: functions.f.effects[0]: unknown effect 'nap'");
  EXPECT_EQ(problemOf("{\"airlock_model\": 1, \"name\": \"x\",\n\"extends\": [\"nowhere\"]}"),
            "2: extends[0]: no built-in model is named 'nowhere'");
  EXPECT_EQ(problemOf("{\"airlock_model\": 1,\n\"airlock_model\": 1, \"name\": \"x\"}"),
            "2: key 'airlock_model' is given twice");
  EXPECT_TRUE(
      llvm::StringRef(problemOf("{\n\"airlock_model\": 1,\n]")).starts_with("3: not valid JSON"));
}

TEST(ModelReader, LaterModelsOverrideAndSaySo) {
  ModelFileOnDisk File("{\"airlock_model\": 1, \"name\": \"mine\", \"functions\": {\n"
                       "\"get_user\": {\"effects\": [\"user_access\"]},\n"
                       "\"my_own\": {\"effects\": [\"sleep\"]}}}");
  ModelReader Reader;
  ASSERT_FALSE(bool(Reader.add("linux")));
  ASSERT_FALSE(bool(Reader.add(File.Path)));
  EXPECT_EQ(
      Reader.contradictions(),
      (std::vector<std::string>{
          (File.Path + ": model 'mine' overrides 'effects' of 'get_user' given by model 'linux'")
              .str()}));
  Model M = Reader.take();
  const FunctionModel &Get = (*M.function("get_user"));
  EXPECT_EQ(Get.Effects.Value, EffectSet::of(*M.findEffect("user_access")));
  // What the later model does not mention stays.
  EXPECT_TRUE(Get.Opaque.Value);
}

/// All that the format has besides contexts, each section before what it names.
constexpr llvm::StringLiteral Regions = R"({"airlock_model": 1, "name": "regions",
  "slots": {"ops.run": {"runs_in": ["held"], "never": ["rest"], "tests": {"value": true, "lifts": ["nap"]}}},
  "lock_types": {"struct lock": ["held"]},
  "lock_names": {"LOCK": ["held", "open"]},
  "functions": {
    "lock": {"enters": ["held"], "effects": ["nap"], "when": {"parameter": 2, "lacks": "FLAG"}},
    "trylock": {"cond_enters": {"value": false, "regions": ["held"]}},
    "unlock_if": {"cond_exits": {"value": true, "regions": ["held"]}, "safe_in": ["open"]},
    "save": {"saves": ["open"]},
    "mark": {"acquires": true, "when": {"parameter": 1, "is": false}}},
  "regions": {
    "held": {"description": "a lock is held", "forbids": ["rest"]},
    "open": {"description": "a door is open", "absorbs": ["nap"], "nests": false, "confined": true,
             "restricts_calls": true, "balanced": false, "rule": "notifier-context"}},
  "constants": {"FLAG": {"value": 4, "bit": "FLAG_BIT"}},
  "effects": {
    "nap": {"description": "may nap", "kind_of": "rest"},
    "rest": {"description": "may rest"},
    "short_nap": {"description": "may nap for a moment", "kind_of": "nap"}}})";

TEST(ModelReader, SectionsComeInAnyOrder) {
  ModelFileOnDisk File(Regions);
  ModelReader Reader;
  ASSERT_EQ(llvm::toString(Reader.add(File.Path)), "");
  Model M = Reader.take();
  unsigned Held = *M.findRegion("held"), Open = *M.findRegion("open");
  EffectSet Nap = EffectSet::of(*M.findEffect("nap")), Rest = EffectSet::of(*M.findEffect("rest"));

  const RegionInfo &H = M.regions()[Held], &O = M.regions()[Open];
  EXPECT_EQ(H.Description, "a lock is held");
  EXPECT_EQ(H.Forbids, Rest);
  EXPECT_TRUE(H.Absorbs.empty() && H.Nests && !H.Confined && !H.RestrictsCalls && H.Balanced);
  EXPECT_EQ(H.Rule, "sleep-in-region");
  EXPECT_EQ(O.Absorbs, Nap);
  EXPECT_TRUE(O.Forbids.empty() && !O.Nests && O.Confined && O.RestrictsCalls && !O.Balanced);
  EXPECT_EQ(O.Rule, "notifier-context");

  const ConstantInfo &Flag = M.constants().find("FLAG")->second;
  EXPECT_EQ(Flag.Value, 4u);
  EXPECT_EQ(Flag.Bit, "FLAG_BIT");

  const FunctionModel &Lock = (*M.function("lock"));
  EXPECT_EQ(Lock.Enters.Value, RegionSet::of(Held));
  EXPECT_FALSE(Lock.Exits || Lock.CondEnters || Lock.SafeIn || Lock.Never || Lock.Tests);
  EXPECT_EQ(Lock.When.Value.front().Is, EffectCondition::Lacks);
  EXPECT_EQ(Lock.When.Value.front().Parameter, 1u);
  EXPECT_EQ(Lock.When.Value.front().Constant, "FLAG");
  const FunctionModel &Try = (*M.function("trylock"));
  EXPECT_FALSE(Try.CondEnters.Value.Value);
  EXPECT_EQ(Try.CondEnters.Value.Regions, RegionSet::of(Held));
  const FunctionModel &Unlock = (*M.function("unlock_if"));
  EXPECT_TRUE(Unlock.CondExits.Value.Value);
  EXPECT_EQ(Unlock.SafeIn.Value, RegionSet::of(Open));
  EXPECT_EQ((*M.function("save")).Saves.Value, RegionSet::of(Open));
  const FunctionModel &Mark = (*M.function("mark"));
  EXPECT_TRUE(Mark.Acquires.Value && !Mark.Releases);
  EXPECT_EQ(Mark.When.Value.front().Is, EffectCondition::Zero);
  EXPECT_EQ(Mark.When.Value.front().Parameter, 0u);

  const SlotModel &Run = *M.slot("ops.run");
  EXPECT_EQ(Run.RunsIn.Value, RegionSet::of(Held));
  EXPECT_EQ(Run.Never.Value, Rest);
  EXPECT_TRUE(Run.Tests.Value.Value);
  EXPECT_EQ(Run.Tests.Value.Lifts, Nap);
  EXPECT_FALSE(Run.Effects);
  EXPECT_EQ(M.LockTypes.find("struct lock")->second.Value, RegionSet::of(Held));
  EXPECT_EQ(M.LockNames.find("LOCK")->second.Value, RegionSet::of(Held) | RegionSet::of(Open));
}

TEST(ModelReader, AFamilyIsReadByAnyOfItsNames) {
  ModelFileOnDisk File(R"({"airlock_model": 1, "name": "x", "functions": {
    "{,_}f{1,2}": {"opaque": true}, "a/b.c:{f1,g}": {"opaque": false}}})");
  ModelReader Reader;
  ASSERT_EQ(llvm::toString(Reader.add(File.Path)), "");
  Model M = Reader.take();
  for (llvm::StringRef Name : {"f1", "f2", "_f1", "_f2"}) {
    ASSERT_TRUE(M.function(Name)) << Name.str();
    EXPECT_EQ(M.function(Name)->Family, "{,_}f{1,2}");
  }
  EXPECT_FALSE(M.function("f"));
  EXPECT_FALSE(M.function("g"));
  // Of one file's, the path is the end of the file's own, from a folder on.
  EXPECT_FALSE(M.functionOfFile("f1", "/src/a/b.c")->Opaque.Value);
  EXPECT_FALSE(M.functionOfFile("f1", "a/b.c")->Opaque.Value);
  EXPECT_TRUE(M.functionOfFile("f1", "/src/aa/b.c")->Opaque.Value);
  EXPECT_TRUE(M.functionOfFile("g", "a/b.c"));
  EXPECT_FALSE(M.functionOfFile("g", "b.c"));
}

TEST(ModelReader, KindsFollowTheirEffect) {
  ModelFileOnDisk File(Regions);
  ModelReader Reader;
  ASSERT_FALSE(bool(Reader.add(File.Path)));
  Model M = Reader.take();
  EffectSet Nap = EffectSet::of(*M.findEffect("nap")), Rest = EffectSet::of(*M.findEffect("rest")),
            Short = EffectSet::of(*M.findEffect("short_nap"));
  EXPECT_EQ(M.withKinds(Rest), Rest | Nap | Short);
  EXPECT_EQ(M.withKinds(Nap), Nap | Short);
  EXPECT_EQ(M.withKinds(Short), Short);
  EXPECT_TRUE(M.withKinds(EffectSet()).empty());
}

TEST(ModelReader, AMistakeInARegionOrASlotHasItsLine) {
  const std::string Start = "{\"airlock_model\": 1, \"name\": \"x\", \"extends\": [\"linux\"],\n";
  EXPECT_EQ(problemOf(Start + "\"slots\": {\n \"ops.run\": {\n  \"runs_in\": [\n\"nowhere\"]}}}"),
            "5: slots.ops.run.runs_in[0]: unknown region 'nowhere'");
  EXPECT_EQ(problemOf(Start + "\"lock_types\": {\n\n \"struct lock\": 1}}"),
            "4: lock_types.struct lock: expected an array of region names");
  EXPECT_EQ(problemOf(Start + "\"effects\": {\n\"a\": {\"description\": \"d\",\n"
                              "\"kind_of\": \"a\"}}}"),
            "4: effects.a.kind_of: 'a' is a kind of itself");
}

/// A model with Count entries in a section, numbered from 0.
std::string manyOf(llvm::StringRef Section, unsigned Count) {
  std::string Text = "{\"airlock_model\": 1, \"name\": \"x\", \"" + Section.str() + "\": {";
  for (unsigned I = 0; I < Count; ++I)
    Text += (I ? ",\n" : "") + ("\"n" + std::to_string(I) + "\": {\"description\": \"d\"}");
  return Text + "}}";
}

TEST(ModelReader, ThereIsRoomForSoMany) {
  for (llvm::StringRef Section : {"contexts", "effects", "regions"}) {
    ModelFileOnDisk Full(manyOf(Section, 64));
    ModelReader Reader;
    EXPECT_EQ(llvm::toString(Reader.add(Full.Path)), "");
    // Names come in alphabetical order: n9 is the last.
    EXPECT_EQ(problemOf(manyOf(Section, 65)),
              ("10: " + Section + ".n9: too many " + Section + "; at most 64").str());
  }
}

TEST(ModelReader, RegionsAreMergedKeyByKey) {
  ModelFileOnDisk First(Regions);
  ModelFileOnDisk Second(R"({"airlock_model": 1, "name": "later",
    "regions": {"held": {"description": "a lock is held", "nests": false, "forbids": ["nap"]},
                "open": {"description": "a gate is open"}},
    "constants": {"FLAG": {"value": 8}},
    "effects": {"rest": {"description": "may rest"}},
    "functions": {"lock": {"exits": ["held"], "when": {"parameter": 1, "lacks": "FLAG"}},
                  "trylock": {"cond_enters": {"value": true, "regions": ["held"]}}},
    "slots": {"ops.run": {"runs_in": []}},
    "lock_types": {"struct lock": ["open"]},
    "lock_names": {"LOCK": ["open", "held"]}})");
  ModelReader Reader;
  ASSERT_EQ(llvm::toString(Reader.add(First.Path)), "");
  ASSERT_EQ(llvm::toString(Reader.add(Second.Path)), "");
  std::vector<std::string> Overridden;
  for (llvm::StringRef Text : Reader.contradictions()) {
    ASSERT_TRUE(Text.consume_front((Second.Path + ": model 'later' overrides ").str()));
    ASSERT_TRUE(Text.consume_back(" given by model 'regions'"));
    Overridden.push_back(Text.str());
  }
  // Nobody had said whether 'held' nests, or what 'lock' closes.
  EXPECT_EQ(Overridden, (std::vector<std::string>{
                            "'value' of 'FLAG'", "'forbids' of 'held'", "'description' of 'open'",
                            "'when' of 'lock'", "'cond_enters' of 'trylock'",
                            "'runs_in' of 'ops.run'", "'struct lock' of 'lock_types'"}));
  Model M = Reader.take();
  const RegionInfo &Held = M.regions()[*M.findRegion("held")];
  EXPECT_EQ(Held.Forbids, EffectSet::of(*M.findEffect("nap")));
  EXPECT_FALSE(Held.Nests);
  const RegionInfo &Open = M.regions()[*M.findRegion("open")];
  EXPECT_EQ(Open.Description, "a gate is open");
  EXPECT_TRUE(Open.Confined && !Open.Balanced);
  EXPECT_EQ(M.constants().find("FLAG")->second.Value, 8u);
  EXPECT_EQ(M.constants().find("FLAG")->second.Bit, "FLAG_BIT");
  const FunctionModel &Lock = (*M.function("lock"));
  EXPECT_TRUE(Lock.Enters && Lock.Exits);
  EXPECT_TRUE(M.slot("ops.run")->RunsIn.Value.empty());
  EXPECT_EQ(M.LockTypes.find("struct lock")->second.Value, RegionSet::of(*M.findRegion("open")));
}

TEST(ModelReader, ContradictionsNameTheModelThatGaveTheKey) {
  ModelFileOnDisk First(Regions);
  ModelFileOnDisk Second(R"({"airlock_model": 1, "name": "second",
    "regions": {"held": {"description": "a lock is held", "confined": true}}})");
  ModelFileOnDisk Third(R"({"airlock_model": 1, "name": "third",
    "regions": {"held": {"description": "the lock is held", "confined": false}}})");
  ModelReader Reader;
  for (const ModelFileOnDisk *File : {&First, &Second, &Third})
    ASSERT_EQ(llvm::toString(Reader.add(File->Path)), "");
  std::string Start = (Third.Path + ": model 'third' overrides ").str();
  EXPECT_EQ(Reader.contradictions(),
            (std::vector<std::string>{Start + "'confined' of 'held' given by model 'second'",
                                      Start + "'description' of 'held' given by model 'second'"}));
}

TEST(ModelReader, TwoModelsOfOneNameAreRefused) {
  ModelFileOnDisk File("{\"airlock_model\": 1, \"name\": \"linux\"}");
  ModelReader Reader;
  ASSERT_FALSE(bool(Reader.add("linux")));
  // The same one again is no matter: several models may extend it.
  ASSERT_FALSE(bool(Reader.add("linux")));
  EXPECT_EQ(llvm::toString(Reader.add(File.Path)),
            (File.Path + ":1: name: a model of that name is loaded from 'linux'").str());
}

uint64_t fingerprintOf(std::initializer_list<llvm::StringRef> Names) {
  ModelReader Reader;
  for (llvm::StringRef Name : Names)
    EXPECT_EQ(llvm::toString(Reader.add(Name)), "");
  return Reader.take().fingerprint();
}

TEST(ModelReader, WhatIsExtendedNeedNotBeNamed) {
  EXPECT_EQ(fingerprintOf({"vhost"}), fingerprintOf({"linux", "vhost"}));
  EXPECT_EQ(fingerprintOf({"vhost"}), fingerprintOf({"vhost", "linux", "vhost"}));
  EXPECT_NE(fingerprintOf({"vhost"}), fingerprintOf({"linux"}));
  // The later one overrides the earlier one.
  EXPECT_NE(fingerprintOf({"vhost", "qemu"}), fingerprintOf({"qemu", "vhost"}));
}

TEST(ModelReader, AMissingFileNamesTheBuiltins) {
  ModelReader Reader;
  EXPECT_EQ(llvm::toString(Reader.add("/nonexistent.json")),
            "cannot read model '/nonexistent.json': No such file or directory (built-in models: "
            "'held', 'linux', 'qemu', 'vhost')");
}

TEST(JsonLines, RunawayNestingIsRefused) {
  EXPECT_EQ(JsonLines(std::string(100000, '[')).error(), "nested too deeply");
}

/// Each has a path as long as its key.
TEST(JsonLines, ManyValuesBehindALongKey) {
  std::string Key(1 << 20, 'k'), Values = "1";
  for (unsigned I = 0; I < 100000; ++I)
    Values += ",\n1";
  std::string Text = "{\"" + Key + "\": [" + Values + "]}";
  EXPECT_EQ(JsonLines(Text).lineOf(Key + "[99999]"), 100000u);
}

TEST(JsonLines, FindsValuesAndTheirParents) {
  JsonLines Lines("{\n\"a\": {\n\"b\": [\n1,\n{\"c\": 2}\n]\n}\n}");
  EXPECT_TRUE(Lines.error().empty());
  EXPECT_EQ(Lines.lineOf("a"), 2u);
  EXPECT_EQ(Lines.lineOf("a.b"), 3u);
  EXPECT_EQ(Lines.lineOf("a.b[1].c"), 5u);
  EXPECT_EQ(Lines.lineOf("a.b[7]"), 3u);
  EXPECT_EQ(Lines.lineOf("x.y"), 1u);
}

} // namespace
