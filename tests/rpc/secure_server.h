// A real server with certificates and callers, and real clients of it, right
// and wrong ones.
//
//   SecureServer server(extractor);
//   server.options.security.callers = server.folder.Write("callers", text);
//   ASSERT_TRUE(server.Start().ok());
//   Call(server.PlainChannel(), "qt_...");

#ifndef QUOTH_TESTS_RPC_SECURE_SERVER_H_
#define QUOTH_TESTS_RPC_SECURE_SERVER_H_

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "grpcpp/channel.h"
#include "grpcpp/client_context.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/security/credentials.h"
#include "gtest/gtest.h"
#include "quoth/v1/attribution.grpc.pb.h"
#include "server/rpc/api_tokens.h"
#include "server/rpc/buffers.h"
#include "server/rpc/server.h"
#include "tests/rpc/test_certificates.h"
#include "tests/rpc/test_server.h"

namespace quoth {

// Nothing here takes nearly as long; a test that hangs says where.
constexpr std::chrono::seconds kPatience(60);

// Until `done` is true; false if it is not in a long time.
template <typename Done>
bool Eventually(const Done& done) {
  const absl::Time end = absl::Now() + absl::Minutes(1);
  while (!done()) {
    if (absl::Now() > end) return false;
    absl::SleepFor(absl::Milliseconds(2));
  }
  return true;
}

// Tokens of two callers, and a line of the callers file.
inline constexpr char kDesk[] =
    "qt_DeskDeskDeskDeskDeskDeskDeskDeskDeskDeskDes";
inline constexpr char kWire[] =
    "qt_WireWireWireWireWireWireWireWireWireWireWir";
inline std::string Line(const std::string& name, const std::string& token,
                        const std::string& limits = "") {
  return absl::StrCat(name, " token=", FormatDigest(DigestOf(token)), " ",
                      limits, "\n");
}

inline void Prepare(grpc::ClientContext& context, const std::string& token) {
  context.set_deadline(std::chrono::system_clock::now() + kPatience);
  if (!token.empty()) {
    context.AddMetadata("authorization", absl::StrCat("Bearer ", token));
  }
}

// ExtractClaims with a token, or none if it is empty.
inline grpc::Status Call(const std::shared_ptr<grpc::Channel>& channel,
                         const std::string& token = "") {
  grpc::ClientContext context;
  Prepare(context, token);
  v1::ExtractClaimsResponse response;
  return v1::AttributionService::NewStub(channel)->ExtractClaims(
      &context, RequestFor("Words."), &response);
}

// Any method, by its bytes. Without a message, nothing is sent but headers.
inline grpc::Status Ask(const std::shared_ptr<grpc::Channel>& channel,
                        const std::string& path,
                        const std::optional<std::string>& message,
                        const std::string& token = "") {
  class Client
      : public grpc::ClientBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
   public:
    void OnDone(const grpc::Status& result) override {
      status = result;
      done.Notify();
    }
    grpc::Status status;
    absl::Notification done;
  };
  grpc::GenericStub stub(channel);
  grpc::ClientContext context;
  Prepare(context, token);
  Client client;
  const grpc::ByteBuffer request = ToByteBuffer(message.value_or(""));
  grpc::ByteBuffer response;
  stub.PrepareBidiStreamingCall(&context, path, {}, &client);
  client.StartRead(&response);
  if (message) client.StartWriteLast(&request, grpc::WriteOptions());
  client.StartCall();
  client.done.WaitForNotification();
  return client.status;
}

class SecureServer {
 public:
  explicit SecureServer(const Extractor& extractor) : extractor_(extractor) {
    options.address = "127.0.0.1:0";
    options.workers = 2;
    options.security.reload_interval = absl::Milliseconds(5);
    options.security.log = [this](const std::string& line) {
      absl::MutexLock lock(&mutex_);
      log_.push_back(line);
    };
  }

  // Sets a certificate by `ca` for these names: the files "cert" and "key".
  void SetIdentity(const TestIdentity& identity) {
    options.security.tls_key = folder.Write("key", identity.key);
    options.security.tls_cert = folder.Write("cert", identity.cert);
  }

  absl::Status Start() {
    auto started = Server::Start(extractor_, options);
    if (!started.ok()) return started.status();
    server_ = *std::move(started);
    target_ = server_->port() == 0
                  ? options.address
                  : absl::StrCat("127.0.0.1:", server_->port());
    return absl::OkStatus();
  }

  Server& server() { return *server_; }

  // A connection of its own.
  std::shared_ptr<grpc::Channel> PlainChannel() const {
    return NewChannel(grpc::InsecureChannelCredentials(), "");
  }
  // Trusts `ca`, expects the server to be `name`, and shows `identity`.
  std::shared_ptr<grpc::Channel> TlsChannel(
      const std::string& ca, const std::string& name,
      const TestIdentity& identity = {}) const {
    return NewChannel(grpc::SslCredentials({ca, identity.key, identity.cert}),
                      name);
  }

  std::vector<std::string> log() {
    absl::MutexLock lock(&mutex_);
    return log_;
  }
  int CountLog(const std::string& part) {
    int count = 0;
    for (const std::string& line : log()) {
      if (absl::StrContains(line, part)) ++count;
    }
    return count;
  }

  const TestFolder folder;
  ServerOptions options;

 private:
  std::shared_ptr<grpc::Channel> NewChannel(
      const std::shared_ptr<grpc::ChannelCredentials>& credentials,
      const std::string& name) const {
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    if (!name.empty()) arguments.SetSslTargetNameOverride(name);
    return grpc::CreateCustomChannel(target_, credentials, arguments);
  }

  const Extractor& extractor_;
  absl::Mutex mutex_;
  std::vector<std::string> log_ ABSL_GUARDED_BY(mutex_);
  std::string target_;
  std::unique_ptr<Server> server_;  // Last: it logs until it is gone.
};

}  // namespace quoth

#endif  // QUOTH_TESTS_RPC_SECURE_SERVER_H_
