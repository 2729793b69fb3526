#include "server/speakers/resolver.h"

#include <algorithm>
#include <numeric>
#include <string>
#include <string_view>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "server/speakers/clusters.h"
#include "server/speakers/descriptions.h"
#include "server/speakers/mentions.h"
#include "server/speakers/nesting.h"
#include "server/speakers/phrases.h"
#include "server/speakers/pronouns.h"
#include "server/speakers/tokens.h"

namespace quoth {
namespace {

// How often each way of finding a speaker is right; measured on articles with
// known speakers.
constexpr float kFullNameConfidence = 0.97f;
constexpr float kShortNameConfidence = 0.95f;
constexpr float kOwnPhraseConfidence = 0.85f;
constexpr float kFirstPersonConfidence = 0.9f;
constexpr float kContinuedConfidence = 0.75f;
constexpr float kRelativeConfidence = 0.7f;
constexpr float kGuessConfidence = 0.5f;

std::string_view PronounText(PronounKind kind) {
  switch (kind) {
    case PronounKind::kHe:
      return "he";
    case PronounKind::kShe:
      return "she";
    case PronounKind::kThey:
      return "they";
    case PronounKind::kIt:
      return "it";
    default:
      return "";
  }
}

float PronounConfidence(float margin) {
  return std::clamp(0.6f + 0.1f * margin, 0.5f, 0.95f);
}

class Resolver {
 public:
  Resolver(const Document& doc, const std::vector<Claim>& claims)
      : claims_(claims),
        tokens_(doc),
        names_(FindNames(tokens_)),
        clusters_(ClusterNames(tokens_, names_)),
        outer_(FindOuterClaims(claims)),
        depths_(NestingDepths(outer_)),
        discourse_(tokens_, names_, clusters_),
        links_(claims.size()) {
    CountPronouns(tokens_, names_, clusters_);
    DescribeReferents(tokens_, names_, clusters_);
  }

  SpeakerTable Run() {
    std::vector<int> order(claims_.size());
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(), [this](int a, int b) {
      if (depths_[a] != depths_[b]) return depths_[a] < depths_[b];
      const Span x = AnchorOf(claims_[a]), y = AnchorOf(claims_[b]);
      return x == y ? a < b : x < y;
    });
    int previous = -1;
    for (const int i : order) {
      if (previous >= 0 && depths_[previous] != depths_[i]) previous = -1;
      links_[i] = ResolveClaim(i, previous);
      previous = i;
    }
    return Table();
  }

 private:
  using Link = SpeakerLink;

  Referent& At(int r) { return clusters_.referents[static_cast<size_t>(r)]; }

  Link ResolveClaim(int i, int previous) {
    const Claim& claim = claims_[i];
    const int excluded =
        outer_[i] >= 0 && IsQuoted(i) ? links_[outer_[i]].speaker : -1;
    Link link;
    if (claim.source.has_value()) {
      const SourcePhrase phrase = ParsePhrase(tokens_, names_, *claim.source);
      link = ResolvePhrase(i, phrase, previous, excluded);
      if (link.speaker >= 0) {
        At(link.speaker).mentions.push_back(*claim.source);
        At(link.speaker).source = true;
        discourse_.AddSource(phrase.begin, link.speaker,
                             static_cast<size_t>(depths_[i]));
      }
    }
    if (!claim.source.has_value()) link = ResolveWithoutSource(i, previous);
    return link;
  }

  // Whether the claim stands inside a quotation.
  bool IsQuoted(int i) const {
    const uint32_t word = tokens_.WordAt(AnchorOf(claims_[i]).begin);
    return word < tokens_.size() && tokens_.quoted(word);
  }

  Link ResolvePhrase(int i, const SourcePhrase& phrase, int previous,
                     int excluded) {
    switch (phrase.form) {
      case PhraseForm::kPronoun:
        return ResolvePronoun(i, phrase, previous, excluded);
      case PhraseForm::kRelative:
        return ResolveRelative(i, phrase, previous, excluded);
      case PhraseForm::kName:
        return ResolveName(phrase);
      case PhraseForm::kDescription:
        return ResolveDescription(phrase, excluded);
      case PhraseForm::kEmpty:
        break;
    }
    return Link();
  }

  Link ResolvePronoun(int i, const SourcePhrase& phrase, int previous,
                      int excluded) {
    switch (phrase.pronoun) {
      case PronounKind::kI:
      case PronounKind::kWe: {
        const Link link = FirstPerson(i, phrase, previous);
        if (link.speaker >= 0) return link;
        break;
      }
      case PronounKind::kHe:
      case PronounKind::kShe:
      case PronounKind::kThey:
      case PronounKind::kIt: {
        const Antecedent antecedent =
            discourse_.Resolve(phrase.pronoun, phrase.begin, excluded);
        if (antecedent.referent >= 0) {
          Referent& referent = At(antecedent.referent);
          if (referent.pronoun.empty()) {
            referent.pronoun = PronounText(phrase.pronoun);
          }
          return {antecedent.referent, PronounConfidence(antecedent.margin)};
        }
        if (phrase.pronoun == PronounKind::kHe ||
            phrase.pronoun == PronounKind::kShe) {
          return Link();
        }
        break;
      }
      default:
        break;
    }
    return {Unnamed(phrase, SpeakerKind::kUnnamed,
                    TextOf(tokens_, phrase.begin, phrase.end), true),
            kGuessConfidence};
  }

  // "I" inside a claim is who makes the claim.
  Link FirstPerson(int i, const SourcePhrase& phrase, int previous) {
    const int outer = outer_[i];
    if (outer >= 0 && links_[outer].speaker >= 0) {
      return {links_[outer].speaker,
              kFirstPersonConfidence * links_[outer].confidence};
    }
    (void)phrase;
    (void)previous;
    return Link();
  }

  // Where the noun phrase that ends before `end` begins: the whole of "people
  // familiar with the talks", the last part of "in talks with the senator".
  uint32_t AntecedentBegin(uint32_t least, uint32_t end) const {
    uint32_t begin = end;
    uint32_t last = end;  // Behind the last preposition.
    while (begin > least && end - begin < 16) {
      const Token& before = tokens_[begin - 1];
      if (before.mark && before.folded != "-" && before.folded != "." &&
          before.folded != "%") {
        break;
      }
      if (before.facts.Has(kVerb) && !before.capital) break;
      if (before.folded == "but" || IsRelative(before.folded)) break;
      if (before.facts.Has(kPreposition)) {
        if (last == end) last = begin;
        // Go on only if people stand in front of the preposition.
        if (begin - 1 == least) break;
        const Token& noun = tokens_[begin - 2];
        const bool people = ClassifyNoun(noun.folded)
                                .Has(kPersonNoun | kPeopleNoun | kQuantity);
        if (before.folded != "of" && !people) break;
      }
      --begin;
    }
    while (begin < end && tokens_[begin].mark) ++begin;
    if (begin < end && tokens_[begin].facts.Has(kPreposition)) ++begin;
    if (last == end || begin >= last) return std::min(begin, end);
    // The head in front of the first preposition decides which of the two.
    uint32_t head = begin;
    while (head + 1 < last && !tokens_[head + 1].facts.Has(kPreposition)) {
      ++head;
    }
    return ClassifyNoun(tokens_[head].folded)
                   .Has(kPersonNoun | kPeopleNoun | kQuantity)
               ? begin
               : last;
  }

  // "who said" is the noun phrase in front.
  Link ResolveRelative(int i, const SourcePhrase& phrase, int previous,
                       int excluded) {
    uint32_t end = phrase.begin;
    const uint32_t sentence_begin =
        tokens_.SentenceBegin(tokens_.sentence(phrase.begin));
    while (end > sentence_begin && tokens_[end - 1].mark) --end;
    const uint32_t begin = AntecedentBegin(sentence_begin, end);
    if (begin == end) return Link();
    const SourcePhrase antecedent =
        ParsePhrase(tokens_, names_,
                    {tokens_[begin].span.begin, tokens_[end - 1].span.end});
    if (antecedent.form == PhraseForm::kRelative) return Link();
    Link link = ResolvePhrase(i, antecedent, previous, excluded);
    link.confidence *= kRelativeConfidence;
    return link;
  }

  Link ResolveName(const SourcePhrase& phrase) {
    std::vector<int> members;
    for (const NameMention& name : phrase.names) {
      const int r = ReferentOf(name);
      if (std::find(members.begin(), members.end(), r) == members.end()) {
        members.push_back(r);
      }
    }
    if (members.size() == 1) {
      AddDescription(tokens_, phrase, At(members[0]));
      return {members[0], phrase.names[0].parts.size() > 1
                              ? kFullNameConfidence
                              : kShortNameConfidence};
    }
    return {Joint(members, phrase), kShortNameConfidence};
  }

  // The referent of a name in a source; a new one for a weak name that only
  // the claim shows to be one.
  int ReferentOf(const NameMention& name) {
    const uint32_t n = NameAt(names_, name.begin);
    if (n < names_.size() && names_[n].begin < name.end) {
      int& r = clusters_.referent_of[n];
      if (r < 0) r = AddReferent(tokens_, name, clusters_);
      return r;
    }
    return AddReferent(tokens_, name, clusters_);
  }

  // "Trump and Sanders" speak as one.
  int Joint(const std::vector<int>& members, const SourcePhrase& phrase) {
    std::string name;
    bool persons = true;
    for (size_t k = 0; k < members.size(); ++k) {
      if (k > 0) name += k + 1 == members.size() ? " and " : ", ";
      name += At(members[k]).name;
      persons = persons && At(members[k]).kind == SpeakerKind::kPerson;
    }
    auto [it, inserted] = by_text_.try_emplace(name, -1);
    if (inserted) {
      Referent referent;
      referent.kind =
          persons ? SpeakerKind::kPerson : SpeakerKind::kOrganization;
      referent.name = name;
      referent.plural = true;
      referent.first = phrase.begin;
      it->second = static_cast<int>(clusters_.referents.size());
      clusters_.referents.push_back(std::move(referent));
    }
    ++At(it->second).total_mentions;
    return it->second;
  }

  Link ResolveDescription(const SourcePhrase& phrase, int excluded) {
    const WordFacts& head = phrase.head_facts;
    const SpeakerKind kind = KindOfHead(head);
    const bool person = head.Has(kPersonNoun);
    const bool plural =
        !person && (head.Has(kPeopleNoun) ||
                    (head.Has(kPluralNoun) && kind == SpeakerKind::kDocument));
    // "his campaign": whose?
    std::string_view owner;
    std::string owned;
    const PronounKind possessive = PronounOf(tokens_[phrase.begin].folded);
    if (kind == SpeakerKind::kOrganization &&
        (possessive == PronounKind::kHe || possessive == PronounKind::kShe)) {
      const Antecedent antecedent =
          discourse_.Resolve(possessive, phrase.begin, excluded);
      if (antecedent.referent >= 0 && !At(antecedent.referent).parts.empty()) {
        const Referent& referent = At(antecedent.referent);
        owner = ParsePersonName(referent.parts).surname;
        owned = referent.name + "\u2019s " +
                TextOf(tokens_, phrase.begin + 1, phrase.description_end);
      }
    }
    const bool known =
        (phrase.definite || (phrase.bare && !plural)) && !head.Has(kIndefinite);
    if (known && owner.empty()) {
      const DescriptionMatch match =
          MatchDescription(tokens_, phrase, clusters_);
      if (match.referent >= 0 && match.referent != excluded) {
        AddDescription(tokens_, phrase, At(match.referent));
        return {match.referent, match.confidence};
      }
    }
    if (known && !person) {
      const std::string introduction = FindIntroduction(tokens_, phrase, owner);
      if (!introduction.empty()) {
        return {Unnamed(phrase, kind, introduction, plural),
                kContinuedConfidence};
      }
    }
    if (known && person && head.Has(kStation) && IsPlain(phrase)) {
      const Antecedent antecedent =
          discourse_.ResolvePerson(head.gender, phrase.begin, excluded);
      if (antecedent.referent >= 0) {
        return {antecedent.referent, kGuessConfidence};
      }
    }
    const std::string text =
        owned.empty()
            ? TextOf(tokens_, phrase.description_begin, phrase.description_end)
            : owned;
    return {Unnamed(phrase, kind, text, plural), kOwnPhraseConfidence};
  }

  // Whether a description says who one is and not whose or of what: "the
  // Republican candidate", but not "Sanders' manager" or "the head of the
  // committee".
  bool IsPlain(const SourcePhrase& phrase) const {
    if (tokens_[phrase.begin].facts.Has(kPossessive)) return false;
    for (uint32_t i = phrase.description_begin; i < phrase.description_end;
         ++i) {
      if (tokens_[i].possessive || tokens_[i].folded == "of") return false;
    }
    return phrase.description_end - phrase.description_begin <= 6;
  }

  // A referent for a source without a name. What reads the same is the same,
  // unless it is brought in as new ("an official", "another official").
  int Unnamed(const SourcePhrase& phrase, SpeakerKind kind,
              const std::string& name, bool plural) {
    const std::string key = absl::AsciiStrToLower(name);
    auto [it, inserted] = by_text_.try_emplace(key, -1);
    if (inserted || (phrase.indefinite && !plural)) {
      Referent referent;
      referent.kind = kind;
      referent.name = name;
      referent.plural = plural;
      referent.first = phrase.begin;
      if (phrase.form == PhraseForm::kDescription) {
        referent.head = tokens_[phrase.head].folded;
        referent.title_gender = phrase.head_facts.gender;
        for (uint32_t w = phrase.description_begin;
             w < phrase.description_end && referent.roles.size() < 48; ++w) {
          if (!tokens_[w].mark) referent.roles.push_back(tokens_[w].folded);
        }
      }
      it->second = static_cast<int>(clusters_.referents.size());
      clusters_.referents.push_back(std::move(referent));
    }
    ++At(it->second).total_mentions;
    return it->second;
  }

  Link ResolveWithoutSource(int i, int previous) {
    const Span anchor = AnchorOf(claims_[i]);
    const uint32_t word = tokens_.WordAt(anchor.begin);
    if (word >= tokens_.size()) return Link();
    // A claim inside a claim without a source of its own: its speaker's.
    if (outer_[i] >= 0 && links_[outer_[i]].speaker >= 0) {
      return {links_[outer_[i]].speaker,
              kGuessConfidence * links_[outer_[i]].confidence};
    }
    if (previous < 0 || links_[previous].speaker < 0) return Link();
    const uint32_t before = tokens_.WordAt(AnchorOf(claims_[previous]).begin);
    const uint32_t gap = tokens_.paragraph(word) - tokens_.paragraph(before);
    if (gap > 1) return Link();
    return {links_[previous].speaker,
            kContinuedConfidence * links_[previous].confidence};
  }

  SpeakerTable Table();

  const std::vector<Claim>& claims_;
  TokenList tokens_;
  std::vector<NameMention> names_;
  NameClusters clusters_;
  std::vector<int> outer_;
  std::vector<int> depths_;
  Discourse discourse_;
  std::vector<Link> links_;
  absl::flat_hash_map<std::string, int> by_text_;
};

// Orders spans and keeps, of those that overlap, the first.
std::vector<Span> OrderedMentions(std::vector<Span> spans) {
  std::sort(spans.begin(), spans.end(), [](Span a, Span b) {
    return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
  });
  std::vector<Span> kept;
  for (Span span : spans) {
    if (span.empty()) continue;
    if (kept.empty() || kept.back().end <= span.begin) kept.push_back(span);
  }
  return kept;
}

SpeakerTable Resolver::Table() {
  SpeakerTable table;
  table.links.resize(claims_.size());
  std::vector<int> used;
  std::vector<int> index(clusters_.referents.size(), -1);
  std::vector<std::vector<Span>> mentions(clusters_.referents.size());
  for (size_t i = 0; i < links_.size(); ++i) {
    const int r = links_[i].speaker;
    if (r < 0 || index[r] >= 0 || At(r).name.empty()) continue;
    // A speaker whose claims have no source is mentioned by its name, if at
    // all: it always has a mention, because something linked it.
    mentions[r] = OrderedMentions(At(r).mentions);
    if (mentions[r].empty()) continue;
    index[r] = 0;
    used.push_back(r);
  }
  std::sort(used.begin(), used.end(), [&mentions](int a, int b) {
    const Span x = mentions[a].front(), y = mentions[b].front();
    return x == y ? a < b : x < y;
  });
  for (size_t k = 0; k < used.size(); ++k) {
    Referent& referent = At(used[k]);
    index[used[k]] = static_cast<int>(k);
    Speaker speaker;
    speaker.name = std::move(referent.name);
    speaker.kind = referent.kind;
    speaker.description = std::move(referent.description);
    speaker.pronoun = std::string(referent.pronoun);
    if (speaker.pronoun.empty() && referent.he + referent.she > 0) {
      speaker.pronoun = referent.he >= referent.she ? "he" : "she";
    }
    speaker.mentions = std::move(mentions[used[k]]);
    table.speakers.push_back(std::move(speaker));
  }
  for (size_t i = 0; i < links_.size(); ++i) {
    const int r = links_[i].speaker;
    if (r < 0 || index[r] < 0) continue;
    table.links[i] = {index[r], std::clamp(links_[i].confidence, 0.0f, 1.0f)};
  }
  return table;
}

}  // namespace

SpeakerTable ResolveSpeakers(const Document& doc,
                             const std::vector<Claim>& claims) {
  if (claims.empty()) return SpeakerTable();
  return Resolver(doc, claims).Run();
}

}  // namespace quoth
