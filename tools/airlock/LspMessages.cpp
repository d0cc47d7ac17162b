// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "LspMessages.h"
#include "LspAnalysis.h"
#include "support/Paths.h"

using nlohmann::json;

namespace airlock {

const json *look(const json &In, std::initializer_list<const char *> Keys) {
  const json *At = &In;
  for (const char *Key : Keys) {
    auto Found = At->is_object() ? At->find(Key) : At->end();
    if (Found == At->end())
      return nullptr;
    At = &*Found;
  }
  return At;
}

std::optional<std::string> lookText(const json &In, std::initializer_list<const char *> Keys) {
  const json *Found = look(In, Keys);
  return Found && Found->is_string() ? std::optional(Found->get<std::string>()) : std::nullopt;
}

bool isTrue(const json *J) { return J && J->is_boolean() && J->get<bool>(); }

bool hasElement(const json &Array, const json &Value) {
  return llvm::find(Array, Value) != Array.end();
}

/// The strings of an array; nothing if it is another thing.
static std::optional<std::vector<std::string>> textsOf(const json &J) {
  std::vector<std::string> Texts;
  for (const json &One : J)
    if (One.is_string())
      Texts.push_back(One.get<std::string>());
  return J.is_array() && Texts.size() == J.size() ? std::optional(Texts) : std::nullopt;
}

llvm::Error takeOptions(const json &Given, llvm::StringRef Workspace, LspRequest &Into) {
  if (Given.is_null())
    return llvm::Error::success();
  if (!Given.is_object())
    return llvm::createStringError("initializationOptions is no object");
  LspRequest New = Into;
  for (const auto &[Key, Value] : Given.items()) {
    std::optional<std::vector<std::string>> Texts = textsOf(Value);
    bool IsRight = true;
    if (Key == "buildFolder" && (IsRight = Value.is_string()))
      New.BuildFolder = Value.get<std::string>();
    else if (Key == "root" && (IsRight = Value.is_string()))
      New.Wanted.Root = Value.get<std::string>();
    else if (Key == "models" && (IsRight = Texts.has_value()))
      New.Wanted.Models = *Texts;
    else if (Key == "summaries" && (IsRight = Texts.has_value()))
      New.Summaries = *Texts;
    else if (Key == "program" && (IsRight = Value.is_string()))
      New.Wanted.Program = Value.get<std::string>();
    else if (Key == "advice" && (IsRight = Value.is_boolean()))
      New.Wanted.Advice = Value.get<bool>();
    else if (IsRight)
      return llvm::createStringError(
          "unknown option '" + Key +
          "' in initializationOptions; known are buildFolder, root, models, summaries, program and "
          "advice");
    if (!IsRight)
      return llvm::createStringError("option '" + Key +
                                     "' in initializationOptions has a value of another type");
  }
  Options Checked = New.Wanted;
  Checked.Models = modelsFrom(Workspace, Checked.Models);
  Checked.Root = pathFrom(Workspace, Checked.Root);
  if (llvm::Error E = Checked.check())
    return E;
  if (llvm::Error E = Checked.checkRoot())
    return E;
  std::vector<std::string> Notes;
  if (llvm::Expected<Model> M = loadModels(Checked, Notes); !M)
    return M.takeError();
  Into = std::move(New);
  return llvm::Error::success();
}

} // namespace airlock
