#include "server/rpc/api_tokens.h"

#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <openssl/sha.h>

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace quoth {
namespace {

constexpr std::string_view kTokenPrefix = "qt_";
constexpr int kTokenBytes = 32;
constexpr std::string_view kDigestPrefix = "sha256:";
constexpr std::string_view kBearer = "bearer ";

}  // namespace

absl::StatusOr<std::string> NewToken() {
  uint8_t random[kTokenBytes];
  if (RAND_bytes(random, sizeof(random)) != 1) {
    return absl::InternalError("the system gives no random numbers");
  }
  std::string encoded;
  absl::WebSafeBase64Escape(
      absl::string_view(reinterpret_cast<const char*>(random), sizeof(random)),
      &encoded);
  OPENSSL_cleanse(random, sizeof(random));
  return absl::StrCat(std::string(kTokenPrefix), encoded);
}

bool LooksLikeToken(std::string_view text) {
  return text.find(kTokenPrefix) != std::string_view::npos;
}

TokenDigest DigestOf(std::string_view token) {
  TokenDigest digest;
  SHA256(reinterpret_cast<const uint8_t*>(token.data()), token.size(),
         digest.data());
  return digest;
}

bool SameDigest(const TokenDigest& a, const TokenDigest& b) {
  return CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string FormatDigest(const TokenDigest& digest) {
  const absl::string_view bytes(reinterpret_cast<const char*>(digest.data()),
                                digest.size());
  return absl::StrCat(std::string(kDigestPrefix),
                      absl::BytesToHexString(bytes));
}

std::optional<TokenDigest> ParseDigest(std::string_view text) {
  TokenDigest digest;
  if (text.substr(0, kDigestPrefix.size()) != kDigestPrefix) {
    return std::nullopt;
  }
  text.remove_prefix(kDigestPrefix.size());
  if (text.size() != 2 * digest.size() ||
      !std::all_of(text.begin(), text.end(),
                   [](char c) { return absl::ascii_isxdigit(c); })) {
    return std::nullopt;
  }
  const std::string bytes =
      absl::HexStringToBytes(absl::string_view(text.data(), text.size()));
  std::copy(bytes.begin(), bytes.end(), digest.begin());
  return digest;
}

std::optional<std::string_view> BearerToken(std::string_view authorization) {
  if (!absl::StartsWithIgnoreCase(
          absl::string_view(authorization.data(), authorization.size()),
          absl::string_view(kBearer.data(), kBearer.size()))) {
    return std::nullopt;
  }
  authorization.remove_prefix(kBearer.size());
  return authorization;
}

}  // namespace quoth
