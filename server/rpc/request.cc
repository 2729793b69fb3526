#include "server/rpc/request.h"

#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "server/rpc/errors.h"
#include "server/rpc/limits.h"
#include "server/text/language.h"

namespace quoth {
namespace {

void ReadArticle(const v1::Article& article, ExtractCall& call,
                 std::vector<FieldViolation>& violations) {
  if (article.text().empty()) {
    violations.push_back({"article.text", "is required"});
  } else if (article.text().size() > kMaxTextBytes) {
    violations.push_back(TextTooLong(article.text().size()));
  }
  if (!article.language_code().empty() &&
      !IsLanguageCode(article.language_code())) {
    violations.push_back({"article.language_code",
                          "is not a BCP 47 code such as \"en\" or \"en-GB\""});
  }
  if (article.article_id().size() > kMaxIdBytes) {
    violations.push_back(
        {"article.article_id",
         absl::StrCat("has ", article.article_id().size(),
                      " bytes, over the limit of ", kMaxIdBytes)});
  }
  call.text = article.text();
  call.extract.language_code = article.language_code();
  call.response.article_id = article.article_id();
}

// The bit of each value of a repeated enum field; values that a claim cannot
// have are violations.
template <typename IsValid>
uint32_t ReadSet(const google::protobuf::RepeatedField<int>& values,
                 std::string_view field, std::string_view type,
                 IsValid is_valid, std::vector<FieldViolation>& violations) {
  uint32_t set = 0;
  for (int i = 0; i < values.size(); ++i) {
    // Value 0 is the enum's UNSPECIFIED, which no claim has.
    if (values[i] != 0 && is_valid(values[i])) {
      set |= uint32_t{1} << values[i];
    } else if (violations.size() <= kMaxFieldViolations) {
      violations.push_back(
          {absl::StrCat(std::string(field), "[", i, "]"),
           absl::StrCat("is ", values[i], ", which is not a ",
                        std::string(type), " that a claim can have")});
    }
  }
  return set;
}

FieldViolation UnknownValue(std::string_view field, int value,
                            std::string_view type) {
  return {std::string(field),
          absl::StrCat("is ", value, ", which is not a ", std::string(type))};
}

}  // namespace

absl::StatusOr<ExtractCall> ReadRequest(
    const v1::ExtractClaimsRequest& request) {
  ExtractCall call;
  std::vector<FieldViolation> violations;
  if (request.has_article()) {
    ReadArticle(request.article(), call, violations);
  } else {
    violations.push_back({"article", "is required"});
  }

  switch (request.encoding_type()) {
    case v1::ENCODING_TYPE_UNSPECIFIED:
    case v1::ENCODING_TYPE_UTF32:
      call.response.unit = OffsetUnit::kUtf32;
      break;
    case v1::ENCODING_TYPE_UTF8:
      call.response.unit = OffsetUnit::kUtf8;
      break;
    case v1::ENCODING_TYPE_UTF16:
      call.response.unit = OffsetUnit::kUtf16;
      break;
    default:
      violations.push_back(UnknownValue(
          "encoding_type", request.encoding_type(), "EncodingType"));
  }

  switch (request.scope()) {
    case v1::SCOPE_UNSPECIFIED:
    case v1::SCOPE_REPORTED:
      call.extract.scope = Scope::kReported;
      break;
    case v1::SCOPE_ALL_ATTRIBUTIONS:
      call.extract.scope = Scope::kAllAttributions;
      break;
    default:
      violations.push_back(UnknownValue("scope", request.scope(), "Scope"));
  }

  ClaimFilter& filter = call.response.filter;
  filter.types = ReadSet(request.claim_types(), "claim_types", "ClaimType",
                         v1::ClaimType_IsValid, violations);
  filter.acts =
      ReadSet(request.acts(), "acts", "Act", v1::Act_IsValid, violations);

  // Written so that NaN, which compares false with everything, is refused.
  if (request.min_confidence() >= 0 && request.min_confidence() <= 1) {
    filter.min_confidence = request.min_confidence();
  } else {
    violations.push_back({"min_confidence", "is not a number from 0 to 1"});
  }

  if (request.context_sentences() < 0 ||
      request.context_sentences() > kMaxContextSentences) {
    violations.push_back(
        {"context_sentences",
         absl::StrCat("is ", request.context_sentences(), ", not from 0 to ",
                      kMaxContextSentences)});
  }
  call.extract.context_sentences = request.context_sentences();

  if (!violations.empty()) return InvalidFields(violations);
  return call;
}

}  // namespace quoth
