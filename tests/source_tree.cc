#include "tests/source_tree.h"

namespace quoth {

std::string SourceFile(std::string_view name) {
  return std::string(QUOTH_SOURCE_DIR "/").append(name);
}

}  // namespace quoth
