#include "server/rpc/grpc_log.h"

#include <cstdio>
#include <cstdlib>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "grpc/support/log.h"

namespace quoth {
namespace {

void Log(gpr_log_func_args* args) {
  const std::string line = GrpcLogLine(args->file, args->line, args->message);
  std::fputs(line.c_str(), stderr);
}

}  // namespace

void ShortenGrpcLog() {
  if (std::getenv("GRPC_VERBOSITY") != nullptr ||
      std::getenv("GRPC_TRACE") != nullptr) {
    return;
  }
  gpr_set_log_function(Log);
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
