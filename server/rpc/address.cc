#include "server/rpc/address.h"

#include <arpa/inet.h>
#include <sys/un.h>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace quoth {
namespace {

absl::Status Refuse(const std::string& address, absl::string_view why) {
  return absl::InvalidArgumentError(
      absl::StrCat("address \"", address, "\" ", why));
}

bool IsLoopback(const std::string& host) {
  if (host == "localhost" || host == "[::1]") return true;
  in_addr ipv4;
  return inet_pton(AF_INET, host.c_str(), &ipv4) == 1 &&
         ntohl(ipv4.s_addr) >> 24 == 127;
}

}  // namespace

absl::StatusOr<ListenAddress> ParseListenAddress(const std::string& address) {
  absl::string_view name = address;
  if (absl::ConsumePrefix(&name, "unix:") ||
      absl::ConsumePrefix(&name, "unix-abstract:")) {
    if (name.empty() || name.size() >= sizeof(sockaddr_un::sun_path)) {
      return Refuse(address,
                    absl::StrCat("needs the path of a socket, of 1 to ",
                                 sizeof(sockaddr_un::sun_path) - 1, " bytes"));
    }
    return ListenAddress{.is_socket = true, .local = true};
  }
  const size_t colon = address.rfind(':');
  int port = -1;
  if (colon == std::string::npos || colon == 0 ||
      !absl::SimpleAtoi(address.substr(colon + 1), &port) || port < 0 ||
      port > 65535) {
    return Refuse(address, "is not of the form host:port, port 0 to 65535");
  }
  return ListenAddress{.local = IsLoopback(address.substr(0, colon))};
}

}  // namespace quoth
