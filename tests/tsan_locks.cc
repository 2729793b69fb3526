// Tells ThreadSanitizer about Abseil's locks.
//
// The distribution's Abseil and gRPC are not built for the sanitizer, which
// therefore does not see that an absl::Mutex orders anything, and would report
// a race for everything that one guards. This library stands before Abseil's
// in the order in which symbols are looked up: its functions call the real ones
// and tell the sanitizer what they guarantee. gRPC's own locks come through
// here as well. Only builds with QUOTH_SANITIZE=thread have it.

#include <dlfcn.h>
#include <sanitizer/tsan_interface.h>

#include <cstring>

#include "absl/synchronization/mutex.h"
#include "absl/synchronization/notification.h"

// The sanitizer's: no reads of this thread are reported in between.
extern "C" void AnnotateIgnoreReadsBegin(const char* file, int line);
extern "C" void AnnotateIgnoreReadsEnd(const char* file, int line);

namespace {

// The function of the same name that comes next in the order of look-up.
// A pointer to a function that is a member and not virtual is the function's
// address and an offset (Itanium C++ ABI, 2.3).
template <typename Method>
Method Next(Method method) {
  void* parts[2];
  static_assert(sizeof(method) == sizeof(parts));
  std::memcpy(parts, &method, sizeof(parts));
  Dl_info info;
  dladdr(parts[0], &info);
  parts[0] = dlsym(RTLD_NEXT, info.dli_sname);
  std::memcpy(&method, parts, sizeof(parts));
  return method;
}

// Conditions of waiting threads are evaluated by whoever unlocks, and by the
// waiting threads themselves, under orders that only the real functions know.
class IgnoreReads {
 public:
  IgnoreReads() { AnnotateIgnoreReadsBegin(__FILE__, __LINE__); }
  ~IgnoreReads() { AnnotateIgnoreReadsEnd(__FILE__, __LINE__); }
};

// Calls the real function.
template <auto method, typename Object, typename... Args>
auto Real(Object* object, const Args&... args) {
  static const auto next = Next(method);
  const IgnoreReads ignore;
  return (object->*next)(args...);
}

// What a thread did before it waits, and what others did before it goes on.
class Handover {
 public:
  explicit Handover(void* lock) : lock_(lock) { __tsan_release(lock_); }
  ~Handover() { __tsan_acquire(lock_); }

 private:
  void* lock_;
};

}  // namespace

namespace absl {
ABSL_NAMESPACE_BEGIN

void Mutex::Lock() {
  Real<&Mutex::Lock>(this);
  __tsan_acquire(this);
}

void Mutex::ReaderLock() {
  Real<&Mutex::ReaderLock>(this);
  __tsan_acquire(this);
}

bool Mutex::TryLock() {
  const bool got = Real<&Mutex::TryLock>(this);
  if (got) __tsan_acquire(this);
  return got;
}

bool Mutex::ReaderTryLock() {
  const bool got = Real<&Mutex::ReaderTryLock>(this);
  if (got) __tsan_acquire(this);
  return got;
}

void Mutex::Unlock() {
  __tsan_release(this);
  Real<&Mutex::Unlock>(this);
}

void Mutex::ReaderUnlock() {
  __tsan_release(this);
  Real<&Mutex::ReaderUnlock>(this);
}

void Mutex::LockWhen(const Condition& condition) {
  const Handover handover(this);
  Real<&Mutex::LockWhen>(this, condition);
}

bool Mutex::LockWhenWithTimeout(const Condition& condition, Duration timeout) {
  const Handover handover(this);
  return Real<&Mutex::LockWhenWithTimeout>(this, condition, timeout);
}

bool Mutex::LockWhenWithDeadline(const Condition& condition, Time deadline) {
  const Handover handover(this);
  return Real<&Mutex::LockWhenWithDeadline>(this, condition, deadline);
}

void Mutex::ReaderLockWhen(const Condition& condition) {
  const Handover handover(this);
  Real<&Mutex::ReaderLockWhen>(this, condition);
}

void Mutex::Await(const Condition& condition) {
  const Handover handover(this);
  Real<&Mutex::Await>(this, condition);
}

bool Mutex::AwaitWithTimeout(const Condition& condition, Duration timeout) {
  const Handover handover(this);
  return Real<&Mutex::AwaitWithTimeout>(this, condition, timeout);
}

bool Mutex::AwaitWithDeadline(const Condition& condition, Time deadline) {
  const Handover handover(this);
  return Real<&Mutex::AwaitWithDeadline>(this, condition, deadline);
}

void CondVar::Wait(Mutex* mutex) {
  const Handover handover(mutex);
  Real<&CondVar::Wait>(this, mutex);
}

bool CondVar::WaitWithTimeout(Mutex* mutex, Duration timeout) {
  const Handover handover(mutex);
  return Real<&CondVar::WaitWithTimeout>(this, mutex, timeout);
}

bool CondVar::WaitWithDeadline(Mutex* mutex, Time deadline) {
  const Handover handover(mutex);
  return Real<&CondVar::WaitWithDeadline>(this, mutex, deadline);
}

void Notification::Notify() {
  __tsan_release(this);
  Real<&Notification::Notify>(this);
}

void Notification::WaitForNotification() const {
  Real<&Notification::WaitForNotification>(this);
  __tsan_acquire(const_cast<Notification*>(this));
}

bool Notification::WaitForNotificationWithTimeout(Duration timeout) const {
  const bool got =
      Real<&Notification::WaitForNotificationWithTimeout>(this, timeout);
  if (got) __tsan_acquire(const_cast<Notification*>(this));
  return got;
}

bool Notification::WaitForNotificationWithDeadline(Time deadline) const {
  const bool got =
      Real<&Notification::WaitForNotificationWithDeadline>(this, deadline);
  if (got) __tsan_acquire(const_cast<Notification*>(this));
  return got;
}

ABSL_NAMESPACE_END
}  // namespace absl
