// The program itself, as a process.

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "google/protobuf/stubs/logging.h"
#include "grpcpp/create_channel.h"
#include "grpcpp/security/credentials.h"
#include "gtest/gtest.h"
#include "quoth/v1/attribution.grpc.pb.h"
#include "tests/rpc/http.h"
#include "tests/rpc/test_certificates.h"
#include "tests/source_tree.h"

namespace quoth {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;

std::string ShippedModel() { return SourceFile("models/quoth-en.qm"); }

// A running quothd. Killed when it goes out of scope.
class Quothd {
 public:
  explicit Quothd(const std::vector<std::string>& flags,
                  const std::string& program = QUOTHD) {
    int ends[2];
    EXPECT_EQ(pipe2(ends, O_CLOEXEC), 0);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
    std::vector<std::string> words = {program};
    words.insert(words.end(), flags.begin(), flags.end());
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    EXPECT_EQ(posix_spawn(&pid_, program.c_str(), &actions, nullptr,
                          argv.data(), environ),
              0);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    stderr_fd_ = ends[0];
    stderr_ = fdopen(ends[0], "r");
  }

  ~Quothd() {
    if (!ended_) {
      Signal(SIGKILL);
      Wait();
    }
    CloseStderr();
  }

  // From here on nobody reads it.
  void CloseStderr() {
    if (stderr_ != nullptr) fclose(stderr_);
    stderr_ = nullptr;
  }

  // Fills its stderr, so that there is no room until that is read. Returns with
  // how many bytes.
  size_t FillStderr() {
    const int fd = open(absl::StrCat("/proc/self/fd/", stderr_fd_).c_str(),
                        O_WRONLY | O_NONBLOCK | O_CLOEXEC);
    EXPECT_GE(fd, 0);
    size_t filled = 0;
    while (write(fd, "\n", 1) == 1) ++filled;
    close(fd);
    return filled;
  }

  // The next line that it writes, without its end; empty at the end.
  std::string ReadLine() {
    std::string line;
    for (int c = fgetc(stderr_); c != EOF && c != '\n'; c = fgetc(stderr_)) {
      line.push_back(static_cast<char>(c));
    }
    return line;
  }

  std::string ReadAll() {
    std::string all;
    for (int c = fgetc(stderr_); c != EOF; c = fgetc(stderr_)) {
      all.push_back(static_cast<char>(c));
    }
    return all;
  }

  void Signal(int signal) { kill(pid_, signal); }

  // Its exit code, or minus the signal that ended it.
  int Wait() {
    int status = 0;
    EXPECT_EQ(waitpid(pid_, &status, 0), pid_);
    ended_ = true;
    dumped_core_ = WIFSIGNALED(status) && WCOREDUMP(status);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  }

  bool dumped_core() const { return dumped_core_; }

  // The line of its limits.
  std::string CoreLimit() const {
    std::ifstream file(absl::StrCat("/proc/", pid_, "/limits"));
    std::string line;
    while (std::getline(file, line)) {
      if (line.rfind("Max core file size", 0) == 0) return line;
    }
    return "";
  }

  // In clock ticks, over all threads.
  int64_t CpuTime() const {
    std::ifstream file(absl::StrCat("/proc/", pid_, "/stat"));
    std::stringstream stat;
    stat << file.rdbuf();
    // utime and stime, counted from behind the name, which may have blanks.
    const std::string text = stat.str();
    const std::vector<std::string> fields =
        absl::StrSplit(text.substr(text.rfind(')') + 2), ' ');
    int64_t user = 0, system = 0;
    EXPECT_TRUE(absl::SimpleAtoi(fields.at(11), &user));
    EXPECT_TRUE(absl::SimpleAtoi(fields.at(12), &system));
    return user + system;
  }

  // Until it has worked for so long: an idle server never does.
  void AwaitWork(double seconds) const {
    const int64_t end =
        CpuTime() + static_cast<int64_t>(seconds * sysconf(_SC_CLK_TCK));
    while (CpuTime() < end) usleep(1000);
  }

 private:
  pid_t pid_ = 0;
  int stderr_fd_ = -1;
  FILE* stderr_ = nullptr;
  bool ended_ = false;
  bool dumped_core_ = false;
};

std::string ModelFlag(const std::string& path = ShippedModel()) {
  return absl::StrCat("--model=", path);
}

// The port at the end of "..., metrics on port N".
int MetricsPortOf(const std::string& line) {
  int port = 0;
  EXPECT_TRUE(absl::SimpleAtoi(line.substr(line.rfind(' ') + 1), &port))
      << line;
  return port;
}

// The port at the end of the address in "... listening on host:port, model".
int PortOf(const std::string& line) {
  const std::string head = line.substr(0, line.find(", model"));
  int port = 0;
  EXPECT_TRUE(absl::SimpleAtoi(head.substr(head.rfind(':') + 1), &port))
      << line;
  return port;
}

std::unique_ptr<v1::AttributionService::Stub> StubFor(int port) {
  return v1::AttributionService::NewStub(grpc::CreateChannel(
      absl::StrCat("127.0.0.1:", port), grpc::InsecureChannelCredentials()));
}

grpc::Status Extract(v1::AttributionService::Stub& stub,
                     const std::string& text) {
  v1::ExtractClaimsRequest request;
  request.mutable_article()->set_text(text);
  v1::ExtractClaimsResponse response;
  grpc::ClientContext context;
  return stub.ExtractClaims(&context, request, &response);
}

std::string LongText(size_t bytes) {
  std::string text;
  while (text.size() < bytes) {
    text += "“The bridge will open in spring,” the mayor told reporters.\n";
  }
  return text.substr(0, text.rfind('\n'));
}

TEST(QuothdTest, ListensAnswersAndEnds) {
  for (const int signal : {SIGTERM, SIGINT}) {
    const std::string port_file =
        absl::StrCat(testing::TempDir(), "/quothd_test_port_", getpid());
    unlink(port_file.c_str());
    Quothd quothd(
        {"--address=127.0.0.1:0", ModelFlag(), "--port_file=" + port_file});
    const std::string line = quothd.ReadLine();
    EXPECT_THAT(line, MatchesRegex("quothd [0-9.]+ listening on "
                                   "127.0.0.1:[1-9][0-9]*, model quoth-.*"));
    std::ifstream file(port_file);
    int written = 0;
    EXPECT_TRUE(file >> written);
    EXPECT_EQ(written, PortOf(line));
    const auto stub = StubFor(written);
    const grpc::Status status = Extract(*stub, "“Yes,” she said.");
    EXPECT_TRUE(status.ok()) << status.error_message();
    quothd.Signal(signal);
    EXPECT_EQ(quothd.Wait(), 0);
    EXPECT_EQ(quothd.ReadAll(), "");
  }
}

TEST(QuothdTest, WritesNothingOfWhatItIsSent) {
  Quothd quothd({"--address=127.0.0.1:0", ModelFlag(), "--request_log=on",
                 "--metrics_address=127.0.0.1:0"});
  const std::string line = quothd.ReadLine();
  const auto stub = StubFor(PortOf(line));
  EXPECT_TRUE(Extract(*stub, "“A secret,” said Ms Secret.").ok());
  EXPECT_FALSE(Extract(*stub, "   ").ok());
  {
    // Sent all the same; the server answers with an error of its own.
    const google::protobuf::LogSilencer quiet;
    EXPECT_EQ(Extract(*stub, "secret \xFF").error_code(),
              grpc::StatusCode::INVALID_ARGUMENT);
  }
  // A call counts when it is over, a moment after its client has the answer.
  std::string page;
  do {
    page = HttpGet(MetricsPortOf(line), "/metrics");
  } while (!absl::StrContains(page, "quoth_calls_live 0\n"));
  EXPECT_THAT(page, HasSubstr("quoth_articles_total 1"));
  EXPECT_THAT(page, HasSubstr("reason=\"INVALID_UTF8\""));
  EXPECT_THAT(page, Not(HasSubstr("ecret")));
  quothd.Signal(SIGTERM);
  EXPECT_EQ(quothd.Wait(), 0);
  const std::string all = quothd.ReadAll();
  EXPECT_THAT(all, Not(HasSubstr("ecret")));
  EXPECT_THAT(all, HasSubstr("\"status\":\"OK\""));
  EXPECT_THAT(all, HasSubstr("\"reason\":\"INVALID_UTF8\""));
}

// A quothd with TLS, whose gRPC has a line to write whenever a client cannot
// speak TLS.
class QuothdStderrTest : public ::testing::Test {
 protected:
  QuothdStderrTest() {
    // For so long that there is nothing to say of its end.
    const TestIdentity identity =
        ca_.Issue({.dns = {"quoth.example"}, .ends = absl::Hours(24 * 60)});
    cert_ = folder_.Write("cert", identity.cert);
    key_ = folder_.Write("key", identity.key);
    // Asks for no more than there is anyway: lines are short all the same.
    setenv("GRPC_VERBOSITY", "ERROR", 1);
    quothd_ = std::make_unique<Quothd>(
        std::vector<std::string>{"--address=127.0.0.1:0", ModelFlag(),
                                 "--tls_cert=" + cert_, "--tls_key=" + key_});
    unsetenv("GRPC_VERBOSITY");
    port_ = PortOf(quothd_->ReadLine());
  }

  // False if the server does not end the connection for a long time.
  bool Stumble() const {
    Connection connection(port_);
    const timeval patience = {60, 0};
    setsockopt(connection.fd(), SOL_SOCKET, SO_RCVTIMEO, &patience,
               sizeof(patience));
    connection.Send("This is no TLS.\r\n\r\n");
    connection.ReadAll();
    char more;
    return recv(connection.fd(), &more, 1, MSG_DONTWAIT) == 0 ||
           errno != EAGAIN;
  }

  grpc::Status Ask() const {
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    arguments.SetSslTargetNameOverride("quoth.example");
    const auto stub = v1::AttributionService::NewStub(grpc::CreateCustomChannel(
        absl::StrCat("127.0.0.1:", port_),
        grpc::SslCredentials({ca_.cert(), "", ""}), arguments));
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() +
                         std::chrono::seconds(60));
    v1::GetServerInfoResponse info;
    return stub->GetServerInfo(&context, {}, &info);
  }

  const TestCa ca_{"Test CA"};
  const TestFolder folder_;
  std::string cert_;
  std::string key_;
  std::unique_ptr<Quothd> quothd_;
  int port_ = 0;
};

constexpr char kStumbled[] =
    "quothd: gRPC error at ssl_transport_security.cc:[0-9]+: Handshake "
    "failed.*";

TEST_F(QuothdStderrTest, GoesOnWhenItsReaderIsGone) {
  EXPECT_TRUE(Stumble());
  EXPECT_THAT(quothd_->ReadLine(), MatchesRegex(kStumbled));
  quothd_->CloseStderr();
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(Stumble());
  const grpc::Status status = Ask();
  EXPECT_TRUE(status.ok()) << status.error_message();
  quothd_->Signal(SIGTERM);
  EXPECT_EQ(quothd_->Wait(), 0);
}

TEST_F(QuothdStderrTest, GoesOnWhenItsReaderDoesNotRead) {
  const size_t filled = quothd_->FillStderr();
  // More than there are threads that could be held up.
  for (int i = 0; i < 40; ++i) ASSERT_TRUE(Stumble());
  const grpc::Status status = Ask();
  EXPECT_TRUE(status.ok()) << status.error_message();
  for (size_t i = 0; i < filled; ++i) EXPECT_EQ(quothd_->ReadLine(), "");
  // What found no room is lost; there is room now.
  EXPECT_TRUE(Stumble());
  EXPECT_THAT(quothd_->ReadLine(), MatchesRegex(kStumbled));
  quothd_->Signal(SIGTERM);
  EXPECT_EQ(quothd_->Wait(), 0);
}

TEST(QuothdTest, LeavesNoCoreDump) {
#ifdef QUOTH_SANITIZED
  GTEST_SKIP() << "a sanitizer sees to crashes and core dumps itself";
#endif
  // If this machine would write one; nothing is asked of it if not.
  rlimit limit;
  ASSERT_EQ(getrlimit(RLIMIT_CORE, &limit), 0);
  limit.rlim_cur = limit.rlim_max;
  ASSERT_EQ(setrlimit(RLIMIT_CORE, &limit), 0);
  Quothd quothd({"--address=127.0.0.1:0", ModelFlag()});
  quothd.ReadLine();
  EXPECT_THAT(quothd.CoreLimit(), HasSubstr(" 0 "));
  quothd.Signal(SIGSEGV);
  EXPECT_EQ(quothd.Wait(), -SIGSEGV);
  EXPECT_FALSE(quothd.dumped_core());
  if (limit.rlim_max > 0) {
    Quothd open({"--address=127.0.0.1:0", ModelFlag(), "--allow_core_dumps"});
    open.ReadLine();
    EXPECT_THAT(open.CoreLimit(), Not(HasSubstr(" 0 ")));
  }
}

TEST(QuothdTest, SignalLetsCallsFinish) {
  Quothd quothd({"--address=127.0.0.1:0", ModelFlag(), "--workers=1"});
  const auto stub = StubFor(PortOf(quothd.ReadLine()));
  std::thread caller([&] {
    const grpc::Status status = Extract(*stub, LongText(20000));
    EXPECT_TRUE(status.ok()) << status.error_message();
  });
  quothd.AwaitWork(0.1);
  quothd.Signal(SIGTERM);
  caller.join();
  EXPECT_EQ(quothd.Wait(), 0);
}

TEST(QuothdTest, SecondSignalEndsAtOnce) {
  Quothd quothd({"--address=127.0.0.1:0", ModelFlag(), "--workers=1"});
  const auto stub = StubFor(PortOf(quothd.ReadLine()));
  std::thread caller(
      [&] { EXPECT_FALSE(Extract(*stub, LongText(1000000)).ok()); });
  quothd.AwaitWork(0.2);
  quothd.Signal(SIGTERM);
  // It must have taken the first before a second can count.
  grpc::Status status;
  while (status.ok()) {
    grpc::ClientContext context;
    v1::GetServerInfoResponse info;
    status = stub->GetServerInfo(&context, {}, &info);
  }
  EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAVAILABLE);
  quothd.Signal(SIGINT);
  EXPECT_EQ(quothd.Wait(), 1);
  caller.join();
}

TEST(QuothdTest, TakesAModelByItsName) {
  namespace fs = std::filesystem;
  // The program with models beside it, as where it was unpacked.
  const fs::path folder =
      fs::path(testing::TempDir()) / absl::StrCat("quothd_models_", getpid());
  const fs::path program = folder / "bin" / "quothd";
  fs::create_directories(folder / "bin");
  fs::create_directories(folder / "models");
  fs::copy_file(QUOTHD, program, fs::copy_options::overwrite_existing);
  for (const char* name : {"one.qm", "two.qm"}) {
    fs::copy_file(ShippedModel(), folder / "models" / name,
                  fs::copy_options::overwrite_existing);
  }
  {
    Quothd quothd({"--address=127.0.0.1:0", "--model=two"}, program);
    const auto stub = StubFor(PortOf(quothd.ReadLine()));
    grpc::ClientContext context;
    v1::GetServerInfoResponse info;
    EXPECT_TRUE(stub->GetServerInfo(&context, {}, &info).ok());
    // What the file calls itself, whatever its name is.
    EXPECT_THAT(info.model_version(), MatchesRegex("quoth-en [0-9]+"));
    EXPECT_TRUE(Extract(*stub, "“Yes,” she said.").ok());
  }
  // The default is not there, nor is this.
  for (const char* flag : {"--model=", "--model=three"}) {
    Quothd quothd({"--address=127.0.0.1:0", flag}, program);
    const std::string output = quothd.ReadAll();
    EXPECT_EQ(quothd.Wait(), 1) << output;
    EXPECT_THAT(output,
                HasSubstr((folder / "models").string() + " has one, two"));
  }
  fs::remove_all(folder);
}

TEST(QuothdTest, SaysWhyItDoesNotStart) {
  const std::string corrupt = absl::StrCat(
      testing::TempDir(), "/quothd_test_corrupt_", getpid(), ".qm");
  std::ofstream(corrupt) << "This is not a model.";
  Quothd running({"--address=127.0.0.1:0", ModelFlag()});
  const std::string taken =
      absl::StrCat("127.0.0.1:", PortOf(running.ReadLine()));
  const struct {
    std::vector<std::string> flags;
    std::string complaint;
  } kCases[] = {
      {{ModelFlag("/nowhere/model.qm")}, "/nowhere/model.qm"},
      {{ModelFlag(corrupt)}, corrupt},
      {{ModelFlag("no-such-model")}, "has quoth-en"},
      {{ModelFlag(), "--address=" + taken}, taken},
      {{ModelFlag(), "--address=nonsense"}, "nonsense"},
      {{ModelFlag(), "--address=256.1.1.1:50051"}, "256.1.1.1:50051"},
      {{ModelFlag(), "--address=127.0.0.1:0", "--workers=-1"}, "workers"},
      {{ModelFlag(), "--address=127.0.0.1:0", "--workers=100000"}, "workers"},
      {{ModelFlag(), "--workers=many"}, "workers"},
      {{ModelFlag(), "--address=127.0.0.1:0", "--port_file=/nowhere/port"},
       "/nowhere/port"},
      {{ModelFlag(), "--request_log=all"}, "request_log"},
      {{ModelFlag(), "--address=127.0.0.1:0", "--metrics_address=9464"},
       "metrics address"},
      {{ModelFlag(), "--address=127.0.0.1:0", "--metrics_address=" + taken},
       taken},
      {{"--no_such_flag"}, "no_such_flag"},
      {{"argument"}, "argument"},
  };
  for (const auto& c : kCases) {
    SCOPED_TRACE(c.flags.back());
    Quothd quothd(c.flags);
    const std::string output = quothd.ReadAll();
    EXPECT_EQ(quothd.Wait(), 1) << output;
    EXPECT_THAT(output, HasSubstr(c.complaint));
  }
}

}  // namespace
}  // namespace quoth
