// The commands against a server: many files, failures, order, exit statuses.

#include <unistd.h>

#include <cstdio>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "client/commands.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/client/fake_server.h"

namespace quoth::client {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

class ExtractTest : public ::testing::Test {
 protected:
  ExtractTest() {
    options_.command = Command::kExtract;
    // An answer of one claim: the whole text.
    server_.service.extract = [](const v1::ExtractClaimsRequest& request,
                                 v1::ExtractClaimsResponse& response) {
      const std::string& text = request.article().text();
      if (absl::StrContains(text, "refuse")) {
        return grpc::Status(grpc::StatusCode::INVALID_ARGUMENT, "refused");
      }
      // Earlier files answer later.
      if (absl::StrContains(text, "slow")) {
        absl::SleepFor(absl::Milliseconds(50));
      }
      v1::Claim& claim = *response.add_claims();
      claim.set_text(text);
      claim.set_type(v1::CLAIM_TYPE_INDIRECT);
      v1::Span& span = *claim.add_content();
      span.set_end(static_cast<int>(text.size()));
      span.set_text(text);
      response.set_article_id(request.article().article_id());
      return grpc::Status::OK;
    };
  }

  ~ExtractTest() override {
    for (const std::string& file : written_) std::remove(file.c_str());
  }

  // A file with these bytes, on the command line.
  std::string AddFile(const std::string& bytes) {
    const std::string name =
        absl::StrCat(::testing::TempDir(), "quoth_extract_test_", getpid(), "_",
                     options_.files.size());
    std::FILE* file = std::fopen(name.c_str(), "wb");
    std::fwrite(bytes.data(), 1, bytes.size(), file);
    std::fclose(file);
    options_.files.push_back(name);
    written_.insert(name);
    return name;
  }

  ExitCode Run() {
    CallerOptions caller_options;
    caller_options.first_pause = absl::Milliseconds(1);
    options_.address = server_.address();
    const Caller caller(Connect(options_.address), caller_options);
    const Streams streams{out_, err_, Terminal{}, Terminal{}};
    return options_.command == Command::kInfo
               ? RunInfo(options_, caller, streams)
               : RunExtract(options_, caller, streams);
  }

  FakeServer server_;
  Options options_;
  std::ostringstream out_, err_;

 private:
  std::set<std::string> written_;
};

TEST_F(ExtractTest, OneFile) {
  AddFile("Lee said no.");
  EXPECT_EQ(Run(), kExitOk);
  EXPECT_THAT(out_.str(), HasSubstr("Lee said no."));
  EXPECT_EQ(err_.str(), "");
}

TEST_F(ExtractTest, AnswersComeInTheFilesOrder) {
  options_.format = Format::kJsonl;
  options_.jobs = 8;
  for (int i = 0; i < 40; ++i) {
    AddFile(absl::StrCat(i % 8 == 0 ? "slow " : "quick ", i));
  }
  EXPECT_EQ(Run(), kExitOk);
  const std::vector<std::string> lines =
      absl::StrSplit(out_.str(), '\n', absl::SkipEmpty());
  ASSERT_THAT(lines, SizeIs(40));
  for (int i = 0; i < 40; ++i) {
    EXPECT_THAT(lines[i], HasSubstr(options_.files[i] + "\""));
    EXPECT_THAT(lines[i], HasSubstr(absl::StrCat(" ", i, "\"")));
  }
}

TEST_F(ExtractTest, AFailureDoesNotStopTheOthers) {
  for (const Format format :
       {Format::kText, Format::kJson, Format::kJsonl, Format::kHtml}) {
    options_.format = format;
    options_.files.clear();
    out_.str("");
    err_.str("");
    AddFile("first words");
    options_.files.push_back("/nonexistent/file");
    AddFile("caf\xE9");
    AddFile("refuse this");
    AddFile(std::string(1001, 'x'));
    AddFile("last words");
    EXPECT_EQ(Run(), kExitFailed);
    EXPECT_THAT(out_.str(), HasSubstr("first words"));
    EXPECT_THAT(out_.str(), HasSubstr("last words"));
    EXPECT_LT(out_.str().find("first words"), out_.str().find("last words"));
    const std::vector<std::string> errors =
        absl::StrSplit(err_.str(), '\n', absl::SkipEmpty());
    ASSERT_THAT(errors, SizeIs(4)) << err_.str();
    EXPECT_THAT(errors[0], HasSubstr("/nonexistent/file: cannot be opened"));
    EXPECT_THAT(errors[0], HasSubstr("(NOT_FOUND)"));
    EXPECT_THAT(errors[1], HasSubstr("not UTF-8: see byte 3"));
    EXPECT_THAT(errors[2], HasSubstr("refused (INVALID_ARGUMENT)"));
    EXPECT_THAT(errors[3], HasSubstr("1001 bytes long; the server takes at "
                                     "most 1000"));
  }
  // Of each run only three files went to the server.
  EXPECT_EQ(server_.service.extract_calls, 4 * 3);
}

TEST_F(ExtractTest, JsonLinesHaveALineForEachFailure) {
  options_.format = Format::kJsonl;
  AddFile("words");
  options_.files.push_back("/nonexistent/file");
  EXPECT_EQ(Run(), kExitFailed);
  const std::vector<std::string> lines =
      absl::StrSplit(out_.str(), '\n', absl::SkipEmpty());
  ASSERT_THAT(lines, SizeIs(2));
  EXPECT_THAT(lines[1], HasSubstr("\"error\":{\"code\":\"NOT_FOUND\""));
}

TEST_F(ExtractTest, AServerThatIsGoneIsToldOnceWithAHint) {
  server_.Stop();
  options_.format = Format::kJsonl;
  AddFile("a");
  AddFile("b");
  EXPECT_EQ(Run(), kExitFailed);
  EXPECT_THAT(err_.str(),
              HasSubstr("(UNAVAILABLE)\nIs quothd running at " +
                        server_.address() + "? tools/run starts one.\n"));
  const std::vector<std::string> lines =
      absl::StrSplit(out_.str(), '\n', absl::SkipEmpty());
  ASSERT_THAT(lines, SizeIs(2));
  EXPECT_THAT(lines[1], HasSubstr("\"UNAVAILABLE\""));
}

TEST_F(ExtractTest, AServerThatTellsNoLimitsIsStillAsked) {
  server_.service.info = [](auto&) {
    return grpc::Status(grpc::StatusCode::UNIMPLEMENTED, "");
  };
  AddFile(std::string(2000, 'x'));
  EXPECT_EQ(Run(), kExitOk);
}

TEST_F(ExtractTest, TheRequestNamesTheFileIfItMay) {
  options_.format = Format::kJson;
  const std::string name = AddFile("words");
  EXPECT_EQ(Run(), kExitOk);
  EXPECT_THAT(out_.str(), HasSubstr("\"articleId\": \"" + name + "\""));

  server_.service.info = [](v1::GetServerInfoResponse& response) {
    response.mutable_limits()->set_max_text_bytes(1000);
    response.mutable_limits()->set_max_id_bytes(3);
    return grpc::Status::OK;
  };
  out_.str("");
  EXPECT_EQ(Run(), kExitOk);
  EXPECT_THAT(out_.str(), HasSubstr("\"articleId\": \"\""));
}

TEST_F(ExtractTest, MessagesFromOutsideArePrintedSafely) {
  server_.service.extract = [](const auto&, auto&) {
    return grpc::Status(grpc::StatusCode::INTERNAL, "a\x1b[2Jb");
  };
  AddFile("words");
  EXPECT_EQ(Run(), kExitFailed);
  EXPECT_THAT(err_.str(), Not(HasSubstr("\x1b")));
}

TEST_F(ExtractTest, AFullDiskIsAFailure) {
  AddFile("words");
  out_.setstate(std::ios::badbit);
  EXPECT_EQ(Run(), kExitFailed);
  EXPECT_THAT(err_.str(), HasSubstr("could not be written"));
}

TEST_F(ExtractTest, Info) {
  options_.command = Command::kInfo;
  EXPECT_EQ(Run(), kExitOk);
  EXPECT_THAT(out_.str(), HasSubstr("server:     9.8.7\n"));
  EXPECT_THAT(out_.str(), HasSubstr("1000 bytes of text, 256 bytes of"));
  options_.format = Format::kJson;
  out_.str("");
  EXPECT_EQ(Run(), kExitOk);
  EXPECT_THAT(out_.str(), HasSubstr("\"maxTextBytes\": 1000"));
  options_.format = Format::kHtml;
  EXPECT_EQ(Run(), kExitUsage);
  server_.Stop();
  EXPECT_EQ(Run(), kExitFailed);
  EXPECT_THAT(err_.str(), HasSubstr("Is quothd running at"));
}

}  // namespace
}  // namespace quoth::client
