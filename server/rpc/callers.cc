#include "server/rpc/callers.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "server/rpc/limits.h"

namespace quoth {
namespace {

constexpr char kFields[] = "token, certificate, max_calls, rate, burst";

absl::Status LineError(int line, absl::string_view what) {
  return absl::InvalidArgumentError(absl::StrCat("line ", line, ": ", what));
}

bool IsNameCharacter(char c) {
  return absl::ascii_isalnum(c) || c == '.' || c == '_' || c == '-';
}

// A number of (0, kMaxCallerLimit].
std::optional<double> ParseLimit(absl::string_view value) {
  double number = 0;
  if (!absl::SimpleAtod(value, &number) || !(number > 0) ||
      number > kMaxCallerLimit) {
    return std::nullopt;
  }
  return number;
}

// What is wrong with the value of `field`, which it puts into `spec`; empty if
// nothing.
std::string SetField(absl::string_view field, absl::string_view value,
                     CallerSpec& spec) {
  if (field == "token") {
    const std::optional<TokenDigest> digest =
        ParseDigest(std::string_view(value.data(), value.size()));
    if (!digest) {
      return "is not sha256: and 64 hexadecimal digits; quothd "
             "--new_token=NAME prints such a field";
    }
    spec.tokens.push_back(*digest);
    return "";
  }
  if (field == "certificate") {
    if (value.empty() || value.size() > kMaxIdBytes) {
      return absl::StrCat("is not a name of 1 to ", kMaxIdBytes, " bytes");
    }
    spec.certificates.emplace_back(value);
    return "";
  }
  const std::optional<double> number = ParseLimit(value);
  if (!number) {
    return absl::StrCat("is not a number above 0, and up to ", kMaxCallerLimit);
  }
  if (field == "rate") {
    spec.limits.per_second = *number;
  } else if (field == "burst") {
    if (*number < 1) return "is below 1";
    spec.limits.burst = *number;
  } else {
    if (*number != std::floor(*number)) return "is not a whole number";
    spec.limits.max_calls = static_cast<int>(*number);
  }
  return "";
}

absl::StatusOr<CallerSpec> ParseLine(
    const std::vector<absl::string_view>& fields, int line) {
  CallerSpec spec;
  spec.line = line;
  spec.name = std::string(fields[0]);
  const absl::Status name = CheckCallerName(spec.name);
  if (!name.ok()) return LineError(line, name.message());
  std::set<std::string> seen;
  for (size_t i = 1; i < fields.size(); ++i) {
    const size_t equals = fields[i].find('=');
    const absl::string_view field = fields[i].substr(0, equals);
    // Not repeated: without a known name before it, it could be a token.
    const std::vector<absl::string_view> known = absl::StrSplit(kFields, ", ");
    if (equals == absl::string_view::npos ||
        std::find(known.begin(), known.end(), field) == known.end()) {
      return LineError(
          line, absl::StrCat("field ", i + 1, " does not begin with one of ",
                             kFields, " and ="));
    }
    if (field != "token" && field != "certificate" &&
        !seen.insert(std::string(field)).second) {
      return LineError(line, absl::StrCat(field, " is there twice"));
    }
    const std::string wrong =
        SetField(field, fields[i].substr(equals + 1), spec);
    if (!wrong.empty()) return LineError(line, absl::StrCat(field, " ", wrong));
  }
  const size_t credentials = spec.tokens.size() + spec.certificates.size();
  if (credentials == 0) {
    return LineError(line, "the caller has no token and no certificate");
  }
  if (credentials > kMaxCredentialsPerCaller) {
    return LineError(line, absl::StrCat("the caller has more than ",
                                        kMaxCredentialsPerCaller,
                                        " tokens and certificates"));
  }
  CallerLimits& limits = spec.limits;
  if (limits.burst > 0 && limits.per_second == 0) {
    return LineError(line, "burst goes with a rate only");
  }
  if (limits.per_second > 0 && limits.burst == 0) {
    limits.burst = std::max(1.0, limits.per_second);
  }
  return spec;
}

}  // namespace

absl::Status CheckCallerName(std::string_view name) {
  if (name.empty() || name.size() > kMaxCallerNameBytes ||
      !std::all_of(name.begin(), name.end(), IsNameCharacter)) {
    return absl::InvalidArgumentError(
        absl::StrCat("the name is not 1 to ", kMaxCallerNameBytes,
                     " letters, digits, full stops, underscores and hyphens"));
  }
  if (LooksLikeToken(name)) {
    return absl::InvalidArgumentError("the name looks like a token");
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<CallerSpec>> ParseCallers(std::string_view text) {
  if (text.size() > kMaxCallersFileBytes) {
    return absl::InvalidArgumentError(absl::StrCat("has ", text.size(),
                                                   " bytes, over the limit of ",
                                                   kMaxCallersFileBytes));
  }
  std::vector<CallerSpec> callers;
  std::set<std::string> names, certificates;
  std::set<TokenDigest> tokens;
  int line = 0;
  for (absl::string_view rest :
       absl::StrSplit(absl::string_view(text.data(), text.size()), '\n')) {
    ++line;
    rest = rest.substr(0, rest.find('#'));
    const std::vector<absl::string_view> fields =
        absl::StrSplit(rest, absl::ByAnyChar(" \t\r"), absl::SkipEmpty());
    if (fields.empty()) continue;
    absl::StatusOr<CallerSpec> spec = ParseLine(fields, line);
    if (!spec.ok()) return spec.status();
    if (!names.insert(spec->name).second) {
      return LineError(line, "the name is there already");
    }
    for (const TokenDigest& token : spec->tokens) {
      if (!tokens.insert(token).second) {
        return LineError(line, "token is there already");
      }
    }
    for (const std::string& certificate : spec->certificates) {
      if (!certificates.insert(certificate).second) {
        return LineError(line, "certificate is there already");
      }
    }
    callers.push_back(*std::move(spec));
    if (callers.size() > kMaxCallers) {
      return LineError(line,
                       absl::StrCat("more than ", kMaxCallers, " callers"));
    }
  }
  if (callers.empty()) {
    return absl::InvalidArgumentError("names no caller");
  }
  return callers;
}

}  // namespace quoth
