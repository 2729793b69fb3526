// The callers file: who may call, by which token or certificate, and how much.
// A line a caller; blanks between the fields; what follows a # is a comment.
//
//   # name    credentials                   limits
//   cms       token=sha256:9f86d081884c7d…  max_calls=8 rate=5 burst=20
//   backfill  certificate=backfill.example  max_calls=1 rate=50
//
//   absl::StatusOr<std::vector<CallerSpec>> callers = ParseCallers(text);
//
// The fields, in any order behind the name:
//   token=sha256:…    the digest of a token (quothd --new_token makes both)
//   certificate=NAME  a name (SAN or CN) in the caller's client certificate
//   max_calls=N       calls and streams at a time
//   rate=N            articles a second, over the long run; 0.5 is one in two
//   burst=N           articles that may come at once after a pause;
//                     default: the rate, and at least 1
// A caller has at least one credential, and may have several: the old token
// and the new one while they change. Limits that are not there do not limit.

#ifndef QUOTH_SERVER_RPC_CALLERS_H_
#define QUOTH_SERVER_RPC_CALLERS_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "server/rpc/api_tokens.h"

namespace quoth {

struct CallerLimits {
  int max_calls = 0;      // 0: any number.
  double per_second = 0;  // 0: any rate.
  double burst = 0;       // At least 1 if there is a rate.
};

struct CallerSpec {
  // Letters, digits, '.', '_' and '-', and not like a token: it may stand in
  // logs and metrics.
  std::string name;
  std::vector<TokenDigest> tokens;
  std::vector<std::string> certificates;
  CallerLimits limits;
  int line = 0;  // From 1.
};

// InvalidArgument, with line and field, at the first mistake: also if a name
// or a credential is there twice, or there is no caller. No message repeats
// what could be a token that somebody put in place of its digest.
absl::StatusOr<std::vector<CallerSpec>> ParseCallers(std::string_view text);

// OK, or what is wrong with the name of a caller.
absl::Status CheckCallerName(std::string_view name);

}  // namespace quoth

#endif  // QUOTH_SERVER_RPC_CALLERS_H_
