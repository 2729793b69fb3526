// A real server on a free port of this host, and real clients of it.

#ifndef QUOTH_TESTS_RPC_TEST_SERVER_H_
#define QUOTH_TESTS_RPC_TEST_SERVER_H_

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "grpcpp/channel.h"
#include "grpcpp/client_context.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"
#include "gtest/gtest.h"
#include "quoth/v1/attribution.grpc.pb.h"
#include "server/rpc/server.h"

namespace quoth {

// Refers to `extractor`, which must outlive it.
class TestServer {
 public:
  explicit TestServer(const Extractor& extractor, int workers = 2,
                      int queue_length = 0,
                      absl::Duration drain_timeout = absl::Minutes(4)) {
    ServerOptions options;
    options.address = "127.0.0.1:0";
    options.workers = workers;
    options.queue_length = queue_length;
    options.drain_timeout = drain_timeout;
    absl::StatusOr<std::unique_ptr<Server>> started =
        Server::Start(extractor, options);
    if (!started.ok()) {
      ADD_FAILURE() << started.status();
      abort();
    }
    server_ = *std::move(started);
    channel_ = NewChannel();
    stub_ = v1::AttributionService::NewStub(channel_);
  }

  // A connection of its own.
  std::shared_ptr<grpc::Channel> NewChannel() const {
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    arguments.SetMaxReceiveMessageSize(-1);
    return grpc::CreateCustomChannel(
        absl::StrCat("127.0.0.1:", server_->port()),
        grpc::InsecureChannelCredentials(), arguments);
  }

  Server& server() { return *server_; }
  const std::shared_ptr<grpc::Channel>& channel() const { return channel_; }
  v1::AttributionService::Stub& stub() { return *stub_; }

  grpc::Status Extract(const v1::ExtractClaimsRequest& request,
                       v1::ExtractClaimsResponse& response) {
    grpc::ClientContext context;
    return stub_->ExtractClaims(&context, request, &response);
  }

 private:
  std::unique_ptr<Server> server_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<v1::AttributionService::Stub> stub_;
};

inline v1::ExtractClaimsRequest RequestFor(const std::string& text) {
  v1::ExtractClaimsRequest request;
  request.mutable_article()->set_text(text);
  return request;
}

// A door at which calls of a fake extractor wait, and a count of those who
// came to it.
class Gate {
 public:
  // Comes to the door and waits until it is open.
  void Pass() {
    absl::MutexLock lock(&mutex_);
    ++arrived_;
    mutex_.Await(absl::Condition(&open_));
  }
  void Open() {
    absl::MutexLock lock(&mutex_);
    open_ = true;
  }
  void AwaitArrivals(int count) {
    absl::MutexLock lock(&mutex_);
    mutex_.Await(absl::Condition(
        +[](std::pair<Gate*, int>* wanted) {
          return wanted->first->arrived_ >= wanted->second;
        },
        std::make_unique<std::pair<Gate*, int>>(this, count).get()));
  }
  int arrived() {
    absl::MutexLock lock(&mutex_);
    return arrived_;
  }

 private:
  absl::Mutex mutex_;
  bool open_ = false;
  int arrived_ = 0;
};

}  // namespace quoth

#endif  // QUOTH_TESTS_RPC_TEST_SERVER_H_
