#include "server/speakers/author.h"

#include <cstdint>

#include "server/speakers/states.h"

namespace quoth {
namespace {

// Bylines stand in so many paragraphs at either end.
constexpr uint32_t kBylineParagraphs = 4;
constexpr uint32_t kLastParagraphs = 2;

// A credit at the end names its author within so many words.
constexpr uint32_t kMaxCreditWords = 12;

// Answers that are marked so make an interview.
constexpr int kInterviewAnswers = 3;

bool OpensParagraph(const TokenList& tokens, uint32_t i) {
  return i == 0 || tokens.paragraph(i) != tokens.paragraph(i - 1);
}

// How many paragraphs begin with "A:".
int CountAnswers(const TokenList& tokens) {
  int answers = 0;
  for (uint32_t i = 0; i + 1 < tokens.size(); ++i) {
    if (OpensParagraph(tokens, i) && tokens[i].folded == "a" &&
        tokens[i + 1].folded == ":") {
      ++answers;
    }
  }
  return answers;
}

// Whether what stands behind a name says who that is: "is a professor", ", a
// professor", ", D-Ariz.".
bool IntroducesAuthor(const TokenList& tokens, uint32_t i) {
  // "Jane Doe, a critic, said ..." reports; it is no byline.
  const uint32_t end = tokens.SentenceEnd(tokens.sentence(i));
  for (uint32_t k = i; k < end; ++k) {
    if (tokens[k].folded == "said" || tokens[k].folded == "says" ||
        tokens[k].folded == "told" || tokens.quoted(k)) {
      return false;
    }
  }
  if (tokens[i].folded == "is" || tokens[i].folded == "was") return true;
  return tokens[i].folded == "," &&
         (tokens[i + 1].facts.Has(kDeterminer | kPersonNoun) ||
          !PartyOf(tokens[i + 1].folded).empty());
}

}  // namespace

int FindAuthor(const TokenList& tokens, const std::vector<NameMention>& names,
               const NameClusters& clusters) {
  if (tokens.size() == 0) return -1;
  const uint32_t last = tokens.paragraph(tokens.size() - 1);
  const bool interview = CountAnswers(tokens) >= kInterviewAnswers;
  int author = -1;
  for (size_t n = 0; n < names.size(); ++n) {
    const int r = clusters.referent_of[n];
    const NameMention& m = names[n];
    if (r < 0 || clusters.referents[r].kind != SpeakerKind::kPerson) continue;
    if (interview) return r;
    if (m.parts.size() < 2) continue;
    const uint32_t paragraph = tokens.paragraph(m.begin);
    // "By Jane Roe".
    if (paragraph < kBylineParagraphs && m.role_begin > 0 &&
        OpensParagraph(tokens, m.role_begin - 1) &&
        tokens[m.role_begin - 1].folded == "by") {
      return r;
    }
    // "From The Long Way Home, by Jane Roe.": last.
    if (author < 0 && paragraph + kLastParagraphs > last && paragraph > 0 &&
        m.role_begin > 0 && tokens[m.role_begin - 1].folded == "by" &&
        !tokens.quoted(m.begin) &&
        tokens.SentenceBegin(tokens.sentence(m.begin)) + kMaxCreditWords >
            m.begin) {
      author = r;
    }
    // "Jane Roe is a professor of law at ...": last, alone in its paragraph.
    if (paragraph + kLastParagraphs > last && paragraph > 0 &&
        OpensParagraph(tokens, m.role_begin) && m.end + 1 < tokens.size() &&
        IntroducesAuthor(tokens, m.end)) {
      author = r;
    }
  }
  return author;
}

}  // namespace quoth
