// What the program says and does about its own safety, as a process.

#include <sys/wait.h>

#include <cstdio>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/rpc/test_certificates.h"
#include "tests/source_tree.h"

namespace quoth {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;

struct Ended {
  int code = -1;
  std::string out;
};

// Runs it to its end. No argument here needs quoting. Both outputs, or standard
// output alone.
Ended RunToEnd(const std::string& flags, bool with_errors = true) {
  const std::string command =
      absl::StrCat(QUOTHD, " --model=", SourceFile("models/quoth-en.qm"), " ",
                   flags, with_errors ? " 2>&1" : " 2>/dev/null");
  Ended ended;
  FILE* pipe = popen(command.c_str(), "r");
  for (int c = fgetc(pipe); c != EOF; c = fgetc(pipe)) {
    ended.out.push_back(static_cast<char>(c));
  }
  const int status = pclose(pipe);
  ended.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return ended;
}

TEST(QuothdSecurityTest, MakesTokensThatItsCallersFileTakes) {
  const Ended made = RunToEnd("--new_token=desk", /*with_errors=*/false);
  EXPECT_EQ(made.code, 0);
  const std::vector<std::string> lines = absl::StrSplit(made.out, '\n');
  ASSERT_EQ(lines.size(), 3) << made.out;
  EXPECT_THAT(lines[0], MatchesRegex("qt_[-_A-Za-z0-9]+"));
  EXPECT_THAT(lines[1], MatchesRegex("desk token=sha256:[0-9a-f]+"));
  EXPECT_THAT(lines[1], Not(HasSubstr(lines[0])));
  const TestFolder folder;
  const Ended checked = RunToEnd(absl::StrCat(
      "--check --callers=", folder.Write("callers", lines[1] + "\n")));
  EXPECT_EQ(checked.code, 0) << checked.out;
  EXPECT_THAT(checked.out, HasSubstr("callers: desk"));

  // Without a name, too: it must not start a server (which this address, no
  // host's, would end).
  for (const char* flags :
       {"--new_token=de/sk", "--address=256.1.1.1:1 --new_token="}) {
    const Ended bad = RunToEnd(flags);
    EXPECT_EQ(bad.code, 1);
    EXPECT_THAT(bad.out, HasSubstr("new_token"));
    EXPECT_THAT(bad.out, Not(HasSubstr("qt_")));
  }
}

TEST(QuothdSecurityTest, CheckSaysWhatItWouldDoAndDoesNot) {
  const TestFolder folder;
  const TestIdentity identity = TestCa("CA").Issue({.dns = {"q.example"}});
  const std::string tls =
      absl::StrCat(" --tls_cert=", folder.Write("cert", identity.cert),
                   " --tls_key=", folder.Write("key", identity.key));
  const Ended good = RunToEnd("--check --address=0.0.0.0:50051" + tls);
  EXPECT_EQ(good.code, 0) << good.out;
  for (const char* part : {"would listen on 0.0.0.0:50051", "model quoth-",
                           "q.example", "workers"}) {
    EXPECT_THAT(good.out, HasSubstr(part));
  }
  // The same from a file of flags.
  std::string flags = tls;
  for (char& c : flags) {
    if (c == ' ') c = '\n';
  }
  const Ended from_file =
      RunToEnd("--check --address=0.0.0.0:50051 --flagfile=" +
               folder.Write("flags", "# TLS\n" + flags + "\n"));
  EXPECT_EQ(from_file.code, 0);
  EXPECT_EQ(from_file.out, good.out);
}

TEST(QuothdSecurityTest, SaysWhyItWouldNotStart) {
  const TestFolder folder;
  const TestIdentity identity = TestCa("CA").Issue({});
  const std::string cert = folder.Write("cert", identity.cert);
  const std::string callers = folder.Write("callers", "desk\n");
  const struct {
    std::string flags, complaint;
  } kCases[] = {
      {"--address=0.0.0.0:0", "insecure_listen"},
      {"--address=nonsense", "nonsense"},
      {"--tls_cert=" + cert, "tls_key"},
      {"--tls_cert=" + cert + " --tls_key=" + cert, cert},
      {"--callers=" + callers, callers + ": line 1: the caller has no token"},
      {"--callers=/nowhere/callers", "/nowhere/callers"},
      {"--workers=-1", "workers"},
      {"--flagfile=/nowhere/flags", "/nowhere/flags"},
      {"--insecure_listen --address=256.1.1.1:50051",
       "cannot listen on 256.1.1.1:50051"},
      {"--insecure_listen --address=203.0.113.77:50051", "cannot listen on"},
      {"--address=unix:/nowhere/socket", "/nowhere/socket"},
      {"--metrics_address=256.1.1.1:1", "256.1.1.1:1"},
      {"--metrics_address=9464", "metrics address"},
      {"--metrics_address=0.0.0.0:0", "insecure_metrics"},
      {"--insecure_metrics --metrics_address=203.0.113.77:9464",
       "203.0.113.77:9464"},
      {"--port_file=/nowhere/port", "/nowhere/port"},
      {"--request_log=all", "request_log"},
      {"--model=/nowhere/model.qm", "/nowhere/model.qm"},
      {"--model=" + cert, cert},
      {"--model=no-such-model", "no-such-model"},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.flags);
    for (const char* check : {"--check ", ""}) {
      // What follows wins.
      const Ended ended =
          RunToEnd(absl::StrCat("--address=127.0.0.1:0 ", check, c.flags));
      EXPECT_EQ(ended.code, 1) << ended.out;
      EXPECT_THAT(ended.out, HasSubstr(c.complaint));
    }
  }
}

}  // namespace
}  // namespace quoth
