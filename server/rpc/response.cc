#include "server/rpc/response.h"

#include <optional>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "server/rpc/errors.h"

namespace quoth {
namespace {

uint32_t Bit(int value) { return uint32_t{1} << value; }

// Writes spans of one text, and counts the bytes of it that were written.
class SpanWriter {
 public:
  SpanWriter(const Text& text, OffsetUnit unit)
      : text_(text), offsets_(text, unit) {}

  void Write(Span span, v1::Span& out) {
    out.set_begin(static_cast<int32_t>(offsets_.ToUnits(span.begin)));
    out.set_end(static_cast<int32_t>(offsets_.ToUnits(span.end)));
    const std::string_view slice = text_.Slice(span);
    out.set_text(slice.data(), slice.size());
    bytes_ += slice.size();
  }

  size_t bytes() const { return bytes_; }

 private:
  const Text& text_;
  const OffsetConverter offsets_;
  size_t bytes_ = 0;
};

void WriteContext(const ClaimContext& context, SpanWriter& spans,
                  v1::ClaimContext& out) {
  spans.Write(context.sentence, *out.mutable_sentence());
  spans.Write(context.paragraph, *out.mutable_paragraph());
  if (context.before) spans.Write(*context.before, *out.mutable_before());
  if (context.after) spans.Write(*context.after, *out.mutable_after());
  out.set_in_headline(context.in_headline);
  if (context.addressee) {
    spans.Write(*context.addressee, *out.mutable_addressee());
  }
  if (context.medium) spans.Write(*context.medium, *out.mutable_medium());
  if (context.time) spans.Write(*context.time, *out.mutable_time());
}

// All of a claim but its ids and its speaker.
void WriteClaim(const Claim& claim, SpanWriter& spans, v1::Claim& out) {
  out.set_type(ToProto(claim.type));
  for (const Span piece : claim.content) {
    v1::Span& span = *out.add_content();
    spans.Write(piece, span);
    if (!out.text().empty()) out.mutable_text()->push_back(' ');
    out.mutable_text()->append(span.text());
  }
  if (claim.cue) spans.Write(*claim.cue, *out.mutable_cue());
  if (claim.source) spans.Write(*claim.source, *out.mutable_source());
  out.set_act(ToProto(claim.act));
  out.set_realis(ToProto(claim.realis));
  WriteContext(claim.context, spans, *out.mutable_context());
  out.set_confidence(claim.confidence);
}

void WriteSpeaker(const Speaker& speaker, SpanWriter& spans, v1::Speaker& out) {
  out.set_name(speaker.name);
  out.set_kind(ToProto(speaker.kind));
  out.set_description(speaker.description);
  out.set_pronoun(speaker.pronoun);
  for (const Span mention : speaker.mentions) {
    spans.Write(mention, *out.add_mentions());
  }
}

// Numbers from 1 for what is in the response, 0 for what is not.
struct Numbering {
  std::vector<int> claims;
  std::vector<int> speakers;
};

Numbering NumberAnswers(const Extraction& extraction,
                        const ClaimFilter& filter) {
  Numbering numbers;
  numbers.claims.resize(extraction.claims.size());
  numbers.speakers.resize(extraction.speakers.size());
  int claims = 0;
  for (size_t i = 0; i < extraction.claims.size(); ++i) {
    if (!filter.Passes(extraction.claims[i])) continue;
    numbers.claims[i] = ++claims;
    const int speaker = extraction.links[i].speaker;
    if (speaker >= 0) numbers.speakers[speaker] = 1;
  }
  int speakers = 0;
  for (int& number : numbers.speakers) {
    if (number != 0) number = ++speakers;
  }
  return numbers;
}

// The number of the nearest claim around claim i that is in the response, or
// 0. A claim has fewer claims around it than there are claims, which bounds
// the walk even if the parents should form a ring.
int ParentNumber(const std::vector<Claim>& claims, size_t i,
                 const Numbering& numbers) {
  std::optional<int> parent = claims[i].parent;
  for (size_t steps = 0; parent && steps < claims.size(); ++steps) {
    if (numbers.claims[*parent] != 0) return numbers.claims[*parent];
    parent = claims[*parent].parent;
  }
  return 0;
}

absl::Status TooLarge() { return InvalidFields({ResponseTooLarge()}); }

}  // namespace

v1::ClaimType ToProto(ClaimType type) {
  switch (type) {
    case ClaimType::kDirect:
      return v1::CLAIM_TYPE_DIRECT;
    case ClaimType::kIndirect:
      return v1::CLAIM_TYPE_INDIRECT;
    case ClaimType::kMixed:
      return v1::CLAIM_TYPE_MIXED;
  }
  return v1::CLAIM_TYPE_UNSPECIFIED;
}

v1::Act ToProto(Act act) {
  switch (act) {
    case Act::kStatement:
      return v1::ACT_STATEMENT;
    case Act::kDenial:
      return v1::ACT_DENIAL;
    case Act::kCriticism:
      return v1::ACT_CRITICISM;
    case Act::kApproval:
      return v1::ACT_APPROVAL;
    case Act::kDirective:
      return v1::ACT_DIRECTIVE;
    case Act::kQuestion:
      return v1::ACT_QUESTION;
    case Act::kCommitment:
      return v1::ACT_COMMITMENT;
    case Act::kBelief:
      return v1::ACT_BELIEF;
    case Act::kOther:
      return v1::ACT_OTHER;
  }
  return v1::ACT_UNSPECIFIED;
}

v1::Realis ToProto(Realis realis) {
  switch (realis) {
    case Realis::kActual:
      return v1::REALIS_ACTUAL;
    case Realis::kNegated:
      return v1::REALIS_NEGATED;
    case Realis::kHypothetical:
      return v1::REALIS_HYPOTHETICAL;
  }
  return v1::REALIS_UNSPECIFIED;
}

v1::SpeakerKind ToProto(SpeakerKind kind) {
  switch (kind) {
    case SpeakerKind::kPerson:
      return v1::SPEAKER_KIND_PERSON;
    case SpeakerKind::kUnnamed:
      return v1::SPEAKER_KIND_UNNAMED;
    case SpeakerKind::kOrganization:
      return v1::SPEAKER_KIND_ORGANIZATION;
    case SpeakerKind::kDocument:
      return v1::SPEAKER_KIND_DOCUMENT;
  }
  return v1::SPEAKER_KIND_UNSPECIFIED;
}

v1::NoticeType ToProto(NoticeType type) {
  switch (type) {
    case NoticeType::kUnclosedQuotation:
      return v1::NOTICE_TYPE_UNCLOSED_QUOTATION;
    case NoticeType::kUnsupportedLanguage:
      return v1::NOTICE_TYPE_UNSUPPORTED_LANGUAGE;
    case NoticeType::kHtmlMarkup:
      return v1::NOTICE_TYPE_HTML_MARKUP;
    case NoticeType::kControlCharacters:
      return v1::NOTICE_TYPE_CONTROL_CHARACTERS;
  }
  return v1::NOTICE_TYPE_UNSPECIFIED;
}

bool ClaimFilter::Passes(const Claim& claim) const {
  return (types == 0 || (types & Bit(ToProto(claim.type))) != 0) &&
         (acts == 0 || (acts & Bit(ToProto(claim.act))) != 0) &&
         claim.confidence >= min_confidence;
}

absl::Status WriteResponse(const Extraction& extraction,
                           const ResponseOptions& options,
                           v1::ExtractClaimsResponse& response) {
  const Numbering numbers = NumberAnswers(extraction, options.filter);
  SpanWriter spans(extraction.text, options.unit);

  for (size_t i = 0; i < extraction.claims.size(); ++i) {
    if (numbers.claims[i] == 0) continue;
    v1::Claim& claim = *response.add_claims();
    claim.set_claim_id(absl::StrCat("c", numbers.claims[i]));
    WriteClaim(extraction.claims[i], spans, claim);
    const SpeakerLink& link = extraction.links[i];
    if (link.speaker >= 0) {
      claim.set_speaker_id(absl::StrCat("s", numbers.speakers[link.speaker]));
      claim.set_speaker_confidence(link.confidence);
    }
    if (const int parent = ParentNumber(extraction.claims, i, numbers)) {
      claim.set_parent_claim_id(absl::StrCat("c", parent));
    }
    // Checked as it grows: the context of thousands of claims in one endless
    // paragraph must not be written before it is found too large.
    if (spans.bytes() > options.max_bytes) return TooLarge();
  }

  for (size_t i = 0; i < extraction.speakers.size(); ++i) {
    if (numbers.speakers[i] == 0) continue;
    v1::Speaker& speaker = *response.add_speakers();
    speaker.set_speaker_id(absl::StrCat("s", numbers.speakers[i]));
    WriteSpeaker(extraction.speakers[i], spans, speaker);
  }

  response.set_language_code(extraction.language_code);
  response.set_language_supported(extraction.language_supported);
  for (const Notice& notice : extraction.notices) {
    v1::Notice& out = *response.add_notices();
    out.set_type(ToProto(notice.type));
    out.set_message(notice.message);
    if (notice.span) spans.Write(*notice.span, *out.mutable_span());
  }
  response.set_article_id(options.article_id);

  if (response.ByteSizeLong() > options.max_bytes) return TooLarge();
  return absl::OkStatus();
}

}  // namespace quoth
