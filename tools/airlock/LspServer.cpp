// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// `airlock lsp`: a language server that has findings and fix-its, and nothing else, so
// that it goes beside clangd. It speaks on standard input and output, and logs to standard error.
//
// One thread waits for the editor and for the analyses. Each of these runs in a process of its
// own (LspAnalysis.h), within the limits of a unit: it may crash or hang, and it is killed when
// what it is about was saved again. Files are analysed as they are on the disk.

#include "LspAnalysis.h"
#include "LspMessages.h"
#include "LspTransport.h"
#include "support/Contents.h"
#include "support/Paths.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/Errno.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/WithColor.h"
#include "llvm/Support/raw_ostream.h"
#include <fcntl.h>
#include <map>
#include <poll.h>
#include <unistd.h>

using nlohmann::json;

namespace airlock {

namespace {

struct Document {
  std::string Path, RealPath;
  json Version;
  /// Of its text in the editor; 0 while it is edited.
  uint64_t Hash = 0;
  bool Waits = false;
  std::optional<RunningPiece> Running;
  /// What the last analysis gave: see analyseFile().
  json Files = json::object();
  llvm::StringSet<> Read;
};

class Server {
public:
  explicit Server(LspRequest Request) : Request(std::move(Request)) {}
  int run();

private:
  using Params = const json &;
  /// The result of a request; an error is one of its parameters.
  using Answer = llvm::Expected<json>;

  void receive(const json &Message);
  Answer initialize(Params P);
  std::optional<json> actionOf(const json &Found) const;
  Answer codeActions(Params P);
  void didOpen(Params P);
  void didChange(Params P);
  void didSave(Params P);
  void didClose(Params P);
  void didChangeFolders(Params P);

  void startWaiting();
  std::string analyse(const Document &D) const;
  void stop(Document &D);
  void finish(const std::string &Uri, Document &D);
  void take(const std::string &Uri, Document &D, json Result);
  void publish(const std::string &Uri);

  Document *named(Params P);
  std::string workspaceOf(llvm::StringRef Path) const;
  std::string uriFor(llvm::StringRef Path) const;
  bool isAsAnalysed(const std::string &Uri, const json &Hash) const;

  void send(json Message);
  void notify(const char *Method, json P) { send({{"method", Method}, {"params", std::move(P)}}); }
  void refuse(json Id, RpcError Code, llvm::StringRef Text);

  LspRequest Request;
  LspClient Client;
  bool TakesVersions = false;
  std::vector<std::string> Folders;
  /// By URI.
  std::map<std::string, Document> Documents;
  llvm::StringSet<> Told;
  enum { Fresh, Serving, ShutDown } State = Fresh;
  bool Done = false;
};

void Server::send(json Message) {
  Message["jsonrpc"] = "2.0";
  writeMessage(Message, llvm::outs());
}

void Server::refuse(json Id, RpcError Code, llvm::StringRef Text) {
  send({{"id", std::move(Id)}, {"error", {{"code", Code}, {"message", Text.str()}}}});
}

void Server::receive(const json &Message) {
  if (Done)
    return;
  std::optional<std::string> Method = lookText(Message, {"method"});
  const json *Id = look(Message, {"id"});
  if (!Method && (look(Message, {"result"}) || look(Message, {"error"})))
    return; // to a request; none is made
  if (lookText(Message, {"jsonrpc"}) != "2.0" || !Method ||
      (Id && !Id->is_string() && !Id->is_number_integer()))
    return refuse(nullptr, RpcError::InvalidRequest, "this is no request");
  static const json None = json::object();
  const json *Given = look(Message, {"params"});
  Params P = Given ? *Given : None;

  if (!Id) {
    if (*Method == "exit")
      Done = true;
    if (State != Serving)
      return;
    auto Handler = llvm::StringSwitch<void (Server::*)(Params)>(*Method)
                       .Case("textDocument/didOpen", &Server::didOpen)
                       .Case("textDocument/didChange", &Server::didChange)
                       .Case("textDocument/didSave", &Server::didSave)
                       .Case("textDocument/didClose", &Server::didClose)
                       .Case("workspace/didChangeWorkspaceFolders", &Server::didChangeFolders)
                       .Default(nullptr);
    if (Handler)
      (this->*Handler)(P);
    return;
  }
  bool IsFirst = *Method == "initialize";
  if (State == Fresh && !IsFirst)
    return refuse(*Id, RpcError::NotInitialized, "the first request is 'initialize'");
  if (State == ShutDown || (State == Serving && IsFirst))
    return refuse(*Id, RpcError::InvalidRequest, "'" + *Method + "' is not expected any more");
  if (*Method == "shutdown") {
    State = ShutDown;
    for (auto &[Uri, D] : Documents)
      stop(D);
    return send({{"id", *Id}, {"result", nullptr}});
  }
  auto Handler = llvm::StringSwitch<Answer (Server::*)(Params)>(*Method)
                     .Case("initialize", &Server::initialize)
                     .Case("textDocument/codeAction", &Server::codeActions)
                     .Default(nullptr);
  if (!Handler)
    return refuse(*Id, RpcError::MethodNotFound, "there is no '" + *Method + "' here");
  Answer Result = (this->*Handler)(P);
  if (!Result)
    return refuse(*Id, RpcError::InvalidParams, llvm::toString(Result.takeError()));
  send({{"id", *Id}, {"result", std::move(*Result)}});
}

Server::Answer Server::initialize(Params P) {
  Folders.clear();
  auto AddFolder = [&](const std::optional<std::string> &Uri) {
    if (std::optional<std::string> Path = Uri ? pathOf(*Uri) : std::nullopt)
      Folders.push_back(*Path);
  };
  if (const json *All = look(P, {"workspaceFolders"}); All && All->is_array())
    for (const json &One : *All)
      AddFolder(lookText(One, {"uri"}));
  if (Folders.empty())
    AddFolder(lookText(P, {"rootUri"}));
  if (Folders.empty())
    Folders.push_back(absolutePath("."));
  if (const json *Given = look(P, {"initializationOptions"}))
    if (llvm::Error E = takeOptions(*Given, Folders.front(), Request))
      return E;

  const json *Encodings = look(P, {"capabilities", "general", "positionEncodings"});
  Client.CountsBytes = Encodings && hasElement(*Encodings, "utf-8");
  Client.ShowsRelated =
      isTrue(look(P, {"capabilities", "textDocument", "publishDiagnostics", "relatedInformation"}));
  TakesVersions =
      isTrue(look(P, {"capabilities", "workspace", "workspaceEdit", "documentChanges"}));
  State = Serving;
  return json{{"serverInfo", {{"name", "airlock"}, {"version", AIRLOCK_VERSION}}},
              {"capabilities",
               {{"positionEncoding", Client.CountsBytes ? "utf-8" : "utf-16"},
                // Changes are asked for to know of them: what is analysed is what was saved.
                {"textDocumentSync",
                 {{"openClose", true}, {"change", 2}, {"save", {{"includeText", true}}}}},
                {"codeActionProvider", {{"codeActionKinds", {"quickfix"}}}},
                {"workspace",
                 {{"workspaceFolders", {{"supported", true}, {"changeNotifications", true}}}}}}}};
}

void Server::didChangeFolders(Params P) {
  auto Each = [&](const char *Which, llvm::function_ref<void(const std::string &)> Do) {
    if (const json *All = look(P, {"event", Which}); All && All->is_array())
      for (const json &One : *All)
        if (std::optional<std::string> Uri = lookText(One, {"uri"}))
          if (std::optional<std::string> Path = pathOf(*Uri))
            Do(*Path);
  };
  Each("removed", [&](const std::string &Path) { llvm::erase(Folders, Path); });
  Each("added", [&](const std::string &Path) { Folders.push_back(Path); });
}

std::string Server::workspaceOf(llvm::StringRef Path) const {
  std::string Nearest;
  llvm::StringRef Rest;
  for (const std::string &Folder : Folders)
    if (Folder.size() > Nearest.size() && isBelow(Folder, Path, Rest))
      Nearest = Folder;
  if (!Nearest.empty())
    return Nearest;
  return Folders.empty() ? absolutePath(".") : Folders.front();
}

/// As the editor says it, if it has it open.
std::string Server::uriFor(llvm::StringRef Path) const {
  std::string Real = realPath(Path);
  for (const auto &[Uri, D] : Documents)
    if (D.RealPath == Real)
      return Uri;
  return uriOf(Path);
}

Document *Server::named(Params P) {
  std::optional<std::string> Uri = lookText(P, {"textDocument", "uri"});
  auto Found = Uri ? Documents.find(*Uri) : Documents.end();
  return Found == Documents.end() ? nullptr : &Found->second;
}

void Server::didOpen(Params P) {
  std::optional<std::string> Uri = lookText(P, {"textDocument", "uri"});
  std::optional<std::string> Path = Uri ? pathOf(*Uri) : std::nullopt;
  std::optional<std::string> Text = lookText(P, {"textDocument", "text"});
  const json *Version = look(P, {"textDocument", "version"});
  if (!Path || !Text || lookText(P, {"textDocument", "languageId"}) != "c") {
    llvm::WithColor::note(llvm::errs(), "airlock")
        << "not looked at: " << (Uri ? *Uri : "a document without a URI")
        << (Path ? ", which is not in C\n" : ", which is no file\n");
    return;
  }
  Document &D = Documents[*Uri];
  stop(D);
  D.Path = *Path;
  D.RealPath = realPath(*Path);
  D.Version = Version ? *Version : json();
  D.Hash = hashOfInput(*Text);
  D.Waits = true;
}

void Server::didChange(Params P) {
  if (Document *D = named(P)) {
    if (const json *Version = look(P, {"textDocument", "version"}))
      D->Version = *Version;
    D->Hash = 0;
  }
}

void Server::didSave(Params P) {
  Document *Saved = named(P);
  if (!Saved)
    return;
  std::optional<std::string> Text = lookText(P, {"text"});
  Saved->Hash = Text ? hashOfInput(*Text) : hashOfFile(Saved->Path);
  for (auto &[Uri, D] : Documents)
    if (&D == Saved || D.Running || // nobody knows yet what that reads
        D.Read.contains(Saved->RealPath)) {
      stop(D); // what it would say is of another text
      D.Waits = true;
    }
}

void Server::didClose(Params P) {
  Document *D = named(P);
  if (!D)
    return;
  stop(*D);
  json Left = std::move(D->Files);
  std::string Uri = *lookText(P, {"textDocument", "uri"});
  Documents.erase(Uri);
  for (const auto &[Each, Found] : Left.items())
    publish(Each);
}

void Server::stop(Document &D) {
  D.Waits = false;
  if (!D.Running)
    return;
  D.Running->kill();
  D.Running->finish();
  D.Running.reset();
}

std::string Server::analyse(const Document &D) const {
  // Whatever is read or printed there, the editor has no part in it.
  if (int Nothing = open("/dev/null", O_RDONLY); Nothing >= 0)
    dup2(Nothing, STDIN_FILENO);
  dup2(STDERR_FILENO, STDOUT_FILENO);
  json Result = analyseFile(Request, D.Path, workspaceOf(D.Path), Client,
                            [&](llvm::StringRef Path) { return uriFor(Path); });
  return Result.dump(-1, ' ', /*ensure_ascii=*/false, json::error_handler_t::replace);
}

void Server::startWaiting() {
  std::vector<int> Pipes;
  for (const auto &[Uri, D] : Documents)
    if (D.Running)
      Pipes.push_back(D.Running->pipe());
  for (auto &[Uri, D] : Documents) {
    if (!D.Waits || Pipes.size() >= Request.Jobs)
      continue;
    D.Waits = false;
    llvm::Expected<RunningPiece> Started =
        RunningPiece::start(Request.Limits, Pipes, [&D = D, this] { return analyse(D); });
    if (!Started) {
      take(Uri, D, makeFailure(Uri, llvm::toString(Started.takeError()), LspLevel::Warning));
      continue;
    }
    Pipes.push_back(Started->pipe());
    D.Running = std::move(*Started);
  }
}

void Server::finish(const std::string &Uri, Document &D) {
  PieceResult Piece = D.Running->finish();
  D.Running.reset();
  if (Piece.Died.empty()) {
    json Result = json::parse(Piece.Bytes, nullptr, /*allow_exceptions=*/false);
    if (!Result.is_discarded())
      return take(Uri, D, std::move(Result));
    Piece.Died = "gave no result";
  }
  take(Uri, D, makeFailure(Uri, "the analysis " + Piece.Died, LspLevel::Warning));
}

void Server::take(const std::string &Uri, Document &D, json Result) {
  json Before = std::exchange(D.Files, std::move(Result["files"]));
  D.Read.clear();
  for (const json &Path : Result["read"])
    D.Read.insert(Path.get<std::string>());
  for (const json &Text : Result["messages"])
    if (Told.insert(Text.get<std::string>()).second)
      notify("window/showMessage", {{"type", LspLevel::Warning}, {"message", Text}});
  publish(Uri); // also that there is nothing
  Before.update(D.Files);
  for (const auto &[Each, Found] : Before.items())
    if (Each != Uri)
      publish(Each);
}

/// A header has what each of the open units finds in it.
void Server::publish(const std::string &Uri) {
  json P = {{"uri", Uri}, {"diagnostics", json::array()}};
  json &All = P["diagnostics"];
  auto Shown = Documents.find(Uri);
  for (const auto &[Of, D] : Documents) {
    auto Here = D.Files.find(Uri);
    if (Here == D.Files.end())
      continue;
    for (const json &One : (*Here)["found"])
      if (!hasElement(All, One["diagnostic"]))
        All.push_back(One["diagnostic"]);
    if (Shown != Documents.end() && Shown->second.Hash && (*Here)["hash"] == Shown->second.Hash &&
        Shown->second.Version.is_number())
      P["version"] = Shown->second.Version;
  }
  notify("textDocument/publishDiagnostics", std::move(P));
}

bool Server::isAsAnalysed(const std::string &Uri, const json &Hash) const {
  auto Open = Documents.find(Uri);
  uint64_t Now = Open != Documents.end() ? Open->second.Hash : hashOfFile(pathOf(Uri).value_or(""));
  return Now && Hash == Now;
}

/// What mends a finding; nothing if a text that it would edit has changed.
std::optional<json> Server::actionOf(const json &Found) const {
  json Edit = json::object();
  for (const auto &[File, Change] : Found["fix"]["files"].items()) {
    if (!isAsAnalysed(File, Change["hash"]))
      return std::nullopt;
    if (!TakesVersions) {
      Edit["changes"][File] = Change["edits"];
      continue;
    }
    auto Open = Documents.find(File);
    json Version = Open == Documents.end() ? json() : Open->second.Version;
    Edit["documentChanges"].push_back(
        {{"textDocument", {{"uri", File}, {"version", std::move(Version)}}},
         {"edits", Change["edits"]}});
  }
  return json{{"title", Found["fix"]["title"]},
              {"kind", "quickfix"},
              {"diagnostics", json::array({Found["diagnostic"]})},
              {"edit", std::move(Edit)}};
}

/// What mends the findings on the lines that are asked for.
Server::Answer Server::codeActions(Params P) {
  std::optional<std::string> Uri = lookText(P, {"textDocument", "uri"});
  const json *First = look(P, {"range", "start", "line"});
  const json *Last = look(P, {"range", "end", "line"});
  if (!Uri || !First || !First->is_number() || !Last || !Last->is_number())
    return llvm::createStringError("a code action needs a document and a range");
  json Actions = json::array();
  if (const json *Only = look(P, {"context", "only"}); Only && Only->is_array())
    if (!hasElement(*Only, "quickfix") && !hasElement(*Only, ""))
      return Actions;
  for (const auto &[Of, D] : Documents) {
    auto Here = D.Files.find(*Uri);
    if (Here == D.Files.end())
      continue;
    for (const json &One : (*Here)["found"]) {
      const json &Line = One["diagnostic"]["range"]["start"]["line"];
      if (!One.contains("fix") || Line < *First || Line > *Last)
        continue;
      if (std::optional<json> Action = actionOf(One); Action && !hasElement(Actions, *Action))
        Actions.push_back(std::move(*Action));
    }
  }
  return Actions;
}

int Server::run() {
  MessageReader Reader;
  while (!Done) {
    startWaiting();
    std::vector<pollfd> Pipes = {{STDIN_FILENO, POLLIN, 0}};
    std::vector<std::string> Uris;
    int Wait = -1;
    for (auto &[Uri, D] : Documents) {
      if (!D.Running)
        continue;
      Pipes.push_back({D.Running->pipe(), POLLIN, 0});
      Uris.push_back(Uri);
      Wait = soonest(Wait, D.Running->killIfLate());
    }
    if (::poll(Pipes.data(), Pipes.size(), Wait) < 0)
      continue; // a signal
    // The editor first: it may say that a result is of yesterday.
    if (Pipes.front().revents) {
      char Buffer[1 << 16];
      char *Into = Buffer;
      ssize_t Size = llvm::sys::RetryAfterSignal(-1, ::read, STDIN_FILENO, Into, sizeof(Buffer));
      if (Size <= 0)
        break;
      Reader.feed(
          {Buffer, static_cast<size_t>(Size)}, [&](const json &M) { receive(M); },
          [&](RpcError Code, llvm::StringRef Text) { refuse(nullptr, Code, Text); });
    }
    for (size_t I = 0; I < Uris.size(); ++I) {
      auto Found = Documents.find(Uris[I]);
      if (Found == Documents.end() || !Found->second.Running || !Pipes[I + 1].revents)
        continue;
      if (Found->second.Running->readSome())
        finish(Found->first, Found->second);
    }
    if (llvm::outs().has_error())
      break;
  }
  for (auto &[Uri, D] : Documents)
    stop(D);
  return State == ShutDown ? 0 : 1;
}

} // namespace

int runLsp(LspRequest Request) { return Server(std::move(Request)).run(); }

} // namespace airlock
