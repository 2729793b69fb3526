#include "server/speakers/descriptions.h"

#include <algorithm>

namespace quoth {
namespace {

// Nouns that can name one thing, a group a line. Origin: written by hand for
// Quoth.
constexpr std::string_view kGroups[] = {
    " poll polls survey surveys polling ",
    " study studies research paper report findings analysis review ",
    " lawsuit suit complaint filing case ",
    " email e-mail emails message messages letter ",
    " ad ads advertisement spot commercial advert ",
    " statement release announcement ",
    " bill law act legislation measure ",
    " article story piece editorial op-ed column ",
    " tweet post tweets posts ",
    " book memoir novel biography autobiography ",
    " video clip footage film movie documentary ",
    " figures data statistics numbers results ",
    " senator sen senators senate lawmaker ",
    " congressman congresswoman representative rep lawmaker legislator ",
    " governor gov ",
    " spokesman spokeswoman spokesperson ",
    " chairman chairwoman chair ",
    " prosecutor attorney lawyer ",
    " candidate nominee contender hopeful front-runner frontrunner ",
    " businessman mogul billionaire tycoon entrepreneur millionaire ",
    " professor scholar academic economist historian scientist researcher ",
    " officer official ",
    " reporter journalist correspondent writer columnist author ",
    " mp lawmaker politician ",
    " executive ceo chief boss head ",
    " coach manager boss ",
    " newspaper paper daily magazine outlet publication journal times post ",
    " company firm corporation group giant manufacturer retailer ",
    " organization organisation group charity foundation association ",
    " agency department bureau ministry ",
    " team club side ",
    " union unions ",
    " party campaign ",
};

bool InGroup(std::string_view group, std::string_view noun) {
  size_t at = 0;
  while ((at = group.find(noun, at)) != std::string_view::npos) {
    const size_t end = at + noun.size();
    if (at > 0 && group[at - 1] == ' ' && end < group.size() &&
        group[end] == ' ') {
      return true;
    }
    at = end;
  }
  return false;
}

// Of one referent, at most so many mentions are looked at.
constexpr int kMaxMentions = 64;

// "the company": says nothing but what kind of organisation it is.
constexpr std::string_view kGenericOrganizations =
    " company firm corporation bank group organization organisation agency "
    "department bureau club team party union association foundation charity "
    "newspaper paper magazine outlet network station university college "
    "institute center centre committee commission council court government "
    "ministry country nation website site manufacturer retailer airline "
    "carrier broadcaster publisher giant outfit body federation institution "
    "board campaign administration office ";

std::string_view HeadWord(const TokenList& tokens,
                          const SourcePhrase& phrase) {
  uint32_t begin = phrase.head;
  while (begin >= phrase.description_begin + 2 &&
         tokens[begin - 1].folded == "-" && tokens[begin - 1].glued &&
         tokens[begin].glued) {
    begin -= 2;
  }
  return tokens.Joined(begin, phrase.head + 1);
}

bool IsContentWord(const Token& token) {
  return !token.mark && !token.facts.Has(kDeterminer | kPreposition |
                                         kPossessive) &&
         token.folded != "and" && token.folded != "former";
}

bool MentionsBefore(const Referent& referent, uint32_t word) {
  return referent.first < word;
}

}  // namespace

bool NounsAgree(std::string_view a, std::string_view b) {
  if (a == b) return true;
  if (a.empty() || b.empty()) return false;
  for (std::string_view group : kGroups) {
    if (InGroup(group, a) && InGroup(group, b)) return true;
  }
  return false;
}

void AddDescription(const TokenList& tokens, const SourcePhrase& phrase,
                    Referent& referent) {
  if (phrase.description_begin >= phrase.description_end) return;
  for (uint32_t i = phrase.description_begin; i < phrase.description_end;
       ++i) {
    if (referent.roles.size() >= 48) break;
    if (IsContentWord(tokens[i])) referent.roles.push_back(tokens[i].folded);
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
  const std::string text = TextOf(tokens, phrase.description_begin, end);
  if (referent.description.size() < text.size()) referent.description = text;
}

void DescribeReferents(const TokenList& tokens,
                       const std::vector<NameMention>& names,
                       NameClusters& clusters) {
  for (uint32_t n = 0; n < names.size(); ++n) {
    const int r = clusters.referent_of[n];
    if (r < 0 || clusters.referents[r].kind != SpeakerKind::kPerson) continue;
    const NameMention& m = names[n];
    const uint32_t sentence_end =
        tokens.SentenceEnd(tokens.sentence(m.begin));
    // A mention in full, with what stands around it, is the phrase that
    // describes; a bare surname is described by its title alone.
    uint32_t end = m.end;
    if (end < sentence_end && tokens[end].folded == "," &&
        !tokens[end - 1].possessive && m.parts.size() > 1) {
      const uint32_t stop =
          std::min(sentence_end, m.end + kMaxAppositionWords);
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

DescriptionMatch MatchDescription(const TokenList& tokens,
                                  const SourcePhrase& phrase,
                                  const NameClusters& clusters) {
  const std::string_view head = HeadWord(tokens, phrase);
  const WordFacts& facts = phrase.head_facts;
  const bool person = facts.Has(kPersonNoun);
  const bool people = facts.Has(kPeopleNoun) && !person;
  const bool organization =
      facts.Has(kOrganizationNoun) && !person && !people;
  const bool document = !person && !people && !organization;
  const bool generic = InGroup(kGenericOrganizations, head);

  DescriptionMatch best;
  float best_score = 0;
  const size_t count = clusters.referents.size();
  const size_t from = count > kMaxMatches ? count - kMaxMatches : 0;
  for (size_t r = from; r < count; ++r) {
    const Referent& referent = clusters.referents[r];
    if (person) {
      if (!referent.IsPerson() || referent.plural) continue;
      if (facts.gender != Gender::kUnknown &&
          referent.gender() != Gender::kUnknown &&
          referent.gender() != facts.gender) {
        continue;
      }
    } else if (people) {
      if (referent.kind != SpeakerKind::kUnnamed || !referent.plural) continue;
    } else if (organization) {
      if (referent.kind != SpeakerKind::kOrganization) continue;
    } else if (referent.kind != SpeakerKind::kDocument) {
      continue;
    }
    const bool named = !referent.parts.empty();
    float score = 0;
    bool head_found = false;
    if (NounsAgree(head, referent.head)) {
      head_found = true;
      score += head == referent.head ? 3.0f : 2.0f;
    }
    for (std::string_view role : referent.roles) {
      if (!head_found && NounsAgree(head, role)) {
        head_found = true;
        score += head == role ? 3.0f : 2.0f;
      }
    }
    if (organization && !head_found) {
      for (std::string_view part : referent.parts) {
        if (part == head) {
          head_found = true;
          score += 3.0f;
        }
      }
      if (!head_found && generic && named) {
        const bool country = head == "country" || head == "nation";
        if (country == referent.place) {
          head_found = true;
          score += 1.0f;
        }
      }
    }
    if (!head_found) continue;
    if (!MentionsBefore(referent, phrase.begin) && !named) continue;
    // Modifiers that agree; those that do not speak against it.
    for (uint32_t i = phrase.description_begin; i < phrase.description_end;
         ++i) {
      if (i == phrase.head || !IsContentWord(tokens[i])) continue;
      const bool known =
          std::find(referent.roles.begin(), referent.roles.end(),
                    tokens[i].folded) != referent.roles.end() ||
          std::find(referent.parts.begin(), referent.parts.end(),
                    tokens[i].folded) != referent.parts.end();
      score += known ? 1.0f : -0.8f;
    }
    // The latest mention before this one.
    const uint32_t here = tokens[phrase.begin].span.begin;
    uint32_t latest = 0;
    bool before = false;
    for (auto it = referent.mentions.rbegin();
         it != referent.mentions.rend() &&
         it - referent.mentions.rbegin() < kMaxMentions;
         ++it) {
      if (it->begin < here) {
        latest = std::max(latest, it->begin);
        before = true;
        break;
      }
    }
    if (before) {
      score += 1.5f / (1.0f + static_cast<float>(here - latest) / 400.0f);
    } else {
      score -= 1.0f;
    }
    if (score > best_score) {
      best_score = score;
      best.referent = static_cast<int>(r);
    }
  }
  (void)document;
  best.confidence = std::min(0.9f, 0.4f + 0.1f * best_score);
  return best;
}

std::string FindIntroduction(const TokenList& tokens,
                             const SourcePhrase& phrase) {
  const std::string_view head = HeadWord(tokens, phrase);
  const uint32_t stop =
      phrase.begin > kMaxWordsBack ? phrase.begin - kMaxWordsBack : 0;
  std::string best;
  size_t best_words = 1;
  for (uint32_t i = phrase.begin; i-- > stop;) {
    if (tokens[i].mark || tokens[i].folded != head) continue;
    uint32_t begin = i;
    const uint32_t sentence_begin =
        tokens.SentenceBegin(tokens.sentence(i));
    while (begin > sentence_begin && i - begin < 8 &&
           !tokens[begin - 1].mark &&
           !tokens[begin - 1].facts.Has(kDeterminer | kPreposition | kVerb |
                                        kPossessive | kFunctionWord)) {
      --begin;
    }
    uint32_t end = i + 1;
    const uint32_t sentence_end = tokens.SentenceEnd(tokens.sentence(i));
    if (end + 1 < sentence_end &&
        (tokens[end].folded == "by" || tokens[end].folded == "from")) {
      uint32_t j = end + 1;
      while (j < sentence_end && j < end + 7 && !tokens[j].mark &&
             (tokens[j].capital || tokens[j].folded == "the" ||
              tokens[j].folded == "of")) {
        ++j;
      }
      if (j > end + 1 && tokens[j - 1].capital) end = j;
    }
    if (end - begin > best_words) {
      best_words = end - begin;
      best = TextOf(tokens, begin, end);
    }
  }
  return best;
}

}  // namespace quoth
