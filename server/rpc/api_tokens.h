// API tokens: secrets that callers present, of which the server keeps digests
// only.
//
//   absl::StatusOr<std::string> token = NewToken();   // "qt_J5…", for the
//   caller FormatDigest(DigestOf(*token));                   // "sha256:9f86…",
//   to keep
//
// A token has 256 random bits, so a plain SHA-256 is enough: there is nothing
// that guessing could find (as there is for passwords, which need a slow hash).

#ifndef QUOTH_SERVER_RPC_API_TOKENS_H_
#define QUOTH_SERVER_RPC_API_TOKENS_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace quoth {

// SHA-256 of a token.
using TokenDigest = std::array<uint8_t, 32>;

// "qt_" and 43 characters of URL-safe base64. The prefix lets scanners of
// repositories and logs recognise a token that leaked. Internal if the system
// has no randomness to give.
absl::StatusOr<std::string> NewToken();

// Whether a token may be in it: then it is nobody's name, and goes into no log.
bool LooksLikeToken(std::string_view text);

TokenDigest DigestOf(std::string_view token);

// In a time that does not depend on where they differ.
bool SameDigest(const TokenDigest& a, const TokenDigest& b);

// "sha256:" and 64 hexadecimal digits, and back; nullopt if it is not that.
std::string FormatDigest(const TokenDigest& digest);
std::optional<TokenDigest> ParseDigest(std::string_view text);

// The token in the value of an `authorization` header: what stands behind
// "Bearer ". Nullopt if it is of another kind.
std::optional<std::string_view> BearerToken(std::string_view authorization);

}  // namespace quoth

#endif  // QUOTH_SERVER_RPC_API_TOKENS_H_
