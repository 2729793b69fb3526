#include "client/html_renderer.h"

#include <algorithm>
#include <map>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "client/enum_words.h"
#include "client/markup.h"
#include "client/page.h"
#include "client/text_layout.h"

namespace quoth::client {
namespace {

// The key of claims whose speaker is unknown; no speaker_id is empty.
constexpr char kUnknownSpeaker[] = "unknown";

// How much of a claim the list of speakers shows, in columns.
constexpr int kExcerptColumns = 90;

std::string Attribute(const char* name, std::string_view value) {
  return absl::StrCat(" ", name, "=\"", EscapeHtml(value), "\"");
}

std::string Heading(const std::string& file) {
  return absl::StrCat("<h2>", EscapeHtml(FileTitle(file)), "</h2>\n");
}

// Writes one article.
class Section {
 public:
  Section(const Outcome& outcome, bool titled)
      : outcome_(outcome),
        titled_(titled),
        response_(*outcome.response),
        id_(absl::StrCat("a", outcome.index + 1)) {}

  std::string Write() {
    std::string out =
        absl::StrCat("<section class=\"article\"", Attribute("id", id_),
                     ">\n<header>", titled_ ? Heading(outcome_.file) : "",
                     "<p>", EscapeHtml(Summary(response_)), " · ",
                     EscapeHtml(response_.model_version()), "</p></header>\n");
    for (const NoticeGroup& group : GroupNotices(response_)) {
      out += NoticeBox(group);
    }
    absl::StrAppend(&out, "<div class=\"columns\">\n", Speakers(), Text(),
                    "</div>\n</section>\n");
    return out;
  }

 private:
  std::string Anchor(int claim) const {
    return absl::StrCat(id_, "-c", claim + 1);
  }

  std::string LineAnchor(int line) const {
    return absl::StrCat(id_, "-l", line);
  }

  // What is to be noticed, with links to where.
  std::string NoticeBox(const NoticeGroup& group) const {
    std::set<int> lines;
    const std::string& text = outcome_.text;
    for (const v1::Span& place : group.places) {
      const int64_t end = std::clamp<int64_t>(place.begin(), 0, text.size());
      lines.insert(1 + std::count(text.begin(), text.begin() + end, '\n'));
    }
    std::vector<std::string> links;
    for (const int line : lines) {
      links.push_back(absl::StrCat(
          "<a", Attribute("href", absl::StrCat("#", LineAnchor(line))),
          ">line ", line, "</a>"));
    }
    return absl::StrCat("<p class=\"notice\">", EscapeHtml(group.message),
                        links.empty() ? "" : " (", absl::StrJoin(links, ", "),
                        links.empty() ? "" : ")", "</p>\n");
  }

  static std::string SpeakerKey(const v1::Claim& claim) {
    return claim.speaker_id().empty() ? kUnknownSpeaker : claim.speaker_id();
  }

  // Who made how many claims, and which, most first.
  std::string Speakers() const {
    std::map<std::string, std::vector<int>> claims;
    for (int i = 0; i < response_.claims_size(); ++i) {
      claims[SpeakerKey(response_.claims(i))].push_back(i);
    }
    std::vector<const v1::Speaker*> order;
    for (const v1::Speaker& speaker : response_.speakers()) {
      if (claims.count(speaker.speaker_id()) > 0) order.push_back(&speaker);
    }
    std::stable_sort(order.begin(), order.end(),
                     [&](const v1::Speaker* a, const v1::Speaker* b) {
                       return claims[a->speaker_id()].size() >
                              claims[b->speaker_id()].size();
                     });
    std::string out = "<aside>\n<h3>Speakers</h3>\n";
    for (const v1::Speaker* speaker : order) {
      std::string about = EnumWord(speaker->kind());
      if (!speaker->description().empty()) {
        absl::StrAppend(&about, " · ", speaker->description());
      }
      out += SpeakerEntry(speaker->speaker_id(), speaker->name(), about,
                          claims[speaker->speaker_id()]);
    }
    if (claims.count(kUnknownSpeaker) > 0) {
      out += SpeakerEntry(kUnknownSpeaker, "Unknown speaker", "",
                          claims[kUnknownSpeaker]);
    }
    out += "</aside>\n";
    return out;
  }

  std::string SpeakerEntry(const std::string& key, const std::string& name,
                           const std::string& about,
                           const std::vector<int>& claims) const {
    std::string out = absl::StrCat(
        "<details class=\"speaker\"", Attribute("data-s", key), "><summary>",
        "<b>", EscapeHtml(name), "</b> <span class=\"count\">", claims.size(),
        "</span>", about.empty() ? "" : "<small>", EscapeHtml(about),
        about.empty() ? "" : "</small>", "</summary>\n<ol>\n");
    for (const int i : claims) {
      const v1::Claim& claim = response_.claims(i);
      const std::string warning = ClaimWarning(response_, claim);
      absl::StrAppend(&out, "<li><a",
                      Attribute("href", absl::StrCat("#", Anchor(i))), ">",
                      warning.empty() ? "" : "<em class=\"warning\">",
                      EscapeHtml(warning), warning.empty() ? "" : "</em> ",
                      EscapeHtml(Excerpt(claim.text())), "</a></li>\n");
    }
    out += "</ol></details>\n";
    return out;
  }

  static std::string Excerpt(const std::string& text) {
    const std::vector<std::string> lines =
        WrapText(Printable(text), kExcerptColumns);
    return lines.size() == 1 ? lines[0] : lines[0] + " …";
  }

  // The article, a paragraph a line.
  std::string Text() const {
    std::string out = "<article";
    if (!response_.language_code().empty() &&
        response_.language_code() != "und") {
      out += Attribute("lang", response_.language_code());
    }
    out += ">\n";
    int number = 0;
    for (const Line& line : CutAtSpans(outcome_.text, response_.claims())) {
      ++number;
      if (line.empty()) continue;
      absl::StrAppend(&out, "<p", Attribute("id", LineAnchor(number)),
                      " dir=\"auto\">");
      for (const Segment& segment : line) out += Mark(segment);
      out += "</p>\n";
    }
    out += "</article>\n";
    return out;
  }

  // One stretch of text, in an element that tells its roles.
  std::string Mark(const Segment& segment) const {
    std::string out;
    for (const int i : segment.begins) {
      absl::StrAppend(&out, "<span class=\"at\"", Attribute("id", Anchor(i)),
                      "></span>");
    }
    const std::string text = EscapeHtml(segment.text);
    // Whose words they are stands before whose cue or source they are.
    std::vector<int> claims = segment.content;
    claims.insert(claims.end(), segment.cue.begin(), segment.cue.end());
    claims.insert(claims.end(), segment.source.begin(), segment.source.end());
    if (claims.empty()) return out + text;

    std::vector<std::string> tips, ids;
    std::set<int> seen;
    std::set<std::string> speakers;
    for (const int i : claims) {
      if (!seen.insert(i).second) continue;
      tips.push_back(Tip(response_.claims(i)));
      ids.push_back(Anchor(i));
      speakers.insert(SpeakerKey(response_.claims(i)));
    }
    absl::StrAppend(
        &out, "<mark", Attribute("class", Classes(segment)),
        Attribute("data-c", absl::StrJoin(ids, " ")),
        Attribute("data-s", absl::StrJoin(speakers, " ")),
        Attribute("data-tip", absl::StrJoin(tips, "\n")), Unsaid(segment),
        segment.begins.empty() ? "" : " tabindex=\"0\"", ">", text, "</mark>");
    return out;
  }

  // The warnings of claims that begin here, which the page puts in front of
  // their words: an outline alone is easily overlooked.
  std::string Unsaid(const Segment& segment) const {
    std::vector<std::string> warnings;
    for (const int i : segment.begins) {
      const std::string warning = ClaimWarning(response_, response_.claims(i));
      if (!warning.empty()) warnings.push_back(warning);
    }
    return warnings.empty()
               ? ""
               : Attribute("data-unsaid", absl::StrJoin(warnings, "; "));
  }

  std::string Classes(const Segment& segment) const {
    std::vector<std::string> classes;
    if (!segment.content.empty()) {
      classes.push_back("said");
      // The innermost claim is the last to begin.
      classes.push_back(
          EnumWord(response_.claims(segment.content.back()).type()));
    }
    if (segment.content.size() > 1) classes.push_back("nested");
    for (const int i : segment.content) {
      if (!ClaimWarning(response_, response_.claims(i)).empty()) {
        classes.push_back("unsaid");
        break;
      }
    }
    if (!segment.cue.empty()) classes.push_back("cue");
    if (!segment.source.empty()) classes.push_back("source");
    return absl::StrJoin(classes, " ");
  }

  std::string Tip(const v1::Claim& claim) const {
    const v1::Speaker* speaker = FindSpeaker(response_, claim);
    const std::string warning = ClaimWarning(response_, claim);
    return absl::StrCat(
        speaker == nullptr ? "Unknown speaker" : speaker->name(),
        warning.empty() ? "" : " · " + warning,
        claim.has_cue() ? absl::StrCat(" · “", claim.cue().text(), "”") : "",
        " · ", EnumWord(claim.type()), " ", EnumWord(claim.act()), " · ",
        Percent(claim.confidence()));
  }

  const Outcome& outcome_;
  const bool titled_;
  const v1::ExtractClaimsResponse& response_;
  const std::string id_;
};

}  // namespace

std::string EscapeHtml(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      case '\n':
        out += "&#10;";
        break;
      default: {
        const bool control =
            (static_cast<unsigned char>(c) < ' ' && c != '\t') || c == '\x7f';
        out += control ? "\xEF\xBF\xBD" : std::string(1, c);
      }
    }
  }
  return out;
}

std::string HtmlRenderer::Begin() const {
  const std::string title = files_.size() == 1
                                ? FileTitle(files_[0])
                                : absl::StrCat(files_.size(), " articles");
  std::string out = PageHead(EscapeHtml("Who said what: " + title));
  if (files_.size() > 1) {
    out += "<nav><ol>\n";
    for (size_t i = 0; i < files_.size(); ++i) {
      absl::StrAppend(&out, "<li><a href=\"#a", i + 1, "\">",
                      EscapeHtml(FileTitle(files_[i])), "</a></li>\n");
    }
    out += "</ol></nav>\n";
  }
  return out;
}

std::string HtmlRenderer::End() const { return PageFoot(); }

std::string HtmlRenderer::Article(const Outcome& outcome) const {
  // The title of a page with one article is the article's.
  const bool titled = files_.size() > 1;
  if (outcome.response.ok()) return Section(outcome, titled).Write();
  const absl::Status& error = outcome.response.status();
  return absl::StrCat(
      "<section class=\"article\" id=\"a", outcome.index + 1, "\">\n",
      titled ? Heading(outcome.file) : "", "<p class=\"notice\">",
      EscapeHtml(ValidUtf8(std::string(error.message()))), " (",
      absl::StatusCodeToString(error.code()), ")</p>\n</section>\n");
}

}  // namespace quoth::client
