#include "server/rpc/credentials.h"

#include <atomic>
#include <string>
#include <string_view>
#include <utility>

#include "google/protobuf/descriptor.h"
#include "grpc/grpc.h"
#include "grpc/grpc_security.h"
#include "grpc/slice.h"
#include "quoth/v1/attribution.grpc.pb.h"
#include "server/rpc/address.h"

namespace quoth {
namespace {

constexpr std::string_view kHealthService = "grpc.health.v1.Health";

// Credentials of the C interface, as the C++ interface wants them.
class WrappedCredentials : public grpc::ServerCredentials {
 public:
  // Takes over the reference.
  explicit WrappedCredentials(grpc_server_credentials* credentials)
      : credentials_(credentials) {}
  ~WrappedCredentials() override {
    grpc_server_credentials_release(credentials_);
  }

  // Ours is set already.
  void SetAuthMetadataProcessor(
      const std::shared_ptr<grpc::AuthMetadataProcessor>&) override {}

 private:
  int AddPortToServer(const std::string& address,
                      grpc_server* server) override {
    if (SocketIsServed(address)) return 0;
    return grpc_server_add_http2_port(server, address.c_str(), credentials_);
  }

  grpc_server_credentials* const credentials_;
};

std::string_view View(const grpc_slice& slice) {
  return std::string_view(
      reinterpret_cast<const char*>(GRPC_SLICE_START_PTR(slice)),
      GRPC_SLICE_LENGTH(slice));
}

// Whether the path of a call, "/service/Method", is of `service`.
bool IsOf(std::string_view path, std::string_view service) {
  return path.size() > service.size() + 2 && path[0] == '/' &&
         path.substr(1, service.size()) == service &&
         path[service.size() + 1] == '/';
}

// Whether it is a method of ours, which asks who the caller is itself, to
// answer with the details of errors.h. One that we do not have is nobody's to
// know.
bool AsksItself(std::string_view path) {
  static const google::protobuf::ServiceDescriptor* const service =
      google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(
          v1::AttributionService::service_full_name());
  return IsOf(path, service->full_name()) &&
         service->FindMethodByName(std::string(
             path.substr(service->full_name().size() + 2))) != nullptr;
}

void ReadCertificate(const grpc_auth_context* context, Presented& presented) {
  if (!grpc_auth_context_peer_is_authenticated(context)) return;
  for (const char* property :
       {GRPC_X509_SAN_PROPERTY_NAME, GRPC_X509_CN_PROPERTY_NAME}) {
    grpc_auth_property_iterator names =
        grpc_auth_context_find_properties_by_name(context, property);
    while (const grpc_auth_property* name =
               grpc_auth_property_iterator_next(&names)) {
      presented.certificates.emplace_back(name->value, name->value_length);
    }
  }
}

}  // namespace

void CertificateSource::Set(Certificates certificates) {
  auto next = std::make_shared<const Certificates>(std::move(certificates));
  absl::MutexLock lock(&mutex_);
  certificates_ = std::move(next);
}

std::shared_ptr<const Certificates> CertificateSource::Get() const {
  absl::MutexLock lock(&mutex_);
  return certificates_;
}

// Asked by gRPC before every handshake.
struct PortCredentials::Fetcher {
  static grpc_ssl_certificate_config_reload_status Fetch(
      void* self, grpc_ssl_server_certificate_config** config) {
    auto& fetcher = *static_cast<Fetcher*>(self);
    auto now = fetcher.source.Get();
    absl::MutexLock lock(&fetcher.mutex);
    if (now == fetcher.given)
      return GRPC_SSL_CERTIFICATE_CONFIG_RELOAD_UNCHANGED;
    const grpc_ssl_pem_key_cert_pair pair = {now->key.c_str(),
                                             now->cert.c_str()};
    *config = grpc_ssl_server_certificate_config_create(
        // gRPC 1.51 wants some, also where clients are asked for no
        // certificate, and then makes nothing of them.
        (now->client_ca.empty() ? now->cert : now->client_ca).c_str(), &pair,
        1);
    fetcher.given = std::move(now);
    return GRPC_SSL_CERTIFICATE_CONFIG_RELOAD_NEW;
  }

  const CertificateSource& source;
  absl::Mutex mutex;
  std::shared_ptr<const Certificates> given ABSL_GUARDED_BY(mutex);
};

// Asked by gRPC with the headers of every call.
struct PortCredentials::Door {
  static void Guard(void* self, grpc_auth_context* context,
                    const grpc_metadata* metadata, size_t count,
                    grpc_process_auth_metadata_done_cb done, void* user_data) {
    Door& door = *static_cast<Door*>(self);
    Presented presented;
    std::string_view path;
    for (size_t i = 0; i < count; ++i) {
      const std::string_view key = View(metadata[i].key);
      if (key == ":path") path = View(metadata[i].value);
      if (key == kAuthorizationKey) {
        ReadAuthorization(View(metadata[i].value), presented);
      }
    }
    bool open = IsOf(path, kHealthService) || AsksItself(path);
    if (!open) {
      ReadCertificate(context, presented);
      open = door.access.Identify(presented).ok();
    }
    if (!open) ++door.refused;
    done(user_data, nullptr, 0, nullptr, 0,
         open ? GRPC_STATUS_OK : GRPC_STATUS_UNAUTHENTICATED,
         open ? nullptr : "not authenticated");
  }

  Access& access;
  std::atomic<uint64_t> refused = 0;
};

PortCredentials::PortCredentials(const PortCredentialsOptions& options) {
  grpc_server_credentials* credentials = nullptr;
  if (options.certificates == nullptr) {
    credentials = grpc_insecure_server_credentials_create();
  } else {
    const bool mutual = !options.certificates->Get()->client_ca.empty();
    fetcher_.reset(new Fetcher{*options.certificates, {}, {}});
    credentials = grpc_ssl_server_credentials_create_with_options(
        grpc_ssl_server_credentials_create_options_using_config_fetcher(
            mutual ? GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY
                   : GRPC_SSL_DONT_REQUEST_CLIENT_CERTIFICATE,
            &Fetcher::Fetch, fetcher_.get()));
  }
  if (options.access != nullptr) {
    door_.reset(new Door{*options.access});
    grpc_server_credentials_set_auth_metadata_processor(
        credentials, {&Door::Guard, nullptr, door_.get()});
  }
  credentials_ = std::make_shared<WrappedCredentials>(credentials);
}

uint64_t PortCredentials::refused_calls() const {
  return door_ == nullptr ? 0 : door_->refused.load();
}

PortCredentials::~PortCredentials() = default;

}  // namespace quoth
