#include "tests/rpc/test_certificates.h"

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"

namespace quoth {
namespace {

void Require(bool ok) {
  if (!ok) abort();
}

std::string Drain(BIO* bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  std::string out(data, size);
  BIO_free(bio);
  return out;
}

std::string ToPem(X509* certificate) {
  BIO* bio = BIO_new(BIO_s_mem());
  Require(PEM_write_bio_X509(bio, certificate) == 1);
  return Drain(bio);
}

std::string ToPem(EVP_PKEY* key) {
  BIO* bio = BIO_new(BIO_s_mem());
  Require(PEM_write_bio_PKCS8PrivateKey(bio, key, nullptr, nullptr, 0, nullptr,
                                        nullptr) == 1);
  return Drain(bio);
}

void AddExtension(X509* certificate, int nid, const std::string& value) {
  X509_EXTENSION* extension =
      X509V3_EXT_conf_nid(nullptr, nullptr, nid, value.c_str());
  Require(extension != nullptr);
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

X509_NAME* NewName(const std::string& common_name) {
  X509_NAME* name = X509_NAME_new();
  X509_NAME_add_entry_by_txt(
      name, "CN", MBSTRING_UTF8,
      reinterpret_cast<const unsigned char*>(common_name.c_str()), -1, -1, 0);
  return name;
}

// Signed by `signer`.
X509* NewCertificate(const TestCertificate& wanted, const std::string& issuer,
                     bool is_ca, EVP_PKEY* key, EVP_PKEY* signer) {
  static std::atomic<long> serial = 1;
  X509* certificate = X509_new();
  X509_set_version(certificate, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), serial++);
  const absl::Time now = absl::Now();
  ASN1_TIME_set(X509_getm_notBefore(certificate),
                absl::ToTimeT(now + wanted.begins));
  ASN1_TIME_set(X509_getm_notAfter(certificate),
                absl::ToTimeT(now + wanted.ends));
  X509_NAME* subject = NewName(wanted.common_name);
  X509_NAME* issuer_name = NewName(issuer);
  X509_set_subject_name(certificate, subject);
  X509_set_issuer_name(certificate, issuer_name);
  X509_NAME_free(subject);
  X509_NAME_free(issuer_name);
  X509_set_pubkey(certificate, key);
  AddExtension(certificate, NID_basic_constraints,
               is_ca ? "critical,CA:TRUE" : "critical,CA:FALSE");
  if (!wanted.dns.empty()) {
    AddExtension(certificate, NID_subject_alt_name,
                 absl::StrCat("DNS:", absl::StrJoin(wanted.dns, ",DNS:")));
  }
  Require(X509_sign(certificate, signer, EVP_sha256()) > 0);
  return certificate;
}

}  // namespace

struct TestCa::Impl {
  std::string name;
  EVP_PKEY* key = nullptr;
  std::string cert;
};

TestCa::TestCa(const std::string& name) : impl_(new Impl) {
  impl_->name = name;
  impl_->key = EVP_EC_gen("P-256");
  X509* certificate = NewCertificate({.common_name = name}, name,
                                     /*is_ca=*/true, impl_->key, impl_->key);
  impl_->cert = ToPem(certificate);
  X509_free(certificate);
}

TestCa::~TestCa() { EVP_PKEY_free(impl_->key); }

const std::string& TestCa::cert() const { return impl_->cert; }

TestIdentity TestCa::Issue(const TestCertificate& wanted) const {
  EVP_PKEY* key = EVP_EC_gen("P-256");
  X509* certificate =
      NewCertificate(wanted, impl_->name, /*is_ca=*/false, key, impl_->key);
  TestIdentity out{ToPem(certificate), ToPem(key)};
  X509_free(certificate);
  EVP_PKEY_free(key);
  return out;
}

TestIdentity WeakIdentity() {
  EVP_PKEY* key = EVP_RSA_gen(512);
  X509* certificate = NewCertificate({}, "test", /*is_ca=*/false, key, key);
  TestIdentity out{ToPem(certificate), ToPem(key)};
  X509_free(certificate);
  EVP_PKEY_free(key);
  return out;
}

std::string WithPassphrase(const std::string& key) {
  BIO* in = BIO_new_mem_buf(key.data(), static_cast<int>(key.size()));
  EVP_PKEY* parsed = PEM_read_bio_PrivateKey(in, nullptr, nullptr, nullptr);
  BIO_free(in);
  BIO* bio = BIO_new(BIO_s_mem());
  char passphrase[] = "secret";
  Require(PEM_write_bio_PKCS8PrivateKey(bio, parsed, EVP_aes_256_cbc(),
                                        passphrase, sizeof(passphrase) - 1,
                                        nullptr, nullptr) == 1);
  EVP_PKEY_free(parsed);
  return Drain(bio);
}

TestFolder::TestFolder() {
  static std::atomic<int> count = 0;
  path_ = absl::StrCat(std::filesystem::temp_directory_path().string(),
                       "/quoth_test_", getpid(), "_", count++);
  std::filesystem::create_directories(path_);
}

TestFolder::~TestFolder() { std::filesystem::remove_all(path_); }

std::string TestFolder::Write(const std::string& name,
                              std::string_view content) const {
  const std::string partial = Path(name + ".partial");
  std::ofstream(partial, std::ios::binary) << content;
  Require(std::rename(partial.c_str(), Path(name).c_str()) == 0);
  return Path(name);
}

}  // namespace quoth
