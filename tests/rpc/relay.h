// A TCP relay between clients and a server, which can be cut or go silent: what
// a server sees of clients whose host, cable or network goes away.
//
//   Relay relay(server.port());
//   auto stub = NewStub(NewChannel(relay.port()));
//   relay.Mute();  // Nothing comes through any more, and nobody is told.
//   relay.Cut();   // All connections are reset at once.

#ifndef QUOTH_TESTS_RPC_RELAY_H_
#define QUOTH_TESTS_RPC_RELAY_H_

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <list>
#include <memory>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "gtest/gtest.h"
#include "tests/rpc/http.h"

namespace quoth {

class Relay {
 public:
  explicit Relay(int server_port)
      : server_port_(server_port), listener_(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    EXPECT_EQ(bind(listener_, reinterpret_cast<sockaddr*>(&address), size), 0);
    EXPECT_EQ(listen(listener_, 128), 0);
    EXPECT_EQ(
        getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size),
        0);
    port_ = ntohs(address.sin_port);
    acceptor_ = std::thread([this] { Accept(); });
  }
  ~Relay() {
    shutdown(listener_, SHUT_RDWR);
    acceptor_.join();
    Cut();
    close(listener_);
  }

  int port() const { return port_; }

  // What either side sends from now on is taken and lost. The connections stay.
  void Mute() { muted_ = true; }

  // Resets every connection, towards the server and the clients.
  void Cut() {
    std::list<Pair> pairs;
    {
      absl::MutexLock lock(&mutex_);
      pairs.swap(pairs_);
    }
    for (Pair& pair : pairs) {
      pair.server->Reset();
      // Wakes the pumps, whose ends then meet closed sockets.
      shutdown(pair.client, SHUT_RDWR);
      shutdown(pair.server->fd(), SHUT_RD);
      pair.up.join();
      pair.down.join();
      close(pair.client);
    }
  }

 private:
  struct Pair {
    int client;
    std::unique_ptr<Connection> server;
    std::thread up, down;
  };

  void Pump(int from, int to) const {
    char buffer[16384];
    for (ssize_t n; (n = recv(from, buffer, sizeof(buffer), 0)) > 0;) {
      if (muted_) continue;
      if (send(to, buffer, static_cast<size_t>(n), MSG_NOSIGNAL) != n) return;
    }
  }

  void Accept() {
    for (int client; (client = accept(listener_, nullptr, nullptr)) >= 0;) {
      auto server = std::make_unique<Connection>(server_port_);
      const int fd = server->fd();
      absl::MutexLock lock(&mutex_);
      pairs_.push_back({client, std::move(server),
                        std::thread([=, this] { Pump(client, fd); }),
                        std::thread([=, this] { Pump(fd, client); })});
    }
  }

  const int server_port_;
  const int listener_;
  int port_ = 0;
  std::atomic<bool> muted_ = false;
  absl::Mutex mutex_;
  std::list<Pair> pairs_ ABSL_GUARDED_BY(mutex_);
  std::thread acceptor_;
};

}  // namespace quoth

#endif  // QUOTH_TESTS_RPC_RELAY_H_
