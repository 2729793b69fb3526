#include "server/rpc/metrics_page.h"

#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/rpc/metrics.h"
#include "tests/rpc/http.h"

namespace quoth {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class MetricsPageTest : public ::testing::Test {
 protected:
  MetricsPageTest() {
    auto started = MetricsPage::Start("127.0.0.1:0", metrics_);
    EXPECT_TRUE(started.ok()) << started.status();
    page_ = *std::move(started);
  }

  Metrics metrics_{"quoth-en 1"};
  std::unique_ptr<MetricsPage> page_;
};

TEST_F(MetricsPageTest, ServesTheMetrics) {
  EXPECT_GT(page_->port(), 0);
  const std::string answer = HttpGet(page_->port(), "/metrics");
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(answer, HasSubstr("text/plain"));
  EXPECT_THAT(answer, HasSubstr("quoth_build_info{"));
  metrics_.Start(Method::kGetServerInfo);
  EXPECT_THAT(HttpGet(page_->port(), "/metrics"),
              HasSubstr("grpc_server_call_started_total{grpc_method=\"quoth.v1."
                        "AttributionService/GetServerInfo\"} 1"));
}

TEST_F(MetricsPageTest, ServesNothingElse) {
  for (const char* path : {"/", "/etc/passwd", "/../../etc/passwd",
                           "/%2e%2e/%2e%2e/etc/passwd", "//", "/metric"}) {
    const std::string answer = HttpGet(page_->port(), path);
    EXPECT_THAT(answer, Not(HasSubstr("quoth_"))) << path;
    EXPECT_THAT(answer, Not(HasSubstr("root:"))) << path;
    EXPECT_THAT(answer, Not(HasSubstr(" 200 "))) << path;
  }
}

TEST_F(MetricsPageTest, NonsenseDoesNotTakeItDown) {
  std::mt19937 random(7);
  std::vector<std::string> requests = {
      "",
      "\r\n\r\n",
      "GET\r\n\r\n",
      "GET /metrics\r\n\r\n",
      "GET /metrics HTTP/9.9\r\n\r\n",
      "PUT /metrics HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
      "POST /metrics HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
      "GET /" + std::string(100000, 'a') + " HTTP/1.1\r\n\r\n",
      "GET /metrics HTTP/1.1\r\nX: " + std::string(100000, 'a') + "\r\n\r\n",
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
      std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xFC\x03\x03", 11),
  };
  for (int i = 0; i < 50; ++i) {
    std::string noise(1 + random() % 300, '\0');
    for (char& c : noise) c = static_cast<char>(random());
    requests.push_back(noise + "\r\n\r\n");
  }
  for (const std::string& request : requests) {
    Connection connection(page_->port());
    connection.Send(request);
    shutdown(connection.fd(), SHUT_WR);
    EXPECT_THAT(connection.ReadAll(), Not(HasSubstr("root:")));
  }
  EXPECT_THAT(HttpGet(page_->port(), "/metrics"), HasSubstr(" 200 OK"));
}

TEST_F(MetricsPageTest, SilentClientsHoldItUpOnlyForAWhile) {
  // More than it has threads and places for.
  std::vector<std::unique_ptr<Connection>> silent;
  for (int i = 0; i < 5; ++i) {
    silent.push_back(std::make_unique<Connection>(page_->port()));
    silent.back()->Send("GET /metr");
  }
  EXPECT_THAT(HttpGet(page_->port(), "/metrics"), HasSubstr(" 200 OK"));
}

TEST_F(MetricsPageTest, ManyAskAtOnce) {
  std::vector<std::thread> clients;
  for (int i = 0; i < 4; ++i) {
    clients.emplace_back([&] {
      for (int n = 0; n < 10; ++n) {
        EXPECT_THAT(HttpGet(page_->port(), "/metrics"), HasSubstr(" 200 OK"));
      }
    });
  }
  for (std::thread& client : clients) client.join();
}

TEST(MetricsPageStartTest, RefusesBadAddresses) {
  const Metrics metrics("m");
  for (const char* address :
       {"", "9464", "localhost", "127.0.0.1:", "127.0.0.1:http",
        "127.0.0.1:65536", "127.0.0.1:-1", "256.1.1.1:9464", "example.com:9464",
        "::1:9464", "[127.0.0.1]:9464", "[]:9464",
        "0.0.0.0:9464,127.0.0.1:9464", "+:9464"}) {
    const auto page = MetricsPage::Start(address, metrics);
    EXPECT_EQ(page.status().code(), absl::StatusCode::kInvalidArgument)
        << address;
  }
}

TEST(MetricsPageStartTest, AddressesAreMadeFull) {
  const struct {
    const char* address;
    const char* full;
  } kCases[] = {
      {":9464", "127.0.0.1:9464"},    {"localhost:9464", "127.0.0.1:9464"},
      {"127.0.0.1:0", "127.0.0.1:0"}, {"0.0.0.0:9464", "0.0.0.0:9464"},
      {"[::1]:9464", "[::1]:9464"},   {"[::]:9464", "[::]:9464"},
  };
  for (const auto& c : kCases) {
    const auto full = MetricsPage::FullAddress(c.address);
    ASSERT_TRUE(full.ok()) << full.status();
    EXPECT_EQ(*full, c.full);
  }
}

TEST(MetricsPageStartTest, BusyPortIsAnError) {
  const Metrics metrics("m");
  const auto first = MetricsPage::Start(":0", metrics);  // Loopback.
  ASSERT_TRUE(first.ok()) << first.status();
  const std::string address = absl::StrCat("127.0.0.1:", (*first)->port());
  const auto second = MetricsPage::Start(address, metrics);
  EXPECT_EQ(second.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(std::string(second.status().message()), HasSubstr(address));
}

TEST(MetricsPageStartTest, EndsWhileClientsAreConnected) {
  const Metrics metrics("m");
  auto page = MetricsPage::Start("127.0.0.1:0", metrics);
  ASSERT_TRUE(page.ok()) << page.status();
  Connection connection((*page)->port());
  connection.Send("GET /metr");
  page->reset();
}

}  // namespace
}  // namespace quoth
