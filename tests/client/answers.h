// Builds answers for the tests: claims by the words that they are about.
//
//   ResponseBuilder b("“We are close,” Blinken said.");
//   b.Speaker("Blinken");
//   v1::Claim& claim = b.Claim({"We are close,"}, "said", "Blinken", "s1");

#ifndef QUOTH_TESTS_CLIENT_ANSWERS_H_
#define QUOTH_TESTS_CLIENT_ANSWERS_H_

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "client/renderer.h"
#include "gtest/gtest.h"
#include "quoth/v1/attribution.pb.h"

namespace quoth::client {

class ResponseBuilder {
 public:
  explicit ResponseBuilder(std::string text) : text_(std::move(text)) {
    response_.set_language_code("en");
    response_.set_language_supported(true);
    response_.set_model_version("test 1");
  }

  // The first place of `words`, which must occur, in bytes.
  v1::Span Find(const std::string& words) const {
    v1::Span span;
    const size_t begin = text_.find(words);
    EXPECT_NE(begin, std::string::npos) << words;
    span.set_begin(static_cast<int>(begin));
    span.set_end(static_cast<int>(begin + words.size()));
    span.set_text(words);
    return span;
  }

  v1::Speaker& Speaker(const std::string& name,
                       const std::string& description = "") {
    v1::Speaker& speaker = *response_.add_speakers();
    speaker.set_speaker_id(absl::StrCat("s", response_.speakers_size()));
    speaker.set_name(name);
    speaker.set_description(description);
    speaker.set_kind(v1::SPEAKER_KIND_PERSON);
    return speaker;
  }

  // Without cue or source if they are empty.
  v1::Claim& Claim(const std::vector<std::string>& pieces,
                   const std::string& cue, const std::string& source,
                   const std::string& speaker_id) {
    v1::Claim& claim = *response_.add_claims();
    claim.set_claim_id(absl::StrCat("c", response_.claims_size()));
    claim.set_type(v1::CLAIM_TYPE_DIRECT);
    claim.set_act(v1::ACT_STATEMENT);
    claim.set_realis(v1::REALIS_ACTUAL);
    claim.set_confidence(0.97f);
    claim.set_speaker_id(speaker_id);
    for (const std::string& piece : pieces) {
      *claim.add_content() = Find(piece);
      absl::StrAppend(claim.mutable_text(), claim.text().empty() ? "" : " ",
                      piece);
    }
    if (!cue.empty()) *claim.mutable_cue() = Find(cue);
    if (!source.empty()) *claim.mutable_source() = Find(source);
    return claim;
  }

  v1::ExtractClaimsResponse& response() { return response_; }

  Outcome Finish(const std::string& file = "story.txt") const {
    Outcome outcome;
    outcome.file = file;
    outcome.text = text_;
    outcome.response = response_;
    return outcome;
  }

 private:
  std::string text_;
  v1::ExtractClaimsResponse response_;
};

}  // namespace quoth::client

#endif  // QUOTH_TESTS_CLIENT_ANSWERS_H_
