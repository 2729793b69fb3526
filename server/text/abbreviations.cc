// The tables were written for this project from the habits of news English:
// the titles, months and state names of the AP and Guardian style guides, and
// what occurred before a full stop in the articles the sentence splitter was
// checked on.

#include "server/text/abbreviations.h"

#include <algorithm>
#include <iterator>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"

namespace quoth {
namespace {

constexpr char kTitles[] =
    "Mr Mrs Ms Mx Messrs Dr Drs Prof Profs Sen Sens Rep Reps Gov Govs Pres "
    "Gen Lt Col Maj Capt Cmdr Cdr Adm Brig Sgt Cpl Pvt Pfc Spc Det Insp Supt "
    "Lieut Comdr Rev Revs Hon Fr Msgr Atty Amb Dist Asst Dept St Ste Mt Ft "
    "Mme Mlle vs v viz cf eg ie esp Esq Hons";

constexpr char kNumbered[] =
    "No Nos no nos Art Sec Fig Figs Vol Vols Ch para paras p pp c ca ed eds "
    "Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec approx est tel Tel ext";

constexpr char kGeneral[] =
    "Inc Corp Co Cos Ltd Plc LLC Bros Assn Jr Sr Ave Blvd Rd Bldg Univ Intl "
    "Natl Admin etc al Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky "
    "La Md Mass Mich Minn Miss Mo Mont Neb Nev Okla Ore Pa Tenn Tex Va Vt Wash "
    "Wis Wyo Mo Dak Ont Que Phd Blvds Hwy Rte";

constexpr char kStarters[] =
    "The A An He She It They We You I But And In On At For From By With Of To "
    "This That These Those There Here When While If As After Before Since So "
    "Yet Or Nor Not No Now Then His Her Its Their Our My Your What Who Why How "
    "Where Which Is Are Was Were Do Does Did Has Have Had Will Would Can Could "
    "Should May Might Some Many Most Both All Each Every One Few Other Others "
    "Another Such However Meanwhile Instead Still Also Although Though Because "
    "Until Under Over Through During According Earlier Later Last Despite "
    "Asked It's He's She's That's They're We're I'm There's Let Just Only Even "
    "About Among Between Against Without Within Once Unlike Like Officials "
    "Police Critics Yes Well Perhaps Nearly Almost Today Yesterday";

constexpr char kAfterTime[] =
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon Tue Tues Wed "
    "Thu Thur Thurs Fri Sat Sun January February March April May June July "
    "August September October November December Jan Feb Mar Apr Jun Jul Aug "
    "Sep Sept Oct Nov Dec ET EST EDT CT CST CDT MT MST MDT PT PST PDT GMT BST "
    "UTC CET CEST AEST AEDT IST Eastern Central Mountain Pacific Greenwich";

constexpr char kReporting[] =
    "asked asks said says wondered wonders replied replies cried cries shouted "
    "shouts yelled exclaimed exclaims wrote writes tweeted responded responds "
    "demanded demands joked quipped added adds recalled continued told tells "
    "declared insisted answered inquired screamed chanted";

using WordSet = absl::flat_hash_set<absl::string_view>;

WordSet Split(absl::string_view words) {
  return absl::StrSplit(words, ' ', absl::SkipEmpty());
}

bool Has(const WordSet& set, std::string_view word) {
  return set.contains(absl::string_view(word.data(), word.size()));
}

const absl::flat_hash_map<absl::string_view, Abbreviation>& Kinds() {
  static const auto& kinds = *[] {
    auto* m = new absl::flat_hash_map<absl::string_view, Abbreviation>();
    for (absl::string_view w : Split(kGeneral)) {
      m->emplace(w, Abbreviation::kGeneral);
    }
    for (absl::string_view w : Split(kNumbered)) {
      m->emplace(w, Abbreviation::kNumbered);
    }
    for (absl::string_view w : Split(kTitles)) {
      m->emplace(w, Abbreviation::kTitle);
    }
    return m;
  }();
  return kinds;
}

bool IsAsciiUpper(char c) {
  return absl::ascii_isupper(static_cast<unsigned char>(c));
}

// "SEN" -> "Sen": headlines shout.
std::string CapitalForm(std::string_view word) {
  std::string form(word);
  if (word.size() > 1 && std::all_of(word.begin(), word.end(), IsAsciiUpper)) {
    for (size_t i = 1; i < form.size(); ++i) {
      form[i] = absl::ascii_tolower(static_cast<unsigned char>(form[i]));
    }
  }
  return form;
}

}  // namespace

Abbreviation AbbreviationKind(std::string_view word) {
  if (word.empty()) return Abbreviation::kNone;
  if (word.find('.') != std::string_view::npos) {
    std::string lower(word);
    absl::AsciiStrToLower(&lower);
    if (lower == "a.m" || lower == "p.m") return Abbreviation::kTime;
    if (lower == "e.g" || lower == "i.e") return Abbreviation::kTitle;
    // U.S, Ph.D, J.K; but a sentence glued to the next ("there.He") is none.
    size_t part = 0;
    for (const char c : word) {
      if (c == '.') {
        part = 0;
      } else if (++part > 2) {
        return Abbreviation::kNone;
      }
    }
    return Abbreviation::kGeneral;
  }
  const auto found = Kinds().find(CapitalForm(word));
  if (found != Kinds().end()) return found->second;
  if (word.size() == 1 && IsAsciiUpper(word[0])) return Abbreviation::kGeneral;
  return Abbreviation::kNone;
}

bool IsSentenceStarter(std::string_view word) {
  static const WordSet& set = *new WordSet(Split(kStarters));
  return Has(set, CapitalForm(word));
}

bool FollowsTime(std::string_view word) {
  static const WordSet& set = *new WordSet(Split(kAfterTime));
  return Has(set, word) || Has(set, CapitalForm(word));
}

bool IsReportingVerb(std::string_view word) {
  static const WordSet& set = *new WordSet(Split(kReporting));
  return Has(set, word);
}

}  // namespace quoth
