#include "server/speakers/descriptions.h"

#include <algorithm>
#include <cstdint>

#include "server/speakers/states.h"
#include "server/speakers/synonyms.h"

namespace quoth {
namespace {

std::string_view HeadWord(const TokenList& tokens, const SourcePhrase& phrase) {
  uint32_t begin = phrase.head;
  while (begin >= phrase.description_begin + 2 &&
         tokens[begin - 1].folded == "-" && tokens[begin - 1].glued &&
         tokens[begin].glued) {
    begin -= 2;
  }
  return tokens.Joined(begin, phrase.head + 1);
}

bool IsContentWord(const Token& token) {
  return !token.mark &&
         !token.facts.Has(kDeterminer | kPreposition | kPossessive) &&
         token.folded != "and" && token.folded != "former";
}

// How well the head noun fits a referent: 0 not at all, 1 as any company is
// "the company", 2 by a noun of one group, 3 by the noun itself.
float HeadScore(const RoleWord& head, bool organization,
                const Referent& referent) {
  float score = 0;
  const auto compare = [&](const RoleWord& noun) {
    if (noun.word == head.word) {
      score = 3;
    } else if ((noun.groups & head.groups & kSynonyms) != 0) {
      score = std::max(score, 2.0f);
    }
  };
  compare(referent.head);
  for (const RoleWord& role : referent.roles) {
    if (score == 3) break;
    compare(role);
  }
  if (!organization) return score;
  for (std::string_view part : referent.parts) {
    if (part == head.word) score = 3;
  }
  // A medium is a newspaper and no company; a ministry is neither.
  const bool medium = (referent.part_groups & kMediumName) != 0;
  const bool office = (referent.part_groups & kOfficeName) != 0;
  if ((head.groups & kMediumHead) != 0 && !medium) return score;
  if ((head.groups & kCompanyHead) != 0 && (medium || office)) return score;
  const bool country = (head.groups & kCountryHead) != 0;
  const bool nameable = !referent.parts.empty() && !referent.demonym &&
                        (referent.evidence < 0 || referent.source ||
                         referent.kind == SpeakerKind::kOrganization);
  if (score == 0 && nameable && (head.groups & kAnyOrganization) != 0 &&
      country == referent.place) {
    score = 1;
  }
  return score;
}

bool Knows(const Referent& referent, std::string_view word) {
  for (const RoleWord& role : referent.roles) {
    if (role.word == word) return true;
  }
  return std::find(referent.parts.begin(), referent.parts.end(), word) !=
         referent.parts.end();
}

// Adds the words of a phrase of several to the roles.
void AddRoleWords(std::string_view words, Referent& referent) {
  while (!words.empty()) {
    const size_t blank = words.find(' ');
    AddRoleWord(words.substr(0, blank), referent);
    words = blank == std::string_view::npos ? "" : words.substr(blank + 1);
  }
}

// What "(R-Wis.)", ", D-Ariz.," or "of Vermont" behind a name tell of the seat:
// it makes "the Wisconsin Republican" a description.
void AddSeat(const TokenList& tokens, const NameMention& m,
             Referent& referent) {
  uint32_t i = m.end;
  if (i + 2 >= tokens.size()) return;
  if (tokens[i].folded == "of" && tokens[i + 1].facts.Has(kPlace)) {
    AddRoleWord(tokens[i + 1].folded, referent);
    return;
  }
  if (tokens[i].folded != "(" && tokens[i].folded != ",") return;
  ++i;
  const std::string_view party = PartyOf(tokens[i].folded);
  if (tokens[i].capital && !party.empty()) {
    AddRoleWord(party, referent);
    if (tokens[i + 1].folded != "-" || i + 2 >= tokens.size()) return;
    i += 2;
  } else if (tokens[i - 1].folded == ",") {
    return;
  }
  // "N.H." is four words of text.
  const uint32_t end = i + 2 < tokens.size() && tokens[i + 1].folded == "." &&
                               tokens[i + 2].glued && !tokens[i + 2].mark
                           ? i + 3
                           : i + 1;
  AddRoleWords(StateOf(tokens.Joined(i, end)), referent);
}

// Whom a person works for: "Jane Roe of Zed Corp", "Zed Corp's Jane Roe".
void AddEmployer(const TokenList& tokens, const std::vector<NameMention>& names,
                 uint32_t n, Referent& referent) {
  const NameMention& m = names[n];
  const auto add = [&referent](const NameMention& employer) {
    if (employer.IsPerson()) return;
    for (std::string_view part : employer.parts) AddRoleWord(part, referent);
  };
  if (n > 0 && names[n - 1].end == m.role_begin &&
      tokens[m.role_begin - 1].possessive) {
    add(names[n - 1]);
  }
  uint32_t i = m.end;
  if (n + 1 >= names.size() || i + 2 >= tokens.size()) return;
  const std::string_view word = tokens[i].folded;
  if (word != "of" && word != "from" && word != "at") return;
  if (tokens[++i].folded == "the") ++i;
  if (names[n + 1].begin == i) add(names[n + 1]);
}

// "Zed Corp, a maker of cars,": what kind of organisation it is.
void DescribeOrganization(const TokenList& tokens,
                          const std::vector<NameMention>& names,
                          const NameMention& m, Referent& referent) {
  const uint32_t sentence_end = tokens.SentenceEnd(tokens.sentence(m.begin));
  uint32_t end = m.end + 1;
  if (end >= sentence_end || tokens[m.end].folded != "," ||
      !tokens[end].facts.Has(kDeterminer)) {
    return;
  }
  const uint32_t stop = std::min(sentence_end, end + kMaxAppositionWords);
  while (end < stop && tokens[end].folded != ",") ++end;
  const SourcePhrase phrase = ParsePhrase(
      tokens, names, {tokens[m.end + 1].span.begin, tokens[end - 1].span.end});
  if (phrase.form != PhraseForm::kDescription ||
      !phrase.head_facts.Has(kOrganizationNoun) ||
      phrase.head_facts.Has(kPluralNoun)) {
    return;
  }
  for (uint32_t i = phrase.description_begin; i <= phrase.head; ++i) {
    if (IsContentWord(tokens[i])) AddRoleWord(tokens[i].folded, referent);
  }
}

}  // namespace

void AddDescription(const TokenList& tokens, const SourcePhrase& phrase,
                    Referent& referent) {
  if (phrase.description_begin >= phrase.description_end) return;
  for (uint32_t i = phrase.description_begin; i < phrase.description_end; ++i) {
    if (IsContentWord(tokens[i])) AddRoleWord(tokens[i].folded, referent);
  }
  if (referent.kind == SpeakerKind::kPerson &&
      phrase.head_facts.Has(kPersonNoun) &&
      phrase.head_facts.gender != Gender::kUnknown &&
      referent.title_gender == Gender::kUnknown) {
    referent.title_gender = phrase.head_facts.gender;
  }
  uint32_t end = phrase.description_end;
  while (end > phrase.description_begin && tokens[end - 1].mark) --end;
  // "Mr" is no description; "Rep." is a poor one.
  bool role = false;
  for (uint32_t i = phrase.description_begin; i < end; ++i) {
    role = role || (tokens[i].facts.Has(kPersonNoun) && !tokens[i].mark) ||
           (tokens[i].facts.Has(kTitle) && !tokens[i].facts.Has(kHonorific) &&
            tokens[i].span.size() > 4);
  }
  if (!role) return;
  // "Its director" is one, whosever.
  uint32_t begin = phrase.description_begin;
  if (begin + 1 < end && tokens[begin].facts.Has(kPossessive)) ++begin;
  const std::string text = TextOf(tokens, begin, end);
  // "A source close to the talks" is called that already.
  if (referent.parts.empty() && referent.name.find(text) != std::string::npos) {
    return;
  }
  if (referent.description.size() < text.size()) referent.description = text;
}

void DescribeReferents(const TokenList& tokens,
                       const std::vector<NameMention>& names,
                       NameClusters& clusters) {
  for (uint32_t n = 0; n < names.size(); ++n) {
    const int r = clusters.referent_of[n];
    if (r < 0) continue;
    const NameMention& m = names[n];
    if (clusters.referents[r].kind != SpeakerKind::kPerson) {
      DescribeOrganization(tokens, names, m, clusters.referents[r]);
      continue;
    }
    AddSeat(tokens, m, clusters.referents[r]);
    AddEmployer(tokens, names, n, clusters.referents[r]);
    const uint32_t sentence_end = tokens.SentenceEnd(tokens.sentence(m.begin));
    // A mention in full, with what stands around it, is the phrase that
    // describes; a bare surname is described by its title alone.
    uint32_t end = m.end;
    if (end < sentence_end && tokens[end].folded == "," &&
        !tokens[end - 1].possessive && m.parts.size() > 1) {
      const uint32_t stop = std::min(sentence_end, m.end + kMaxAppositionWords);
      end = m.end + 1;
      while (end < stop && tokens[end].folded != ",") ++end;
      // Without the closing comma it is no apposition but a list or a clause.
      if (end == stop && stop != sentence_end) end = m.end;
    }
    if (m.role_begin == m.begin && end == m.end) continue;
    const SourcePhrase phrase = ParsePhrase(
        tokens, names,
        {tokens[m.role_begin].span.begin, tokens[end - 1].span.end});
    if (phrase.form != PhraseForm::kName || phrase.names.size() != 1) continue;
    AddDescription(tokens, phrase, clusters.referents[r]);
  }
}

DescriptionFit FitDescription(const TokenList& tokens,
                              const SourcePhrase& phrase,
                              const Referent& referent) {
  const std::string_view word = HeadWord(tokens, phrase);
  const RoleWord head = {word, NounGroups(word)};
  const bool organization =
      KindOfHead(phrase.head_facts) == SpeakerKind::kOrganization;
  DescriptionFit fit;
  fit.head = static_cast<int>(HeadScore(head, organization, referent));
  for (uint32_t i = phrase.description_begin; i < phrase.description_end; ++i) {
    // "V&A"
    const bool initial =
        tokens[i].capital && !tokens[i].opens && tokens[i].span.size() == 1;
    if (i == phrase.head || (!IsContentWord(tokens[i]) && !initial)) continue;
    if (Knows(referent, tokens[i].folded)) {
      ++fit.known;
    } else {
      ++fit.unknown;
      fit.unknown_capitals += tokens[i].capital;
    }
  }
  return fit;
}

SpeakerKind KindOfHead(const WordFacts& head) {
  if (head.Has(kPersonNoun | kPeopleNoun)) return SpeakerKind::kUnnamed;
  return head.Has(kOrganizationNoun) ? SpeakerKind::kOrganization
                                     : SpeakerKind::kDocument;
}

std::string FindIntroduction(const TokenList& tokens,
                             const SourcePhrase& phrase,
                             std::string_view owner) {
  const std::string_view head = HeadWord(tokens, phrase);
  const bool organization =
      KindOfHead(phrase.head_facts) == SpeakerKind::kOrganization;
  const uint64_t groups = NounGroups(head) & kSynonyms;
  std::vector<std::string_view> wanted;
  for (uint32_t i = phrase.description_begin; i < phrase.description_end; ++i) {
    if (i != phrase.head && IsContentWord(tokens[i])) {
      wanted.push_back(tokens[i].folded);
    }
  }
  if (!owner.empty()) wanted.push_back(owner);

  std::string best;
  size_t best_words = 1;
  bool synonyms = false;
  const auto look = [&](uint32_t i) {
    if (tokens[i].mark) return;
    if (synonyms ? tokens[i].folded == head ||
                       (NounGroups(tokens[i].folded) & groups) == 0
                 : tokens[i].folded != head) {
      return;
    }
    if (i >= phrase.begin && i < phrase.end) return;
    uint32_t begin = i;
    const uint32_t sentence_begin = tokens.SentenceBegin(tokens.sentence(i));
    bool capital = false;
    while (begin > sentence_begin && i - begin < 8 && !tokens[begin - 1].mark &&
           !tokens[begin - 1].facts.Has(kDeterminer | kPreposition |
                                        kPossessive) &&
           !(tokens[begin - 1].facts.Has(kVerb | kFunctionWord) &&
             !(tokens[begin - 1].capital && !tokens[begin - 1].opens))) {
      --begin;
      capital = capital || tokens[begin].capital;
    }
    if (organization) {
      if (!capital) return;
      // From the first name on: not "benefit" of "benefit Clinton's campaign".
      while (!tokens[begin].capital) ++begin;
    }
    uint32_t end = i + 1;
    const uint32_t sentence_end = tokens.SentenceEnd(tokens.sentence(i));
    // "by Pew", "from Pew", "released by Pew".
    const uint32_t by =
        end + 1 < sentence_end && IsParticiple(tokens[end]) ? end + 1 : end;
    if (!organization && by + 1 < sentence_end &&
        (tokens[by].folded == "by" ||
         (by == end && tokens[by].folded == "from"))) {
      uint32_t j = by + 1;
      while (j < sentence_end && j < by + 7 && !tokens[j].mark &&
             (tokens[j].capital || tokens[j].folded == "the" ||
              tokens[j].folded == "of")) {
        ++j;
      }
      if (j > by + 1 && tokens[j - 1].capital) end = j;
    }
    for (std::string_view word : wanted) {
      bool found = false;
      for (uint32_t j = begin; j < end && !found; ++j) {
        found = tokens[j].folded == word;
      }
      if (!found) return;
    }
    if (end - begin > best_words) {
      best_words = end - begin;
      best = TextOf(tokens, begin, end);
    }
  };
  const uint32_t stop =
      phrase.begin > kMaxWordsBack ? phrase.begin - kMaxWordsBack : 0;
  for (uint32_t i = phrase.begin; i-- > stop;) look(i);
  // "The survey" may be the poll of the sentence before.
  if (best.empty() && !organization && groups != 0) {
    synonyms = true;
    for (uint32_t i = phrase.begin; i-- > stop;) look(i);
    synonyms = false;
  }
  if (best.empty()) {
    const uint32_t last = std::min(tokens.size(), phrase.end + kMaxWordsBack);
    for (uint32_t i = phrase.end; i < last; ++i) look(i);
  }
  return best;
}

}  // namespace quoth
