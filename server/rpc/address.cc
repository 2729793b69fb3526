#include "server/rpc/address.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

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

bool SocketIsServed(const std::string& address) {
  absl::string_view path = address;
  if (!absl::ConsumePrefix(&path, "unix:")) return false;
  // As a URL: unix:///run/quoth.sock.
  if (absl::StartsWith(path, "///")) path.remove_prefix(2);
  sockaddr_un name = {};
  name.sun_family = AF_UNIX;
  if (path.size() >= sizeof(name.sun_path)) return false;
  std::copy(path.begin(), path.end(), name.sun_path);
  const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) return false;
  const bool served =
      connect(fd, reinterpret_cast<sockaddr*>(&name), sizeof(name)) == 0 ||
      errno == EAGAIN;  // Others wait there, too.
  close(fd);
  return served;
}

}  // namespace quoth
