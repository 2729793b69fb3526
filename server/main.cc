// quothd: the server as a program. Flags -> Server -> wait for a signal.
//
//   quothd --address=0.0.0.0:50051
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
#include "absl/strings/str_join.h"
#include "google/protobuf/stubs/logging.h"
#include "server/engine/engine.h"
#include "server/rpc/server.h"

ABSL_FLAG(std::string, address, "127.0.0.1:50051",
          "Where to listen, as host:port. Port 0 takes a free one.");
ABSL_FLAG(std::string, model, "",
          "The model file. Default: quoth-en.qm in the models folder that "
          "belongs to this program.");
ABSL_FLAG(int32_t, workers, 0,
          "Articles that are read at a time. 0: one for each core.");
ABSL_FLAG(std::string, port_file, "",
          "A file to write the port into once the server listens, for whoever "
          "started it with port 0.");

namespace quoth {
namespace {

namespace fs = std::filesystem;

// Where the model lies with respect to the folder of the program.
constexpr const char* kModelPlaces[] = {
    "../share/quoth/models/quoth-en.qm",  // Installed: bin/ and share/.
    "../models/quoth-en.qm",              // Unpacked: bin/ and models/.
    "../../models/quoth-en.qm",           // Built: <source>/build/server/.
};

int Fail(const absl::Status& status) {
  std::fprintf(stderr, "quothd: %s\n", std::string(status.message()).c_str());
  return 1;
}

absl::StatusOr<std::string> FindModel() {
  const std::string flag = absl::GetFlag(FLAGS_model);
  if (!flag.empty()) return flag;
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  std::vector<std::string> places;
  for (const char* place : kModelPlaces) {
    const fs::path path = (program.parent_path() / place).lexically_normal();
    if (fs::exists(path, error)) return path.string();
    places.push_back(path.string());
  }
  return absl::NotFoundError(
      absl::StrCat("found no model; say where it is with --model. Looked for ",
                   absl::StrJoin(places, ", ")));
}

// "host:port" with the port that was taken.
std::string RealAddress(const std::string& address, int port) {
  return absl::StrCat(address.substr(0, address.rfind(':') + 1), port);
}

// Whole or not at all: a reader never sees half a number.
absl::Status WritePortFile(const std::string& path, int port) {
  if (path.empty()) return absl::OkStatus();
  const std::string partial = absl::StrCat(path, ".partial");
  std::FILE* file = std::fopen(partial.c_str(), "w");
  bool ok = file != nullptr && std::fprintf(file, "%d\n", port) > 0;
  if (file != nullptr) ok = std::fclose(file) == 0 && ok;
  if (!ok || std::rename(partial.c_str(), path.c_str()) != 0) {
    return absl::UnavailableError(
        absl::StrCat("cannot write --port_file ", path));
  }
  return absl::OkStatus();
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
  // Protocol Buffers would log a line for every bad string it is sent.
  google::protobuf::SetLogHandler(nullptr);

  const absl::StatusOr<std::string> model = FindModel();
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
  const absl::StatusOr<std::unique_ptr<Server>> server =
      Server::Start(**engine, options);
  if (!server.ok()) return Fail(server.status());
  const absl::Status port_file =
      WritePortFile(absl::GetFlag(FLAGS_port_file), (*server)->port());
  if (!port_file.ok()) return Fail(port_file);
  std::fprintf(stderr, "quothd %s listening on %s, model %s\n",
               std::string(ServerVersion()).c_str(),
               RealAddress(options.address, (*server)->port()).c_str(),
               (*engine)->model_version().c_str());

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
      "  quothd [--address=host:port] [--model=file] [--workers=n]");
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
  return quoth::Run();
}
