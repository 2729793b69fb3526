#include "server/rpc/server.h"

#include <algorithm>
#include <chrono>
#include <thread>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "grpcpp/ext/channelz_service_plugin.h"
#include "grpcpp/ext/proto_server_reflection_plugin.h"
#include "grpcpp/health_check_service_interface.h"
#include "grpcpp/impl/server_builder_option.h"
#include "grpcpp/impl/server_builder_plugin.h"
#include "grpcpp/resource_quota.h"
#include "grpcpp/server.h"
#include "grpcpp/server_builder.h"
#include "server/rpc/address.h"
#include "server/rpc/metrics_page.h"
#include "server/rpc/service.h"
#include "server/rpc/telemetry.h"

namespace quoth {
namespace {

// What calls to the other services (reflection, a watch on the health) get
// once ours are over: time to end, not to go on.
constexpr absl::Duration kStragglerTimeout = absl::Milliseconds(200);

int Milliseconds(absl::Duration duration) {
  return static_cast<int>(absl::ToInt64Milliseconds(duration));
}

absl::StatusOr<WorkerPoolOptions> PoolOptions(const ServerOptions& options) {
  if (options.workers < 0 || options.workers > kMaxWorkers) {
    return absl::InvalidArgumentError(absl::StrCat(
        "workers is ", options.workers, ", not from 0 to ", kMaxWorkers));
  }
  if (options.queue_length < 0 || options.queue_length > kMaxQueueLength) {
    return absl::InvalidArgumentError(
        absl::StrCat("queue_length is ", options.queue_length,
                     ", not from 0 to ", kMaxQueueLength));
  }
  WorkerPoolOptions pool;
  pool.workers = options.workers;
  if (pool.workers == 0) {
    pool.workers =
        std::clamp<int>(std::thread::hardware_concurrency(), 1, kMaxWorkers);
  }
  pool.queue_length = options.queue_length;
  if (pool.queue_length == 0) {
    pool.queue_length = kQueuedCallsPerWorker * pool.workers;
  }
  pool.max_expected_wait = kMaxExpectedWait;
  return pool;
}

void SetLimits(const ConnectionTimes& times, grpc::ServerBuilder& builder) {
  builder.SetMaxReceiveMessageSize(kMaxMessageBytes);
  for (const grpc_compression_algorithm algorithm :
       {GRPC_COMPRESS_GZIP, GRPC_COMPRESS_DEFLATE}) {
    builder.SetCompressionAlgorithmSupportStatus(algorithm,
                                                 kTakesCompressedMessages);
  }
  builder.AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS,
                             kMaxCallsPerConnection);
  builder.AddChannelArgument(GRPC_ARG_MAX_METADATA_SIZE, kMaxMetadataBytes);
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_AGE_MS,
                             Milliseconds(times.connection_age));
  builder.AddChannelArgument(GRPC_ARG_MAX_CONNECTION_IDLE_MS,
                             Milliseconds(times.connection_idle));
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS,
                             Milliseconds(times.keepalive_time));
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS,
                             Milliseconds(times.keepalive_timeout));
  builder.AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  builder.AddChannelArgument(
      GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS,
      Milliseconds(kMinPingInterval));
  builder.AddChannelArgument(GRPC_ARG_SERVER_HANDSHAKE_TIMEOUT_MS,
                             Milliseconds(times.handshake_timeout));
  // gRPC 1.51 sizes its window by probing the connection, and now and then
  // waits 10 s for a probe while a large message stands still.
  builder.AddChannelArgument(GRPC_ARG_HTTP2_BDP_PROBE, 0);
  grpc::ResourceQuota quota("quoth");
  quota.Resize(kMaxTransportBytes);
  quota.SetMaxThreads(kMaxSynchronousThreads);
  builder.SetResourceQuota(quota);
  using Option = grpc::ServerBuilder::SyncServerOption;
  builder.SetSyncServerOption(Option::NUM_CQS, 1);
  builder.SetSyncServerOption(Option::MIN_POLLERS, 1);
  builder.SetSyncServerOption(Option::MAX_POLLERS, 2);
}

// The address of the metrics in full; FailedPrecondition if other hosts would
// reach it and nobody has said that they may.
absl::StatusOr<std::string> MetricsAddress(const ServerOptions& options) {
  absl::StatusOr<std::string> full =
      MetricsPage::FullAddress(options.metrics_address);
  if (!full.ok()) return full.status();
  const absl::StatusOr<ListenAddress> parsed = ParseListenAddress(*full);
  if (!parsed.ok()) return parsed.status();
  if (!parsed->local && !options.insecure_metrics &&
      !options.security.insecure_listen) {
    return absl::FailedPreconditionError(absl::StrCat(
        "other hosts can reach the metrics on ", *full,
        ", in plain text and without a login: listen on loopback, or, on a "
        "network that you trust, say insecure_metrics"));
  }
  return full;
}

// Takes out the services of gRPC that are not wanted.
class ChosenServices : public grpc::ServerBuilderOption {
 public:
  explicit ChosenServices(const SecurityOptions& options) : options_(options) {}

  void UpdateArguments(grpc::ChannelArguments* arguments) override {
    arguments->SetInt(GRPC_ARG_ENABLE_CHANNELZ, options_.channelz);
  }
  void UpdatePlugins(std::vector<std::unique_ptr<grpc::ServerBuilderPlugin>>*
                         plugins) override {
    std::erase_if(*plugins, [this](const auto& plugin) {
      return (!options_.reflection &&
              plugin->name() == "proto_server_reflection") ||
             (!options_.channelz && plugin->name() == "channelz_service");
    });
  }

 private:
  const SecurityOptions options_;
};

}  // namespace

std::string_view ServerVersion() { return QUOTH_VERSION; }

struct Server::Impl {
  Impl(const Extractor& extractor, std::unique_ptr<Security> secured,
       const WorkerPoolOptions& pool, const ServerOptions& options)
      : security(std::move(secured)),
        telemetry(extractor.model_version(), options.request_log),
        service(extractor, security->access(), telemetry, pool,
                {.stream_idle = options.connections.stream_idle,
                 .unsent_bytes = options.max_unsent_bytes}) {
    telemetry.metrics().SetLevels([this] {
      Levels levels = service.levels();
      levels.dropped_log_lines = telemetry.log().dropped();
      levels.refused_at_door = security->refused_calls();
      return levels;
    });
  }

  std::unique_ptr<Security> security;
  Telemetry telemetry;
  AttributionServiceImpl service;
  std::unique_ptr<grpc::Server> server;  // Before the service goes.
  int port = 0;
  absl::Duration drain_timeout;
  absl::Mutex shutdown_mutex;
  bool shut_down ABSL_GUARDED_BY(shutdown_mutex) = false;
  std::unique_ptr<MetricsPage> metrics_page;  // Before what it asks goes.
};

absl::StatusOr<std::unique_ptr<Server>> Server::Start(
    const Extractor& extractor, const ServerOptions& options) {
  const absl::StatusOr<ListenAddress> address =
      ParseListenAddress(options.address);
  if (!address.ok()) return address.status();
  const absl::StatusOr<WorkerPoolOptions> pool = PoolOptions(options);
  if (!pool.ok()) return pool.status();
  absl::StatusOr<std::unique_ptr<Security>> security =
      Security::Create(options.security, options.address);
  if (!security.ok()) return security.status();
  std::string metrics_address;
  if (!options.metrics_address.empty()) {
    absl::StatusOr<std::string> full = MetricsAddress(options);
    if (!full.ok()) return full.status();
    metrics_address = *std::move(full);
  }

  // These register with every builder made after them; ChosenServices has the
  // last word.
  grpc::EnableDefaultHealthCheckService(true);
  grpc::reflection::InitProtoReflectionServerBuilderPlugin();
  if (options.security.channelz) {
    grpc::channelz::experimental::InitChannelzService();
  }

  auto impl =
      std::make_unique<Impl>(extractor, *std::move(security), *pool, options);
  if (!metrics_address.empty()) {
    auto page = MetricsPage::Start(metrics_address, impl->telemetry.metrics());
    if (!page.ok()) return page.status();
    impl->metrics_page = *std::move(page);
  }
  impl->drain_timeout = options.drain_timeout;
  grpc::ServerBuilder builder;
  SetLimits(options.connections, builder);
  // Otherwise two servers could share the port, each with half of the calls.
  builder.AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  builder.SetOption(std::make_unique<ChosenServices>(options.security));
  builder.AddListeningPort(options.address, impl->security->credentials(),
                           &impl->port);
  builder.RegisterService(&impl->service);
  impl->server = builder.BuildAndStart();
  if (impl->server == nullptr || impl->port == 0) {
    return absl::UnavailableError(
        absl::StrCat("cannot listen on ", options.address,
                     ": is the port in use, or the address another host's?"));
  }
  if (address->is_socket) impl->port = 0;
  impl->security->Watch();
  impl->server->GetHealthCheckService()->SetServingStatus(
      v1::AttributionService::service_full_name(), true);
  return std::unique_ptr<Server>(new Server(std::move(impl)));
}

absl::StatusOr<std::vector<std::string>> Server::Check(
    const ServerOptions& options) {
  const absl::StatusOr<WorkerPoolOptions> pool = PoolOptions(options);
  if (!pool.ok()) return pool.status();
  const auto security = Security::Create(options.security, options.address);
  if (!security.ok()) return security.status();
  const absl::Status can_listen = CheckCanListen(options.address);
  if (!can_listen.ok()) return can_listen;
  std::vector<std::string> lines = (*security)->Describe();
  lines.push_back(absl::StrCat(pool->workers, " workers, before which ",
                               pool->queue_length, " calls may wait"));
  if (!options.metrics_address.empty()) {
    const absl::StatusOr<std::string> metrics = MetricsAddress(options);
    if (!metrics.ok()) return metrics.status();
    const absl::Status can_serve = CheckCanListen(*metrics);
    if (!can_serve.ok()) return can_serve;
    lines.push_back(absl::StrCat("metrics for Prometheus on ", *metrics));
  }
  return lines;
}

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Server::~Server() { Shutdown(); }

int Server::port() const { return impl_->port; }

int Server::metrics_port() const {
  return impl_->metrics_page == nullptr ? 0 : impl_->metrics_page->port();
}

void Server::Shutdown() {
  absl::MutexLock lock(&impl_->shutdown_mutex);
  if (impl_->shut_down) return;
  impl_->shut_down = true;
  // The port stays open meanwhile: whoever asks for the health must be told,
  // and a refused call is a clearer answer than a refused connection.
  impl_->server->GetHealthCheckService()->Shutdown();
  LiveCalls& live = impl_->service.live_calls();
  live.Drain();
  live.AwaitIdle(absl::Now() + impl_->drain_timeout);
  live.AwaitQuiet(kQuietBeforeClose, absl::Now() + kMaxWaitForQuiet);
  impl_->server->Shutdown(std::chrono::system_clock::now() +
                          absl::ToChronoMilliseconds(kStragglerTimeout));
  impl_->server->Wait();
  live.AwaitIdle(absl::InfiniteFuture());
}

}  // namespace quoth
