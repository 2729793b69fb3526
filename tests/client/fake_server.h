// A real gRPC server on a free loopback port whose answers a test gives.
//
//   FakeServer server;
//   server.service.extract = [](const v1::ExtractClaimsRequest& request,
//                               v1::ExtractClaimsResponse& response) {
//     return grpc::Status::OK;
//   };
//   Caller caller(Connect(server.address()), CallerOptions());

#ifndef QUOTH_TESTS_CLIENT_FAKE_SERVER_H_
#define QUOTH_TESTS_CLIENT_FAKE_SERVER_H_

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/security/server_credentials.h"
#include "grpcpp/server.h"
#include "grpcpp/server_builder.h"
#include "quoth/v1/attribution.grpc.pb.h"

namespace quoth::client {

class FakeService : public v1::AttributionService::Service {
 public:
  // Called from several threads. Set before the first call.
  std::function<grpc::Status(const v1::ExtractClaimsRequest&,
                             v1::ExtractClaimsResponse&)>
      extract = [](const auto&, auto&) { return grpc::Status::OK; };
  std::function<grpc::Status(v1::GetServerInfoResponse&)> info =
      [](v1::GetServerInfoResponse& response) {
        response.set_server_version("9.8.7");
        response.set_model_version("test 1");
        response.add_language_codes("en");
        response.mutable_limits()->set_max_text_bytes(1000);
        response.mutable_limits()->set_max_id_bytes(256);
        return grpc::Status::OK;
      };
  // A stream; each item is answered by this service if not set.
  using ServerStream = grpc::ServerReaderWriter<v1::StreamExtractClaimsResponse,
                                                v1::StreamExtractClaimsRequest>;
  std::function<grpc::Status(ServerStream&)> stream;
  std::atomic<int> extract_calls = 0;

  grpc::Status ExtractClaims(grpc::ServerContext*,
                             const v1::ExtractClaimsRequest* request,
                             v1::ExtractClaimsResponse* response) override {
    ++extract_calls;
    return extract(*request, *response);
  }

  grpc::Status StreamExtractClaims(grpc::ServerContext*,
                                   ServerStream* calls) override {
    if (stream) return stream(*calls);
    v1::StreamExtractClaimsRequest item;
    while (calls->Read(&item)) calls->Write(Answer(item));
    return grpc::Status::OK;
  }

  // The answer to one item, by `extract`.
  v1::StreamExtractClaimsResponse Answer(
      const v1::StreamExtractClaimsRequest& item) {
    v1::StreamExtractClaimsResponse answer;
    answer.set_request_id(item.request_id());
    const grpc::Status status =
        ExtractClaims(nullptr, &item.request(), answer.mutable_response());
    if (status.ok()) return answer;
    google::rpc::Status& error = *answer.mutable_error();
    error.ParseFromString(status.error_details());
    error.set_code(status.error_code());
    error.set_message(status.error_message());
    return answer;
  }

  grpc::Status GetServerInfo(grpc::ServerContext*,
                             const v1::GetServerInfoRequest*,
                             v1::GetServerInfoResponse* response) override {
    return info(*response);
  }
};

class FakeServer {
 public:
  FakeServer() {
    int port = 0;
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(),
                             &port);
    builder.RegisterService(&service);
    server_ = builder.BuildAndStart();
    address_ = absl::StrCat("127.0.0.1:", port);
  }

  ~FakeServer() { Stop(); }

  // From here on nothing listens at address().
  void Stop() { server_->Shutdown(std::chrono::system_clock::now()); }

  const std::string& address() const { return address_; }

  FakeService service;

 private:
  std::unique_ptr<grpc::Server> server_;
  std::string address_;
};

// A status that says after what time to come again.
inline grpc::Status RetryAfter(grpc::StatusCode code, absl::Duration delay) {
  google::rpc::RetryInfo info;
  info.mutable_retry_delay()->set_seconds(absl::ToInt64Seconds(delay));
  info.mutable_retry_delay()->set_nanos(
      static_cast<int>(absl::ToInt64Nanoseconds(delay % absl::Seconds(1))));
  google::rpc::Status details;
  details.set_code(code);
  details.add_details()->PackFrom(info);
  return grpc::Status(code, "busy", details.SerializeAsString());
}

}  // namespace quoth::client

#endif  // QUOTH_TESTS_CLIENT_FAKE_SERVER_H_
