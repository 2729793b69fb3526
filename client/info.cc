#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "client/commands.h"
#include "client/json_renderer.h"
#include "client/text_layout.h"

namespace quoth::client {
namespace {

std::string InfoText(const v1::GetServerInfoResponse& info) {
  const v1::Limits& limits = info.limits();
  return absl::StrCat(
      "server:     ", info.server_version(),  //
      "\nmodel:      ", info.model_version(),
      "\nlanguages:  ", absl::StrJoin(info.language_codes(), ", "),
      "\nlimits:     ", limits.max_text_bytes(), " bytes of text, ",
      limits.max_id_bytes(), " bytes of article id,\n            ",
      limits.max_context_sentences(), " sentences of context, ",
      limits.max_stream_items_in_flight(), " items of a stream in flight");
}

}  // namespace

ExitCode RunInfo(const Options& options, const Caller& caller,
                 const Streams& streams) {
  const absl::StatusOr<v1::GetServerInfoResponse> info = caller.ServerInfo();
  if (!info.ok()) {
    streams.err << ErrorText("", info.status());
    if (absl::IsUnavailable(info.status())) {
      streams.err << UnreachableHint(options.address);
    }
    return kExitFailed;
  }
  switch (options.format) {
    case Format::kText: {
      // Line breaks are ours; what stands between them is the server's.
      std::string safe;
      for (const auto line : absl::StrSplit(InfoText(*info), '\n')) {
        absl::StrAppend(&safe, Printable(std::string(line)), "\n");
      }
      streams.out << safe;
      break;
    }
    case Format::kJson:
      streams.out << ToJson(*info, /*pretty=*/true);
      break;
    default:
      streams.err << "quoth: info has --format=text and json only\n";
      return kExitUsage;
  }
  streams.out << std::flush;
  return streams.out.good() ? kExitOk : kExitFailed;
}

}  // namespace quoth::client
