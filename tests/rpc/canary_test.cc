// Nothing that a caller sends gets out of the server but in the caller's own
// answer: not in the request log, the metrics, errors and their details,
// metadata, or on stderr. Every request here carries a word that nobody else
// would write.

#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "gmock/gmock.h"
#include "google/protobuf/stubs/logging.h"
#include "grpcpp/client_context.h"
#include "grpcpp/generic/generic_stub.h"
#include "gtest/gtest.h"
#include "server/rpc/api_tokens.h"
#include "server/rpc/buffers.h"
#include "server/rpc/grpc_log.h"
#include "server/rpc/limits.h"
#include "tests/rpc/fake_extractor.h"
#include "tests/rpc/http.h"
#include "tests/rpc/observed_server.h"
#include "tests/rpc/test_certificates.h"
#include "tests/rpc/test_server.h"

namespace quoth {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kCanary[] = "Kanarienvogel";

// Does what the text says, and puts the text into every error.
absl::StatusOr<Extraction> Obey(std::string_view utf8,
                                const ExtractOptions& options) {
  const std::string text(utf8);
  if (text.find("internal") != text.npos) return absl::InternalError(text);
  if (text.find("not found") != text.npos) return absl::NotFoundError(text);
  while (text.find("slow") != text.npos) {
    const absl::Status alive = options.alive();
    if (!alive.ok()) return alive;
    std::this_thread::yield();
  }
  return ExtractAll(utf8, options);
}

// Everything that a client gets to see of a call besides its answer.
std::string Visible(const grpc::Status& status,
                    const grpc::ClientContext& context) {
  std::string all =
      absl::StrCat(status.error_message(), "\n", status.error_details());
  for (const auto* metadata : {&context.GetServerInitialMetadata(),
                               &context.GetServerTrailingMetadata()}) {
    for (const auto& [key, value] : *metadata) {
      absl::StrAppend(&all, "\n", std::string(key.data(), key.size()), ": ",
                      std::string(value.data(), value.size()));
    }
  }
  return all;
}

// Metadata with the word, in keys of ours and of others.
void AddCanaries(grpc::ClientContext& context) {
  context.AddMetadata("x-request-id", absl::StrCat("{\"", kCanary, "\"}"));
  context.AddMetadata("x-headline", absl::StrCat(kCanary, " denies"));
  context.AddMetadata("authorization", absl::StrCat("Bearer ", kCanary));
  context.AddMetadata("x-key-bin", absl::StrCat(kCanary, "\x01\xFF"));
}

void SendRaw(ObservedServer& server, const std::string& method,
             const std::string& bytes) {
  grpc::GenericStub stub(server.channel());
  grpc::ClientContext context;
  AddCanaries(context);
  const grpc::ByteBuffer request = ToByteBuffer(bytes);
  grpc::ByteBuffer response;
  grpc::Status status;
  absl::Notification done;
  stub.UnaryCall(&context, method, {}, &request, &response,
                 [&](grpc::Status s) {
                   status = std::move(s);
                   done.Notify();
                 });
  done.WaitForNotification();
  EXPECT_FALSE(status.ok());
  // An unknown method is the client's own, and gRPC says nothing of it.
  EXPECT_THAT(Visible(status, context), Not(HasSubstr(kCanary)));
}

// A header for HTTP/2, as a literal (RFC 7541, 6.2.2).
std::string Header(const std::string& name, const std::string& value) {
  return absl::StrCat(std::string(1, '\0'),
                      std::string(1, static_cast<char>(name.size())), name,
                      std::string(1, static_cast<char>(value.size())), value);
}
// A frame of stream 1 (RFC 9113, 4.1).
std::string Frame(char type, char flags, const std::string& payload,
                  char stream = 1) {
  std::string frame(9, '\0');
  frame[1] = static_cast<char>(payload.size() >> 8);
  frame[2] = static_cast<char>(payload.size());
  frame[3] = type;
  frame[4] = flags;
  frame[8] = stream;
  return frame + payload;
}

// What no client library sends: metadata that does not parse.
void SendBadHeaders(int port) {
  const std::string start =
      absl::StrCat("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", Frame(4, 0, "", 0));
  const std::string common = absl::StrCat(
      Header(":method", "POST"), Header(":scheme", "http"),
      Header(":path", "/quoth.v1.AttributionService/ExtractClaims"),
      Header(":authority", kCanary), Header("te", "trailers"));
  const std::string content_type = Header("content-type", "application/grpc");
  const std::string kBad[] = {
      content_type + Header("grpc-timeout", kCanary),
      content_type + Header("x-key-bin", absl::StrCat(kCanary, "!!!")),
      content_type + Header("grpc-encoding", kCanary),
      content_type + Header("grpc-accept-encoding", kCanary),
      content_type + Header("x\x01", kCanary),
      content_type + Header(kCanary, "upper case"),
      content_type + Header("x-control", absl::StrCat(kCanary, "\n")),
      content_type + Header("grpc-previous-rpc-attempts", kCanary),
      Header("content-type", kCanary),
      content_type + Header("content-length", kCanary),
      content_type + "\xFF\xFF\xFF\xFF\xFF\xFF" + kCanary,
  };
  for (const std::string& bad : kBad) {
    Connection connection(port);
    connection.Send(start + Frame(1, 4, common + bad) + kCanary);
    shutdown(connection.fd(), SHUT_WR);
    EXPECT_THAT(connection.ReadAll(), Not(HasSubstr(kCanary)));
  }
  for (const std::string& nonsense :
       {absl::StrCat("GET /", kCanary, " HTTP/1.1\r\n\r\n"),
        absl::StrCat(start, kCanary), std::string(kCanary)}) {
    Connection connection(port);
    connection.Send(nonsense);
    shutdown(connection.fd(), SHUT_WR);
    EXPECT_THAT(connection.ReadAll(), Not(HasSubstr(kCanary)));
  }
}

void SendCalls(ObservedServer& server) {
  const std::string canary = kCanary;
  std::vector<v1::ExtractClaimsRequest> requests;
  for (const std::string& text :
       {canary + " said yes.", canary + " internal", canary + " not found",
        canary + std::string(kMaxTextBytes, 'a'), canary + " bad \xFF",
        canary + std::string(kMaxMessageBytes, 'a')}) {
    requests.push_back(RequestFor(text));
  }
  requests.push_back(RequestFor("x"));
  requests.back().mutable_article()->set_article_id(
      absl::StrCat(canary, std::string(kMaxIdBytes, 'a')));
  requests.push_back(RequestFor("x"));
  requests.back().mutable_article()->set_language_code(canary);
  requests.push_back(RequestFor("x"));
  requests.back().mutable_article()->set_article_id(canary + "\xFF");
  requests.push_back(RequestFor(canary + " slow"));
  for (v1::ExtractClaimsRequest& request : requests) {
    if (request.article().article_id().empty()) {
      request.mutable_article()->set_article_id(canary + " resigns");
    }
    grpc::ClientContext context;
    AddCanaries(context);
    if (request.article().text().find("slow") != std::string::npos) {
      context.set_deadline(std::chrono::system_clock::now() +
                           std::chrono::milliseconds(50));
    }
    v1::ExtractClaimsResponse response;
    const grpc::Status status =
        server.stub().ExtractClaims(&context, request, &response);
    EXPECT_THAT(Visible(status, context), Not(HasSubstr(kCanary)));
  }
}

void SendStream(ObservedServer& server) {
  grpc::ClientContext context;
  AddCanaries(context);
  const auto stream = server.stub().StreamExtractClaims(&context);
  for (const std::string& text :
       {std::string("said yes"), std::string("internal"), std::string("\xFF"),
        std::string(kMaxTextBytes, 'a')}) {
    v1::StreamExtractClaimsRequest item;
    item.set_request_id(absl::StrCat(kCanary, " item"));
    *item.mutable_request() = RequestFor(absl::StrCat(kCanary, " ", text));
    ASSERT_TRUE(stream->Write(item));
    v1::StreamExtractClaimsResponse answer;
    ASSERT_TRUE(stream->Read(&answer));
    EXPECT_THAT(answer.error().SerializeAsString(), Not(HasSubstr(kCanary)));
  }
  stream->WritesDone();
  const grpc::Status status = stream->Finish();
  EXPECT_TRUE(status.ok());
  EXPECT_THAT(Visible(status, context), Not(HasSubstr(kCanary)));
}

TEST(CanaryTest, NothingOfWhatCallersSendGetsOut) {
  // As quothd does.
  google::protobuf::SetLogHandler(nullptr);
  ShortenGrpcLog();
  const FakeExtractor extractor(Obey);
  testing::internal::CaptureStderr();
  std::string page;
  std::string log;
  {
    ObservedServer server(extractor);
    SendCalls(server);
    SendStream(server);
    SendRaw(server, "/quoth.v1.AttributionService/ExtractClaims",
            absl::StrCat("\x0F", kCanary));
    SendRaw(server, absl::StrCat("/quoth.v1.AttributionService/", kCanary),
            kCanary);
    SendRaw(server, absl::StrCat("/", kCanary), kCanary);
    SendBadHeaders(server.port());
    HttpGet(server.port(), absl::StrCat("/", kCanary));
    server.AwaitIdle();
    page = server.Page();
    server.Stop();
    log = server.log();
  }
  const std::string errors = testing::internal::GetCapturedStderr();
  EXPECT_THAT(page, HasSubstr("quoth_articles_total 2"));
  EXPECT_THAT(page, Not(HasSubstr(kCanary)));
  EXPECT_THAT(log, HasSubstr("\"reason\":\"INVALID_UTF8\""));
  EXPECT_THAT(log, HasSubstr("\"reason\":\"TEXT_TOO_LONG\""));
  EXPECT_THAT(log, HasSubstr("\"reason\":\"INTERNAL\""));
  EXPECT_THAT(log, HasSubstr("\"item\":4"));
  EXPECT_THAT(log, Not(HasSubstr(kCanary)));
  EXPECT_THAT(errors, Not(HasSubstr(kCanary)));
}

TEST(CanaryTest, NorOfWhatStrangersSend) {
  google::protobuf::SetLogHandler(nullptr);
  ShortenGrpcLog();
  const FakeExtractor extractor(Obey);
  const TestFolder folder;
  const std::string callers = folder.Write(
      "callers",
      absl::StrCat("desk token=", FormatDigest(DigestOf("qt_Desk")), "\n"));
  testing::internal::CaptureStderr();
  std::string page;
  std::string log;
  {
    ObservedServer server(extractor, /*workers=*/2, /*queue_length=*/0,
                          callers);
    // All of these with a bad token.
    const std::string service = "/quoth.v1.AttributionService/";
    for (const std::string& path :
         {service + "ExtractClaims", service + "StreamExtractClaims",
          service + "GetServerInfo", service + kCanary,
          absl::StrCat("/", kCanary, "/", kCanary),
          std::string("/grpc.reflection.v1alpha.ServerReflection/"
                      "ServerReflectionInfo"),
          std::string("/grpc.channelz.v1.Channelz/GetServers")}) {
      SendRaw(server, path, kCanary);
    }
    server.AwaitIdle();
    // Strangers show in a figure, whatever they asked for; but for
    // GetServerInfo, whose message gRPC itself reads, and cannot.
    EXPECT_EQ(server.Sample("quoth_unauthenticated_total"), 6);
    SendBadHeaders(server.port());
    server.AwaitIdle();
    page = server.Page();
    server.Stop();
    log = server.log();
  }
  const std::string errors = testing::internal::GetCapturedStderr();
  EXPECT_THAT(log, HasSubstr("\"reason\":\"UNAUTHENTICATED\""));
  for (const std::string& written : {page, log, errors}) {
    EXPECT_THAT(written, Not(HasSubstr(kCanary)));
    EXPECT_THAT(written, Not(HasSubstr("desk")));
  }
}

TEST(CanaryTest, GrpcItselfIsHeardOnlyByWhoAsks) {
  const struct {
    const char* verbosity;
    const char* trace;
    bool asks;
  } kCases[] = {
      {nullptr, nullptr, false}, {"", "", false},
      {"ERROR", nullptr, false}, {"error", "", false},
      {"NONE", nullptr, false},  {"nonsense", nullptr, false},
      {"INFO", nullptr, true},   {"debug", nullptr, true},
      {nullptr, "http", true},   {"ERROR", "all", true},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(AsksForGrpcLog(c.verbosity, c.trace), c.asks)
        << (c.verbosity == nullptr ? "" : c.verbosity) << " "
        << (c.trace == nullptr ? "" : c.trace);
  }
}

TEST(CanaryTest, GrpcLinesNameTheirPlaceAlone) {
  EXPECT_EQ(
      GrpcLogLine("./src/core/ext/transport/chttp2/transport/hpack_parser.cc",
                  1210, absl::StrCat("value=", kCanary)),
      "quothd: gRPC error at hpack_parser.cc:1210\n");
  EXPECT_EQ(GrpcLogLine("./src/core/tsi/ssl_transport_security.cc", 7,
                        "Handshake failed"),
            "quothd: gRPC error at ssl_transport_security.cc:7: Handshake "
            "failed\n");
  EXPECT_EQ(
      GrpcLogLine("./src/core/tsi/ssl_transport_security.cc", 8,
                  absl::StrCat("No match found for server name: ", kCanary)),
      "quothd: gRPC error at ssl_transport_security.cc:8\n");
}

}  // namespace
}  // namespace quoth
