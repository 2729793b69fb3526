#include <limits>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "client/article_file.h"
#include "client/commands.h"
#include "client/ordered.h"
#include "client/progress.h"
#include "client/renderer.h"
#include "client/text_layout.h"
#include "server/text/text.h"

namespace quoth::client {
namespace {

// What is sent to a server that does not tell its limits.
v1::Limits AnyLimits() {
  v1::Limits limits;
  limits.set_max_text_bytes(static_cast<int32_t>(Text::kMaxBytes));
  return limits;
}

// The request of one file.
v1::ExtractClaimsRequest MakeRequest(const Options& options,
                                     const v1::Limits& limits,
                                     const Outcome& outcome) {
  v1::ExtractClaimsRequest request = options.request;
  request.mutable_article()->set_text(outcome.text);
  const std::string id = ValidUtf8(outcome.file);
  if (outcome.file != kStdin && id.size() <= limits.max_id_bytes()) {
    request.mutable_article()->set_article_id(id);
  }
  return request;
}

Outcome Process(const Options& options, const Caller& caller,
                const absl::StatusOr<v1::Limits>& limits, size_t index) {
  Outcome outcome;
  outcome.index = index;
  outcome.file = options.files[index];
  if (!limits.ok()) {
    outcome.response = limits.status();
    return outcome;
  }
  absl::StatusOr<std::string> text =
      ReadArticle(outcome.file, limits->max_text_bytes());
  if (!text.ok()) {
    outcome.response = text.status();
    return outcome;
  }
  outcome.text = *std::move(text);
  outcome.response = caller.Extract(MakeRequest(options, *limits, outcome));
  return outcome;
}

// The server's limits; an error only if there is no server.
absl::StatusOr<v1::Limits> FindLimits(const Caller& caller) {
  const absl::StatusOr<v1::GetServerInfoResponse> info = caller.ServerInfo();
  if (info.ok() && info->limits().max_text_bytes() > 0) return info->limits();
  if (absl::IsUnavailable(info.status()) ||
      absl::IsUnauthenticated(info.status())) {
    return info.status();
  }
  return AnyLimits();
}

}  // namespace

std::string ErrorText(const std::string& subject, const absl::Status& error) {
  return absl::StrCat("quoth: ", subject, subject.empty() ? "" : ": ",
                      Printable(std::string(error.message())), " (",
                      absl::StatusCodeToString(error.code()), ")\n");
}

std::string UnreachableHint(const std::string& address) {
  return absl::StrCat("Is quothd running at ", Printable(address),
                      "? tools/run starts one.\n");
}

ExitCode RunExtract(const Options& options, const Caller& caller,
                    const Streams& streams) {
  const absl::StatusOr<v1::Limits> limits = FindLimits(caller);
  if (!limits.ok()) streams.err << ErrorText("", limits.status());

  const std::unique_ptr<Renderer> renderer =
      NewRenderer(options, streams.out_terminal);
  Progress progress(streams.err, streams.err_terminal, options.files.size());
  ExitCode exit_code = limits.ok() ? kExitOk : kExitFailed;
  bool unreachable = absl::IsUnavailable(limits.status());
  streams.out << renderer->Begin();
  progress.Show();
  ForEachInOrder<Outcome>(
      options.files.size(), options.jobs,
      [&](size_t i) { return Process(options, caller, limits, i); },
      [&](size_t, Outcome outcome) {
        progress.Hide();
        const bool failed = !outcome.response.ok();
        if (failed) exit_code = kExitFailed;
        if (failed && limits.ok()) {
          const absl::Status& error = outcome.response.status();
          unreachable = unreachable || absl::IsUnavailable(error);
          streams.err << ErrorText(FileTitle(outcome.file), error);
        }
        streams.out << renderer->Article(outcome) << std::flush;
        progress.Advance(failed);
        progress.Show();
      });
  progress.Hide();
  streams.out << renderer->End() << std::flush;
  if (unreachable) streams.err << UnreachableHint(options.address);
  if (!streams.out.good()) {
    streams.err << "quoth: the output could not be written\n";
    return kExitFailed;
  }
  return exit_code;
}

}  // namespace quoth::client
