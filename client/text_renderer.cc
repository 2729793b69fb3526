#include "client/text_renderer.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "client/enum_words.h"
#include "client/text_layout.h"
#include "server/text/text.h"

namespace quoth::client {
namespace {

// Where bytes of a text are, for people.
class Places {
 public:
  explicit Places(const std::string& utf8) {
    absl::StatusOr<Text> text = Text::FromUtf8(utf8);
    if (text.ok()) text_ = *std::move(text);
    for (size_t i = 0; i < utf8.size(); ++i) {
      if (utf8[i] == '\n') lines_.push_back(i + 1);
    }
  }

  // "line 3, column 14".
  std::string Line(const v1::Span& span) const {
    const size_t byte = Clamp(span.begin());
    const size_t line =
        std::upper_bound(lines_.begin(), lines_.end(), byte) - lines_.begin();
    const size_t begin = text_.CodePointAtByte(lines_[line - 1]);
    return absl::StrCat("line ", line, ", column ",
                        text_.CodePointAtByte(byte) - begin + 1);
  }

  // "210-223".
  std::string Characters(const v1::Span& span) const {
    return absl::StrCat(text_.CodePointAtByte(Clamp(span.begin())), "-",
                        text_.CodePointAtByte(Clamp(span.end())));
  }

 private:
  uint32_t Clamp(int64_t byte) const {
    return std::clamp<int64_t>(byte, 0, text_.bytes().size());
  }

  Text text_;
  std::vector<uint32_t> lines_ = {0};  // The byte that begins each line.
};

// Writes the claims of one article.
class Writer {
 public:
  Writer(const Outcome& outcome, const TextStyle& style)
      : response_(*outcome.response), places_(outcome.text), style_(style) {
    number_width_ = absl::StrCat(response_.claims_size()).size() + 1;
  }

  std::string Write(const std::string& file) {
    const std::string summary = Summary(response_);
    if (style_.titles) {
      Line(0, FileTitle(file) + ": ", summary, Style::kStrong);
    } else {
      Line(0, "", summary, Style::kDim);
    }
    for (int i = 0; i < response_.claims_size(); ++i) Add(i);
    if (response_.notices_size() > 0) out_ += '\n';
    for (const NoticeGroup& group : GroupNotices(response_)) Add(group);
    if (style_.titles) out_ += '\n';
    return std::move(out_);
  }

 private:
  // `text` behind `label`, wrapped, every line indented.
  void Line(int indent, const std::string& label, std::string_view text,
            Style style) {
    const std::string margin(indent, ' ');
    const int columns = std::max(style_.columns - indent, 10);
    for (const std::string& line : WrapText(label + Printable(text), columns)) {
      absl::StrAppend(&out_, margin, Paint(line, style, style_.color), "\n");
    }
  }

  void Add(int i) {
    const v1::Claim& claim = response_.claims(i);
    const int indent = number_width_ + 2;
    out_ += '\n';
    // The speaker's line begins with the claim's number.
    const size_t begin = out_.size();
    Line(indent, "", SpeakerLine(claim), Style::kStrong);
    std::string number = absl::StrCat(i + 1);
    number.insert(0, number_width_ - number.size(), ' ');
    out_.replace(begin, number.size(), number);

    const std::string warning = ClaimWarning(response_, claim);
    if (warning.empty()) {
      Line(indent, "", CueLine(claim), Style::kDim);
    } else {
      Line(indent, absl::StrCat("[", warning, "] "), CueLine(claim),
           Style::kWarning);
    }
    if (claim.context().has_before()) {
      Line(indent, "before: ", claim.context().before().text(), Style::kDim);
    }
    // Without quotation marks, and marked once more: the line alone must not
    // read like something that was said.
    if (warning.empty()) {
      Line(indent, "", Words(claim, IsDirect(claim)), Style::kWords);
    } else {
      Line(indent, NotAClaim(claim), Words(claim, false), Style::kDim);
    }
    if (claim.context().has_after()) {
      Line(indent, "after: ", claim.context().after().text(), Style::kDim);
    }
    Line(indent, "", Facts(claim), Style::kDim);
  }

  void Add(const NoticeGroup& group) {
    std::vector<std::string> places;
    for (const v1::Span& place : group.places) {
      places.push_back(places_.Line(place));
    }
    std::string note = group.message;
    if (!places.empty()) {
      absl::StrAppend(&note, " (", absl::StrJoin(places, "; "), ")");
    }
    Line(0, "note: ", note, Style::kDim);
  }

  // The name, with the description where it comes up first.
  std::string SpeakerLine(const v1::Claim& claim) {
    const v1::Speaker* speaker = FindSpeaker(response_, claim);
    if (speaker == nullptr) {
      return claim.has_source() ? absl::StrCat("Unknown speaker, \"",
                                               claim.source().text(), "\"")
                                : "Unknown speaker";
    }
    const bool is_new = introduced_.insert(speaker->speaker_id()).second;
    if (!is_new || speaker->description().empty()) return speaker->name();
    return absl::StrCat(speaker->name(), ", ", speaker->description());
  }

  static std::string CueLine(const v1::Claim& claim) {
    const v1::ClaimContext& context = claim.context();
    std::vector<std::string> circumstances;
    if (context.has_addressee()) {
      circumstances.push_back("to " + context.addressee().text());
    }
    if (context.has_medium()) circumstances.push_back(context.medium().text());
    if (context.has_time()) circumstances.push_back(context.time().text());
    std::string line =
        claim.has_cue() ? claim.cue().text() : "(no reporting word)";
    if (!circumstances.empty()) {
      absl::StrAppend(&line, " (", absl::StrJoin(circumstances, "; "), ")");
    }
    line += ':';
    return line;
  }

  static bool IsDirect(const v1::Claim& claim) {
    return claim.type() == v1::CLAIM_TYPE_DIRECT;
  }

  static const char* NotAClaim(const v1::Claim& claim) {
    switch (claim.realis()) {
      case v1::REALIS_NEGATED:
        return "(not said) ";
      case v1::REALIS_HYPOTHETICAL:
        return "(not said yet, or never) ";
      default:
        return "(not said by itself) ";
    }
  }

  static std::string Words(const v1::Claim& claim, bool direct) {
    std::string words;
    for (const v1::Span& piece : claim.content()) {
      absl::StrAppend(&words, words.empty() ? "" : " … ", direct ? "“" : "",
                      piece.text(), direct ? "”" : "");
    }
    return words;
  }

  std::string Facts(const v1::Claim& claim) const {
    std::vector<std::string> facts;
    if (claim.content_size() > 0) {
      facts.push_back(places_.Line(claim.content(0)));
      std::vector<std::string> ranges;
      for (const v1::Span& piece : claim.content()) {
        ranges.push_back(places_.Characters(piece));
      }
      facts.push_back("characters " + absl::StrJoin(ranges, ", "));
    }
    facts.push_back(
        absl::StrCat(EnumWord(claim.type()), " ", EnumWord(claim.act())));
    facts.push_back(Percent(claim.confidence()));
    if (claim.context().in_headline()) facts.push_back("headline");
    for (int i = 0; i < response_.claims_size(); ++i) {
      if (!claim.parent_claim_id().empty() &&
          response_.claims(i).claim_id() == claim.parent_claim_id()) {
        facts.push_back(absl::StrCat("inside claim ", i + 1));
      }
    }
    return absl::StrJoin(facts, "; ");
  }

  const v1::ExtractClaimsResponse& response_;
  const Places places_;
  const TextStyle style_;
  int number_width_ = 0;
  std::set<std::string> introduced_;  // Speakers that were described.
  std::string out_;
};

}  // namespace

std::string TextRenderer::Article(const Outcome& outcome) const {
  if (!outcome.response.ok()) return "";
  return Writer(outcome, style_).Write(outcome.file);
}

}  // namespace quoth::client
