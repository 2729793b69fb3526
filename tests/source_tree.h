// Where the files of the source tree lie that tests and benchmarks read.
//
//   Model::Load(SourceFile("models/quoth-en.qm"))
//
// One place knows the path, so that compiled tests do not depend on it.

#ifndef QUOTH_TESTS_SOURCE_TREE_H_
#define QUOTH_TESTS_SOURCE_TREE_H_

#include <string>
#include <string_view>

namespace quoth {

// The path of a file or folder, whose name begins at the root of the tree.
std::string SourceFile(std::string_view name);

}  // namespace quoth

#endif  // QUOTH_TESTS_SOURCE_TREE_H_
