// Reads an article from a file or from standard input.
//
//   absl::StatusOr<std::string> text = ReadArticle("story.txt", 1 << 20);

#ifndef QUOTH_CLIENT_ARTICLE_FILE_H_
#define QUOTH_CLIENT_ARTICLE_FILE_H_

#include <cstddef>
#include <string>

#include "absl/status/statusor.h"

namespace quoth::client {

// The bytes of `name` (kStdin: standard input), which are valid UTF-8, as they
// are: no offset of the answer may shift. Never reads more than `max_bytes`.
//
// NotFound, PermissionDenied or another error of the file system;
// InvalidArgument if it is not UTF-8 (the message gives the byte) or longer
// than max_bytes. The messages do not name the file.
absl::StatusOr<std::string> ReadArticle(const std::string& name,
                                        size_t max_bytes);

// The same for an open file descriptor, which stays open.
absl::StatusOr<std::string> ReadArticleFrom(int fd, size_t max_bytes);

}  // namespace quoth::client

#endif  // QUOTH_CLIENT_ARTICLE_FILE_H_
