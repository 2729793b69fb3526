#include "server/speakers/words.h"

#include <utf8proc.h>

#include <cstdlib>
#include <deque>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "server/speakers/word_lists.h"
#include "server/text/seen_form.h"

namespace quoth {
namespace {

struct PronounEntry {
  std::string_view word;
  PronounKind kind;
};

constexpr PronounEntry kPronouns[] = {
    {"he", PronounKind::kHe},        {"him", PronounKind::kHe},
    {"his", PronounKind::kHe},       {"himself", PronounKind::kHe},
    {"she", PronounKind::kShe},      {"her", PronounKind::kShe},
    {"hers", PronounKind::kShe},     {"herself", PronounKind::kShe},
    {"they", PronounKind::kThey},    {"them", PronounKind::kThey},
    {"their", PronounKind::kThey},   {"themselves", PronounKind::kThey},
    {"it", PronounKind::kIt},        {"its", PronounKind::kIt},
    {"itself", PronounKind::kIt},    {"i", PronounKind::kI},
    {"me", PronounKind::kI},         {"my", PronounKind::kI},
    {"mine", PronounKind::kI},       {"myself", PronounKind::kI},
    {"we", PronounKind::kWe},        {"us", PronounKind::kWe},
    {"our", PronounKind::kWe},       {"ours", PronounKind::kWe},
    {"ourselves", PronounKind::kWe}, {"you", PronounKind::kYou},
    {"your", PronounKind::kYou},     {"yourself", PronounKind::kYou},
    {"this", PronounKind::kOther},   {"these", PronounKind::kOther},
    {"both", PronounKind::kOther},   {"let", PronounKind::kWe},
};

absl::string_view ToAbsl(std::string_view s) {
  return absl::string_view(s.data(), s.size());
}

bool EndsWith(std::string_view word, std::string_view ending) {
  return word.size() > ending.size() + 1 &&
         absl::EndsWith(ToAbsl(word), ToAbsl(ending));
}

std::string PluralOf(absl::string_view noun) {
  std::string s(noun);
  if (absl::EndsWith(s, "man") && s != "german" && s != "human") {
    s.replace(s.size() - 2, 2, "en");
  } else if (absl::EndsWith(s, "y") && s.size() > 2 &&
             absl::string_view("aeiou").find(s[s.size() - 2]) ==
                 absl::string_view::npos) {
    s.replace(s.size() - 1, 1, "ies");
  } else if (absl::EndsWith(s, "s") || absl::EndsWith(s, "x") ||
             absl::EndsWith(s, "ch") || absl::EndsWith(s, "sh")) {
    s += "es";
  } else {
    s += "s";
  }
  return s;
}

class Lexicon {
 public:
  Lexicon() {
    namespace lists = word_lists;
    Add(lists::kDeterminers, kDeterminer | kFunctionWord);
    Add(lists::kPossessives, kPossessive | kFunctionWord);
    Add(lists::kPrepositions, kPreposition | kFunctionWord);
    Add(lists::kVerbs, kVerb);
    Add(lists::kFunctionWords, kFunctionWord);
    Add(lists::kQuantities, kQuantity);
    Add(lists::kCalendar, kCalendar);
    Add(lists::kSuffixes, kSuffix);
    Add(lists::kParticles, kParticle);
    Add(lists::kDepartments, kDepartment);
    Add(lists::kMaleHonorifics, kTitle | kHonorific, Gender::kMale);
    Add(lists::kFemaleHonorifics, kTitle | kHonorific, Gender::kFemale);
    Add(lists::kHonorifics, kTitle | kHonorific);
    Add(lists::kTitles, kTitle);
    AddNouns(lists::kMaleNouns, kPersonNoun, kPeopleNoun, Gender::kMale);
    AddNouns(lists::kFemaleNouns, kPersonNoun, kPeopleNoun, Gender::kFemale);
    AddNouns(lists::kPersonNouns, kPersonNoun, kPeopleNoun, Gender::kUnknown);
    Add(lists::kAdjectivesToo, kAdjectiveToo);
    Add(lists::kGeographic, kGeographic);
    Add(lists::kRankWords, kRankWord);
    Add(lists::kAnonymous, kAnonymous);
    Add(lists::kStations, kStation);
    Add(lists::kIndefinites, kIndefinite);
    Add(lists::kPeopleNouns, kPeopleNoun | kPluralNoun);
    AddNouns(lists::kOrganizationNouns, kOrganizationNoun, kOrganizationNoun,
             Gender::kUnknown);
    Add(lists::kOrganizationPlurals, kOrganizationNoun | kPluralNoun);
    AddNouns(lists::kDocumentNouns, kDocumentNoun, kDocumentNoun,
             Gender::kUnknown);
    Add(lists::kDocumentPlurals, kDocumentNoun | kPluralNoun);
    Add(lists::kNameParts, kNamePart);
    Add(lists::kBrands, kBrand);
    Add(lists::kPlaces, kPlace);
    Add(lists::kDemonyms, kDemonym);
    Add(lists::kMaleNames, kGivenName, Gender::kMale);
    Add(lists::kFemaleNames, kGivenName, Gender::kFemale);
    Add(lists::kEitherNames, kGivenName);
    for (const PronounEntry& entry : kPronouns) {
      facts_[ToAbsl(entry.word)].pronoun = entry.kind;
    }
  }

  WordFacts Find(std::string_view folded) const {
    auto it = facts_.find(ToAbsl(folded));
    return it == facts_.end() ? WordFacts() : it->second;
  }

 private:
  // A noun keeps the class of the first list that has it. A given name of
  // both genders has none.
  void AddWord(absl::string_view word, uint32_t classes, Gender gender) {
    WordFacts& facts = facts_[word];
    if ((classes & kNounClasses) != 0 && facts.Has(kNounClasses)) return;
    if ((classes & kGivenName) != 0 && facts.Has(kGivenName)) {
      if (facts.gender != gender) facts.gender = Gender::kUnknown;
      return;
    }
    facts.classes |= classes;
    if (gender != Gender::kUnknown) facts.gender = gender;
  }

  void Add(absl::string_view list, uint32_t classes,
           Gender gender = Gender::kUnknown) {
    for (absl::string_view word :
         absl::StrSplit(list, ' ', absl::SkipEmpty())) {
      AddWord(word, classes, gender);
    }
  }

  void AddNouns(absl::string_view list, uint32_t singular, uint32_t plural,
                Gender gender) {
    for (absl::string_view word :
         absl::StrSplit(list, ' ', absl::SkipEmpty())) {
      AddWord(word, singular, gender);
      plurals_.push_back(PluralOf(word));
      AddWord(plurals_.back(), plural | kPluralNoun, gender);
    }
  }

  absl::flat_hash_map<absl::string_view, WordFacts> facts_;
  std::deque<std::string> plurals_;  // What facts_ refers to.
};

const Lexicon& TheLexicon() {
  static const Lexicon* const lexicon = new Lexicon;
  return *lexicon;
}

// The letter under a stroke, which Unicode does not decompose; 0 if there is
// none.
char WithoutStroke(std::string_view letter) {
  if (letter == "\u0142") return 'l';
  if (letter == "\u00f8") return 'o';
  if (letter == "\u0111") return 'd';
  return letter == "\u0131" ? 'i' : '\0';
}

}  // namespace

WordFacts LookUp(std::string_view folded) { return TheLexicon().Find(folded); }

WordFacts ClassifyNoun(std::string_view folded) {
  WordFacts facts = LookUp(folded);
  if (facts.Has(kNounClasses)) return facts;
  if (facts.Has(kTitle) && !facts.Has(kQuantity)) {
    facts.classes |= kPersonNoun;
    return facts;
  }
  // The last part of a compound decides: "super-delegate", "fact-checkers".
  const size_t hyphen = folded.rfind('-');
  if (hyphen != std::string_view::npos && hyphen + 1 < folded.size()) {
    const WordFacts last = LookUp(folded.substr(hyphen + 1));
    if (last.Has(kNounClasses)) return last;
  }
  if (facts.Has(kNamePart | kBrand | kPlace)) {
    facts.classes |= kOrganizationNoun;
  } else if (facts.Has(kQuantity)) {
    facts.classes |= kPeopleNoun | kPluralNoun;
  } else if (EndsWith(folded, "women")) {
    facts.classes |= kPeopleNoun | kPluralNoun;
    facts.gender = Gender::kFemale;
  } else if (EndsWith(folded, "woman") || EndsWith(folded, "mother") ||
             EndsWith(folded, "sister") || EndsWith(folded, "daughter")) {
    facts.classes |= kPersonNoun;
    facts.gender = Gender::kFemale;
  } else if (EndsWith(folded, "men")) {
    facts.classes |= kPeopleNoun | kPluralNoun;
  } else if (EndsWith(folded, "man") || EndsWith(folded, "father") ||
             EndsWith(folded, "brother")) {
    facts.classes |= kPersonNoun;
    facts.gender = Gender::kMale;
  } else if (EndsWith(folded, "er") || EndsWith(folded, "or") ||
             EndsWith(folded, "ist") || EndsWith(folded, "ian") ||
             EndsWith(folded, "eer") || EndsWith(folded, "surgeon") ||
             EndsWith(folded, "person") || EndsWith(folded, "year-old")) {
    facts.classes |= kPersonNoun;
    if (EndsWith(folded, "year-old")) facts.classes |= kStation;
  } else if (EndsWith(folded, "s") && !EndsWith(folded, "ss") &&
             !EndsWith(folded, "us") && !EndsWith(folded, "is") &&
             !EndsWith(folded, "ics") && !EndsWith(folded, "ions") &&
             !EndsWith(folded, "ments") && !EndsWith(folded, "ings")) {
    facts.classes |= kPeopleNoun | kPluralNoun;
  } else {
    facts.classes |= kDocumentNoun;
    if (EndsWith(folded, "ions") || EndsWith(folded, "ments") ||
        EndsWith(folded, "ings")) {
      facts.classes |= kPluralNoun;
    }
  }
  return facts;
}

PronounKind PronounOf(std::string_view folded) {
  return LookUp(folded.substr(0, folded.find('\''))).pronoun;
}

bool IsRelative(std::string_view folded) {
  folded = folded.substr(0, folded.find('\''));
  return folded == "who" || folded == "which" || folded == "that" ||
         folded == "whom" || folded == "whose";
}

std::string FoldWord(std::string_view utf8) {
  bool ascii = true;
  for (unsigned char c : utf8) ascii = ascii && c < 0x80;
  if (ascii) return absl::AsciiStrToLower(ToAbsl(utf8));
  const std::string seen = SeenForm(utf8);
  utf8proc_uint8_t* folded = nullptr;
  const utf8proc_ssize_t size = utf8proc_map(
      reinterpret_cast<const utf8proc_uint8_t*>(seen.data()),
      static_cast<utf8proc_ssize_t>(seen.size()), &folded,
      static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_DECOMPOSE |
                                     UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK));
  if (size < 0) return seen;
  std::string result(reinterpret_cast<char*>(folded),
                     static_cast<size_t>(size));
  std::free(folded);
  // In one pass: a word may be nothing but apostrophes.
  size_t kept = 0;
  for (size_t i = 0; i < result.size(); ++i) {
    if (result.compare(i, 3, "\u2019") == 0) {
      result[kept++] = '\'';
      i += 2;
    } else if (const char plain =
                   WithoutStroke(std::string_view(result).substr(i, 2))) {
      result[kept++] = plain;
      i += 1;
    } else {
      result[kept++] = result[i];
    }
  }
  result.resize(kept);
  return result;
}

}  // namespace quoth
