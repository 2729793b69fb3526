#include "client/claims_file.h"

#include <sys/stat.h>
#include <unistd.h>

#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "client/json_line.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/client/temp_file.h"

namespace quoth::client {
namespace {

using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;

std::string Member(const std::string& id) { return JsonMember("id", id); }

std::string Good(const std::string& id) {
  v1::ExtractClaimsResponse response;
  response.set_language_code("en");
  return JsonLine(Member(id), response);
}

std::string Bad(const std::string& id) {
  return JsonLine(Member(id), absl::InternalError("why"));
}

std::string Message(const absl::Status& status) {
  return std::string(status.message());
}

class ClaimsFileTest : public ::testing::Test {
 protected:
  absl::StatusOr<std::unique_ptr<ClaimsFile>> Open(Existing existing) const {
    return ClaimsFile::Open(file_.name(), existing);
  }
  const TempFile file_{"claims_file_test"};
};

TEST_F(ClaimsFileTest, ANewFile) {
  unlink(file_.name().c_str());
  {
    const auto file = Open(Existing::kRefuse);
    ASSERT_TRUE(file.ok()) << file.status();
    EXPECT_TRUE((*file)->answered().empty());
    EXPECT_TRUE((*file)->Append(Good("1")).ok());
    EXPECT_TRUE((*file)->Append(Bad("2")).ok());
    EXPECT_TRUE((*file)->Sync().ok());
  }
  EXPECT_EQ(file_.Read(), Good("1") + Bad("2"));
}

TEST_F(ClaimsFileTest, AnExistingOneIsRefusedUnlessItIsEmpty) {
  EXPECT_TRUE(Open(Existing::kRefuse).ok());
  file_.Write(Good("1"));
  EXPECT_EQ(Open(Existing::kRefuse).status().code(),
            absl::StatusCode::kAlreadyExists);
  EXPECT_EQ(file_.Read(), Good("1"));
}

TEST_F(ClaimsFileTest, ResumesBehindTheLastWholeLine) {
  const std::string whole = Good("1") + Bad("2");
  const std::string torn = Good("3");
  for (size_t length = 0; length < torn.size(); ++length) {
    file_.Write(whole + torn.substr(0, length));
    const auto file = Open(Existing::kResume);
    ASSERT_TRUE(file.ok()) << file.status();
    EXPECT_THAT((*file)->answered(),
                UnorderedElementsAre(Member("1"), Member("2")));
    EXPECT_TRUE((*file)->Append(Good("4")).ok());
    EXPECT_EQ(file_.Read(), whole + Good("4")) << length;
  }
}

TEST_F(ClaimsFileTest, ErrorsAreTakenOut) {
  file_.Write(Bad("1") + Good("2") + Bad("3") + Good("4") + "{\"id\":");
  chmod(file_.name().c_str(), 0640);
  {
    const auto file = Open(Existing::kResumeErrors);
    ASSERT_TRUE(file.ok()) << file.status();
    EXPECT_THAT((*file)->answered(),
                UnorderedElementsAre(Member("2"), Member("4")));
    EXPECT_EQ(file_.Read(), Good("2") + Good("4"));
    EXPECT_TRUE((*file)->Append(Good("1")).ok());
  }
  EXPECT_EQ(file_.Read(), Good("2") + Good("4") + Good("1"));
  struct stat about;
  stat(file_.name().c_str(), &about);
  EXPECT_EQ(about.st_mode & 0777, 0640);
  EXPECT_NE(access(absl::StrCat(file_.name(), ".partial").c_str(), F_OK), 0);
}

TEST_F(ClaimsFileTest, LinksStayLinks) {
  file_.Write(Bad("1") + Good("2"));
  const std::string link = absl::StrCat(file_.name(), ".link");
  ASSERT_EQ(symlink(file_.name().c_str(), link.c_str()), 0);
  EXPECT_TRUE(ClaimsFile::Open(link, Existing::kResumeErrors).ok());
  EXPECT_EQ(file_.Read(), Good("2"));
  struct stat about;
  lstat(link.c_str(), &about);
  EXPECT_TRUE(S_ISLNK(about.st_mode));
  unlink(link.c_str());
}

TEST_F(ClaimsFileTest, AForeignFileIsLeftAlone) {
  struct Case {
    std::string bytes;
    const char* bad_line;
  };
  for (const Case& c : std::vector<Case>{
           {Good("1") + "an article of mine\n" + "and more", "line 2"},
           // Without a line break at the end.
           {"an article of mine", "line 1"},
           {Good("1") + "and more", "line 2"},
           {Bad("1") + Good("2") + "x", "line 3"},
           {"\n", "line 1"},
           {" ", "line 1"},
           {"[1]", "line 1"},
           {"{}", "line 1"},
           {R"({"id": "7", "response": {}})", "line 1"},
           {R"({"id":"7","text":"an article"})", "line 1"},
           {R"({"id":7,"response":{}})", "line 1"},
           {R"({"name":"7","response":{}})", "line 1"},
           {R"({"id":"7"})", "line 1"},
           {"{\"text\":\"" + std::string(100000, 'x') + "\"}", "line 1"},
           {std::string(9, '\0') + "x", "line 1"}}) {
    for (const Existing existing :
         {Existing::kResume, Existing::kResumeErrors}) {
      file_.Write(c.bytes);
      const auto file = Open(existing);
      EXPECT_EQ(file.status().code(), absl::StatusCode::kFailedPrecondition)
          << c.bytes;
      EXPECT_THAT(Message(file.status()), HasSubstr(c.bad_line));
      EXPECT_EQ(file_.Read(), c.bytes);
      EXPECT_NE(access(absl::StrCat(file_.name(), ".partial").c_str(), F_OK),
                0);
    }
  }
}

TEST_F(ClaimsFileTest, WhatACrashOfTheMachineLeavesIsCut) {
  for (const char* name : {"file", "id", "line"}) {
    const std::string torn =
        JsonLine(JsonMember(name, "a\"b"), absl::InternalError("why"));
    for (size_t length = 0; length < torn.size(); ++length) {
      file_.Write(Good("1") + torn.substr(0, length) + std::string(4096, '\0'));
      // Some only: this waits for the disk.
      const auto file =
          Open(length % 16 == 0 ? Existing::kResumeErrors : Existing::kResume);
      EXPECT_TRUE(file.ok()) << torn.substr(0, length);
      EXPECT_EQ(file_.Read(), Good("1"));
    }
  }
}

TEST_F(ClaimsFileTest, TheLongestNamesAreReadBack) {
  // Each byte an escape of six.
  const std::string line = Good(std::string(kMaxIdBytes, '<'));
  file_.Write(line + line.substr(0, line.size() - 5));
  const auto file = Open(Existing::kResume);
  ASSERT_TRUE(file.ok()) << file.status();
  EXPECT_EQ((*file)->answered().size(), 1);
  EXPECT_EQ(file_.Read(), line);
}

TEST_F(ClaimsFileTest, OneWriterAtATime) {
  auto first = Open(Existing::kResume);
  ASSERT_TRUE(first.ok());
  for (const Existing existing :
       {Existing::kRefuse, Existing::kResume, Existing::kResumeErrors}) {
    EXPECT_THAT(Message(Open(existing).status()), HasSubstr("another program"));
  }
  first->reset();
  EXPECT_TRUE(Open(Existing::kResume).ok());
}

// One may open the file just before the other puts a new one in its place.
TEST_F(ClaimsFileTest, NobodyWritesToAFileThatWasReplaced) {
  constexpr int kLines = 30;
  const auto append = [this](const std::string& name) {
    for (int i = 0; i < kLines; ++i) {
      while (true) {
        const auto file = Open(Existing::kResumeErrors);
        if (!file.ok()) continue;
        EXPECT_TRUE((*file)->Append(Good(absl::StrCat(name, i))).ok());
        break;
      }
    }
  };
  std::thread other([&] { append("a"); });
  append("b");
  other.join();
  const auto file = Open(Existing::kResume);
  ASSERT_TRUE(file.ok()) << file.status();
  EXPECT_EQ((*file)->answered().size(), 2 * kLines);
}

TEST_F(ClaimsFileTest, OnlyRegularFiles) {
  EXPECT_THAT(
      Message(ClaimsFile::Open("/dev/null", Existing::kResume).status()),
      HasSubstr("not a regular file"));
  EXPECT_FALSE(ClaimsFile::Open("/nonexistent/file", Existing::kResume).ok());
}

}  // namespace
}  // namespace quoth::client
