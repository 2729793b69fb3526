#include "server/speakers/clusters.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/container/inlined_vector.h"
#include "absl/strings/string_view.h"
#include "server/speakers/acronyms.h"
#include "server/speakers/name_choice.h"

namespace quoth {
namespace {

// Words that many organisations share do not name one of them.
bool IsDistinctive(std::string_view part) {
  const WordFacts facts = LookUp(part);
  return part.size() >= 3 &&
         !facts.Has(kNamePart | kDemonym | kPlace | kOrganizationNoun |
                    kDepartment | kFunctionWord | kTitle | kPersonNoun |
                    kPeopleNoun | kDocumentNoun);
}

// Short names that no rule derives. Origin: written by hand for Quoth.
std::string_view FullNameOf(std::string_view word) {
  if (word == "fed") return "federal reserve";
  if (word == "tories") return "conservative party";
  if (word == "gop") return "republican party";
  return {};
}

// A person is not named in full, and never by surname alone, so many times.
constexpr uint32_t kTimeAndAgain = 3;

class Clusterer {
 public:
  Clusterer(const TokenList& tokens, const std::vector<NameMention>& names)
      : tokens_(tokens), names_(names) {
    result_.referent_of.assign(names.size(), -1);
  }

  NameClusters Run() {
    WeighKeys();
    AddFullNames();
    AddHeadlineNames();
    AddAcronyms();
    AddShortNames();
    AddWeakNames();
    ChooseSpellings();
    for (size_t n = 0; n < names_.size(); ++n) {
      if (result_.referent_of[n] < 0) continue;
      const int r = result_.referent_of[n];
      if (names_[n].parts.size() > 1 && At(r).kind == SpeakerKind::kPerson) {
        result_.by_surname.try_emplace(std::string(names_[n].parts.back()), r);
      } else if (names_[n].parts.size() > 1) {
        // What the mentions in all tell, not each by itself.
        const Evidence& e = evidence_[keys_[n]];
        At(r).evidence = std::min(At(r).evidence, e.person - e.organization);
      }
      result_.by_name.try_emplace(std::move(keys_[n]), r);
    }
    return std::move(result_);
  }

 private:
  using Candidates = absl::InlinedVector<int, 4>;

  struct Evidence {
    int person = 0;
    int organization = 0;
    int length = 0;  // What the number of its words tells for a person.
    int referent = -1;
    uint32_t mentions = 0;
    uint32_t first = 0;    // The word of the first that is not weak ...
    uint32_t second = 0;   // ... and of the second.
    bool entered = false;  // "in Zed Motors": one is not in a person.
    bool linked = false;
  };

  Referent& At(int r) { return result_.referents[static_cast<size_t>(r)]; }

  // Evidence is summed over all mentions that read the same.
  void WeighKeys() {
    keys_.reserve(names_.size());
    std::vector<std::string_view> acronyms;
    for (const NameMention& m : names_) {
      keys_.push_back(NameKey(m.parts));
      Evidence& e = evidence_[keys_.back()];
      if (e.mentions++ == 0 && m.parts.size() == 1 && tokens_[m.begin].upper &&
          acronyms.size() < kMaxNamesakes) {
        acronyms.push_back(m.parts[0]);
      }
      if (m.weak && !m.titled) continue;
      if (e.first == 0) {
        e.first = m.begin;
      } else if (e.second == 0) {
        e.second = m.begin;
      }
      // That it has two words is told once, not by every mention.
      const int length = m.parts.size() == 2 || m.parts.size() == 3 ? 1 : 0;
      e.person += m.person - length;
      e.length = length;
      e.organization += m.organization;
      e.entered = e.entered || (m.begin > 0 && !tokens_[m.begin].opens &&
                                tokens_[m.begin - 1].folded == "in");
    }
    // Whose last word stands alone elsewhere is a person, in news English; what
    // is always named in full, and something is in it, is none.
    for (size_t n = 0; n < names_.size(); ++n) {
      const NameMention& m = names_[n];
      if (m.parts.size() < 2 || m.weak) continue;
      Evidence& e = evidence_[keys_[n]];
      if (!e.linked) {
        e.person += e.length;
        const bool alone = evidence_.contains(std::string(m.parts.back()));
        if (alone && IsDistinctive(m.parts.back())) e.person += 2;
        const bool unknown = e.person <= e.length;
        const bool first = evidence_.contains(std::string(m.parts.front()));
        if (unknown &&
            ((e.entered && !alone && !first && e.mentions >= kTimeAndAgain) ||
             HasAcronym(n, acronyms))) {
          e.organization += e.person + 1;
        }
      }
      e.linked = true;
    }
  }

  // Whether the article has the initials of three words or more, too.
  bool HasAcronym(uint32_t n, const std::vector<std::string_view>& acronyms) {
    const NameMention& m = names_[n];
    if (m.parts.size() < 3) return false;
    return std::any_of(
        acronyms.begin(), acronyms.end(), [&](std::string_view acronym) {
          return MatchesInitials(tokens_, m.begin, m.end, acronym);
        });
  }

  // Of several spellings of a person's full name, the one written most often.
  void ChooseSpellings() {
    for (size_t n = 0; n < names_.size(); ++n) {
      const int r = result_.referent_of[n];
      const NameMention& m = names_[n];
      if (r < 0 || At(r).kind != SpeakerKind::kPerson || m.parts.size() < 2 ||
          !IsRespelling(m.parts, At(r).parts)) {
        continue;
      }
      if (evidence_[keys_[n]].mentions >
          evidence_[NameKey(At(r).parts)].mentions) {
        At(r).parts = m.parts;
        At(r).name = TextOf(tokens_, m.begin, m.end);
      }
    }
  }

  static bool IsRespelling(const NameParts& a, const NameParts& b) {
    return a.size() == b.size() && a != b &&
           std::equal(a.begin(), a.end(), b.begin(), IsSpellingVariant);
  }

  // Who is named in full in a headline only, and by surname in the text.
  void AddHeadlineNames() {
    for (uint32_t n = 0; n < names_.size(); ++n) {
      const NameMention& m = names_[n];
      if (!m.weak || m.parts.size() < 2 || m.parts.size() > 3) continue;
      Evidence& e = evidence_[keys_[n]];
      if (e.referent >= 0) {
        Join(n, e.referent);
        continue;
      }
      if (m.organization > m.person || !IsDistinctive(m.parts.back()) ||
          !evidence_.contains(std::string(m.parts.back())) ||
          person_parts_.contains(m.parts.back())) {
        continue;
      }
      AddPerson(n);
      e.referent = result_.referent_of[n];
    }
  }

  bool IsPersonKey(size_t n) {
    const Evidence& e = evidence_[keys_[n]];
    return e.person > e.organization;
  }

  void AddFullNames() {
    for (uint32_t n = 0; n < names_.size(); ++n) {
      const NameMention& m = names_[n];
      // "Hewlett-Packard" is as full a name as "Deutsche Bank".
      if ((m.parts.size() < 2 && m.end - m.begin < 3) || m.weak) continue;
      Evidence& e = evidence_[keys_[n]];
      if (e.referent >= 0) {
        Join(n, e.referent);
        continue;
      }
      if (IsPersonKey(n)) {
        AddPerson(n);
      } else {
        AddOrganization(n);
      }
      evidence_[keys_[n]].referent = result_.referent_of[n];
    }
  }

  void AddPerson(uint32_t n) {
    const NameMention& m = names_[n];
    const PersonName name = ParsePersonName(m.parts);
    const std::string surname_key = SurnameKey(name.surname);
    Candidates& namesakes = by_surname_[surname_key];
    for (const int r : namesakes) {
      if (CanBeSamePerson(ParsePersonName(At(r).parts), name) &&
          !GendersClash(At(r), m)) {
        Join(n, r);
        return;
      }
    }
    const int r = NewReferent(n, SpeakerKind::kPerson);
    if (namesakes.size() < kMaxNamesakes) namesakes.push_back(r);
    for (std::string_view part : m.parts) AddPart(person_parts_, part, r);
  }

  // "the Supreme Court" behind "the Supreme Court of Ohio" or "the Ohio Supreme
  // Court": -1 if no organisation or more than one is named so.
  int FindLongerName(uint32_t n) {
    const NameMention& m = names_[n];
    if (!m.definite || m.parts.size() < 2 ||
        LookUp(m.parts.front()).Has(kPlace | kDemonym | kGeographic)) {
      return -1;
    }
    int found = -1;
    for (const auto& [r, name] : organizations_) {
      const NameMention& full = names_[name];
      const size_t more = full.parts.size() - m.parts.size();
      if (full.parts.size() <= m.parts.size() || more > 2) continue;
      const bool front =
          std::equal(m.parts.begin(), m.parts.end(), full.parts.begin()) &&
          LookUp(full.parts[m.parts.size()]).Has(kPlace | kGeographic);
      const bool back =
          std::equal(m.parts.rbegin(), m.parts.rend(), full.parts.rbegin()) &&
          LookUp(full.parts.front()).Has(kPlace | kDemonym | kGeographic);
      if (!front && !back) continue;
      if (found >= 0) return -1;
      found = r;
    }
    return found;
  }

  void AddOrganization(uint32_t n) {
    const NameMention& m = names_[n];
    const int longer = FindLongerName(n);
    if (longer >= 0) {
      Join(n, longer);
      return;
    }
    const int r = NewReferent(n, SpeakerKind::kOrganization);
    AddPart(organization_parts_, m.parts.front(), r);
    if (m.parts.size() > 1) AddPart(organization_parts_, m.parts.back(), r);
    // "Walt Disney Company" is also "Disney".
    if (m.parts.size() > 2) AddPart(organization_parts_, m.parts[1], r);
    if (organizations_.size() < 4 * kMaxNamesakes) {
      organizations_.push_back({r, n});
    }
  }

  void AddAcronyms() {
    for (const auto& [full, brief] : FindBracketedAcronyms(tokens_, names_)) {
      if (result_.referent_of[full] < 0) continue;
      evidence_[keys_[brief]].referent = result_.referent_of[full];
    }
  }

  void AddShortNames() {
    for (uint32_t n = 0; n < names_.size(); ++n) {
      const NameMention& m = names_[n];
      if (m.parts.size() != 1 || m.weak) continue;
      const int r = FindShort(n);
      if (r >= 0) {
        Join(n, r);
        continue;
      }
      Evidence& e = evidence_[keys_[n]];
      if (e.referent >= 0) {
        Join(n, e.referent);
        continue;
      }
      // The rule of news English: a person is first named in full, so that a
      // word that only ever stands alone and without a title is no person.
      const bool person = e.person > e.organization;
      e.referent = NewReferent(
          n, person ? SpeakerKind::kPerson : SpeakerKind::kOrganization);
      if (person) {
        Candidates& namesakes = by_surname_[SurnameKey(m.parts[0])];
        if (namesakes.size() < kMaxNamesakes) namesakes.push_back(e.referent);
      }
    }
  }

  // The referent that a single word names, -1 if none does.
  int FindShort(uint32_t n) {
    const NameMention& m = names_[n];
    const std::string_view word = m.parts[0];
    const bool place =
        tokens_[m.begin].facts.Has(kPlace | kDemonym) && !m.titled;
    const Evidence& e = evidence_[keys_[n]];
    if (e.referent >= 0 && At(e.referent).kind != SpeakerKind::kPerson) {
      return e.referent;
    }
    if (!place) {
      const int person = FindPerson(n, word);
      if (person >= 0) return person;
      if (e.referent >= 0) return e.referent;
    }
    if (m.titled) return -1;
    if (tokens_[m.begin].upper || word.find('.') != std::string_view::npos) {
      for (const auto& [r, name] : organizations_) {
        const NameMention& full = names_[name];
        if (MatchesInitials(tokens_, full.begin, full.end, word)) return r;
      }
      const int person = FindByInitials(word);
      if (person >= 0) return person;
    }
    if (place) return -1;
    const int full = FindFullName(word);
    if (full >= 0) return full;
    if (IsDistinctive(word)) {
      auto it = organization_parts_.find(word);
      if (it != organization_parts_.end()) {
        // The shortest name: "Columbia" is no school of Columbia University.
        const int shortest = *std::min_element(
            it->second.begin(), it->second.end(), [this](int a, int b) {
              return At(a).parts.size() < At(b).parts.size();
            });
        if (IsShortFor(n, At(shortest))) return shortest;
      }
    }
    return -1;
  }

  // "JFK": the person of so many names, -1 if there is none or more than one.
  int FindByInitials(std::string_view word) {
    if (word.size() < 3) return -1;
    int found = -1;
    const size_t last =
        std::min<size_t>(result_.referents.size(), 4 * kMaxNamesakes);
    for (size_t r = 0; r < last; ++r) {
      const Referent& person = result_.referents[r];
      if (person.kind != SpeakerKind::kPerson ||
          person.parts.size() != word.size() ||
          !std::equal(word.begin(), word.end(), person.parts.begin(),
                      [](char initial, std::string_view part) {
                        return !part.empty() && part[0] == initial;
                      })) {
        continue;
      }
      if (found >= 0) return -1;
      found = static_cast<int>(r);
    }
    return found;
  }

  // News names in full first: "IBM" before "IBM Research India" is no short
  // form of it. A headline may come before.
  bool IsShortFor(uint32_t n, const Referent& full) {
    const Token& word = tokens_[names_[n].begin];
    if (word.upper) return false;
    // "Facebook" is not its "Facebook Ireland".
    for (size_t k = 1; k < full.parts.size() && word.facts.Has(kBrand); ++k) {
      if (LookUp(full.parts[k]).Has(kPlace | kDemonym)) return false;
    }
    const uint32_t first = evidence_[keys_[n]].first;
    return full.first < first || tokens_.paragraph(first) == 0;
  }

  // "the Fed": an organisation whose name ends in "Federal Reserve".
  int FindFullName(std::string_view word) {
    const std::string_view full = FullNameOf(word);
    if (full.empty()) return -1;
    for (const auto& [r, name] : organizations_) {
      const std::string key = NameKey(names_[name].parts);
      if (key.size() >= full.size() &&
          key.compare(key.size() - full.size(), full.size(), full) == 0) {
        return r;
      }
    }
    return -1;
  }

  int FindPerson(uint32_t n, std::string_view word) {
    const NameMention& m = names_[n];
    int best = -1;
    double best_score = -1e9;
    const auto consider = [&](int r, double base) {
      const Referent& referent = At(r);
      if (GendersClash(referent, m) || IsFirmOf(n, referent)) return;
      const bool same_gender =
          m.gender != Gender::kUnknown && GenderOf(referent) == m.gender;
      // The family's main figure is brought in first.
      const double score = base + (same_gender ? 5 : 0) - 1e-7 * FullFirst(r);
      if (score > best_score) {
        best = r;
        best_score = score;
      }
    };
    auto same = by_surname_.find(SurnameKey(word));
    if (same != by_surname_.end()) {
      for (const int r : same->second) {
        const PersonName full = ParsePersonName(At(r).parts);
        if (full.surname == word) {
          consider(r, 20);
        } else if (SurnamesAgree(full.surname, word)) {
          consider(r, 10);
        }
      }
    }
    if (best >= 0) return best;
    // "Mr. Kelly" is not Kelly Smith if "Smith" is what the text calls her, but
    // "Mr. Lou" is Lou Jiwei.
    const uint32_t title =
        m.begin - (m.begin > 1 && tokens_[m.begin - 1].folded == "." ? 2 : 1);
    const bool surname = m.titled && tokens_[title].facts.Has(kHonorific) &&
                         tokens_[m.begin].facts.Has(kGivenName) &&
                         !TakesGivenName(tokens_[title].folded);
    // "MTV" is no given name.
    const bool acronym = tokens_[m.begin].upper && !m.titled &&
                         !tokens_.TitleCase(tokens_.sentence(m.begin));
    auto part = person_parts_.find(word);
    if (part != person_parts_.end() && !acronym) {
      for (const int r : part->second) {
        if (surname && evidence_.contains(std::string(At(r).parts.back()))) {
          continue;
        }
        consider(r, 0);
      }
    }
    if (best >= 0 || same == by_surname_.end() || m.definite) return best;
    // "Saree", where nobody else goes by it, is Yahya Sarea.
    for (const int r : same->second) {
      if (At(r).first < m.begin && At(r).parts.size() > 1 &&
          IsMisspelling(ParsePersonName(At(r).parts).surname, word)) {
        consider(r, 0);
      }
    }
    return best;
  }

  // "Ford", named time and again before its chief executive Bill Ford is.
  bool IsFirmOf(uint32_t n, const Referent& person) {
    const NameMention& m = names_[n];
    const Evidence& e = evidence_[keys_[n]];
    return tokens_[m.begin].facts.Has(kBrand) && !m.titled &&
           !person.roles.empty() && e.second > 0 &&
           e.second < person.full_first;
  }

  // "Sir John", "Prince Harry": titles that stand before given names.
  static bool TakesGivenName(std::string_view title) {
    for (std::string_view taker : {"sir", "dame", "lord", "lady", "prince",
                                   "princess", "king", "queen", "pope"}) {
      if (title == taker) return true;
    }
    return false;
  }

  // The word at which the referent is first named in full.
  uint32_t FullFirst(int r) { return At(r).full_first; }

  // Weak mentions join what is known, or nothing.
  void AddWeakNames() {
    for (uint32_t n = 0; n < names_.size(); ++n) {
      const NameMention& m = names_[n];
      if (!m.weak || result_.referent_of[n] >= 0) continue;
      int r = evidence_[keys_[n]].referent;
      if (r < 0 && m.parts.size() == 1) {
        r = FindShort(n);
      } else if (r < 0) {
        const PersonName name = ParsePersonName(m.parts);
        auto it = by_surname_.find(SurnameKey(name.surname));
        if (it != by_surname_.end()) {
          for (const int candidate : it->second) {
            if (CanBeSamePerson(ParsePersonName(At(candidate).parts), name)) {
              r = candidate;
              break;
            }
          }
        }
      }
      if (r >= 0) Join(n, r);
    }
  }

  static Gender GenderOf(const Referent& referent) {
    return referent.title_gender != Gender::kUnknown ? referent.title_gender
                                                     : referent.name_gender;
  }

  static bool GendersClash(const Referent& referent, const NameMention& m) {
    if (m.gender == Gender::kUnknown) return false;
    const Gender gender = GenderOf(referent);
    return gender != Gender::kUnknown && gender != m.gender;
  }

  static void AddPart(absl::flat_hash_map<std::string_view, Candidates>& index,
                      std::string_view part, int r) {
    if (part.size() < 2) return;
    Candidates& candidates = index[part];
    if (candidates.size() < kMaxNamesakes &&
        std::find(candidates.begin(), candidates.end(), r) ==
            candidates.end()) {
      candidates.push_back(r);
    }
  }

  int NewReferent(uint32_t n, SpeakerKind kind) {
    const int r = static_cast<int>(result_.referents.size());
    result_.referents.emplace_back();
    At(r).kind = kind;
    Join(n, r);
    return r;
  }

  void Join(uint32_t n, int r);

  const TokenList& tokens_;
  const std::vector<NameMention>& names_;
  NameClusters result_;
  std::vector<std::string> keys_;
  absl::flat_hash_map<std::string, Evidence> evidence_;
  absl::flat_hash_map<std::string, Candidates> by_surname_;
  absl::flat_hash_map<std::string_view, Candidates> person_parts_;
  absl::flat_hash_map<std::string_view, Candidates> organization_parts_;
  // With the mention that first names it in full.
  std::vector<std::pair<int, uint32_t>> organizations_;
};

void Clusterer::Join(uint32_t n, int r) {
  result_.referent_of[n] = r;
  Referent& referent = At(r);
  if (referent.total_mentions == 0) referent.first = names_[n].begin;
  referent.first = std::min(referent.first, names_[n].begin);
  AddMention(tokens_, names_[n], referent);
}

}  // namespace

NameClusters ClusterNames(const TokenList& tokens,
                          const std::vector<NameMention>& names) {
  return Clusterer(tokens, names).Run();
}

}  // namespace quoth
