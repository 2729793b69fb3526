// Which model file --model means: models lie side by side in one folder, and
// are chosen by name.
//
//   const std::vector<std::string> folders = ModelFolders("/usr/sbin/quothd");
//   FindModel("quoth-en-fast", folders);
//       // "/usr/share/quoth/models/quoth-en-fast.qm"
//   FindModel("", folders);             // The default: quoth-en.
//   FindModel("./my.qm", folders);      // "./my.qm": a path, taken as it is.

#ifndef QUOTH_SERVER_MODEL_CHOICE_H_
#define QUOTH_SERVER_MODEL_CHOICE_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace quoth {

// The model that is taken when none is chosen.
inline constexpr std::string_view kDefaultModel = "quoth-en";

// Where the models of a program may lie, whose path this is, best first:
// where it is installed, unpacked, or built.
std::vector<std::string> ModelFolders(const std::string& program);

// The file that `choice` means. Whatever has a '/' or ends in ".qm" is a path
// and is not looked at here; all else is the name of NAME.qm in the first of
// the folders that has it. NotFound, with the names that are there, if none
// has it.
absl::StatusOr<std::string> FindModel(std::string_view choice,
                                      const std::vector<std::string>& folders);

}  // namespace quoth

#endif  // QUOTH_SERVER_MODEL_CHOICE_H_
