#include "client/login.h"

#include <arpa/inet.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace quoth::client {
namespace {

// Servers take 8 KiB of headers.
constexpr size_t kMaxTokenBytes = 4096;

absl::Status UsageError(const std::string& message) {
  return absl::InvalidArgumentError(message);
}

absl::Status ReadFile(const char* flag, const std::string& path,
                      std::string& out) {
  if (path.empty()) return absl::OkStatus();
  std::ifstream file(path, std::ios::binary);
  out.assign(std::istreambuf_iterator<char>(file), {});
  if (!file.is_open() || file.bad() || out.empty()) {
    return UsageError(absl::StrCat("--", flag, "=", path,
                                   ": the file cannot be read, or is empty"));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Login> ReadLogin(const std::string& address,
                                const LoginFlags& flags) {
  if (flags.cert.empty() != flags.key.empty()) {
    return UsageError("--cert and --key go together: give both or neither");
  }
  Login login;
  TlsOptions& tls = login.tls;
  tls.tls = flags.tls || !flags.ca.empty() || !flags.cert.empty() ||
            !flags.server_name.empty();
  tls.server_name = flags.server_name;
  absl::Status status = ReadFile("ca", flags.ca, tls.ca);
  if (status.ok()) status = ReadFile("cert", flags.cert, tls.cert);
  if (status.ok()) status = ReadFile("key", flags.key, tls.key);
  if (!status.ok()) return status;

  const char* source =
      flags.token_file.empty() ? "QUOTH_TOKEN" : "--token_file";
  login.token = flags.token;
  status = ReadFile("token_file", flags.token_file, login.token);
  if (!status.ok()) return status;
  absl::StripAsciiWhitespace(&login.token);
  if (login.token.empty() && flags.token_file.empty()) return login;
  if (login.token.empty() || login.token.size() > kMaxTokenBytes ||
      !std::all_of(login.token.begin(), login.token.end(),
                   [](char c) { return absl::ascii_isgraph(c); })) {
    return UsageError(absl::StrCat(source, " holds no token"));
  }
  if (!tls.tls && !IsLocal(address)) {
    return UsageError(absl::StrCat("the token of ", source,
                                   " would travel in plain text to ", address,
                                   ": use --tls"));
  }
  return login;
}

bool IsLocal(const std::string& address) {
  if (absl::StartsWith(address, "unix:") ||
      absl::StartsWith(address, "unix-abstract:")) {
    return true;
  }
  const std::string host = address.substr(0, address.rfind(':'));
  if (host == "localhost" || host == "[::1]") return true;
  in_addr ipv4;
  return inet_pton(AF_INET, host.c_str(), &ipv4) == 1 &&
         ntohl(ipv4.s_addr) >> 24 == 127;
}

}  // namespace quoth::client
