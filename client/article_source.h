// The articles of a backfill, one after the other.
//
//   std::unique_ptr<ArticleSource> source = NewArticleSource(options);
//   absl::StatusOr<std::optional<SourceArticle>> article =
//       source->Next(limits.max_text_bytes(), is_wanted);

#ifndef QUOTH_CLIENT_ARTICLE_SOURCE_H_
#define QUOTH_CLIENT_ARTICLE_SOURCE_H_

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "client/options.h"

namespace quoth::client {

struct SourceArticle {
  // Names it in the output: JsonMember("file", NAME), or ("id", ID) of a line
  // of JSON, or ("line", "NAME:7") of a line that has none.
  std::string member;
  std::string article_id;  // For the request; valid UTF-8.
  // Valid UTF-8, or why there is none.
  absl::StatusOr<std::string> text;
};

class ArticleSource {
 public:
  virtual ~ArticleSource() = default;

  // The next article whose member `is_wanted`, which is asked once for each
  // article, in order. Nullopt at the end; the file system's error, with the
  // file's name, if a file of many articles cannot be read.
  virtual absl::StatusOr<std::optional<SourceArticle>> Next(
      size_t max_text_bytes,
      const std::function<bool(const std::string&)>& is_wanted) = 0;
};

// Of options.files: an article each, or with options.input_jsonl one a line.
// Holds one article at a time in memory. Refers to `options`.
std::unique_ptr<ArticleSource> NewArticleSource(const Options& options);

}  // namespace quoth::client

#endif  // QUOTH_CLIENT_ARTICLE_SOURCE_H_
