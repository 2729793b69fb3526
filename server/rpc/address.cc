#include "server/rpc/address.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <memory>

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

absl::Status CannotListen(const std::string& address, const char* why) {
  return absl::UnavailableError(
      absl::StrCat("cannot listen on ", address, ": ", why));
}

// Of "unix:path", which may be written as a URL: unix:///run/quoth.sock. Empty
// if it is none.
std::string SocketPath(const std::string& address) {
  absl::string_view path = address;
  if (!absl::ConsumePrefix(&path, "unix:")) return "";
  if (absl::StartsWith(path, "///")) path.remove_prefix(2);
  return std::string(path);
}

absl::Status CheckSocketPath(const std::string& address) {
  const std::string path = SocketPath(address);
  if (path.empty()) return absl::OkStatus();  // An abstract one.
  std::string folder = std::filesystem::path(path).parent_path().string();
  if (folder.empty()) folder = ".";
  if (access(folder.c_str(), W_OK | X_OK) != 0) {
    return CannotListen(address, std::strerror(errno));
  }
  struct stat file;
  if (lstat(path.c_str(), &file) == 0 && !S_ISSOCK(file.st_mode)) {
    return CannotListen(address, "there is a file, which is no socket");
  }
  return absl::OkStatus();
}

// 0, or the error of listening there, which being in use is not: the server
// that runs may be the one that is to be replaced.
int TryToBind(const sockaddr* address, socklen_t size) {
  const int fd = socket(address->sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return errno;
  // So that a server that starts at this moment does not find the port in use.
  const int on = 1;
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
  const int error = bind(fd, address, size) == 0 ? 0 : errno;
  close(fd);
  return error == EADDRINUSE ? 0 : error;
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

absl::Status CheckCanListen(const std::string& address) {
  const absl::StatusOr<ListenAddress> parsed = ParseListenAddress(address);
  if (!parsed.ok()) return parsed.status();
  if (parsed->is_socket) return CheckSocketPath(address);
  // As gRPC reads it.
  absl::string_view name = address;
  if (absl::ConsumePrefix(&name, "dns:")) {
    while (absl::ConsumePrefix(&name, "/")) {
    }
  }
  const size_t colon = name.rfind(':');
  absl::string_view host = name.substr(0, colon);
  if (absl::ConsumePrefix(&host, "[")) absl::ConsumeSuffix(&host, "]");
  addrinfo hints = {};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE;
  addrinfo* found = nullptr;
  const int unknown =
      getaddrinfo(std::string(host).c_str(),
                  std::string(name.substr(colon + 1)).c_str(), &hints, &found);
  if (unknown != 0) return CannotListen(address, gai_strerror(unknown));
  const std::unique_ptr<addrinfo, void (*)(addrinfo*)> owner(found,
                                                             freeaddrinfo);
  // gRPC listens on those that it can, and on a host without IPv6 takes [::]
  // for 0.0.0.0.
  int error = 0;
  for (; found != nullptr; found = found->ai_next) {
    error = TryToBind(found->ai_addr, found->ai_addrlen);
    if (error != 0 && host == "::") {
      sockaddr_in any = {};
      any.sin_family = AF_INET;
      any.sin_port =
          reinterpret_cast<const sockaddr_in6*>(found->ai_addr)->sin6_port;
      error = TryToBind(reinterpret_cast<sockaddr*>(&any), sizeof(any));
    }
    if (error == 0) return absl::OkStatus();
  }
  return CannotListen(address, std::strerror(error));
}

bool SocketIsServed(const std::string& address) {
  const std::string path = SocketPath(address);
  sockaddr_un name = {};
  name.sun_family = AF_UNIX;
  if (path.empty() || path.size() >= sizeof(name.sun_path)) return false;
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
