#include "server/rpc/certificates.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <ctime>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "server/rpc/file_watch.h"
#include "server/rpc/limits.h"

namespace quoth {
namespace {

template <auto kFree>
struct Freer {
  template <typename T>
  void operator()(T* p) const {
    kFree(p);
  }
};
using Bio = std::unique_ptr<BIO, Freer<BIO_free>>;
using X509Ptr = std::unique_ptr<X509, Freer<X509_free>>;
using Key = std::unique_ptr<EVP_PKEY, Freer<EVP_PKEY_free>>;
using Context = std::unique_ptr<SSL_CTX, Freer<SSL_CTX_free>>;
using Names = std::unique_ptr<GENERAL_NAMES, Freer<GENERAL_NAMES_free>>;

Bio Open(const std::string& pem) {
  return Bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
}

absl::Status Wrong(const std::string& path, absl::string_view what) {
  // OpenSSL keeps its errors for whoever asks next on this thread: gRPC.
  ERR_clear_error();
  return absl::InvalidArgumentError(absl::StrCat(path, " ", what));
}

// Nobody is there to be asked.
int NoPassphrase(char*, int, int, void*) { return -1; }

// All of them, at least one.
absl::StatusOr<std::vector<X509Ptr>> ParseChain(const std::string& path,
                                                const std::string& pem) {
  const Bio bio = Open(pem);
  std::vector<X509Ptr> chain;
  while (true) {
    X509Ptr certificate(
        PEM_read_bio_X509(bio.get(), nullptr, NoPassphrase, nullptr));
    if (certificate == nullptr) break;
    chain.push_back(std::move(certificate));
  }
  // At the end, OpenSSL says that nothing begins there.
  const bool at_end =
      ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
  ERR_clear_error();
  if (chain.empty()) return Wrong(path, "holds no certificate in PEM");
  if (!at_end) {
    return Wrong(
        path, absl::StrCat("is broken after its certificate ", chain.size()));
  }
  return chain;
}

absl::StatusOr<Key> ParseKey(const std::string& path, const std::string& pem) {
  const Bio bio = Open(pem);
  Key key(PEM_read_bio_PrivateKey(bio.get(), nullptr, NoPassphrase, nullptr));
  if (key == nullptr) {
    return Wrong(path, "holds no private key in PEM without a passphrase");
  }
  return key;
}

absl::Time ToTime(const ASN1_TIME* time) {
  std::tm tm = {};
  if (ASN1_TIME_to_tm(time, &tm) != 1) return absl::InfinitePast();
  return absl::FromTM(tm, absl::UTCTimeZone());
}

std::string ToString(const ASN1_STRING* string) {
  return std::string(
      reinterpret_cast<const char*>(ASN1_STRING_get0_data(string)),
      ASN1_STRING_length(string));
}

std::vector<std::string> NamesOf(const X509* certificate) {
  std::vector<std::string> out;
  const Names names(static_cast<GENERAL_NAMES*>(
      X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
  for (int i = 0; i < sk_GENERAL_NAME_num(names.get()); ++i) {
    const GENERAL_NAME* name = sk_GENERAL_NAME_value(names.get(), i);
    if (name->type == GEN_DNS) out.push_back(ToString(name->d.dNSName));
  }
  if (!out.empty()) return out;
  const X509_NAME* subject = X509_get_subject_name(certificate);
  const int at = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
  if (at >= 0) {
    out.push_back(
        ToString(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at))));
  }
  return out;
}

// That TLS takes them: it is stricter than the parser, about short keys and
// old signatures.
absl::Status TryTls(const CertificatePaths& paths,
                    const std::vector<X509Ptr>& chain, EVP_PKEY* key) {
  const Context context(SSL_CTX_new(TLS_server_method()));
  if (context == nullptr) return absl::InternalError("no TLS");
  if (SSL_CTX_use_certificate(context.get(), chain[0].get()) != 1) {
    return Wrong(paths.cert,
                 "has a certificate that TLS does not take: its "
                 "key may be too short");
  }
  for (size_t i = 1; i < chain.size(); ++i) {
    if (SSL_CTX_add1_chain_cert(context.get(), chain[i].get()) != 1) {
      return Wrong(paths.cert, absl::StrCat("has a certificate (", i + 1,
                                            ") that TLS does not take"));
    }
  }
  if (SSL_CTX_use_PrivateKey(context.get(), key) != 1 ||
      SSL_CTX_check_private_key(context.get()) != 1) {
    return Wrong(
        paths.key,
        absl::StrCat("is not the key of the certificate in ", paths.cert));
  }
  return absl::OkStatus();
}

std::string Day(absl::Time time) {
  return absl::FormatTime("%Y-%m-%d %H:%M UTC", time, absl::UTCTimeZone());
}

}  // namespace

absl::StatusOr<Certificates> LoadCertificates(const CertificatePaths& paths,
                                              absl::Time now) {
  Certificates out;
  for (const auto& [path, bytes] :
       {std::pair(&paths.cert, &out.cert), std::pair(&paths.key, &out.key),
        std::pair(&paths.client_ca, &out.client_ca)}) {
    if (path->empty()) continue;
    absl::StatusOr<std::string> read =
        ReadSmallFile(*path, kMaxCertificateFileBytes);
    if (!read.ok()) return read.status();
    *bytes = *std::move(read);
  }
  const auto chain = ParseChain(paths.cert, out.cert);
  if (!chain.ok()) return chain.status();
  const auto key = ParseKey(paths.key, out.key);
  if (!key.ok()) return key.status();
  const absl::Status tls = TryTls(paths, *chain, key->get());
  if (!tls.ok()) return tls;

  const X509* leaf = chain->front().get();
  out.names = NamesOf(leaf);
  out.expires = ToTime(X509_get0_notAfter(leaf));
  if (out.expires <= now) {
    return Wrong(paths.cert, absl::StrCat("expired on ", Day(out.expires)));
  }
  const absl::Time begins = ToTime(X509_get0_notBefore(leaf));
  if (begins > now) {
    return Wrong(paths.cert, absl::StrCat("is valid from ", Day(begins)));
  }
  if (!paths.client_ca.empty()) {
    const auto cas = ParseChain(paths.client_ca, out.client_ca);
    if (!cas.ok()) return cas.status();
    out.client_cas = static_cast<int>(cas->size());
  }
  return out;
}

}  // namespace quoth
