#include "client/options.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string_view>
#include <utility>

#include "absl/flags/commandlineflag.h"
#include "absl/flags/flag.h"
#include "absl/flags/reflection.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "client/enum_words.h"

ABSL_FLAG(std::string, address, "127.0.0.1:50051", "where quothd listens");
ABSL_FLAG(std::string, format, "text", "text, json, jsonl or html");
ABSL_FLAG(std::string, color, "auto", "auto, always or never");
ABSL_FLAG(std::string, scope, "reported", "reported or all");
ABSL_FLAG(std::string, encoding, "",
          "the unit of offsets in JSON: utf8, utf16 or utf32");
ABSL_FLAG(std::string, language, "", "the articles' language; empty: detected");
ABSL_FLAG(float, min_confidence, 0, "only claims of at least this confidence");
ABSL_FLAG(int32_t, context_sentences, 0,
          "sentences of context before and after each claim");
ABSL_FLAG(std::vector<std::string>, claim_types, {}, "only these types");
ABSL_FLAG(std::vector<std::string>, acts, {}, "only these acts");
ABSL_FLAG(int32_t, jobs, 4, "files in flight at a time");
ABSL_FLAG(std::string, out, "", "a file for JSON lines, to be resumed");
ABSL_FLAG(bool, resume, false, "go on with the file of --out");
ABSL_FLAG(bool, retry_errors, false, "resume, and try again what failed");
ABSL_FLAG(bool, input_jsonl, false, "the files have an article a line");
ABSL_FLAG(int32_t, in_flight, 0, "articles in flight with --out");
ABSL_FLAG(absl::Duration, timeout, absl::Seconds(60), "the longest for a file");
ABSL_FLAG(int32_t, retries, 4, "how often a failed call is tried again");
ABSL_FLAG(bool, tls, false, "talk to the server over TLS");
ABSL_FLAG(std::string, ca, "", "who may sign the server's certificate");
ABSL_FLAG(std::string, cert, "", "the client's certificate");
ABSL_FLAG(std::string, key, "", "the certificate's key");
ABSL_FLAG(std::string, server_name, "", "the name in the server's certificate");
ABSL_FLAG(std::string, token_file, "", "the file with the caller's token");

namespace quoth::client {
namespace {

constexpr int kMaxJobs = 256;
constexpr int kMaxRetries = 1000;

absl::Status UsageError(std::string message) {
  return absl::InvalidArgumentError(message);
}

// More would only be memory.
constexpr int kMaxInFlight = 4096;

// What is left of the command line when its flags are gone.
struct Arguments {
  std::vector<std::string> words;
  bool help = false;
  bool version = false;
};

// Sets a flag of this file. Abseil's own parser is not used because it ends
// the program by itself, with the status that here means "a file failed".
absl::Status SetFlag(const std::string& name, const std::string& value) {
  std::string underscored = name;
  std::replace(underscored.begin(), underscored.end(), '-', '_');
  absl::CommandLineFlag* flag = absl::FindCommandLineFlag(underscored);
  if (flag == nullptr ||
      flag->Filename() !=
          absl::GetFlagReflectionHandle(FLAGS_format).Filename()) {
    return UsageError(absl::StrCat("there is no flag --", name));
  }
  std::string error;
  if (!flag->ParseFrom(value, &error)) {
    return UsageError(absl::StrCat("--", name, " cannot be \"", value, "\""));
  }
  return absl::OkStatus();
}

// Whether the flag needs no value.
bool IsSwitch(std::string name) {
  std::replace(name.begin(), name.end(), '-', '_');
  const absl::CommandLineFlag* flag = absl::FindCommandLineFlag(name);
  return flag != nullptr && flag->IsOfType<bool>();
}

absl::StatusOr<Arguments> SetFlags(const std::vector<std::string>& args) {
  Arguments out;
  for (size_t i = 0; i < args.size(); ++i) {
    const std::string& arg = args[i];
    if (arg == "--") {
      out.words.insert(out.words.end(), args.begin() + i + 1, args.end());
      break;
    }
    if (arg == kStdin || arg.empty() || arg[0] != '-') {
      out.words.push_back(arg);
      continue;
    }
    const std::string body = arg.substr(arg[1] == '-' ? 2 : 1);
    const size_t equals = body.find('=');
    const std::string name = body.substr(0, equals);
    if (name == "help" || name == "h") {
      out.help = true;
    } else if (name == "version") {
      out.version = true;
    } else if (equals != std::string::npos) {
      absl::Status status = SetFlag(name, body.substr(equals + 1));
      if (!status.ok()) return status;
    } else if (IsSwitch(name)) {
      absl::Status status = SetFlag(name, "true");
      if (!status.ok()) return status;
    } else {
      const bool has_next = i + 1 < args.size();
      absl::Status status = SetFlag(name, has_next ? args[i + 1] : "");
      if (!has_next && status.ok()) {
        status = UsageError(absl::StrCat("--", name, " needs a value"));
      }
      if (!status.ok()) return status;
      ++i;
    }
  }
  return out;
}

template <typename T>
absl::StatusOr<T> Choose(const char* flag, const std::string& word,
                         const std::vector<std::pair<const char*, T>>& of) {
  std::string choices;
  for (const auto& [name, value] : of) {
    if (word == name) return value;
    absl::StrAppend(&choices, choices.empty() ? "" : ", ", name);
  }
  return UsageError(
      absl::StrCat("--", flag, "=", word, ": it can be one of ", choices));
}

absl::StatusOr<int> ChooseEnum(const char* flag, const std::string& word,
                               const google::protobuf::EnumDescriptor& type) {
  const std::optional<int> value = ParseEnumWord(type, word);
  if (value.has_value()) return *value;
  return UsageError(
      absl::StrCat("--", flag, "=", word, ": it can be ", EnumChoices(type)));
}

// The flags that shape the request.
absl::Status FillRequest(Format format, v1::ExtractClaimsRequest& request) {
  request.mutable_article()->set_language_code(absl::GetFlag(FLAGS_language));
  const auto scope = Choose<v1::Scope>(
      "scope", absl::GetFlag(FLAGS_scope),
      {{"reported", v1::SCOPE_REPORTED}, {"all", v1::SCOPE_ALL_ATTRIBUTIONS}});
  if (!scope.ok()) return scope.status();
  request.set_scope(*scope);

  const bool json = format == Format::kJson || format == Format::kJsonl;
  const std::string encoding = absl::GetFlag(FLAGS_encoding);
  request.set_encoding_type(json ? v1::ENCODING_TYPE_UTF32
                                 : v1::ENCODING_TYPE_UTF8);
  if (!encoding.empty()) {
    if (!json) {
      return UsageError("--encoding goes with --format=json or jsonl only");
    }
    const auto type =
        ChooseEnum("encoding", encoding, *v1::EncodingType_descriptor());
    if (!type.ok()) return type.status();
    request.set_encoding_type(static_cast<v1::EncodingType>(*type));
  }

  for (const std::string& word : absl::GetFlag(FLAGS_claim_types)) {
    const auto type =
        ChooseEnum("claim_types", word, *v1::ClaimType_descriptor());
    if (!type.ok()) return type.status();
    request.add_claim_types(static_cast<v1::ClaimType>(*type));
  }
  for (const std::string& word : absl::GetFlag(FLAGS_acts)) {
    const auto act = ChooseEnum("acts", word, *v1::Act_descriptor());
    if (!act.ok()) return act.status();
    request.add_acts(static_cast<v1::Act>(*act));
  }
  const float confidence = absl::GetFlag(FLAGS_min_confidence);
  if (!(confidence >= 0 && confidence <= 1)) {
    return UsageError("--min_confidence must be 0 to 1");
  }
  request.set_min_confidence(confidence);
  const int sentences = absl::GetFlag(FLAGS_context_sentences);
  if (sentences < 0) return UsageError("--context_sentences must be 0 or more");
  request.set_context_sentences(sentences);
  return absl::OkStatus();
}

// The flags of a backfill; may set the format.
absl::Status FillBackfill(Options& options) {
  options.out = absl::GetFlag(FLAGS_out);
  options.retry_errors = absl::GetFlag(FLAGS_retry_errors);
  options.resume = absl::GetFlag(FLAGS_resume) || options.retry_errors;
  options.input_jsonl = absl::GetFlag(FLAGS_input_jsonl);
  options.in_flight = absl::GetFlag(FLAGS_in_flight);
  if (options.in_flight < 0 || options.in_flight > kMaxInFlight) {
    return UsageError(absl::StrCat("--in_flight must be 0 to ", kMaxInFlight));
  }
  if (options.out.empty()) {
    for (const auto& [given, name] :
         {std::pair(options.retry_errors, "--retry_errors"),
          std::pair(options.resume, "--resume"),
          std::pair(options.input_jsonl, "--input_jsonl"),
          std::pair(options.in_flight > 0, "--in_flight")}) {
      if (given) return UsageError(absl::StrCat(name, " goes with --out only"));
    }
    return absl::OkStatus();
  }
  if (options.format == Format::kText) options.format = Format::kJsonl;
  if (options.format != Format::kJsonl) {
    return UsageError("--out is written as --format=jsonl only");
  }
  return absl::OkStatus();
}

absl::Status FillLogin(Options& options) {
  LoginFlags flags;
  flags.tls = absl::GetFlag(FLAGS_tls);
  flags.ca = absl::GetFlag(FLAGS_ca);
  flags.cert = absl::GetFlag(FLAGS_cert);
  flags.key = absl::GetFlag(FLAGS_key);
  flags.server_name = absl::GetFlag(FLAGS_server_name);
  flags.token_file = absl::GetFlag(FLAGS_token_file);
  const char* token = std::getenv("QUOTH_TOKEN");
  if (token != nullptr) flags.token = token;
  absl::StatusOr<Login> login = ReadLogin(options.address, flags);
  if (!login.ok()) return login.status();
  options.login = *std::move(login);
  return absl::OkStatus();
}

absl::Status FillCommon(Options& options) {
  const auto format = Choose<Format>("format", absl::GetFlag(FLAGS_format),
                                     {{"text", Format::kText},
                                      {"json", Format::kJson},
                                      {"jsonl", Format::kJsonl},
                                      {"html", Format::kHtml}});
  if (!format.ok()) return format.status();
  options.format = *format;
  const auto color = Choose<ColorMode>("color", absl::GetFlag(FLAGS_color),
                                       {{"auto", ColorMode::kAuto},
                                        {"always", ColorMode::kAlways},
                                        {"never", ColorMode::kNever}});
  if (!color.ok()) return color.status();
  options.color = *color;

  options.address = absl::GetFlag(FLAGS_address);
  if (options.address.empty()) return UsageError("--address must not be empty");
  const absl::Status login = FillLogin(options);
  if (!login.ok()) return login;
  options.jobs = absl::GetFlag(FLAGS_jobs);
  if (options.jobs < 1 || options.jobs > kMaxJobs) {
    return UsageError(absl::StrCat("--jobs must be 1 to ", kMaxJobs));
  }
  options.timeout = absl::GetFlag(FLAGS_timeout);
  if (options.timeout <= absl::ZeroDuration()) {
    return UsageError("--timeout must be more than 0, as in 30s or 2m");
  }
  options.retries = absl::GetFlag(FLAGS_retries);
  if (options.retries < 0 || options.retries > kMaxRetries) {
    return UsageError(absl::StrCat("--retries must be 0 to ", kMaxRetries));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Options> ParseOptions(const std::vector<std::string>& args) {
  Options options;
  const absl::StatusOr<Arguments> left = SetFlags(args);
  if (!left.ok()) return left.status();
  const std::string command = left->words.empty() ? "help" : left->words[0];
  const bool known = command == "extract" || command == "info";
  if (left->version) {
    options.command = Command::kVersion;
    return options;
  }
  if (left->help || command == "help") {
    if (command != "help") {
      options.help_topic = command;
    } else if (left->words.size() > 1) {
      options.help_topic = left->words[1];
    }
    return options;
  }
  if (!known) {
    return UsageError(absl::StrCat("there is no command \"", command, "\""));
  }
  absl::Status status = FillCommon(options);
  if (status.ok()) status = FillBackfill(options);
  if (status.ok()) status = FillRequest(options.format, options.request);
  if (!status.ok()) return status;

  options.files.assign(left->words.begin() + 1, left->words.end());
  if (command == "info") {
    options.command = Command::kInfo;
    if (!options.files.empty()) return UsageError("info takes no files");
    return options;
  }
  options.command = Command::kExtract;
  if (options.files.empty()) {
    return UsageError("extract needs a file, or - for standard input");
  }
  if (std::count(options.files.begin(), options.files.end(), kStdin) > 1) {
    return UsageError("standard input (-) can be read only once");
  }
  return options;
}

}  // namespace quoth::client
