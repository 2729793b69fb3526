#include "server/speakers/resolver.h"

#include <algorithm>
#include <numeric>

#include "server/speakers/author.h"
#include "server/speakers/clusters.h"
#include "server/speakers/descriptions.h"
#include "server/speakers/groups.h"
#include "server/speakers/mentions.h"
#include "server/speakers/nesting.h"
#include "server/speakers/phrases.h"
#include "server/speakers/pronouns.h"
#include "server/speakers/sources.h"
#include "server/speakers/synonyms.h"
#include "server/speakers/table.h"
#include "server/speakers/tokens.h"

namespace quoth {
namespace {

// How often a speaker that is taken over from elsewhere is right, relative to
// how often it is right there.
constexpr float kContinued = 0.7f;   // From the claim before.
constexpr float kIntroduced = 0.8f;  // From the words in front of a colon.
constexpr float kEnclosing = 0.5f;   // From the claim around it.
constexpr float kLater = 0.7f;       // From the claim behind.

constexpr float kAuthor = 0.7f;  // Who writes "I" outside quotations.

// In so many first paragraphs somebody may speak who is named only within so
// many paragraphs behind.
constexpr uint32_t kLeadParagraphs = 4;
constexpr uint32_t kNamedWithin = 3;

// At most so many claims behind one are looked at for that.
constexpr size_t kMaxLookedAhead = 12;

class Resolver {
 public:
  Resolver(const Document& doc, const std::vector<Claim>& claims)
      : claims_(claims),
        tokens_(doc),
        names_(FindNames(tokens_)),
        groups_(FindGroups(tokens_, names_)),
        clusters_(ClusterNames(tokens_, names_)),
        outer_(FindOuterClaims(claims)),
        depths_(NestingDepths(outer_)),
        discourse_(tokens_, names_, groups_, clusters_),
        sources_(tokens_, names_, clusters_, discourse_),
        links_(claims.size()) {
    CountPronouns(tokens_, names_, clusters_);
    DescribeReferents(tokens_, names_, clusters_);
    author_ = FindAuthor(tokens_, names_, clusters_);
  }

  SpeakerTable Run() {
    words_.reserve(claims_.size());
    for (const Claim& claim : claims_) {
      words_.push_back(tokens_.WordAt(AnchorOf(claim).begin));
    }
    // Outer claims first, so that "I" finds its speaker.
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
    LookAhead(order);
    std::vector<SpeakerLink> links(links_.size());
    for (size_t i = 0; i < links.size(); ++i) {
      links[i] = {links_[i].referent, links_[i].confidence};
    }
    return MakeTable(clusters_.referents, links);
  }

 private:
  uint32_t WordOf(int i) const { return words_[i]; }

  SourceLink ResolveClaim(int i, int previous) {
    const uint32_t word = WordOf(i);
    if (word >= tokens_.size()) return SourceLink();
    if (!claims_[i].source.has_value()) return Continue(i, word, previous);
    SourceContext context;
    if (!tokens_.quoted(word)) {
      context.first_person = author_;
      context.first_person_confidence = kAuthor;
    }
    if (outer_[i] >= 0 && links_[outer_[i]].referent >= 0) {
      context.first_person = links_[outer_[i]].referent;
      context.first_person_confidence = links_[outer_[i]].confidence;
      if (tokens_.quoted(word)) context.excluded = context.first_person;
    }
    // Two claims of one source, as in "X denied ... and said ...".
    if (previous >= 0 && claims_[previous].source == claims_[i].source &&
        outer_[previous] == outer_[i]) {
      return links_[previous];
    }
    const SourcePhrase phrase =
        ParsePhrase(tokens_, names_, *claims_[i].source);
    const SourceLink link = sources_.Resolve(phrase, context);
    if (link.referent >= 0) {
      Referent& referent = clusters_.referents[link.referent];
      referent.mentions.push_back(*claims_[i].source);
      referent.source = true;
      discourse_.AddSource(phrase.begin, link.referent,
                           static_cast<size_t>(depths_[i]));
    }
    return link;
  }

  // A claim without a source: who is speaking anyway.
  SourceLink Continue(int i, uint32_t word, int previous) {
    const auto take = [this](int from, float share) {
      return SourceLink{links_[from].referent, share * links_[from].confidence};
    };
    if (outer_[i] >= 0 && links_[outer_[i]].referent >= 0) {
      return take(outer_[i], kEnclosing);
    }
    // "Blair was blunt: '...'".
    const uint32_t sentence_begin =
        tokens_.SentenceBegin(tokens_.sentence(word));
    uint32_t front = word;
    while (front > sentence_begin && tokens_[front - 1].mark &&
           tokens_[front - 1].folded != ":") {
      --front;
    }
    if (front > sentence_begin && tokens_[front - 1].folded == ":") {
      const int subject = discourse_.SubjectBetween(sentence_begin, front);
      if (subject >= 0) return {subject, kIntroduced};
    }
    if (previous >= 0 && links_[previous].referent >= 0) {
      const uint32_t gap =
          tokens_.paragraph(word) - tokens_.paragraph(WordOf(previous));
      if (gap <= 1) return take(previous, kContinued);
    }
    return SourceLink();
  }

  // What only later text tells: a first claim without a source, and an unnamed
  // source that the next claims name ("A minister has denied ... Jane Roe
  // said").
  void LookAhead(const std::vector<int>& order) {
    std::vector<int> named(clusters_.referents.size(), -1);
    for (size_t k = 0; k < order.size(); ++k) {
      const int i = order[k];
      if (depths_[i] != 0) break;
      const uint32_t word = WordOf(i);
      if (word >= tokens_.size()) continue;
      const int r = links_[i].referent;
      const bool missing = r < 0 && !claims_[i].source.has_value();
      if (missing && tokens_.paragraph(word) < kLeadParagraphs) {
        const int next = NextSpeaker(order, k);
        if (next >= 0) {
          links_[i] = {links_[next].referent, kLater * links_[next].confidence};
        }
      } else if (r >= 0 && links_[i].may_be_named_later && named[r] < 0) {
        named[r] = NextPerson(order, k, r);
        if (named[r] >= 0) Merge(r, named[r]);
      }
    }
    for (SourceLink& link : links_) {
      if (link.referent < 0 || named[link.referent] < 0) continue;
      link = {named[link.referent], kLater * link.confidence};
    }
  }

  // All that was said of the unnamed one is said of the person.
  void Merge(int unnamed, int person) {
    Referent& to = clusters_.referents[person];
    const Referent& from = clusters_.referents[unnamed];
    to.mentions.insert(to.mentions.end(), from.mentions.begin(),
                       from.mentions.end());
    if (to.description.empty()) to.description = from.name;
    if (to.pronoun.empty()) to.pronoun = from.pronoun;
  }

  // The first claim behind order[k], within kNamedWithin paragraphs, that has
  // one speaker; -1 if there is none.
  int NextSpeaker(const std::vector<int>& order, size_t k) const {
    const size_t stop = std::min(order.size(), k + 1 + kMaxLookedAhead);
    for (size_t m = k + 1; m < stop; ++m) {
      const int i = order[m];
      if (depths_[i] != 0 || ParagraphsBetween(order[k], i) > kNamedWithin) {
        break;
      }
      const int r = links_[i].referent;
      if (r >= 0 && !clusters_.referents[r].plural) return i;
    }
    return -1;
  }

  // The person who speaks next, if it is first named there and can be the
  // unnamed one: in the first paragraphs by the order alone, further down if
  // its role agrees or none is given.
  int NextPerson(const std::vector<int>& order, size_t k, int unnamed) const {
    const uint32_t word = WordOf(order[k]);
    const bool lead = tokens_.paragraph(word) < kLeadParagraphs;
    const uint32_t within = lead ? kNamedWithin : 1;
    const Referent& from = clusters_.referents[unnamed];
    const size_t stop = std::min(order.size(), k + 1 + kMaxLookedAhead);
    for (size_t m = k + 1; m < stop; ++m) {
      const int i = order[m];
      if (depths_[i] != 0 || ParagraphsBetween(order[k], i) > within) break;
      const int r = links_[i].referent;
      if (r < 0 || r == unnamed) continue;
      const Referent& to = clusters_.referents[r];
      if (to.plural || to.kind != SpeakerKind::kPerson) continue;
      if (to.first < word) return -1;
      if (from.gender() != Gender::kUnknown &&
          to.gender() != Gender::kUnknown && from.gender() != to.gender()) {
        return -1;
      }
      if (lead || to.roles.empty()) return r;
      for (const RoleWord& role : to.roles) {
        if (NounsAgree(role.word, from.head.word)) return r;
      }
      return -1;
    }
    return -1;
  }

  // Of claims in this order. Large if one stands behind the text.
  uint32_t ParagraphsBetween(int first, int second) const {
    if (WordOf(second) >= tokens_.size()) return kNamedWithin + 1;
    return tokens_.paragraph(WordOf(second)) - tokens_.paragraph(WordOf(first));
  }

  const std::vector<Claim>& claims_;
  TokenList tokens_;
  std::vector<NameMention> names_;
  std::vector<GroupMention> groups_;
  NameClusters clusters_;
  std::vector<int> outer_;
  std::vector<int> depths_;
  std::vector<uint32_t> words_;  // At which each claim stands.
  int author_ = -1;
  Discourse discourse_;
  SourceResolver sources_;
  std::vector<SourceLink> links_;  // Indices into clusters_.referents.
};

}  // namespace

SpeakerTable ResolveSpeakers(const Document& doc,
                             const std::vector<Claim>& claims) {
  if (claims.empty()) return SpeakerTable();
  return Resolver(doc, claims).Run();
}

}  // namespace quoth
