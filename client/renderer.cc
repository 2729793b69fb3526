#include "client/renderer.h"

#include <algorithm>
#include <cmath>

#include "absl/strings/str_cat.h"
#include "client/html_renderer.h"
#include "client/json_renderer.h"
#include "client/text_layout.h"
#include "client/text_renderer.h"

namespace quoth::client {
namespace {

std::string Count(int n, const char* noun) {
  return absl::StrCat(n, " ", noun, n == 1 ? "" : "s");
}

const char* NegatedAct(v1::Act act) {
  switch (act) {
    case v1::ACT_DENIAL:
      return "did NOT deny";
    case v1::ACT_CRITICISM:
      return "did NOT criticise";
    case v1::ACT_APPROVAL:
      return "did NOT approve";
    case v1::ACT_DIRECTIVE:
      return "did NOT demand";
    case v1::ACT_QUESTION:
      return "did NOT ask";
    case v1::ACT_COMMITMENT:
      return "did NOT promise";
    case v1::ACT_BELIEF:
      return "does NOT believe";
    default:
      return "did NOT say";
  }
}

}  // namespace

std::unique_ptr<Renderer> NewRenderer(const Options& options,
                                      const Terminal& terminal) {
  switch (options.format) {
    case Format::kText:
      return std::make_unique<TextRenderer>(
          TextStyle{.columns = terminal.columns,
                    .color = terminal.color,
                    .titles = options.files.size() > 1});
    case Format::kJson:
      return std::make_unique<JsonRenderer>();
    case Format::kJsonl:
      return std::make_unique<JsonLinesRenderer>();
    case Format::kHtml:
      return std::make_unique<HtmlRenderer>(options.files);
  }
  return nullptr;
}

std::string FileTitle(const std::string& file) {
  return file == kStdin ? "standard input" : Printable(file);
}

std::string Summary(const v1::ExtractClaimsResponse& response) {
  return absl::StrCat(Count(response.claims_size(), "claim"), " by ",
                      Count(response.speakers_size(), "speaker"));
}

const v1::Speaker* FindSpeaker(const v1::ExtractClaimsResponse& response,
                               const v1::Claim& claim) {
  for (const v1::Speaker& speaker : response.speakers()) {
    if (speaker.speaker_id() == claim.speaker_id()) return &speaker;
  }
  return nullptr;
}

std::string RealisWarning(const v1::Claim& claim) {
  switch (claim.realis()) {
    case v1::REALIS_NEGATED:
      return NegatedAct(claim.act());
    case v1::REALIS_HYPOTHETICAL:
      return "hypothetical";
    default:
      return "";
  }
}

std::string ClaimWarning(const v1::ExtractClaimsResponse& response,
                         const v1::Claim& claim) {
  const std::string own = RealisWarning(claim);
  if (!own.empty()) return own;
  const v1::Claim* inner = &claim;
  // At most as many steps as there are claims, whatever the ids are.
  for (int steps = 0; steps < response.claims_size(); ++steps) {
    if (inner->parent_claim_id().empty()) return "";
    const auto outer =
        std::find_if(response.claims().begin(), response.claims().end(),
                     [&](const v1::Claim& other) {
                       return other.claim_id() == inner->parent_claim_id();
                     });
    if (outer == response.claims().end()) return "";
    if (outer->realis() == v1::REALIS_NEGATED)
      return "inside what was NOT said";
    if (outer->realis() == v1::REALIS_HYPOTHETICAL) {
      return "inside a hypothetical";
    }
    inner = &*outer;
  }
  return "";
}

std::string Percent(float probability) {
  return absl::StrCat(std::lround(probability * 100), " %");
}

std::vector<NoticeGroup> GroupNotices(
    const v1::ExtractClaimsResponse& response) {
  std::vector<NoticeGroup> groups;
  for (const v1::Notice& notice : response.notices()) {
    auto group = std::find_if(groups.begin(), groups.end(),
                              [&](const NoticeGroup& other) {
                                return other.message == notice.message();
                              });
    if (group == groups.end()) {
      group = groups.insert(groups.end(), NoticeGroup{notice.message(), {}});
    }
    if (notice.has_span()) group->places.push_back(notice.span());
  }
  return groups;
}

}  // namespace quoth::client
