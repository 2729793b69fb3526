// Sends articles over StreamExtractClaims, again where a stream broke off, and
// takes each one's answer once.
//
//   ArticleStream stream(caller, options, next, answered);
//   absl::Status status = stream.Run();

#ifndef QUOTH_CLIENT_ARTICLE_STREAM_H_
#define QUOTH_CLIENT_ARTICLE_STREAM_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "client/caller.h"
#include "quoth/v1/attribution.pb.h"

namespace quoth::client {

struct ArticleStreamOptions {
  // Articles that are sent or about to be, and not yet answered. 0: twice what
  // the server works on at a time.
  int in_flight = 0;
  // How long to go on without any answer: while the server is not there, or
  // does not answer what it was sent. An article that takes longer, with no
  // other beside it, from a server that answers others, has an error for its
  // answer.
  absl::Duration patience = absl::Seconds(60);
  // The pause after a stream that brought no answer; it doubles.
  absl::Duration first_pause = absl::Milliseconds(100);
  absl::Duration max_pause = absl::Seconds(5);
  // How often an article is sent alone to a server that then goes away without
  // an answer, before that is taken for its answer.
  int attempts_alone = 3;
};

class ArticleStream {
 public:
  using Response = absl::StatusOr<v1::ExtractClaimsResponse>;
  struct Article {
    std::string key;  // For `Answered`.
    v1::ExtractClaimsRequest request;
  };
  // The next article; nullopt at the end. Never called by two threads at once.
  using Next = std::function<absl::StatusOr<std::optional<Article>>(
      const v1::Limits& limits)>;
  // Takes an answer, once for each article, in any order. Never called by two
  // threads at once. An error ends the run.
  using Answered =
      std::function<absl::Status(const std::string& key, const Response&)>;

  ArticleStream(const Caller& caller, const ArticleStreamOptions& options,
                Next next, Answered answered);
  ~ArticleStream();

  // Until all articles are answered. Else the error of `next` or `answered`, or
  // the server's, which no further attempt would change or which outlasted
  // options.patience, or DeadlineExceeded if it is there and answers nothing.
  absl::Status Run();

 private:
  struct Item;
  using Stream =
      grpc::ClientReaderWriterInterface<v1::StreamExtractClaimsRequest,
                                        v1::StreamExtractClaimsResponse>;

  // One stream, from its opening to its end.
  grpc::Status RunStream() ABSL_LOCKS_EXCLUDED(mutex_);
  // Cancels it if it must not go on, or if answers are overdue (silent_).
  void AwaitEnd(grpc::ClientContext& context) ABSL_LOCKS_EXCLUDED(mutex_);
  void Send(Stream& stream) ABSL_LOCKS_EXCLUDED(mutex_);
  void Receive(Stream& stream) ABSL_LOCKS_EXCLUDED(mutex_);
  void Take(const v1::StreamExtractClaimsResponse& answer)
      ABSL_LOCKS_EXCLUDED(mutex_);
  // The next item to be sent now. Nullptr when there is none, ever, or the
  // stream is over.
  std::shared_ptr<const v1::StreamExtractClaimsRequest> NextToSend()
      ABSL_LOCKS_EXCLUDED(mutex_);
  // Reads one more article.
  void ReadOne(const v1::Limits& limits) ABSL_LOCKS_EXCLUDED(mutex_);
  // The server's limits, from a server that is there.
  absl::StatusOr<v1::Limits> AwaitServer() ABSL_LOCKS_EXCLUDED(mutex_);
  // After a stream without an answer: what may be said of the articles in it.
  void SuspectPending() ABSL_LOCKS_EXCLUDED(mutex_);
  // After a silent stream: has an article of ours sent first, alone. If that is
  // answered, it was no silent server but slow articles: one, if it was alone,
  // is passed, several are sent one at a time. False if it was sent already.
  bool Probe() ABSL_LOCKS_EXCLUDED(mutex_);
  // When the probe is answered: the article that was alone has its error.
  void PassSlow() ABSL_LOCKS_EXCLUDED(mutex_);
  absl::Status NoAnswer() const;
  // Ends the sending of one article at a time when those are answered for whose
  // sake it began.
  void WidenIfCleared() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // How many are sent and not answered.
  size_t Owed() const ABSL_SHARED_LOCKS_REQUIRED(mutex_);
  bool IsComplete() const ABSL_SHARED_LOCKS_REQUIRED(mutex_);

  const Caller& caller_;
  const ArticleStreamOptions options_;
  const Next next_;
  const Answered answered_;
  v1::Limits limits_;

  absl::Mutex mutex_;
  std::map<uint64_t, Item> pending_ ABSL_GUARDED_BY(mutex_);  // By number.
  std::set<uint64_t> to_send_ ABSL_GUARDED_BY(mutex_);
  uint64_t next_number_ ABSL_GUARDED_BY(mutex_) = 1;
  // How many may be pending now, and when no article is suspected of anything.
  size_t window_ ABSL_GUARDED_BY(mutex_) = 1;
  size_t full_window_ ABSL_GUARDED_BY(mutex_) = 1;
  // Of the articles that were not pending when the stream began.
  uint64_t first_unsuspected_ ABSL_GUARDED_BY(mutex_) = 1;
  // What was sent alone and not answered in time, while the probe is pending.
  std::optional<uint64_t> slow_ ABSL_GUARDED_BY(mutex_);
  bool all_read_ ABSL_GUARDED_BY(mutex_) = false;
  bool stream_over_ ABSL_GUARDED_BY(mutex_) = false;
  bool silent_ ABSL_GUARDED_BY(mutex_) = false;  // Cancelled for that.
  int answers_ ABSL_GUARDED_BY(mutex_) = 0;      // Of this stream.
  // When an answer came last, or an article was read while none was pending.
  absl::Time last_answer_ ABSL_GUARDED_BY(mutex_);
  absl::Time last_sent_ ABSL_GUARDED_BY(mutex_) = absl::InfinitePast();
  absl::Status failed_ ABSL_GUARDED_BY(mutex_);  // Of next_ or answered_.
};

}  // namespace quoth::client

#endif  // QUOTH_CLIENT_ARTICLE_STREAM_H_
