#include "server/model_choice.h"

#include <filesystem>
#include <set>
#include <system_error>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace quoth {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kExtension = ".qm";

// With respect to the folder of the program.
constexpr const char* kPlaces[] = {
    "../share/quoth/models",  // Installed: bin/ and share/.
    "../models",              // Unpacked: bin/ and models/.
    "../../models",           // Built: <source>/build/server/.
};

bool IsPath(std::string_view choice) {
  return choice.find('/') != std::string_view::npos ||
         (choice.size() > kExtension.size() && choice.ends_with(kExtension));
}

// The names in one folder, in alphabetical order. A folder that is not there,
// or may not be read, has none.
std::set<std::string> ModelsIn(const std::string& folder) {
  std::set<std::string> names;
  std::error_code error;
  fs::directory_iterator file(folder, error);
  for (; !error && file != fs::directory_iterator(); file.increment(error)) {
    if (file->path().extension() == kExtension) {
      names.insert(file->path().stem().string());
    }
  }
  return names;
}

}  // namespace

std::vector<std::string> ModelFolders(const std::string& program) {
  std::vector<std::string> folders;
  for (const char* place : kPlaces) {
    folders.push_back(
        (fs::path(program).parent_path() / place).lexically_normal().string());
  }
  return folders;
}

absl::StatusOr<std::string> FindModel(std::string_view choice,
                                      const std::vector<std::string>& folders) {
  if (IsPath(choice)) return std::string(choice);
  const std::string name(choice.empty() ? kDefaultModel : choice);
  for (const std::string& folder : folders) {
    const fs::path path =
        fs::path(folder) / absl::StrCat(name, std::string(kExtension));
    std::error_code error;
    if (fs::exists(path, error)) return path.string();
  }
  std::string there;
  for (const std::string& folder : folders) {
    const std::set<std::string> names = ModelsIn(folder);
    if (names.empty()) continue;
    absl::StrAppend(&there, "; ", folder, " has ", absl::StrJoin(names, ", "));
  }
  if (there.empty()) {
    there = absl::StrCat("; looked in ", absl::StrJoin(folders, ", "));
  }
  return absl::NotFoundError(
      absl::StrCat("--model: there is no model \"", name, "\"", there,
                   " (a file elsewhere is given by its path, with a /)"));
}

}  // namespace quoth
