#include "server/rpc/metrics.h"

#include <atomic>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "prometheus/collectable.h"
#include "prometheus/counter.h"
#include "prometheus/family.h"
#include "prometheus/gauge.h"
#include "prometheus/histogram.h"
#include "prometheus/metric_family.h"
#include "prometheus/registry.h"
#include "prometheus/text_serializer.h"
#include "server/rpc/process_stats.h"
#include "server/rpc/server.h"

namespace quoth {
namespace {

using prometheus::Counter;
using prometheus::Family;
using prometheus::Histogram;
using prometheus::Labels;
using prometheus::MetricFamily;
using prometheus::MetricType;
using prometheus::Registry;
using Buckets = Histogram::BucketBoundaries;

// As gRFC A66 has them; of sizes, up to what our limits let through.
const Buckets& LatencyBuckets() {
  static const Buckets& buckets = *new Buckets{
      0,     0.00001, 0.00005, 0.0001, 0.0003, 0.0006, 0.0008, 0.001, 0.002,
      0.003, 0.004,   0.005,   0.006,  0.008,  0.01,   0.013,  0.016, 0.02,
      0.025, 0.03,    0.04,    0.05,   0.065,  0.08,   0.1,    0.13,  0.16,
      0.2,   0.25,    0.3,     0.4,    0.5,    0.65,   0.8,    1,     2,
      5,     10,      20,      50,     100};
  return buckets;
}
const Buckets& SizeBuckets() {
  static const Buckets& buckets =
      *new Buckets{0,      1024,    2048,    4096,     16384,   65536,
                   262144, 1048576, 4194304, 16777216, 67108864};
  return buckets;
}
// Of an article's stages and its time in the queue: from the shortest text to
// the longest.
const Buckets& StageBuckets() {
  static const Buckets& buckets = *new Buckets{
      0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30};
  return buckets;
}
const Buckets& ClaimBuckets() {
  static const Buckets& buckets =
      *new Buckets{0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000};
  return buckets;
}

constexpr const char* kStages[] = {"text", "model", "claims", "speakers",
                                   "conversion"};
constexpr int kStageCount = 5;

Family<Counter>& AddCounter(Registry& registry, const char* name,
                            const char* help) {
  return prometheus::BuildCounter().Name(name).Help(help).Register(registry);
}
Family<Histogram>& AddHistogram(Registry& registry, const char* name,
                                const char* help) {
  return prometheus::BuildHistogram().Name(name).Help(help).Register(registry);
}

// One of a family for each method and code, made when it is first needed: most
// pairs never are.
class ByMethodAndCode {
 public:
  ByMethodAndCode(Family<Histogram>& family, const Buckets& buckets)
      : family_(family), buckets_(buckets) {}

  void Observe(Method method, absl::StatusCode code, double value) {
    int index = static_cast<int>(code);
    if (index < 0 || index >= kStatusCodes) index = 2;  // UNKNOWN.
    std::atomic<Histogram*>& slot = slots_[static_cast<int>(method)][index];
    Histogram* histogram = slot.load(std::memory_order_acquire);
    if (histogram == nullptr) {
      // Whoever comes at the same time gets the same one.
      histogram = &family_.Add({{"grpc_method", std::string(FullName(method))},
                                {"grpc_status", std::string(CodeName(code))}},
                               buckets_);
      slot.store(histogram, std::memory_order_release);
    }
    histogram->Observe(value);
  }

 private:
  Family<Histogram>& family_;
  const Buckets& buckets_;
  std::atomic<Histogram*> slots_[kMethods][kStatusCodes] = {};
};

double Seconds(absl::Duration duration) {
  return absl::ToDoubleSeconds(duration);
}

// A family of one kind that is not counted but asked for.
MetricFamily Asked(
    const char* name, const char* help, MetricType type,
    std::vector<std::pair<prometheus::ClientMetric::Label, double>> values) {
  MetricFamily family;
  family.name = name;
  family.help = help;
  family.type = type;
  for (auto& [label, value] : values) {
    prometheus::ClientMetric metric;
    if (!label.name.empty()) metric.label.push_back(std::move(label));
    (type == MetricType::Counter ? metric.counter.value : metric.gauge.value) =
        value;
    family.metric.push_back(std::move(metric));
  }
  return family;
}

MetricFamily Gauge(const char* name, const char* help, double value) {
  return Asked(name, help, MetricType::Gauge, {{{}, value}});
}
MetricFamily Total(const char* name, const char* help, double value) {
  return Asked(name, help, MetricType::Counter, {{{}, value}});
}

void AddLevels(const Levels& levels, uint64_t refused_by_service,
               std::vector<MetricFamily>& out) {
  out.push_back(Asked(
      "quoth_queue_depth", "Calls and items of streams that wait for a worker.",
      MetricType::Gauge,
      {{{"kind", "call"}, static_cast<double>(levels.queued_calls)},
       {{"kind", "item"}, static_cast<double>(levels.queued_items)}}));
  out.push_back(Gauge("quoth_queue_length",
                      "The most that may wait, of each kind.",
                      static_cast<double>(levels.queue_length)));
  out.push_back(Gauge("quoth_streams_without_room",
                      "Streams that wait for room in the queue.",
                      static_cast<double>(levels.items_without_room)));
  out.push_back(Gauge("quoth_workers", "Articles that may be read at a time.",
                      levels.workers));
  out.push_back(Gauge("quoth_workers_busy",
                      "Articles that are being read or answered.",
                      levels.busy_workers));
  out.push_back(Gauge("quoth_calls_live", "Unary calls that are not over.",
                      levels.live_calls));
  out.push_back(Gauge("quoth_streams_open", "Streams that are open.",
                      levels.open_streams));
  out.push_back(Total("quoth_request_log_dropped_total",
                      "Lines that the request log had no room for.",
                      static_cast<double>(levels.dropped_log_lines)));
  out.push_back(Total(
      "quoth_unauthenticated_total",
      "Calls refused since nobody knows who makes them, whatever they asked "
      "for. Of those for other services than ours this is all that is told.",
      static_cast<double>(refused_by_service + levels.refused_at_door)));
}

void AddProcess(const ProcessStats& stats, std::vector<MetricFamily>& out) {
  out.push_back(Gauge("process_resident_memory_bytes", "Resident memory.",
                      static_cast<double>(stats.resident_bytes)));
  out.push_back(Gauge("process_virtual_memory_bytes", "Virtual memory.",
                      static_cast<double>(stats.virtual_bytes)));
  out.push_back(Total("process_cpu_seconds_total", "User and system CPU time.",
                      stats.cpu_seconds));
  out.push_back(Gauge("process_start_time_seconds",
                      "When it started, since 1970.", stats.start_time));
  out.push_back(
      Gauge("process_threads", "Threads.", static_cast<double>(stats.threads)));
  out.push_back(Gauge("process_open_fds", "Open file descriptors.",
                      static_cast<double>(stats.open_files)));
  out.push_back(Gauge("process_max_fds", "The most that may be open.",
                      static_cast<double>(stats.max_open_files)));
}

// What was counted, and what is asked for when the page is made.
class Source : public prometheus::Collectable {
 public:
  void SetLevels(std::function<Levels()> levels) {
    absl::MutexLock lock(&mutex_);
    levels_ = std::move(levels);
  }

  std::vector<MetricFamily> Collect() const override {
    std::vector<MetricFamily> families = registry.Collect();
    {
      absl::MutexLock lock(&mutex_);
      if (levels_) AddLevels(levels_(), unauthenticated, families);
    }
    AddProcess(ReadProcessStats(), families);
    return families;
  }

  Registry registry;
  std::atomic<uint64_t> unauthenticated = 0;  // Calls of our own service.

 private:
  mutable absl::Mutex mutex_;
  std::function<Levels()> levels_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace

struct Metrics::Impl {
  explicit Impl(const std::string& model_version);

  std::shared_ptr<Source> source = std::make_shared<Source>();
  Registry& registry = source->registry;

  // ---- Calls: gRPC's names ----
  Family<Counter>& started = AddCounter(
      registry, "grpc_server_call_started_total", "Calls that came in.");
  Counter* started_by_method[kMethods];
  ByMethodAndCode duration{
      AddHistogram(registry, "grpc_server_call_duration_seconds",
                   "From a call's arrival to its end."),
      LatencyBuckets()};
  ByMethodAndCode sent{
      AddHistogram(registry,
                   "grpc_server_call_sent_total_compressed_message_size_bytes",
                   "Of all messages sent in a call."),
      SizeBuckets()};
  ByMethodAndCode received{
      AddHistogram(registry,
                   "grpc_server_call_rcvd_total_compressed_message_size_bytes",
                   "Of all messages received in a call."),
      SizeBuckets()};

  // ---- Articles, in calls and in streams ----
  Counter& articles = AddCounter(registry, "quoth_articles_total",
                                 "Articles that were read and answered.")
                          .Add({});
  Counter& words =
      AddCounter(registry, "quoth_words_total", "Words of those articles.")
          .Add({});
  Counter& pieces = AddCounter(registry, "quoth_pieces_total",
                               "Word pieces of those articles, which are what "
                               "the model reads.")
                        .Add({});
  Histogram& claims = AddHistogram(registry, "quoth_claims_per_article",
                                   "Claims in an article's answer.")
                          .Add({}, ClaimBuckets());
  Histogram& queue = AddHistogram(registry, "quoth_queue_wait_seconds",
                                  "How long articles waited for a worker.")
                         .Add({}, StageBuckets());
  Histogram* stages[kStageCount];
  Family<Counter>& failed = AddCounter(
      registry, "quoth_requests_failed_total",
      "Calls, streams and items of streams that ended with an error, by the "
      "reason of its ErrorInfo.");
  Counter& items = AddCounter(registry, "quoth_stream_items_total",
                              "Items of streams that were answered.")
                       .Add({});
};

Metrics::Impl::Impl(const std::string& model_version) {
  for (int i = 0; i < kMethods; ++i) {
    started_by_method[i] = &started.Add(
        {{"grpc_method", std::string(FullName(static_cast<Method>(i)))}});
  }
  Family<Histogram>& stage =
      AddHistogram(registry, "quoth_stage_duration_seconds",
                   "What the stages of the work on an article took.");
  for (int i = 0; i < kStageCount; ++i) {
    stages[i] = &stage.Add({{"stage", kStages[i]}}, StageBuckets());
  }
  prometheus::BuildGauge()
      .Name("quoth_build_info")
      .Help("1; what runs is in the labels.")
      .Register(registry)
      .Add({{"version", std::string(ServerVersion())},
            {"model_version", model_version}})
      .Set(1);
}

Metrics::Metrics(const std::string& model_version)
    : impl_(std::make_unique<Impl>(model_version)) {}

Metrics::~Metrics() = default;

void Metrics::SetLevels(std::function<Levels()> levels) {
  impl_->source->SetLevels(std::move(levels));
}

void Metrics::Start(Method method) {
  impl_->started_by_method[static_cast<int>(method)]->Increment();
}

void Metrics::Finish(const CallRecord& record) {
  const WorkRecord& work = record.work;
  if (record.item == 0) {
    const absl::StatusCode code = work.outcome.code;
    impl_->duration.Observe(record.method, code, Seconds(record.total));
    impl_->sent.Observe(record.method, code,
                        static_cast<double>(record.bytes_out));
    impl_->received.Observe(record.method, code,
                            static_cast<double>(record.bytes_in));
    if (code == absl::StatusCode::kUnauthenticated) {
      ++impl_->source->unauthenticated;
    }
  } else {
    impl_->items.Increment();
  }
  if (work.outcome.code != absl::StatusCode::kOk) {
    impl_->failed.Add({{"reason", work.outcome.reason}}).Increment();
  }
  if (!work.read) return;
  impl_->queue.Observe(Seconds(record.queue));
  // Of work that was cut short the stages would say too little.
  if (work.outcome.code != absl::StatusCode::kOk) return;
  impl_->articles.Increment();
  impl_->words.Increment(static_cast<double>(work.engine.words));
  impl_->pieces.Increment(static_cast<double>(work.engine.pieces));
  impl_->claims.Observe(static_cast<double>(work.claims));
  const absl::Duration stages[kStageCount] = {
      work.engine.text, work.engine.model, work.engine.claims,
      work.engine.speakers, work.conversion};
  for (int i = 0; i < kStageCount; ++i) {
    impl_->stages[i]->Observe(Seconds(stages[i]));
  }
}

std::string Metrics::Page() const {
  return prometheus::TextSerializer().Serialize(impl_->source->Collect());
}

std::shared_ptr<prometheus::Collectable> Metrics::collectable() const {
  return impl_->source;
}

}  // namespace quoth
