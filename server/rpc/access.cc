#include "server/rpc/access.h"

#include <chrono>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "grpc/grpc_security_constants.h"
#include "grpcpp/security/auth_context.h"
#include "server/rpc/errors.h"
#include "server/rpc/limits.h"
#include "server/rpc/rate_limit.h"

namespace quoth {

// What a caller has in use. Outlives changes of the callers file.
struct CallerState {
  explicit CallerState(const CallerSpec& spec) : name(spec.name) {
    SetLimits(spec.limits);
  }

  void SetLimits(const CallerLimits& limits) ABSL_LOCKS_EXCLUDED(mutex) {
    absl::MutexLock lock(&mutex);
    max_calls = limits.max_calls;
    if (limits.per_second > 0) {
      rate.Change(limits.per_second, limits.burst);
    } else {
      rate.ChangeToUnlimited();
    }
  }

  absl::Status Enter(bool counts_as_article, absl::Time now)
      ABSL_LOCKS_EXCLUDED(mutex) {
    absl::MutexLock lock(&mutex);
    if (max_calls > 0 && calls >= max_calls) {
      return CallerOverLimit(kLimitMaxCalls, kRetryDelay);
    }
    if (counts_as_article) {
      const absl::Duration wait = rate.TryTake(now);
      if (wait > absl::ZeroDuration()) return CallerOverLimit(kLimitRate, wait);
    }
    ++calls;
    return absl::OkStatus();
  }

  void Leave() ABSL_LOCKS_EXCLUDED(mutex) {
    absl::MutexLock lock(&mutex);
    --calls;
  }

  absl::Duration CountItem(absl::Time now) ABSL_LOCKS_EXCLUDED(mutex) {
    absl::MutexLock lock(&mutex);
    return rate.Take(now);
  }

  absl::Duration ItemDebt(absl::Time now) ABSL_LOCKS_EXCLUDED(mutex) {
    absl::MutexLock lock(&mutex);
    return rate.Debt(now);
  }

  const std::string name;
  absl::Mutex mutex;
  int max_calls ABSL_GUARDED_BY(mutex) = 0;  // 0: any number.
  int calls ABSL_GUARDED_BY(mutex) = 0;
  RateLimit rate ABSL_GUARDED_BY(mutex);
};

struct Access::Table {
  uint64_t generation = 0;
  std::vector<std::string> names;
  absl::flat_hash_map<std::string, std::shared_ptr<CallerState>> by_name;
  absl::flat_hash_map<std::string, std::shared_ptr<CallerState>> by_certificate;
  std::vector<std::pair<TokenDigest, std::shared_ptr<CallerState>>> tokens;
};

void ReadAuthorization(std::string_view value, Presented& presented) {
  const bool twice = presented.has_authorization;
  presented.has_authorization = true;
  presented.token.reset();
  const std::optional<std::string_view> token = BearerToken(value);
  if (!twice && token) presented.token = DigestOf(*token);
}

Presented ReadPresented(const grpc::CallbackServerContext& context) {
  Presented presented;
  const auto [begin, end] = context.client_metadata().equal_range(
      grpc::string_ref(kAuthorizationKey));
  for (auto it = begin; it != end; ++it) {
    ReadAuthorization(std::string_view(it->second.data(), it->second.size()),
                      presented);
  }
  const auto auth = context.auth_context();
  if (presented.has_authorization || auth == nullptr ||
      !auth->IsPeerAuthenticated()) {
    return presented;
  }
  for (const char* property :
       {GRPC_X509_SAN_PROPERTY_NAME, GRPC_X509_CN_PROPERTY_NAME}) {
    for (const grpc::string_ref& name : auth->FindPropertyValues(property)) {
      presented.certificates.emplace_back(name.data(), name.size());
    }
  }
  return presented;
}

// ---- Admission ----

Admission::~Admission() { GiveBack(); }

void Admission::GiveBack() {
  if (state_ != nullptr) state_->Leave();
  state_ = nullptr;
}

Admission::Admission(Admission&& other) noexcept
    : access_(std::exchange(other.access_, nullptr)),
      state_(std::exchange(other.state_, nullptr)),
      name_(std::move(other.name_)),
      presented_(std::move(other.presented_)),
      generation_(other.generation_) {}

Admission& Admission::operator=(Admission&& other) noexcept {
  // What this held is given back when `other` goes.
  std::swap(access_, other.access_);
  std::swap(state_, other.state_);
  std::swap(name_, other.name_);
  std::swap(presented_, other.presented_);
  std::swap(generation_, other.generation_);
  return *this;
}

bool Admission::StillValid() {
  if (access_ == nullptr || access_->generation_ == generation_) return true;
  const auto table = access_->table();
  if (Access::Find(*table, presented_) != state_) return false;
  generation_ = table->generation;
  return true;
}

absl::Duration Admission::CountItem() {
  if (state_ == nullptr) return absl::ZeroDuration();
  return state_->CountItem(access_->clock_());
}

absl::Duration Admission::ItemDebt() {
  if (state_ == nullptr) return absl::ZeroDuration();
  return state_->ItemDebt(access_->clock_());
}

// ---- Access ----

absl::Time SteadyNow() {
  return absl::UnixEpoch() +
         absl::FromChrono(std::chrono::steady_clock::now().time_since_epoch());
}

Access::Access(std::function<absl::Time()> clock) : clock_(std::move(clock)) {}
Access::~Access() = default;

void Access::SetCallers(const std::vector<CallerSpec>& callers) {
  SetTable(callers);
  absl::MutexLock lock(&listener_mutex_);
  if (listener_) listener_();
}

void Access::SetListener(std::function<void()> listener) {
  absl::MutexLock lock(&listener_mutex_);
  listener_ = std::move(listener);
}

void Access::SetTable(const std::vector<CallerSpec>& callers) {
  auto next = std::make_shared<Table>();
  absl::MutexLock lock(&mutex_);
  for (const CallerSpec& spec : callers) {
    std::shared_ptr<CallerState> state;
    if (table_ != nullptr) {
      const auto known = table_->by_name.find(spec.name);
      if (known != table_->by_name.end()) state = known->second;
    }
    if (state == nullptr) {
      state = std::make_shared<CallerState>(spec);
    } else {
      state->SetLimits(spec.limits);
    }
    next->names.push_back(spec.name);
    next->by_name.emplace(spec.name, state);
    for (const TokenDigest& token : spec.tokens) {
      next->tokens.emplace_back(token, state);
    }
    for (const std::string& certificate : spec.certificates) {
      next->by_certificate.emplace(certificate, state);
    }
  }
  next->generation = generation_ + 1;
  table_ = next;
  generation_ = next->generation;
}

std::shared_ptr<const Access::Table> Access::table() const {
  absl::MutexLock lock(&mutex_);
  return table_;
}

std::shared_ptr<CallerState> Access::Find(const Table& table,
                                          const Presented& presented) {
  if (presented.has_authorization) {
    if (!presented.token) return nullptr;
    // All of them in any case, so that the time tells nothing.
    std::shared_ptr<CallerState> found;
    for (const auto& [digest, state] : table.tokens) {
      if (SameDigest(digest, *presented.token)) found = state;
    }
    return found;
  }
  for (const std::string& name : presented.certificates) {
    const auto found = table.by_certificate.find(name);
    if (found != table.by_certificate.end()) return found->second;
  }
  return nullptr;
}

std::vector<std::string> Access::names() const {
  const std::shared_ptr<const Table> now = table();
  return now == nullptr ? std::vector<std::string>() : now->names;
}

absl::StatusOr<Admission> Access::AdmitCall(
    const grpc::CallbackServerContext& context) {
  if (generation_ == 0) return Admission();
  return Admit(ReadPresented(context), /*counts_as_article=*/true);
}

absl::StatusOr<Admission> Access::AdmitStream(
    const grpc::CallbackServerContext& context) {
  if (generation_ == 0) return Admission();
  return Admit(ReadPresented(context), /*counts_as_article=*/false);
}

absl::StatusOr<std::string> Access::Identify(
    const grpc::CallbackServerContext& context) {
  if (generation_ == 0) return std::string();
  return Identify(ReadPresented(context));
}

absl::StatusOr<std::string> Access::Identify(const Presented& presented) {
  const std::shared_ptr<const Table> now = table();
  if (now == nullptr) return std::string();
  const std::shared_ptr<CallerState> state = Find(*now, presented);
  if (state == nullptr) return Unauthenticated();
  return state->name;
}

absl::StatusOr<Admission> Access::Admit(Presented presented,
                                        bool counts_as_article) {
  Admission admission;
  const std::shared_ptr<const Table> now = table();
  if (now == nullptr) return admission;
  const std::shared_ptr<CallerState> state = Find(*now, presented);
  if (state == nullptr) return Unauthenticated();
  const absl::Status entered = state->Enter(counts_as_article, clock_());
  if (!entered.ok()) return entered;
  admission.access_ = this;
  admission.state_ = state;
  admission.name_ = state->name;
  admission.presented_ = std::move(presented);
  admission.generation_ = now->generation;
  return admission;
}

}  // namespace quoth
