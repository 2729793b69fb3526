#include "server/rpc/worker_pool.h"

#include <utility>

namespace quoth {
namespace {

// Calls that go before an item that waits.
constexpr int kCallsPerItem = 3;

WorkerPool::Job TakeFirst(std::map<WorkerPool::Ticket, WorkerPool::Job>& jobs) {
  return std::move(jobs.extract(jobs.begin()).mapped());
}

}  // namespace

WorkerPool::WorkerPool(const WorkerPoolOptions& options)
    : queue_length_(options.queue_length) {
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

std::optional<WorkerPool::Ticket> WorkerPool::TrySubmit(Job job) {
  absl::MutexLock lock(&mutex_);
  if (calls_.size() >= queue_length_) return std::nullopt;
  const Ticket ticket = next_ticket_++;
  calls_.emplace(ticket, std::move(job));
  return ticket;
}

WorkerPool::Submission WorkerPool::SubmitItem(Job job, Job on_room) {
  absl::MutexLock lock(&mutex_);
  const Ticket ticket = next_ticket_++;
  // Behind those that wait already, even if there is room: first come, first
  // served.
  if (items_.size() < queue_length_ && waiting_items_.empty()) {
    items_.emplace(ticket, std::move(job));
    return {ticket, true};
  }
  waiting_items_.emplace(ticket,
                         WaitingItem{std::move(job), std::move(on_room)});
  return {ticket, false};
}

bool WorkerPool::Remove(Ticket ticket) {
  // Destroyed without the lock: a job may hold the last reference to things
  // that lock in turn.
  std::map<Ticket, Job>::node_type job;
  std::map<Ticket, WaitingItem>::node_type waiting;
  Job on_room;
  {
    absl::MutexLock lock(&mutex_);
    job = calls_.extract(ticket);
    if (job.empty()) job = items_.extract(ticket);
    if (job.empty()) waiting = waiting_items_.extract(ticket);
    on_room = LetItemIn();
  }
  if (on_room) on_room();
  return !job.empty() || !waiting.empty();
}

void WorkerPool::Work() {
  while (true) {
    Job job;
    Job on_room;
    {
      absl::MutexLock lock(&mutex_);
      mutex_.Await(absl::Condition(
          +[](WorkerPool* pool) ABSL_SHARED_LOCKS_REQUIRED(pool->mutex_) {
            return pool->HasWork() || pool->stopping_;
          },
          this));
      if (!HasWork()) return;
      job = TakeNext();
      on_room = LetItemIn();
    }
    if (on_room) on_room();
    job();
  }
}

bool WorkerPool::HasWork() const { return !calls_.empty() || !items_.empty(); }

WorkerPool::Job WorkerPool::TakeNext() {
  const bool item =
      calls_.empty() || (!items_.empty() && calls_in_a_row_ >= kCallsPerItem);
  calls_in_a_row_ = item ? 0 : calls_in_a_row_ + 1;
  return TakeFirst(item ? items_ : calls_);
}

WorkerPool::Job WorkerPool::LetItemIn() {
  if (waiting_items_.empty() || items_.size() >= queue_length_) return Job();
  auto first = waiting_items_.extract(waiting_items_.begin());
  items_.emplace(first.key(), std::move(first.mapped().job));
  return std::move(first.mapped().on_room);
}

}  // namespace quoth
