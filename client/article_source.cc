#include "client/article_source.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "client/article_file.h"
#include "client/json_line.h"
#include "client/line_reader.h"
#include "client/renderer.h"
#include "client/text_layout.h"

namespace quoth::client {
namespace {

using IsWanted = std::function<bool(const std::string&)>;
using MaybeArticle = absl::StatusOr<std::optional<SourceArticle>>;

class Files : public ArticleSource {
 public:
  explicit Files(const Options& options) : options_(options) {}

  MaybeArticle Next(size_t max_text_bytes, const IsWanted& is_wanted) override {
    while (next_ < options_.files.size()) {
      const std::string& name = options_.files[next_++];
      std::string member = JsonMember("file", name);
      if (!is_wanted(member)) continue;
      return SourceArticle{std::move(member),
                           name == kStdin ? "" : ValidUtf8(name),
                           ReadArticle(name, max_text_bytes)};
    }
    return std::nullopt;
  }

 private:
  const Options& options_;
  size_t next_ = 0;
};

class JsonLines : public ArticleSource {
 public:
  explicit JsonLines(const Options& options) : options_(options) {}
  ~JsonLines() override { Close(); }

  MaybeArticle Next(size_t max_text_bytes, const IsWanted& is_wanted) override {
    while (next_ < options_.files.size()) {
      const std::string& name = options_.files[next_];
      if (reader_ == nullptr) {
        fd_ = name == kStdin ? STDIN_FILENO
                             : open(name.c_str(), O_RDONLY | O_CLOEXEC);
        if (fd_ < 0)
          return Named(absl::ErrnoToStatus(errno, "cannot be opened"));
        // JSON takes at most six bytes for one.
        reader_ = std::make_unique<LineReader>(
            fd_, 6 * max_text_bytes + kOtherMembersBytes);
        number_ = 0;
      }
      absl::StatusOr<std::optional<Line>> line = reader_->Next();
      if (!line.ok()) return Named(line.status());
      if (!line->has_value()) {
        Close();
        ++next_;
        continue;
      }
      ++number_;
      if ((*line)->bytes.find_first_not_of(" \t\r") == std::string::npos) {
        continue;
      }
      SourceArticle article = Read(**line, max_text_bytes);
      if (is_wanted(article.member)) return article;
    }
    return std::nullopt;
  }

 private:
  // Of an input line, beside its text.
  static constexpr size_t kOtherMembersBytes = 1 << 20;

  SourceArticle Read(const Line& line, size_t max_text_bytes) const {
    absl::StatusOr<ArticleLine> read =
        line.cut ? absl::InvalidArgumentError(absl::StrCat(
                       "the line is longer than ", line.bytes.size(), " bytes"))
                 : ReadArticleLine(line.bytes);
    if (!read.ok()) {
      return {
          JsonMember("line", absl::StrCat(options_.files[next_], ":", number_)),
          "", read.status()};
    }
    SourceArticle article = {JsonMember("id", read->id), read->id,
                             std::move(read->text)};
    if (article.text->size() > max_text_bytes) {
      article.text = absl::InvalidArgumentError(absl::StrCat(
          "it is ", article.text->size(),
          " bytes long; the server takes at most ", max_text_bytes));
    }
    return article;
  }

  absl::Status Named(const absl::Status& status) const {
    return absl::Status(
        status.code(),
        absl::StrCat(FileTitle(options_.files[next_]), ": ", status.message()));
  }

  void Close() {
    reader_.reset();
    if (fd_ > STDIN_FILENO) close(fd_);
    fd_ = -1;
  }

  const Options& options_;
  size_t next_ = 0;
  int fd_ = -1;
  std::unique_ptr<LineReader> reader_;
  uint64_t number_ = 0;  // Of the line, from 1.
};

}  // namespace

std::unique_ptr<ArticleSource> NewArticleSource(const Options& options) {
  if (options.input_jsonl) return std::make_unique<JsonLines>(options);
  return std::make_unique<Files>(options);
}

}  // namespace quoth::client
