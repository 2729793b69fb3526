// The door to the service: who a caller is, whether it may come in, and
// whether it has used up what it may.
//
//   Access access;
//   access.SetCallers(*ParseCallers(text));
//   absl::StatusOr<Admission> admission = access.AdmitCall(context);
//   if (!admission.ok()) return Refuse(admission.status());
//   ... keep the admission for as long as the call lasts ...
//
// A caller presents `authorization: Bearer <token>`, or, over mutual TLS, its
// certificate; a token that is presented is what counts. Only the headers of a
// call are looked at: whoever is refused has had no message of its read.
//
// Without SetCallers everybody is admitted, by the name "" and without limits.

#ifndef QUOTH_SERVER_RPC_ACCESS_H_
#define QUOTH_SERVER_RPC_ACCESS_H_

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "grpcpp/server_context.h"
#include "server/rpc/api_tokens.h"
#include "server/rpc/callers.h"

namespace quoth {

// What a call says of who makes it.
struct Presented {
  bool has_authorization = false;  // Then the certificate does not count.
  std::optional<TokenDigest> token;
  // The names in the client's certificate, if TLS has verified one.
  std::vector<std::string> certificates;
};

// In the metadata of a call.
inline constexpr char kAuthorizationKey[] = "authorization";

// Takes the value of one such header; of several, none counts.
void ReadAuthorization(std::string_view value, Presented& presented);
Presented ReadPresented(const grpc::CallbackServerContext& context);

class Access;
struct CallerState;

// A call that was let in. Gives its place back, at the latest when it is
// destroyed. Not thread-safe; the Access must outlive it.
class Admission {
 public:
  // Of nobody in particular, without limits.
  Admission() = default;
  ~Admission();
  Admission(Admission&& other) noexcept;
  Admission& operator=(Admission&& other) noexcept;

  // The caller's name; "" if the server knows no callers.
  const std::string& caller() const { return name_; }

  // Whether the caller would still be let in: false once its token was taken
  // out of the callers file. Cheap if the file has not changed.
  bool StillValid();

  // Counts an item of a stream. Returns how long the stream should wait before
  // it reads the next, so that the caller keeps to its rate.
  absl::Duration CountItem();
  // How long a new stream should wait before it reads its first item: until
  // the items that the caller had on credit are paid for.
  absl::Duration ItemDebt();

  // Gives the place back now; nothing counts from here on. Call it before the
  // caller hears of the end: it may come again at once.
  void GiveBack();

 private:
  friend class Access;

  Access* access_ = nullptr;
  std::shared_ptr<CallerState> state_;
  std::string name_;
  Presented presented_;
  uint64_t generation_ = 0;
};

// A clock for rates, which nobody sets: it begins anywhere and only goes on.
absl::Time SteadyNow();

// Thread-safe.
class Access {
 public:
  // Rates are kept by `clock`.
  explicit Access(std::function<absl::Time()> clock = SteadyNow);
  ~Access();
  Access(const Access&) = delete;
  Access& operator=(const Access&) = delete;

  // From now on these callers and no others. What a caller of the same name
  // has in use and has used up stays counted.
  void SetCallers(const std::vector<CallerSpec>& callers)
      ABSL_LOCKS_EXCLUDED(mutex_, listener_mutex_);

  // Calls `listener` after each SetCallers. An empty one: nobody listens any
  // more, and none is being called when this returns.
  void SetListener(std::function<void()> listener)
      ABSL_LOCKS_EXCLUDED(listener_mutex_);

  // In the order of the file.
  std::vector<std::string> names() const ABSL_LOCKS_EXCLUDED(mutex_);

  // A call that reads an article: counts against all limits. Unauthenticated
  // or CallerOverLimit of errors.h.
  absl::StatusOr<Admission> AdmitCall(
      const grpc::CallbackServerContext& context);
  // A stream: counts as a call; its items are counted by CountItem.
  absl::StatusOr<Admission> AdmitStream(
      const grpc::CallbackServerContext& context);
  // A call that is no work: who makes it must be known, and that is all.
  // Returns the caller's name.
  absl::StatusOr<std::string> Identify(
      const grpc::CallbackServerContext& context);

  // The same by what was presented, for whoever has no context.
  absl::StatusOr<std::string> Identify(const Presented& presented)
      ABSL_LOCKS_EXCLUDED(mutex_);
  absl::StatusOr<Admission> Admit(Presented presented, bool counts_as_article)
      ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  friend class Admission;
  struct Table;

  void SetTable(const std::vector<CallerSpec>& callers)
      ABSL_LOCKS_EXCLUDED(mutex_);
  std::shared_ptr<const Table> table() const ABSL_LOCKS_EXCLUDED(mutex_);
  static std::shared_ptr<CallerState> Find(const Table& table,
                                           const Presented& presented);

  const std::function<absl::Time()> clock_;
  std::atomic<uint64_t> generation_ = 0;
  mutable absl::Mutex mutex_;
  std::shared_ptr<const Table> table_ ABSL_GUARDED_BY(mutex_);  // Or null.
  absl::Mutex listener_mutex_;
  std::function<void()> listener_ ABSL_GUARDED_BY(listener_mutex_);
};

}  // namespace quoth

#endif  // QUOTH_SERVER_RPC_ACCESS_H_
