// Names, paths, and what is said when there is no such model.

#include "server/model_choice.h"

#include <filesystem>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/model/model_file.h"
#include "tests/rpc/test_certificates.h"
#include "tests/source_tree.h"

namespace quoth {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class ModelChoiceTest : public ::testing::Test {
 protected:
  ModelChoiceTest() {
    for (const char* name : {"first", "second", "none"}) {
      std::filesystem::create_directories(folder_.Path(name));
    }
    for (const char* file :
         {"first/quoth-en.qm", "first/quoth-en-fast.qm", "first/README.md",
          "second/quoth-en.qm", "second/only-here.qm"}) {
      folder_.Write(file, "");
    }
  }

  std::string Find(std::string_view choice) const {
    const auto found = FindModel(choice, folders_);
    return found.ok() ? *found : std::string(found.status().message());
  }

  const TestFolder folder_;
  const std::vector<std::string> folders_ = {
      folder_.Path("absent"), folder_.Path("first"), folder_.Path("second")};
};

TEST_F(ModelChoiceTest, NamesAreLookedUpAndPathsAreNot) {
  const struct {
    std::string choice, path;
  } kCases[] = {
      {"", folder_.Path("first/quoth-en.qm")},
      {"quoth-en", folder_.Path("first/quoth-en.qm")},
      {"quoth-en-fast", folder_.Path("first/quoth-en-fast.qm")},
      {"only-here", folder_.Path("second/only-here.qm")},
      // Paths, whether or not something is there.
      {"./quoth-en", "./quoth-en"},
      {"/nowhere/model", "/nowhere/model"},
      {"models/quoth-en.qm", "models/quoth-en.qm"},
      {"quoth-en.qm", "quoth-en.qm"},
  };
  for (const auto& c : kCases) EXPECT_EQ(Find(c.choice), c.path) << c.choice;
}

TEST_F(ModelChoiceTest, AnUnknownNameIsToldTheNamesThatAreThere) {
  for (const char* unknown :
       {"quoth-de", "Quoth-En", "quoth", ".qm", "..", "README", "quoth-en "}) {
    SCOPED_TRACE(unknown);
    const auto found = FindModel(unknown, folders_);
    ASSERT_FALSE(found.ok());
    EXPECT_EQ(found.status().code(), absl::StatusCode::kNotFound);
    EXPECT_THAT(
        std::string(found.status().message()),
        AllOf(HasSubstr(std::string("\"") + unknown + "\""),
              HasSubstr(folder_.Path("first") + " has quoth-en, quoth-en-fast"),
              HasSubstr(folder_.Path("second") + " has only-here, quoth-en"),
              Not(HasSubstr("absent")), HasSubstr("--model")));
  }
}

TEST_F(ModelChoiceTest, WithoutAnyModelItSaysWhereItLooked) {
  const std::vector<std::string> empty = {folder_.Path("absent"),
                                          folder_.Path("none")};
  for (const char* choice : {"", "quoth-en"}) {
    const auto found = FindModel(choice, empty);
    ASSERT_FALSE(found.ok());
    EXPECT_THAT(std::string(found.status().message()),
                AllOf(HasSubstr("\"quoth-en\""), HasSubstr(empty[0]),
                      HasSubstr(empty[1])));
  }
}

TEST(ModelFoldersTest, FollowThePlaceOfTheProgram) {
  EXPECT_THAT(ModelFolders("/usr/sbin/quothd"),
              ElementsAre("/usr/share/quoth/models", "/usr/models", "/models"));
  EXPECT_THAT(ModelFolders("/src/build/server/quothd"),
              ElementsAre("/src/build/share/quoth/models", "/src/build/models",
                          "/src/models"));
}

// So that answers and the server's info say which model was chosen.
TEST(ModelFoldersTest, ModelsOfTheTreeCallThemselvesWhatTheirFilesAreCalled) {
  const std::string folder = SourceFile("models");
  EXPECT_TRUE(FindModel("", {folder}).ok());
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".qm") continue;
    SCOPED_TRACE(entry.path().string());
    const auto file = ModelFile::Open(entry.path().string());
    ASSERT_TRUE(file.ok()) << file.status();
    EXPECT_EQ(file->Property("name"), entry.path().stem().string())
        << "tools/convert_model.py --name sets it";
  }
}

}  // namespace
}  // namespace quoth
