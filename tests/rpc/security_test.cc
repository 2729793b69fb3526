// TLS over a real port, with certificates right and wrong; what is exposed.

#include "server/rpc/security.h"

#include <openssl/ssl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/rpc/checks.h"
#include "tests/rpc/fake_extractor.h"
#include "tests/rpc/secure_server.h"

namespace quoth {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

constexpr char kName[] = "quoth.example";
constexpr char kToken[] = "qt_DeskDeskDeskDeskDeskDeskDeskDeskDeskDeskDes";

std::string DeskLine() {
  return absl::StrCat("desk token=", FormatDigest(DigestOf(kToken)), "\n");
}

class SecurityTest : public ::testing::Test {
 protected:
  // With a certificate for kName, unless there is one already.
  void StartTls() {
    if (server_.options.security.tls_cert.empty()) {
      server_.SetIdentity(ca_.Issue({.dns = {kName}}));
    }
    const absl::Status started = server_.Start();
    ASSERT_TRUE(started.ok()) << started;
  }

  const TestCa ca_{"Test CA"};
  const TestCa other_ca_{"Other CA"};
  const FakeExtractor extractor_{ExtractAll};
  SecureServer server_{extractor_};
};

constexpr auto kRefused = grpc::StatusCode::UNAVAILABLE;

TEST_F(SecurityTest, ClientsThatKnowTheServerGetIn) {
  StartTls();
  EXPECT_TRUE(Call(server_.TlsChannel(ca_.cert(), kName)).ok());
}

TEST_F(SecurityTest, ClientsDoNotTalkToAnotherServer) {
  StartTls();
  EXPECT_EQ(Call(server_.TlsChannel(other_ca_.cert(), kName)).error_code(),
            kRefused);
  EXPECT_EQ(Call(server_.TlsChannel(ca_.cert(), "evil.example")).error_code(),
            kRefused);
  EXPECT_EQ(Call(server_.PlainChannel()).error_code(), kRefused);
}

TEST_F(SecurityTest, AClientWithoutTheRightCertificateStaysOut) {
  server_.options.security.tls_client_ca =
      server_.folder.Write("ca", ca_.cert());
  StartTls();
  const auto call = [&](const TestIdentity& identity) {
    return Call(server_.TlsChannel(ca_.cert(), kName, identity)).error_code();
  };
  const TestIdentity good = ca_.Issue({.dns = {"desk.example"}});
  EXPECT_EQ(call(good), grpc::StatusCode::OK);
  EXPECT_EQ(call({}), kRefused);
  EXPECT_EQ(call(other_ca_.Issue({.dns = {"desk.example"}})), kRefused);
  EXPECT_EQ(call(ca_.Issue({.dns = {"desk.example"},
                            .begins = -absl::Hours(2),
                            .ends = -absl::Hours(1)})),
            kRefused);
  // A CA of the same name with another key.
  EXPECT_EQ(call(TestCa("Test CA").Issue({.dns = {"desk.example"}})), kRefused);
  EXPECT_EQ(Call(server_.PlainChannel()).error_code(), kRefused);
  EXPECT_EQ(call(good), grpc::StatusCode::OK);
}

TEST_F(SecurityTest, CertificatesNameCallers) {
  server_.options.security.tls_client_ca =
      server_.folder.Write("ca", ca_.cert());
  server_.options.security.callers = server_.folder.Write(
      "callers",
      DeskLine() + "wire certificate=wire.example\ncn certificate=by.name\n");
  StartTls();
  const auto channel = [&](const TestCertificate& certificate) {
    return server_.TlsChannel(ca_.cert(), kName, ca_.Issue(certificate));
  };
  EXPECT_TRUE(Call(channel({.dns = {"a.example", "wire.example"}})).ok());
  EXPECT_TRUE(Call(channel({.common_name = "by.name"})).ok());
  const auto unknown = channel({.dns = {"else.example"}});
  EXPECT_EQ(ViewOf(Call(unknown)).reason, "UNAUTHENTICATED");
  EXPECT_TRUE(Call(unknown, kToken).ok());
  // A token that is wrong is not made good by a certificate.
  EXPECT_EQ(ViewOf(Call(channel({.dns = {"wire.example"}}), "qt_Wrong")).reason,
            "UNAUTHENTICATED");
}

// The version of TLS that a client which offers up to `max` gets; 0: none.
int VersionWith(int port, int max) {
  SSL_CTX* context = SSL_CTX_new(TLS_client_method());
  SSL_CTX_set_security_level(context, 0);  // Or it would not offer TLS 1.1.
  SSL_CTX_set_min_proto_version(context, TLS1_VERSION);
  SSL_CTX_set_max_proto_version(context, max);
  const unsigned char h2[] = {2, 'h', '2'};
  SSL_CTX_set_alpn_protos(context, h2, sizeof(h2));
  BIO* bio = BIO_new_ssl_connect(context);
  BIO_set_conn_hostname(bio, absl::StrCat("127.0.0.1:", port).c_str());
  int version = 0;
  if (BIO_do_handshake(bio) == 1) {
    SSL* ssl = nullptr;
    BIO_get_ssl(bio, &ssl);
    version = SSL_version(ssl);
  }
  BIO_free_all(bio);
  SSL_CTX_free(context);
  return version;
}

TEST_F(SecurityTest, OldVersionsOfTlsAreRefused) {
  StartTls();
  const int port = server_.server().port();
  EXPECT_EQ(VersionWith(port, TLS1_3_VERSION), TLS1_3_VERSION);
  EXPECT_EQ(VersionWith(port, TLS1_2_VERSION), TLS1_2_VERSION);
  EXPECT_EQ(VersionWith(port, TLS1_1_VERSION), 0);
}

TEST_F(SecurityTest, ANewCertificateIsTakenWithoutARestart) {
  server_.SetIdentity(ca_.Issue({.dns = {"old.example"}}));
  StartTls();
  const auto old_channel = server_.TlsChannel(ca_.cert(), "old.example");
  EXPECT_TRUE(Call(old_channel).ok());
  // Key and certificate do not change at the same moment.
  server_.SetIdentity(ca_.Issue({.dns = {"new.example"}}));
  EXPECT_TRUE(Eventually([&] {
    return Call(server_.TlsChannel(ca_.cert(), "new.example")).ok();
  }));
  EXPECT_EQ(Call(server_.TlsChannel(ca_.cert(), "old.example")).error_code(),
            kRefused);
  EXPECT_TRUE(Call(old_channel).ok());  // Connections go on.
  EXPECT_GE(server_.CountLog("has taken the new certificate"), 1);
}

TEST_F(SecurityTest, ANewClientCaIsTakenWithoutARestart) {
  server_.options.security.tls_client_ca =
      server_.folder.Write("ca", ca_.cert());
  StartTls();
  const TestIdentity old_client = ca_.Issue({}), client = other_ca_.Issue({});
  const auto call = [&](const TestIdentity& identity) {
    return Call(server_.TlsChannel(ca_.cert(), kName, identity));
  };
  EXPECT_FALSE(call(client).ok());
  server_.folder.Write("ca", other_ca_.cert());
  EXPECT_TRUE(Eventually([&] { return call(client).ok(); }));
  EXPECT_EQ(call(old_client).error_code(), kRefused);
}

TEST_F(SecurityTest, ABrokenCertificateChangesNothing) {
  StartTls();
  const TestIdentity other = ca_.Issue({.dns = {kName}});
  const TestIdentity old = ca_.Issue(
      {.dns = {kName}, .begins = -absl::Hours(2), .ends = -absl::Hours(1)});
  int told = 0;
  for (const std::string& broken :
       {std::string(), std::string("rubbish"), old.cert, other.cert}) {
    server_.folder.Write("cert", broken);
    ++told;
    ASSERT_TRUE(Eventually([&] {
      return server_.CountLog("goes on with the old certificate") == told;
    }));
    EXPECT_TRUE(Call(server_.TlsChannel(ca_.cert(), kName)).ok());
  }
  // The key that was missing makes the last one good.
  server_.folder.Write("key", other.key);
  EXPECT_TRUE(Eventually(
      [&] { return server_.CountLog("has taken the new certificate") == 1; }));
  EXPECT_TRUE(Call(server_.TlsChannel(ca_.cert(), kName)).ok());
  EXPECT_EQ(server_.CountLog("goes on with the old certificate"), told);
}

// The clocks of whoever issues and of this machine are seldom the same.
TEST_F(SecurityTest, ACertificateThatIsValidInAMomentIsTakenThen) {
  server_.SetIdentity(ca_.Issue({.dns = {"old.example"}}));
  StartTls();
  server_.SetIdentity(
      ca_.Issue({.dns = {"new.example"}, .begins = absl::Seconds(4)}));
  ASSERT_TRUE(Eventually(
      [&] { return server_.CountLog("has taken the new certificate") == 1; }));
  EXPECT_TRUE(Call(server_.TlsChannel(ca_.cert(), "new.example")).ok());
  // Said once at most, though it was tried many times.
  EXPECT_LE(server_.CountLog("is valid from"), 1);
}

TEST_F(SecurityTest, CertificatesChangeWhileClientsCome) {
  StartTls();
  std::vector<std::thread> clients;
  for (int i = 0; i < 3; ++i) {
    clients.emplace_back([this] {
      for (int n = 0; n < 15; ++n) {
        EXPECT_TRUE(Call(server_.TlsChannel(ca_.cert(), kName)).ok());
      }
    });
  }
  for (int n = 0; n < 15; ++n) {
    server_.SetIdentity(ca_.Issue({.dns = {kName}}));
    absl::SleepFor(absl::Milliseconds(15));
  }
  for (std::thread& client : clients) client.join();
}

TEST_F(SecurityTest, TellsOfACertificateThatExpiresSoon) {
  server_.SetIdentity(ca_.Issue({.dns = {kName}, .ends = absl::Hours(1)}));
  StartTls();
  EXPECT_EQ(server_.CountLog(" expires on "), 1);
}

// ---- The services that gRPC brings ----

constexpr char kHealth[] = "/grpc.health.v1.Health/Check";
constexpr char kReflection[] =
    "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo";
constexpr char kChannelz[] = "/grpc.channelz.v1.Channelz/GetServers";

TEST_F(SecurityTest, HealthIsOpenAndTheRestIsForCallers) {
  server_.options.security.callers =
      server_.folder.Write("callers", DeskLine());
  server_.options.security.channelz = true;
  ASSERT_TRUE(server_.Start().ok());
  const auto channel = server_.PlainChannel();
  EXPECT_TRUE(Ask(channel, kHealth, "").ok());
  for (const char* path : {kReflection, kChannelz, "/unknown.Service/Method"}) {
    SCOPED_TRACE(path);
    const grpc::Status refused = Ask(channel, path, "");
    EXPECT_EQ(refused.error_code(), grpc::StatusCode::UNAUTHENTICATED);
    EXPECT_EQ(refused.error_message(), "not authenticated");
    EXPECT_EQ(Ask(channel, path, "", "qt_Wrong").error_code(),
              grpc::StatusCode::UNAUTHENTICATED);
    EXPECT_NE(Ask(channel, path, "", kToken).error_code(),
              grpc::StatusCode::UNAUTHENTICATED);
  }
  EXPECT_TRUE(Ask(channel, kReflection, "\x3A\x01*", kToken).ok());
  EXPECT_TRUE(Ask(channel, kChannelz, "", kToken).ok());
  // What only begins like a service that is open.
  EXPECT_EQ(Ask(channel, "/grpc.health.v1.Health", "").error_code(),
            grpc::StatusCode::UNAUTHENTICATED);
  EXPECT_EQ(Ask(channel, "/grpc.health.v1.HealthX/Check", "").error_code(),
            grpc::StatusCode::UNAUTHENTICATED);
}

// All that a stranger is told by a call: its status, and the metadata of the
// answer. The ids that the server makes anew for each request are left out.
std::string ToldAbout(const std::shared_ptr<grpc::Channel>& channel,
                      const std::string& path, const std::string& message,
                      const std::string& token = "") {
  grpc::GenericStub stub(channel);
  grpc::ClientContext context;
  Prepare(context, token);
  const grpc::ByteBuffer request = ToByteBuffer(message);
  grpc::ByteBuffer response;
  absl::Notification done;
  grpc::Status status;
  stub.UnaryCall(&context, path, {}, &request, &response, [&](grpc::Status s) {
    status = std::move(s);
    done.Notify();
  });
  done.WaitForNotification();
  std::string told =
      absl::StrCat(status.error_code(), " ", status.error_message(), " ");
  for (const auto* metadata : {&context.GetServerInitialMetadata(),
                               &context.GetServerTrailingMetadata()}) {
    for (const auto& [key, value] : *metadata) {
      if (key == "x-request-id") continue;
      absl::StrAppend(&told, std::string(key.data(), key.size()), "=",
                      std::string(value.data(), value.size()), "\n");
    }
  }
  if (status.ok()) absl::StrAppend(&told, FlatBuffer(response).bytes().size());
  return told;
}

TEST_F(SecurityTest, StrangersLearnNothingButThatItServes) {
  server_.options.security.callers =
      server_.folder.Write("callers", DeskLine());
  ASSERT_TRUE(server_.Start().ok());
  const auto channel = server_.PlainChannel();
  const std::string service = "/quoth.v1.AttributionService/";
  // Our own methods: all the same words, whatever was sent.
  const std::string refusal = ToldAbout(channel, service + "GetServerInfo", "");
  EXPECT_THAT(refusal, HasSubstr("UNAUTHENTICATED"));
  for (const char* method :
       {"GetServerInfo", "ExtractClaims", "StreamExtractClaims"}) {
    for (const char* message : {"", "\xFF\xFF", "\x0A\x03\x0A\x01x"}) {
      for (const char* token : {"", "qt_Wrong", "desk"}) {
        SCOPED_TRACE(absl::StrCat(method, " ", message, " ", token));
        if (std::string(method) == "GetServerInfo" && message[0] == '\xFF') {
          continue;  // gRPC itself reads this one's message, and complains.
        }
        EXPECT_EQ(ToldAbout(channel, service + method, message, token),
                  refusal);
      }
    }
  }
  // What we have not, gRPC answers: the same for methods, services and
  // reflection, whether or not there is such a thing.
  const std::string unknown = ToldAbout(channel, service + "NoSuchMethod", "");
  EXPECT_THAT(unknown, HasSubstr("not authenticated"));
  for (const std::string& path :
       {service, service + "getserverinfo", service + "GetServerInfo/x",
        std::string("/quoth.v2.AttributionService/GetServerInfo"),
        std::string("/no.such.Service/Method"), std::string(kReflection),
        std::string(kChannelz)}) {
    EXPECT_EQ(ToldAbout(channel, path, ""), unknown) << path;
  }
  // The health is two bytes, and open for probes.
  EXPECT_EQ(ToldAbout(channel, kHealth, ""), "0  2");
  // Nothing of who is a caller, which model or which version it is.
  for (const std::string& secret :
       {std::string("desk"), extractor_.model_version(),
        std::string(ServerVersion()), std::string("token"),
        std::string("callers")}) {
    EXPECT_THAT(refusal + unknown, Not(HasSubstr(secret)));
  }
  // Callers are told.
  EXPECT_THAT(ToldAbout(channel, service + "GetServerInfo", "", kToken),
              StartsWith("0 "));
  EXPECT_NE(ToldAbout(channel, service + "NoSuchMethod", "", kToken), unknown);
}

TEST_F(SecurityTest, ServicesCanBeTurnedOff) {
  // Another server of this process has them all.
  SecureServer other(extractor_);
  other.options.security.channelz = true;
  ASSERT_TRUE(other.Start().ok());
  EXPECT_TRUE(Ask(other.PlainChannel(), kChannelz, "").ok());
  EXPECT_TRUE(Ask(other.PlainChannel(), kReflection, "\x3A\x01*").ok());

  server_.options.security.reflection = false;
  ASSERT_TRUE(server_.Start().ok());
  for (const char* path : {kReflection, kChannelz}) {
    EXPECT_EQ(Ask(server_.PlainChannel(), path, "").error_code(),
              grpc::StatusCode::UNIMPLEMENTED);
  }
}

// ---- Where it listens ----

TEST_F(SecurityTest, IsNotExposedByAccident) {
  const TestIdentity identity = ca_.Issue({.dns = {kName}});
  const std::string cert = server_.folder.Write("cert", identity.cert);
  const std::string key = server_.folder.Write("key", identity.key);
  const std::string client_ca = server_.folder.Write("ca", ca_.cert());
  const std::string tokens = server_.folder.Write("tokens", DeskLine());
  const std::string names =
      server_.folder.Write("names", "desk certificate=x\n");
  const struct {
    const char* address;
    std::string cert, key, client_ca, callers;
    bool insecure_listen;
    std::string complaint;  // Empty: it starts.
    const char* metrics_address = "";
    bool insecure_metrics = false;
  } kCases[] = {
      {"127.0.0.1:0", "", "", "", "", false, ""},
      {"127.0.0.1:0", "", "", "", tokens, false, ""},
      {"0.0.0.0:0", "", "", "", "", false, "insecure_listen"},
      {"0.0.0.0:0", "", "", "", "", true, ""},
      {"0.0.0.0:0", "", "", "", tokens, false, "plain text"},
      {"0.0.0.0:0", "", "", "", tokens, true, "tokens would travel"},
      {"0.0.0.0:0", cert, key, "", "", false, ""},
      {"0.0.0.0:0", cert, key, client_ca, names, false, ""},
      {"127.0.0.1:0", cert, "", "", "", false, "tls_cert and tls_key"},
      {"127.0.0.1:0", "", key, "", "", false, "tls_cert and tls_key"},
      {"127.0.0.1:0", "", "", client_ca, "", false, "tls_client_ca needs"},
      {"127.0.0.1:0", cert, key, "", names, false, "line 1: certificate needs"},
      {"127.0.0.1:0", cert, key, "", "/nowhere/callers", false,
       "/nowhere/callers"},
      {"127.0.0.1:0", cert, cert, "", "", false, "private key"},
      {"nonsense", "", "", "", "", false, "nonsense"},
      // The metrics have no TLS, whatever the service has.
      {"127.0.0.1:0", "", "", "", "", false, "", ":0"},
      {"127.0.0.1:0", "", "", "", "", false, "", "localhost:0"},
      {"127.0.0.1:0", "", "", "", "", false, "insecure_metrics", "0.0.0.0:0"},
      {"127.0.0.1:0", "", "", "", "", false, "insecure_metrics", "[::]:0"},
      {"0.0.0.0:0", cert, key, "", tokens, false, "insecure_metrics",
       "0.0.0.0:0"},
      {"0.0.0.0:0", cert, key, "", tokens, false, "", "0.0.0.0:0", true},
      {"0.0.0.0:0", "", "", "", "", true, "", "0.0.0.0:0"},
      {"0.0.0.0:0", "", "", "", "", false, "insecure_listen", ":0", true},
      {"127.0.0.1:0", "", "", "", "", false, "needs a number",
       "0.0.0.0:0,127.0.0.1:0"},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(
        absl::StrCat(c.address, " ", c.metrics_address, " ", c.complaint));
    ServerOptions options;
    options.address = c.address;
    options.security.tls_cert = c.cert;
    options.security.tls_key = c.key;
    options.security.tls_client_ca = c.client_ca;
    options.security.callers = c.callers;
    options.security.insecure_listen = c.insecure_listen;
    options.metrics_address = c.metrics_address;
    options.insecure_metrics = c.insecure_metrics;
    const auto server = Server::Start(extractor_, options);
    const auto plan = Server::Check(options);
    EXPECT_EQ(server.ok(), c.complaint.empty()) << server.status();
    EXPECT_EQ(plan.status(), server.status());
    EXPECT_THAT(std::string(server.status().message()), HasSubstr(c.complaint));
  }
}

TEST_F(SecurityTest, ListensOnASocketOfTheHost) {
  server_.options.address = "unix:" + server_.folder.Path("socket");
  server_.options.security.callers =
      server_.folder.Write("callers", DeskLine());
  ASSERT_TRUE(server_.Start().ok());
  EXPECT_EQ(server_.server().port(), 0);
  EXPECT_TRUE(Call(server_.PlainChannel(), kToken).ok());
  EXPECT_EQ(ViewOf(Call(server_.PlainChannel())).reason, "UNAUTHENTICATED");
  // A second server does not take it away from the first.
  const auto second = Server::Start(extractor_, server_.options);
  EXPECT_EQ(second.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_TRUE(Call(server_.PlainChannel(), kToken).ok());
}

TEST_F(SecurityTest, TakesASocketThatAKilledServerLeft) {
  const std::string path = server_.folder.Path("socket");
  sockaddr_un name = {};
  name.sun_family = AF_UNIX;
  path.copy(name.sun_path, sizeof(name.sun_path) - 1);
  const int fd = socket(AF_UNIX, SOCK_STREAM, 0);
  ASSERT_EQ(bind(fd, reinterpret_cast<sockaddr*>(&name), sizeof(name)), 0);
  close(fd);
  server_.options.address = "unix:" + path;
  ASSERT_TRUE(server_.Start().ok());
  EXPECT_TRUE(Call(server_.PlainChannel()).ok());
}

TEST_F(SecurityTest, CheckIsRunBesideTheServerThatItReplaces) {
  server_.options.metrics_address = ":0";
  ASSERT_TRUE(server_.Start().ok());
  ServerOptions next = server_.options;
  next.address = absl::StrCat("127.0.0.1:", server_.server().port());
  next.metrics_address = absl::StrCat(":", server_.server().metrics_port());
  const auto plan = Server::Check(next);
  EXPECT_TRUE(plan.ok()) << plan.status();
  // The one that runs has not noticed.
  EXPECT_TRUE(Call(server_.PlainChannel()).ok());
  EXPECT_EQ(Server::Start(extractor_, next).status().code(),
            absl::StatusCode::kUnavailable);
}

TEST_F(SecurityTest, CheckSaysWhatWouldBe) {
  server_.SetIdentity(ca_.Issue({.dns = {kName}}));
  server_.options.security.tls_client_ca =
      server_.folder.Write("ca", ca_.cert());
  server_.options.security.callers =
      server_.folder.Write("callers", DeskLine());
  const auto plan = Server::Check(server_.options);
  ASSERT_TRUE(plan.ok()) << plan.status();
  const std::string text = absl::StrJoin(*plan, "\n");
  for (const char* part :
       {kName, "expires on", "one of 1 CAs", "callers: desk",
        "reflection is on", "channelz is off", "2 workers"}) {
    EXPECT_THAT(text, HasSubstr(part));
  }
}

}  // namespace
}  // namespace quoth
