// quothd: the server as a program. Flags -> Server -> wait for a signal.
//
//   quothd --address=0.0.0.0:50051 --tls_cert=cert.pem --tls_key=key.pem
//   quothd --flagfile=/etc/quoth/quothd.flags --check
//   quothd --new_token=NAME
//
// SIGTERM or SIGINT lets the calls that run finish and exits with 0; a second
// one exits at once with 1. What it prints goes to stderr and is never about
// what callers send.

#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "absl/flags/flag.h"
#include "absl/flags/parse.h"
#include "absl/flags/usage.h"
#include "absl/flags/usage_config.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/stubs/logging.h"
#include "server/engine/engine.h"
#include "server/model_choice.h"
#include "server/rpc/api_tokens.h"
#include "server/rpc/callers.h"
#include "server/rpc/core_dumps.h"
#include "server/rpc/grpc_log.h"
#include "server/rpc/request_log.h"
#include "server/rpc/security.h"
#include "server/rpc/server.h"
#include "server/rpc/stderr_line.h"

namespace quoth {

// The value of --new_token. An empty name is given, too (by a script, say,
// whose variable is not set), and must not start a server.
struct NewTokenName {
  bool given = false;
  std::string name;
};

bool AbslParseFlag(absl::string_view text, NewTokenName* value, std::string*) {
  *value = {true, std::string(text)};
  return true;
}

std::string AbslUnparseFlag(const NewTokenName& value) { return value.name; }

}  // namespace quoth

ABSL_FLAG(std::string, address, "127.0.0.1:50051",
          "Where to listen: host:port (port 0 takes a free one) or unix:path.");
ABSL_FLAG(std::string, model, "",
          "The model: a name (quoth-en), looked up in the models folder that "
          "belongs to this program, or the path of a file (with a / or .qm). "
          "Default: quoth-en.");
ABSL_FLAG(int32_t, workers, 0,
          "Articles that are read at a time. 0: one for each core.");
ABSL_FLAG(std::string, port_file, "",
          "A file to write the port into once the server listens, for whoever "
          "started it with port 0.");

ABSL_FLAG(std::string, tls_cert, "",
          "The server's certificate with its issuers, a file in PEM. A new one "
          "is taken without a restart.");
ABSL_FLAG(
    std::string, tls_key, "",
    "The certificate's private key, a file in PEM, without a passphrase.");
ABSL_FLAG(std::string, tls_client_ca, "",
          "A file in PEM: clients must have a certificate that one of these "
          "signed. Default: clients need none.");
ABSL_FLAG(std::string, callers, "",
          "Who may call, by token or certificate, and how much: a file with a "
          "line a caller, name token=sha256:... or certificate=NAME, and "
          "max_calls=N, rate=N, burst=N as you like. A new one is taken "
          "without a restart. Default: whoever can connect.");
ABSL_FLAG(bool, insecure_listen, false,
          "Listen where other hosts can connect though there is no TLS: on a "
          "network that you trust.");
ABSL_FLAG(bool, reflection, true,
          "Tell the contract to grpcurl and the like; with --callers, to "
          "callers only.");
ABSL_FLAG(bool, channelz, false,
          "Tell about connections and their peers (gRPC's channelz); with "
          "--callers, to callers only.");
ABSL_FLAG(std::string, metrics_address, "",
          "Where to serve metrics for Prometheus, as host:port with a number "
          "for the host, or :port on 127.0.0.1; the path is /metrics. Default: "
          "nowhere.");
ABSL_FLAG(bool, insecure_metrics, false,
          "Serve metrics where other hosts can connect though they have "
          "neither TLS nor a login. --insecure_listen includes it.");
ABSL_FLAG(std::string, request_log, "off",
          "Which calls to log, a line of JSON each on stderr, never with "
          "text: off, errors or on.");
ABSL_FLAG(bool, allow_core_dumps, false,
          "Let a crash leave a core dump, and a debugger of the same user "
          "look inside: both show articles.");
ABSL_FLAG(bool, check, false,
          "Check flags, files and model, say what the server would do, and "
          "exit: 0 if it would start, 1 if not.");
ABSL_FLAG(quoth::NewTokenName, new_token, {},
          "Print a new token for the caller of this name and, in a second "
          "line, what goes into the --callers file; then exit.");

namespace quoth {
namespace {

int Fail(const absl::Status& status) {
  std::fprintf(stderr, "quothd: %s\n", std::string(status.message()).c_str());
  return 1;
}

absl::StatusOr<std::string> ModelFromFlag() {
  std::error_code error;
  const std::string program =
      std::filesystem::read_symlink("/proc/self/exe", error).string();
  return FindModel(absl::GetFlag(FLAGS_model), ModelFolders(program));
}

// "host:port" with the port that was taken.
std::string RealAddress(const std::string& address, int port) {
  if (port == 0) return address;  // A socket.
  return absl::StrCat(address.substr(0, address.rfind(':') + 1), port);
}

absl::Status CannotWritePortFile(const std::string& path) {
  return absl::UnavailableError(
      absl::StrCat("cannot write --port_file ", path));
}

// What WritePortFile would say, without a file.
absl::Status CheckPortFile(const std::string& path) {
  if (path.empty()) return absl::OkStatus();
  std::string folder = std::filesystem::path(path).parent_path().string();
  if (folder.empty()) folder = ".";
  return access(folder.c_str(), W_OK | X_OK) == 0 ? absl::OkStatus()
                                                  : CannotWritePortFile(path);
}

// Whole or not at all: a reader never sees half a number.
absl::Status WritePortFile(const std::string& path, int port) {
  if (path.empty()) return absl::OkStatus();
  const std::string partial = absl::StrCat(path, ".partial");
  std::FILE* file = std::fopen(partial.c_str(), "w");
  bool ok = file != nullptr && std::fprintf(file, "%d\n", port) > 0;
  if (file != nullptr) ok = std::fclose(file) == 0 && ok;
  if (!ok || std::rename(partial.c_str(), path.c_str()) != 0) {
    return CannotWritePortFile(path);
  }
  return absl::OkStatus();
}

// From whichever thread has something to say while the server runs.
void LogLine(const std::string& line) {
  TryWriteLine(STDERR_FILENO, absl::StrCat("quothd: ", line, "\n"));
}

int PrintNewToken(const std::string& name) {
  const absl::Status good_name = CheckCallerName(name);
  if (!good_name.ok()) {
    return Fail(absl::InvalidArgumentError(
        absl::StrCat("new_token: ", good_name.message())));
  }
  const absl::StatusOr<std::string> token = NewToken();
  if (!token.ok()) return Fail(token.status());
  std::printf("%s\n%s token=%s\n", token->c_str(), name.c_str(),
              FormatDigest(DigestOf(*token)).c_str());
  LogLine(
      "the first line is the caller's secret and is kept nowhere; the "
      "second goes into the file of --callers");
  return std::fflush(stdout) == 0 ? 0 : 1;
}

SecurityOptions SecurityFromFlags() {
  SecurityOptions options;
  options.tls_cert = absl::GetFlag(FLAGS_tls_cert);
  options.tls_key = absl::GetFlag(FLAGS_tls_key);
  options.tls_client_ca = absl::GetFlag(FLAGS_tls_client_ca);
  options.callers = absl::GetFlag(FLAGS_callers);
  options.insecure_listen = absl::GetFlag(FLAGS_insecure_listen);
  options.reflection = absl::GetFlag(FLAGS_reflection);
  options.channelz = absl::GetFlag(FLAGS_channelz);
  options.log = LogLine;
  return options;
}

// Of --check.
int PrintPlan(const ServerOptions& options, const Engine& engine,
              const std::string& model) {
  const auto plan = Server::Check(options);
  if (!plan.ok()) return Fail(plan.status());
  const absl::Status port_file = CheckPortFile(absl::GetFlag(FLAGS_port_file));
  if (!port_file.ok()) return Fail(port_file);
  std::printf("quothd %s would listen on %s\n  model %s from %s\n",
              std::string(ServerVersion()).c_str(), options.address.c_str(),
              engine.model_version().c_str(), model.c_str());
  for (const std::string& line : *plan) std::printf("  %s\n", line.c_str());
  return std::fflush(stdout) == 0 ? 0 : 1;
}

sigset_t EndSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  return signals;
}

void AwaitSignal() {
  const sigset_t signals = EndSignals();
  int signal = 0;
  sigwait(&signals, &signal);
}

int Run() {
  // Before any thread starts, so that all inherit the mask and the signals
  // stay pending until AwaitSignal takes them.
  const sigset_t signals = EndSignals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  // Whoever reads stderr may go; the server does not go with it.
  signal(SIGPIPE, SIG_IGN);
  // Protocol Buffers would log a line for every bad string it is sent.
  google::protobuf::SetLogHandler(nullptr);
  ShortenGrpcLog();
  if (!absl::GetFlag(FLAGS_allow_core_dumps)) {
    const absl::Status forbidden = ForbidCoreDumps();
    if (!forbidden.ok()) return Fail(forbidden);
  }
  const std::string log_flag = absl::GetFlag(FLAGS_request_log);
  const auto log_mode = ParseRequestLogMode(log_flag);
  if (!log_mode) {
    return Fail(absl::InvalidArgumentError(absl::StrCat(
        "request_log is \"", log_flag, "\", not one of off, errors, on")));
  }

  const absl::StatusOr<std::string> model = ModelFromFlag();
  if (!model.ok()) return Fail(model.status());
  const absl::StatusOr<std::unique_ptr<Engine>> engine =
      Engine::Create(*model, EngineOptions());
  if (!engine.ok()) {
    return Fail(absl::Status(
        engine.status().code(),
        absl::StrCat("model ", *model, ": ", engine.status().message())));
  }

  ServerOptions options;
  options.address = absl::GetFlag(FLAGS_address);
  options.workers = absl::GetFlag(FLAGS_workers);
  options.security = SecurityFromFlags();
  options.metrics_address = absl::GetFlag(FLAGS_metrics_address);
  options.insecure_metrics = absl::GetFlag(FLAGS_insecure_metrics);
  options.request_log.mode = *log_mode;
  if (absl::GetFlag(FLAGS_check)) return PrintPlan(options, **engine, *model);
  const absl::StatusOr<std::unique_ptr<Server>> server =
      Server::Start(**engine, options);
  if (!server.ok()) return Fail(server.status());
  const absl::Status port_file =
      WritePortFile(absl::GetFlag(FLAGS_port_file), (*server)->port());
  if (!port_file.ok()) return Fail(port_file);
  const int metrics_port = (*server)->metrics_port();
  TryWriteLine(
      STDERR_FILENO,
      absl::StrCat("quothd ", std::string(ServerVersion()), " listening on ",
                   RealAddress(options.address, (*server)->port()), ", model ",
                   (*engine)->model_version(),
                   metrics_port == 0
                       ? ""
                       : absl::StrCat(", metrics on port ", metrics_port),
                   "\n"));

  AwaitSignal();
  std::thread([] {
    AwaitSignal();
    _exit(1);
  }).detach();
  (*server)->Shutdown();
  return 0;
}

}  // namespace
}  // namespace quoth

int main(int argc, char** argv) {
  absl::SetProgramUsageMessage(
      "Serves quoth.v1.AttributionService: who said what in a news article.\n"
      "  quothd [--address=host:port] [--model=name] [--workers=n]");
  absl::FlagsUsageConfig config;
  config.version_string = [] {
    return absl::StrCat("quothd ", std::string(quoth::ServerVersion()), "\n");
  };
  absl::SetFlagsUsageConfig(config);
  const std::vector<char*> rest = absl::ParseCommandLine(argc, argv);
  if (rest.size() > 1) {
    return quoth::Fail(absl::InvalidArgumentError(
        absl::StrCat("takes no arguments but flags: ", rest[1])));
  }
  const quoth::NewTokenName new_token = absl::GetFlag(FLAGS_new_token);
  if (new_token.given) return quoth::PrintNewToken(new_token.name);
  return quoth::Run();
}
