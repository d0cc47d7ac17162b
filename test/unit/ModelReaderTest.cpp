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
  ~ModelFileOnDisk() { llvm::sys::fs::remove(Path); }
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
  EXPECT_EQ(ModelReader::builtinNames(), (std::vector<llvm::StringRef>{"linux", "qemu", "vhost"}));
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
  for (const auto &Entry : M.functions()) {
    EXPECT_FALSE(Entry.getValue().InContext) << Entry.getKey().str();
    EXPECT_FALSE(Entry.getValue().ContextEntry) << Entry.getKey().str();
  }
}

TEST(ModelReader, ProblemsNameLineAndKey) {
  EXPECT_EQ(problemOf("{\n \"airlock_model\": 2\n}"),
            "2: airlock_model: this Airlock reads version 1");
  EXPECT_EQ(problemOf("{}"), "1: airlock_model: missing: this is not an Airlock model");
  EXPECT_EQ(problemOf("{\"airlock_model\": 1,\n\"name\": \"x\",\n\"functoins\": {}}"),
            "3: functoins: unknown key");
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
  const FunctionModel &Get = M.functions().find("get_user")->second;
  EXPECT_EQ(Get.Effects.Value, EffectSet::of(*M.findEffect("user_access")));
  // What the later model does not mention stays.
  EXPECT_TRUE(Get.Opaque.Value);
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

TEST(ModelReader, AMissingFileNamesTheBuiltins) {
  ModelReader Reader;
  EXPECT_EQ(llvm::toString(Reader.add("/nonexistent.json")),
            "cannot read model '/nonexistent.json': No such file or directory (built-in models: "
            "'linux', 'qemu', 'vhost')");
}

TEST(JsonLines, RunawayNestingIsRefused) {
  EXPECT_EQ(JsonLines(std::string(100000, '[')).error(), "nested too deeply");
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
