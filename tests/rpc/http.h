// What a test needs of TCP and HTTP: to send bytes and see what comes back.

#ifndef QUOTH_TESTS_RPC_HTTP_H_
#define QUOTH_TESTS_RPC_HTTP_H_

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <string>
#include <string_view>

#include "gtest/gtest.h"

namespace quoth {

// A connection to a port of this host. Closed when it goes out of scope.
class Connection {
 public:
  explicit Connection(int port) : fd_(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = connect(fd_, reinterpret_cast<sockaddr*>(&address),
                         sizeof(address)) == 0;
  }
  ~Connection() { close(fd_); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  bool connected() const { return connected_; }
  int fd() const { return fd_; }

  // False if the other side does not take it any more.
  bool Send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<size_t>(sent));
    }
    return true;
  }
  // Until the other side closes.
  std::string ReadAll() {
    std::string all;
    char buffer[4096];
    for (ssize_t n; (n = recv(fd_, buffer, sizeof(buffer), 0)) > 0;) {
      all.append(buffer, static_cast<size_t>(n));
    }
    return all;
  }
  // Until `part` came; false if the other side closes before.
  bool ReadUntil(std::string_view part) {
    std::string all;
    char buffer[4096];
    while (all.find(part) == std::string::npos) {
      const ssize_t n = recv(fd_, buffer, sizeof(buffer), 0);
      if (n <= 0) return false;
      all.append(buffer, static_cast<size_t>(n));
    }
    return true;
  }
  // Ends it as a host does that is switched off: the other side is told by a
  // reset, and only if it sends.
  void Reset() {
    const linger now = {1, 0};
    setsockopt(fd_, SOL_SOCKET, SO_LINGER, &now, sizeof(now));
  }

 private:
  const int fd_;
  bool connected_ = false;
};

// The whole answer, with its headers.
inline std::string HttpGet(int port, const std::string& path) {
  Connection connection(port);
  EXPECT_TRUE(connection.connected());
  connection.Send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
  return connection.ReadAll();
}

}  // namespace quoth

#endif  // QUOTH_TESTS_RPC_HTTP_H_
