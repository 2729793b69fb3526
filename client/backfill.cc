#include "client/backfill.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "client/article_source.h"
#include "client/article_stream.h"
#include "client/claims_file.h"
#include "client/json_line.h"
#include "client/progress.h"
#include "client/renderer.h"
#include "client/text_layout.h"
#include "server/text/text.h"

namespace quoth::client {
namespace {

using Response = ArticleStream::Response;

Existing ExistingFile(const Options& options) {
  if (options.retry_errors) return Existing::kResumeErrors;
  return options.resume ? Existing::kResume : Existing::kRefuse;
}

// The counts and what is told of them. Thread-safe.
class Backfill {
 public:
  Backfill(const Options& options, const Streams& streams, ClaimsFile& file)
      : options_(options),
        streams_(streams),
        file_(file),
        source_(NewArticleSource(options)),
        progress_(streams.err, streams.err_terminal,
                  options.input_jsonl ? 0 : options.files.size()) {}

  absl::StatusOr<std::optional<ArticleStream::Article>> Next(
      const v1::Limits& limits) {
    const size_t max_bytes =
        limits.max_text_bytes() > 0 ? limits.max_text_bytes() : Text::kMaxBytes;
    while (true) {
      absl::StatusOr<std::optional<SourceArticle>> article = source_->Next(
          max_bytes,
          [this](const std::string& member) { return IsWanted(member); });
      if (!article.ok()) return article.status();
      if (!article->has_value()) return std::nullopt;
      SourceArticle& read = **article;
      if (!read.text.ok()) {
        const absl::Status status = Answered(read.member, read.text.status());
        if (!status.ok()) return status;
        continue;
      }
      ArticleStream::Article out{std::move(read.member), options_.request};
      v1::Article& sent = *out.request.mutable_article();
      sent.set_text(*std::move(read.text));
      if (read.article_id.size() <= limits.max_id_bytes()) {
        sent.set_article_id(std::move(read.article_id));
      }
      return out;
    }
  }

  absl::Status Answered(const std::string& member, const Response& response) {
    const std::string line = JsonLine(member, response);
    absl::MutexLock lock(&mutex_);
    const absl::Status status = file_.Append(line);
    if (!status.ok()) {
      return absl::Status(status.code(), absl::StrCat(Printable(options_.out),
                                                      ": ", status.message()));
    }
    ++(response.ok() ? answered_ : failed_);
    progress_.Hide();
    if (!response.ok()) {
      streams_.err << ErrorText(Printable(member), response.status());
    }
    progress_.Advance(!response.ok());
    progress_.Show();
    return absl::OkStatus();
  }

  // "10 answered, 1 failed, 5 answered before".
  std::string Summary() {
    absl::MutexLock lock(&mutex_);
    progress_.Hide();
    std::string text = absl::StrCat("quoth: ", answered_, " answered");
    if (failed_ > 0) absl::StrAppend(&text, ", ", failed_, " failed");
    if (before_ > 0) absl::StrAppend(&text, ", ", before_, " answered before");
    return text + "\n";
  }

  bool any_failed() {
    absl::MutexLock lock(&mutex_);
    return failed_ > 0 || repeated_ > 0;
  }

 private:
  bool IsWanted(const std::string& member) {
    absl::MutexLock lock(&mutex_);
    if (!seen_.insert(member).second) {
      ++repeated_;
      progress_.Hide();
      streams_.err << ErrorText(
          Printable(member),
          absl::AlreadyExistsError(
              "passed over: there was an article of that name before it"));
      return false;
    }
    if (file_.answered().count(member) == 0) return true;
    ++before_;
    progress_.Advance(/*failed=*/false);
    return false;
  }

  const Options& options_;
  const Streams& streams_;
  ClaimsFile& file_;
  const std::unique_ptr<ArticleSource> source_;
  absl::Mutex mutex_;
  Progress progress_ ABSL_GUARDED_BY(mutex_);
  absl::flat_hash_set<std::string> seen_ ABSL_GUARDED_BY(mutex_);
  int64_t answered_ ABSL_GUARDED_BY(mutex_) = 0;
  int64_t failed_ ABSL_GUARDED_BY(mutex_) = 0;
  int64_t before_ ABSL_GUARDED_BY(mutex_) = 0;
  int64_t repeated_ ABSL_GUARDED_BY(mutex_) = 0;
};

}  // namespace

ExitCode RunBackfill(const Options& options, const Caller& caller,
                     const Streams& streams) {
  const absl::StatusOr<std::unique_ptr<ClaimsFile>> file =
      ClaimsFile::Open(options.out, ExistingFile(options));
  if (!file.ok()) {
    streams.err << ErrorText(Printable(options.out), file.status());
    if (absl::IsAlreadyExists(file.status())) {
      streams.err << "Use --resume to go on with it.\n";
    }
    return kExitFailed;
  }
  Backfill backfill(options, streams, **file);
  ArticleStreamOptions stream_options;
  stream_options.in_flight = options.in_flight;
  stream_options.patience = options.timeout;
  absl::Status status =
      ArticleStream(
          caller, stream_options,
          [&](const v1::Limits& limits) { return backfill.Next(limits); },
          [&](const std::string& member, const Response& response) {
            return backfill.Answered(member, response);
          })
          .Run();
  const absl::Status synced = (*file)->Sync();
  if (status.ok()) status = synced;
  streams.err << backfill.Summary();
  if (status.ok()) return backfill.any_failed() ? kExitFailed : kExitOk;
  streams.err << ErrorText("", status)
              << "Not all articles were answered. The same command with "
                 "--resume goes on.\n";
  if (absl::IsUnavailable(status)) {
    streams.err << UnreachableHint(options.address);
  }
  return kExitFailed;
}

}  // namespace quoth::client
