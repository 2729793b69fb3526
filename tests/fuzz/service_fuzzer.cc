// Any bytes over the service itself: as the message of a call, or as the items
// of a stream, through gRPC and a socket. However a client ends, each call gets
// an answer or an error of ours, a stream an answer for each item that was sent
// (unless its client leaves), and the server serves the next one.
//
// The first byte says which (kStream, kLeave) and how large the items of a
// stream are; the rest are the messages.

#include <unistd.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "grpcpp/client_context.h"
#include "grpcpp/completion_queue.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/support/byte_buffer.h"
#include "quoth/v1/attribution.pb.h"
#include "server/rpc/errors.h"
#include "server/rpc/server.h"
#include "tests/fuzz/silence.h"
#include "tests/fuzz/whole_text.h"

namespace quoth {
namespace {

constexpr uint8_t kStream = 1;
constexpr uint8_t kLeave = 2;
constexpr char kCall[] = "/quoth.v1.AttributionService/ExtractClaims";
constexpr char kStreamCall[] =
    "/quoth.v1.AttributionService/StreamExtractClaims";

void Require(bool holds) {
  if (!holds) __builtin_trap();
}

// A server, for as long as the process lives, and a connection to it.
struct Service {
  Service() {
    ServerOptions options;
    options.address = absl::StrCat("unix:/tmp/quoth_fuzz_", getpid());
    options.workers = 1;
    auto started = Server::Start(WholeText::Get(), options);
    if (!started.ok()) std::abort();
    server = *std::move(started);
    stub = std::make_unique<grpc::GenericStub>(grpc::CreateChannel(
        options.address, grpc::InsecureChannelCredentials()));
  }
  std::unique_ptr<Server> server;
  std::unique_ptr<grpc::GenericStub> stub;
};

grpc::GenericStub& Stub() {
  static const Service& service = *new Service();
  return *service.stub;
}

grpc::ByteBuffer Buffer(std::string_view bytes) {
  const grpc::Slice slice(bytes.data(), bytes.size());
  return grpc::ByteBuffer(&slice, 1);
}

std::string Bytes(const grpc::ByteBuffer& buffer) {
  grpc::Slice slice;
  Require(buffer.DumpToSingleSlice(&slice).ok());
  return std::string(reinterpret_cast<const char*>(slice.begin()),
                     slice.size());
}

void CheckError(const google::rpc::Status& error) {
  google::rpc::ErrorInfo info;
  Require(error.code() != 0 && !error.message().empty() &&
          error.details_size() > 0 && error.details(0).UnpackTo(&info) &&
          info.domain() == kErrorDomain && !info.reason().empty());
}

// A status that a call may end with: OK, or an error of ours.
void CheckEnd(const grpc::Status& status) {
  if (status.ok()) return;
  google::rpc::Status error;
  Require(error.ParseFromString(status.error_details()));
  CheckError(error);
}

// One call of a client, an operation at a time.
class Call {
 public:
  explicit Call(const char* method) {
    // Long for any call here: what takes longer hangs.
    context_.set_deadline(std::chrono::system_clock::now() +
                          std::chrono::seconds(15));
    call_ = Stub().PrepareCall(&context_, method, &queue_);
    call_->StartCall(this);
    Require(Wait());
  }
  ~Call() {
    queue_.Shutdown();
    void* tag;
    bool ok;
    while (queue_.Next(&tag, &ok)) {
    }
  }

  bool Write(std::string_view bytes) {
    call_->Write(Buffer(bytes), this);
    return Wait();
  }
  bool Read(std::string& bytes) {
    grpc::ByteBuffer buffer;
    call_->Read(&buffer, this);
    if (!Wait()) return false;
    bytes = Bytes(buffer);
    return true;
  }
  void WritesDone() {
    call_->WritesDone(this);
    Wait();
  }
  void Cancel() { context_.TryCancel(); }
  grpc::Status Finish() {
    grpc::Status status;
    call_->Finish(&status, this);
    Require(Wait());
    return status;
  }

 private:
  bool Wait() {
    void* tag;
    bool ok = false;
    Require(queue_.Next(&tag, &ok));
    return ok;
  }

  grpc::ClientContext context_;
  grpc::CompletionQueue queue_;
  std::unique_ptr<grpc::GenericClientAsyncReaderWriter> call_;
};

void RunCall(std::string_view bytes, bool leave) {
  Call call(kCall);
  call.Write(bytes);
  call.WritesDone();
  if (leave) call.Cancel();
  std::string answer;
  const bool answered = call.Read(answer);
  const grpc::Status status = call.Finish();
  if (status.error_code() == grpc::StatusCode::CANCELLED) {
    Require(leave);
    return;
  }
  CheckEnd(status);
  v1::ExtractClaimsResponse response;
  Require(!status.ok() || (answered && response.ParseFromString(answer)));
}

void RunStream(std::string_view bytes, size_t item_size, bool leave) {
  Call call(kStreamCall);
  int items = 0;
  for (; !bytes.empty() && items < 64; ++items) {
    const std::string_view item = bytes.substr(0, item_size);
    bytes.remove_prefix(item.size());
    if (!call.Write(item)) break;
  }
  if (leave) {
    call.Cancel();
  } else {
    call.WritesDone();
  }
  int answers = 0;
  for (std::string answer; call.Read(answer); ++answers) {
    v1::StreamExtractClaimsResponse response;
    Require(response.ParseFromString(answer));
    if (response.has_error()) CheckError(response.error());
  }
  const grpc::Status status = call.Finish();
  if (leave) return;
  CheckEnd(status);
  Require(status.ok() && answers == items);
}

}  // namespace
}  // namespace quoth

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  quoth::SilenceProtobuf();
  if (size == 0) return 0;
  const bool leave = data[0] & quoth::kLeave;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1,
                               size - 1);
  if (data[0] & quoth::kStream) {
    quoth::RunStream(bytes, 1 + (data[0] >> 2), leave);
  } else {
    quoth::RunCall(bytes, leave);
  }
  return 0;
}
