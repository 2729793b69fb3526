// A real server whose metrics and request log a test can read.
//
//   ObservedServer server(extractor, /*workers=*/1);
//   server.stub().ExtractClaims(&context, request, &response);
//   server.Sample("quoth_articles_total");   // 1
//   server.Stop();
//   server.log();   // The lines.

#ifndef QUOTH_TESTS_RPC_OBSERVED_SERVER_H_
#define QUOTH_TESTS_RPC_OBSERVED_SERVER_H_

#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <memory>
#include <string>
#include <thread>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "grpcpp/channel.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"
#include "gtest/gtest.h"
#include "quoth/v1/attribution.grpc.pb.h"
#include "server/rpc/server.h"
#include "tests/rpc/http.h"

namespace quoth {

// Refers to `extractor`, which must outlive it.
class ObservedServer {
 public:
  // `callers` is a callers file; empty: everybody may call.
  explicit ObservedServer(const Extractor& extractor, int workers = 2,
                          int queue_length = 0,
                          const std::string& callers = "") {
    int ends[2];
    EXPECT_EQ(pipe2(ends, O_CLOEXEC), 0);
    log_writer_ = ends[1];
    reader_ = std::thread([this, fd = ends[0]] {
      char buffer[4096];
      for (ssize_t n; (n = read(fd, buffer, sizeof(buffer))) > 0;) {
        log_.append(buffer, static_cast<size_t>(n));
      }
      close(fd);
    });
    ServerOptions options;
    options.address = "127.0.0.1:0";
    options.workers = workers;
    options.queue_length = queue_length;
    options.security.callers = callers;
    options.metrics_address = "127.0.0.1:0";
    options.request_log.mode = RequestLogMode::kOn;
    options.request_log.fd = log_writer_;
    options.request_log.flush_timeout = absl::Minutes(4);
    options.drain_timeout = absl::Minutes(4);
    auto started = Server::Start(extractor, options);
    if (!started.ok()) {
      ADD_FAILURE() << started.status();
      abort();
    }
    server_ = *std::move(started);
    channel_ = NewChannel(server_->port());
    stub_ = v1::AttributionService::NewStub(channel_);
  }
  ~ObservedServer() { Stop(); }

  // A connection of its own to `port`: the server's, or one before it.
  static std::shared_ptr<grpc::Channel> NewChannel(int port) {
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    arguments.SetMaxReceiveMessageSize(-1);
    return grpc::CreateCustomChannel(absl::StrCat("127.0.0.1:", port),
                                     grpc::InsecureChannelCredentials(),
                                     arguments);
  }

  v1::AttributionService::Stub& stub() { return *stub_; }
  const std::shared_ptr<grpc::Channel>& channel() const { return channel_; }
  int port() const { return server_->port(); }

  std::string Page() const {
    return HttpGet(server_->metrics_port(), "/metrics");
  }
  // 0 if it is not there.
  double Sample(const std::string& name) const {
    const std::string page = Page();
    for (const auto line : absl::StrSplit(page, '\n')) {
      double value = 0;
      if (line.substr(0, name.size()) == name && line.size() > name.size() &&
          line[name.size()] == ' ' &&
          absl::SimpleAtod(line.substr(name.size() + 1), &value)) {
        return value;
      }
    }
    return 0;
  }
  // Until the sample has the value. Never on a server that lost something: the
  // test then ends by its timeout.
  void Await(const std::string& name, double value) const {
    while (Sample(name) != value) absl::SleepFor(absl::Milliseconds(2));
  }
  // Until nothing is left of any call.
  void AwaitIdle() const {
    Await("quoth_calls_live", 0);
    Await("quoth_streams_open", 0);
    Await("quoth_queue_depth{kind=\"call\"}", 0);
    Await("quoth_queue_depth{kind=\"item\"}", 0);
    Await("quoth_workers_busy", 0);
  }

  void Stop() {
    if (server_ == nullptr) return;
    server_.reset();
    close(log_writer_);
    reader_.join();
  }
  // After Stop.
  const std::string& log() const { return log_; }

 private:
  int log_writer_ = -1;
  std::string log_;
  std::thread reader_;
  std::unique_ptr<Server> server_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<v1::AttributionService::Stub> stub_;
};

}  // namespace quoth

#endif  // QUOTH_TESTS_RPC_OBSERVED_SERVER_H_
