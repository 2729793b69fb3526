#include "server/rpc/worker_pool.h"

#include <algorithm>
#include <utility>

#include "absl/time/clock.h"

namespace quoth {
namespace {

// Calls that go before an item that waits.
constexpr int kCallsPerItem = 3;

// What a job costs besides its bytes, in bytes: parsing, answering, handing
// over. Keeps a queue of the shortest texts from looking free.
constexpr double kFixedCost = 1000;

// What is left of a job's weight after the next one: the last fifty or so
// count.
constexpr double kMemory = 0.98;

// A call is let in if this many times what it should take fits before its
// deadline. Articles differ, and so does what else the machine does: without
// this, half of those at the limit would be read in vain.
constexpr double kMargin = 1.3;

double CostOf(size_t bytes) { return kFixedCost + static_cast<double>(bytes); }

}  // namespace

void WorkerPool::Queue::Push(Ticket ticket, Waiting waiting) {
  cost += waiting.cost;
  jobs.emplace(ticket, std::move(waiting));
}

std::map<WorkerPool::Ticket, WorkerPool::Waiting>::node_type
WorkerPool::Queue::Take(Ticket ticket) {
  auto node = jobs.extract(ticket);
  if (!node.empty()) cost -= node.mapped().cost;
  if (jobs.empty()) cost = 0;  // Whatever rounding has left.
  return node;
}

WorkerPool::Waiting WorkerPool::Queue::TakeFirst() {
  return std::move(Take(jobs.begin()->first).mapped());
}

WorkerPool::WorkerPool(const WorkerPoolOptions& options) : options_(options) {
  threads_.reserve(options.workers);
  for (int i = 0; i < options.workers; ++i) {
    threads_.emplace_back([this] { Work(); });
  }
}

WorkerPool::~WorkerPool() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
  }
  for (std::thread& thread : threads_) thread.join();
}

std::optional<WorkerPool::Ticket> WorkerPool::TrySubmit(Job job,
                                                        const Demand& demand) {
  const double cost = CostOf(demand.bytes);
  const absl::Time now = absl::Now();
  absl::MutexLock lock(&mutex_);
  if (calls_.jobs.size() >= static_cast<size_t>(options_.queue_length)) {
    return std::nullopt;
  }
  // Where nobody waits, nothing is gained by a refusal, and the estimate may be
  // wrong: what comes in corrects it.
  if (!calls_.jobs.empty()) {
    const absl::Duration wait = absl::Seconds(SecondsToWait());
    if (wait > options_.max_expected_wait ||
        now + kMargin * (wait + absl::Seconds(SecondsFor(cost))) >
            demand.deadline) {
      return std::nullopt;
    }
  }
  const Ticket ticket = next_ticket_++;
  calls_.Push(ticket, {std::move(job), cost, {}});
  return ticket;
}

WorkerPool::Submission WorkerPool::SubmitItem(Job job, Job on_room,
                                              size_t bytes) {
  const double cost = CostOf(bytes);
  absl::MutexLock lock(&mutex_);
  const Ticket ticket = next_ticket_++;
  // Behind those that wait already, even if there is room: first come, first
  // served.
  if (items_.jobs.size() < static_cast<size_t>(options_.queue_length) &&
      waiting_items_.jobs.empty()) {
    items_.Push(ticket, {std::move(job), cost, {}});
    return {ticket, true};
  }
  waiting_items_.Push(ticket, {std::move(job), cost, std::move(on_room)});
  return {ticket, false};
}

bool WorkerPool::Remove(Ticket ticket) {
  // Destroyed without the lock: a job may hold the last reference to things
  // that lock in turn.
  std::map<Ticket, Waiting>::node_type removed;
  Job on_room;
  {
    absl::MutexLock lock(&mutex_);
    removed = calls_.Take(ticket);
    if (removed.empty()) removed = items_.Take(ticket);
    if (removed.empty()) removed = waiting_items_.Take(ticket);
    on_room = LetItemIn();
  }
  if (on_room) on_room();
  return !removed.empty();
}

void WorkerPool::Learn(size_t bytes, absl::Duration work) {
  absl::MutexLock lock(&mutex_);
  learned_cost_ = kMemory * learned_cost_ + CostOf(bytes);
  learned_seconds_ = kMemory * learned_seconds_ + absl::ToDoubleSeconds(work);
}

absl::Duration WorkerPool::ExpectedWait() const {
  absl::MutexLock lock(&mutex_);
  return absl::Seconds(SecondsToWait());
}

PoolLevels WorkerPool::levels() const {
  absl::MutexLock lock(&mutex_);
  return {calls_.jobs.size(), items_.jobs.size(), waiting_items_.jobs.size(),
          busy_workers_};
}

double WorkerPool::SecondsFor(double cost) const {
  return learned_cost_ == 0 ? 0 : cost * learned_seconds_ / learned_cost_;
}

double WorkerPool::SecondsToWait() const {
  // The calls before it; the items that go between them; and of what runs,
  // which is somewhere between its beginning and its end, half.
  const double cost = calls_.cost +
                      std::min(items_.cost, calls_.cost / kCallsPerItem) +
                      running_cost_ / 2;
  return SecondsFor(cost) / options_.workers;
}

void WorkerPool::Work() {
  while (true) {
    Waiting next;
    Job on_room;
    {
      absl::MutexLock lock(&mutex_);
      mutex_.Await(absl::Condition(
          +[](WorkerPool* pool) ABSL_SHARED_LOCKS_REQUIRED(pool->mutex_) {
            return pool->HasWork() || pool->stopping_;
          },
          this));
      if (!HasWork()) return;
      next = TakeNext();
      on_room = LetItemIn();
      running_cost_ += next.cost;
      ++busy_workers_;
    }
    if (on_room) on_room();
    next.job();
    next.job = {};  // Before it counts as over: it may hold a call's memory.
    absl::MutexLock lock(&mutex_);
    --busy_workers_;
    running_cost_ = busy_workers_ == 0 ? 0 : running_cost_ - next.cost;
  }
}

bool WorkerPool::HasWork() const {
  return !calls_.jobs.empty() || !items_.jobs.empty();
}

WorkerPool::Waiting WorkerPool::TakeNext() {
  const bool item = calls_.jobs.empty() ||
                    (!items_.jobs.empty() && calls_in_a_row_ >= kCallsPerItem);
  calls_in_a_row_ = item ? 0 : calls_in_a_row_ + 1;
  return (item ? items_ : calls_).TakeFirst();
}

WorkerPool::Job WorkerPool::LetItemIn() {
  if (waiting_items_.jobs.empty() ||
      items_.jobs.size() >= static_cast<size_t>(options_.queue_length)) {
    return Job();
  }
  const Ticket ticket = waiting_items_.jobs.begin()->first;
  Waiting first = waiting_items_.TakeFirst();
  Job on_room = std::move(first.on_room);
  items_.Push(ticket, std::move(first));
  return on_room;
}

}  // namespace quoth
