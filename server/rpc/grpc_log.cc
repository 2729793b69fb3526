#include "server/rpc/grpc_log.h"

#include <unistd.h>

#include <cstdlib>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "grpc/support/log.h"
#include "server/rpc/stderr_line.h"

namespace quoth {
namespace {

void Log(gpr_log_func_args* args) {
  TryWriteLine(STDERR_FILENO,
               GrpcLogLine(args->file, args->line, args->message));
}

}  // namespace

void ShortenGrpcLog() {
  if (AsksForGrpcLog(std::getenv("GRPC_VERBOSITY"),
                     std::getenv("GRPC_TRACE"))) {
    return;
  }
  gpr_set_log_function(Log);
}

bool AsksForGrpcLog(const char* verbosity, const char* trace) {
  if (trace != nullptr && *trace != '\0') return true;
  // As gRPC reads it, in whatever case.
  return verbosity != nullptr && (absl::EqualsIgnoreCase(verbosity, "DEBUG") ||
                                  absl::EqualsIgnoreCase(verbosity, "INFO"));
}

std::string GrpcLogLine(const std::string& file, int line,
                        const std::string& message) {
  const std::string name = file.substr(file.rfind('/') + 1);
  std::string out = absl::StrCat("quothd: gRPC error at ", name, ":", line);
  // Why a handshake failed, in OpenSSL's words. Other lines about TLS repeat
  // the server name that a stranger asked for, which may be anything.
  if (absl::StrContains(file, "/tsi/") &&
      absl::StartsWith(message, "Handshake failed")) {
    absl::StrAppend(&out, ": ", message);
  }
  out.push_back('\n');
  return out;
}

}  // namespace quoth
