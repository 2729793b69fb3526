#include "server/rpc/security.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "server/rpc/address.h"
#include "server/rpc/callers.h"
#include "server/rpc/certificates.h"

namespace quoth {
namespace {

absl::Status WithFile(const std::string& path, const absl::Status& status) {
  return absl::Status(status.code(),
                      absl::StrCat(path, ": ", status.message()));
}

std::string FormatDay(absl::Time time) {
  return absl::FormatTime("%Y-%m-%d", time, absl::UTCTimeZone());
}

}  // namespace

Security::Security(const SecurityOptions& options)
    : options_(options), watch_(options.reload_interval) {}

absl::StatusOr<std::unique_ptr<Security>> Security::Create(
    const SecurityOptions& options, const std::string& address) {
  std::unique_ptr<Security> security(new Security(options));
  absl::Status status = security->CheckOptions(address);
  if (!status.ok()) return status;
  PortCredentialsOptions port;
  if (security->has_tls()) {
    std::vector<std::string> files = {options.tls_cert, options.tls_key};
    if (!options.tls_client_ca.empty()) files.push_back(options.tls_client_ca);
    security->watch_.Add(
        files,
        security->Reloader(&Security::LoadCertificateFiles, "certificate"));
    status = security->LoadCertificateFiles();
    if (!status.ok()) return status;
    security->WarnOfExpiry();
    port.certificates = &security->certificates_;
  }
  if (security->has_callers()) {
    security->watch_.Add({options.callers},
                         security->Reloader(&Security::LoadCallers, "callers"));
    status = security->LoadCallers();
    if (!status.ok()) return status;
    port.access = &security->access_;
  }
  security->credentials_ = std::make_unique<PortCredentials>(port);
  return security;
}

absl::Status Security::CheckOptions(const std::string& address) const {
  const absl::StatusOr<ListenAddress> parsed = ParseListenAddress(address);
  if (!parsed.ok()) return parsed.status();
  if (options_.tls_cert.empty() != options_.tls_key.empty()) {
    return absl::InvalidArgumentError(
        "tls_cert and tls_key go together: give both or neither");
  }
  if (!options_.tls_client_ca.empty() && !has_tls()) {
    return absl::InvalidArgumentError(
        "tls_client_ca needs tls_cert and tls_key");
  }
  if (options_.reload_interval <= absl::ZeroDuration()) {
    return absl::InvalidArgumentError("reload_interval is not more than 0");
  }
  if (parsed->local || has_tls()) return absl::OkStatus();
  if (has_callers()) {
    return absl::FailedPreconditionError(absl::StrCat(
        "other hosts can reach ", address,
        ", and callers' tokens would travel "
        "in plain text: give tls_cert and tls_key, or listen on loopback"));
  }
  if (!options_.insecure_listen) {
    return absl::FailedPreconditionError(absl::StrCat(
        "other hosts can reach ", address,
        ", and articles would travel in "
        "plain text: give tls_cert and tls_key, or listen on loopback, or, on "
        "a network that you trust, say insecure_listen"));
  }
  return absl::OkStatus();
}

absl::Status Security::LoadCertificateFiles() {
  absl::StatusOr<Certificates> loaded = LoadCertificates(
      {options_.tls_cert, options_.tls_key, options_.tls_client_ca},
      absl::Now());
  if (!loaded.ok()) return loaded.status();
  certificates_.Set(*std::move(loaded));
  return absl::OkStatus();
}

absl::Status Security::LoadCallers() {
  const absl::StatusOr<std::string> text =
      ReadSmallFile(options_.callers, kMaxCallersFileBytes);
  if (!text.ok()) return text.status();
  const auto callers = ParseCallers(*text);
  if (!callers.ok()) return WithFile(options_.callers, callers.status());
  for (const CallerSpec& caller : *callers) {
    if (!caller.certificates.empty() && options_.tls_client_ca.empty()) {
      return absl::InvalidArgumentError(absl::StrCat(
          options_.callers, ": line ", caller.line,
          ": certificate needs tls_client_ca: without it no client shows one"));
    }
  }
  access_.SetCallers(*callers);
  return absl::OkStatus();
}

FileWatch::Changed Security::Reloader(absl::Status (Security::*load)(),
                                      const std::string& what) {
  return [this, load, what, told = absl::Status()](bool again) mutable {
    const absl::Status status = (this->*load)();
    if (status.ok()) {
      options_.log(absl::StrCat("has taken the new ", what));
      if (load == &Security::LoadCertificateFiles) WarnOfExpiry();
    } else if (!again || status != told) {
      options_.log(
          absl::StrCat("goes on with the old ", what, ": ", status.message()));
    }
    told = status;
    return status.ok();
  };
}

void Security::WarnOfExpiry() const {
  const absl::Time expires = certificates_.Get()->expires;
  if (expires - absl::Now() > kCertificateWarning) return;
  options_.log(absl::StrCat("the certificate ", options_.tls_cert,
                            " expires on ", FormatDay(expires)));
}

std::vector<std::string> Security::Describe() const {
  std::vector<std::string> lines;
  if (has_tls()) {
    const auto certificates = certificates_.Get();
    lines.push_back(absl::StrCat(
        "TLS 1.2 or 1.3 as ", absl::StrJoin(certificates->names, ", "),
        "; the certificate expires on ", FormatDay(certificates->expires)));
    lines.push_back(options_.tls_client_ca.empty()
                        ? "clients need no certificate"
                        : absl::StrCat("clients need a certificate of one of ",
                                       certificates->client_cas, " CAs"));
  } else {
    lines.push_back("plain text, no TLS");
  }
  lines.push_back(
      has_callers()
          ? absl::StrCat("callers: ", absl::StrJoin(access_.names(), ", "))
          : "everybody who can connect is a caller");
  lines.push_back(
      absl::StrCat("reflection is ", options_.reflection ? "on" : "off",
                   ", channelz is ", options_.channelz ? "on" : "off"));
  return lines;
}

}  // namespace quoth
