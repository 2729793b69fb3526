#include "server/speakers/names.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <utility>

#include "server/speakers/words.h"

namespace quoth {
namespace {

// Spellings longer than this are compared for equality only.
constexpr size_t kMaxSpelling = 24;

// Short forms and what they stand for, beyond mere beginnings of the name.
// Origin: written by hand for Quoth.
constexpr std::pair<std::string_view, std::string_view> kShortForms[] = {
    {"bill", "william"},      {"billy", "william"},   {"will", "william"},
    {"liam", "william"},      {"bob", "robert"},      {"bobby", "robert"},
    {"rob", "robert"},        {"dick", "richard"},    {"rick", "richard"},
    {"rich", "richard"},      {"jim", "james"},       {"jimmy", "james"},
    {"jamie", "james"},       {"jack", "john"},       {"johnny", "john"},
    {"jon", "jonathan"},      {"mike", "michael"},    {"mick", "michael"},
    {"tony", "anthony"},      {"tony", "antonio"},    {"ted", "edward"},
    {"ted", "theodore"},      {"ed", "edward"},       {"eddie", "edward"},
    {"ned", "edward"},        {"joe", "joseph"},      {"joey", "joseph"},
    {"chuck", "charles"},     {"charlie", "charles"}, {"harry", "harold"},
    {"harry", "henry"},       {"hank", "henry"},      {"larry", "lawrence"},
    {"jerry", "gerald"},      {"jerry", "jerome"},    {"gerry", "gerald"},
    {"terry", "terence"},     {"kate", "katherine"},  {"kathy", "katherine"},
    {"katie", "katherine"},   {"kate", "catherine"},  {"cathy", "catherine"},
    {"liz", "elizabeth"},     {"beth", "elizabeth"},  {"betsy", "elizabeth"},
    {"betty", "elizabeth"},   {"peggy", "margaret"},  {"maggie", "margaret"},
    {"meg", "margaret"},      {"sue", "susan"},       {"debbie", "deborah"},
    {"barb", "barbara"},      {"becky", "rebecca"},   {"jenny", "jennifer"},
    {"jen", "jennifer"},      {"cindy", "cynthia"},   {"sandy", "sandra"},
    {"patty", "patricia"},    {"tricia", "patricia"}, {"alex", "alexander"},
    {"sasha", "alexander"},   {"andy", "andrew"},     {"drew", "andrew"},
    {"steve", "stephen"},     {"steve", "steven"},    {"dave", "david"},
    {"dan", "daniel"},        {"danny", "daniel"},    {"matt", "matthew"},
    {"chris", "christopher"}, {"greg", "gregory"},    {"jeff", "jeffrey"},
    {"geoff", "geoffrey"},    {"ken", "kenneth"},     {"nick", "nicholas"},
    {"pete", "peter"},        {"phil", "philip"},     {"ron", "ronald"},
    {"don", "donald"},        {"tom", "thomas"},      {"tommy", "thomas"},
    {"tim", "timothy"},       {"vince", "vincent"},   {"walt", "walter"},
    {"bernie", "bernard"},    {"bernie", "bernhard"}, {"jeb", "john"},
    {"mitt", "willard"},      {"newt", "newton"},     {"al", "albert"},
    {"al", "alan"},           {"fred", "frederick"},  {"gene", "eugene"},
    {"leo", "leonard"},       {"lou", "louis"},       {"max", "maximilian"},
    {"mel", "melvin"},        {"ray", "raymond"},     {"russ", "russell"},
    {"sam", "samuel"},        {"stan", "stanley"},    {"abby", "abigail"},
    {"bibi", "benjamin"},     {"bibi", "binyamin"},   {"benjamin", "binyamin"},
    {"val", "valerie"},       {"vicky", "victoria"},
};

bool IsVowel(char c) {
  return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y';
}

// One letter for the sounds that transliterations spell in several ways.
char SoundOf(char c) {
  switch (c) {
    case 'c':
    case 'q':
      return 'k';
    case 'z':
      return 's';
    case 'w':
      return 'v';
    case 'j':
      return 'g';
    default:
      return c;
  }
}

// The consonants, without doubled ones and the mute h.
std::string Skeleton(std::string_view word) {
  std::string skeleton;
  for (size_t i = 0; i < word.size() && i < kMaxSpelling; ++i) {
    char c = word[i];
    if (c == 'p' && i + 1 < word.size() && word[i + 1] == 'h') c = 'f';
    if (i > 0 && (IsVowel(c) || c == 'h')) continue;
    if (IsVowel(c)) c = 'a';
    if (c == '-' || c == '\'') continue;
    c = SoundOf(c);
    if (skeleton.empty() || skeleton.back() != c) skeleton += c;
  }
  return skeleton;
}

// Levenshtein's distance of two short words.
size_t EditDistance(std::string_view a, std::string_view b) {
  std::array<size_t, kMaxSpelling + 1> row;
  for (size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t above = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1,
                         diagonal + (a[i - 1] != b[j - 1] ? 1 : 0)});
      diagonal = above;
    }
  }
  return row[b.size()];
}

bool IsShortFormOf(std::string_view a, std::string_view b) {
  if (a.size() >= 3 && b.size() > a.size() + 1 && b.substr(0, a.size()) == a) {
    return true;
  }
  for (const auto& [shorter, longer] : kShortForms) {
    if (shorter == a && longer == b) return true;
  }
  return false;
}

// Without doubled letters: "labott" and "labbot" are one.
std::string Undoubled(std::string_view word) {
  std::string single;
  for (char c : word.substr(0, kMaxSpelling)) {
    if (single.empty() || single.back() != c) single += c;
  }
  return single;
}

// The last part of a hyphenated surname, without the article that Arabic
// names begin with.
std::string_view LastPart(std::string_view surname) {
  const size_t hyphen = surname.rfind('-');
  if (hyphen == std::string_view::npos || hyphen + 1 >= surname.size()) {
    return surname;
  }
  return surname.substr(hyphen + 1);
}

// "b" begins with the same parts that "a" ends with: a middle name may be
// missing on either side, so only the first given names and initials decide.
bool GivenListsAgree(const NameParts& a, const NameParts& b) {
  if (a.empty() || b.empty()) return true;
  const size_t shorter = std::min(a.size(), b.size());
  if (GivenNamesAgree(a[0], b[0])) {
    // "George W." and "George H. W.": middle initials that contradict.
    if (shorter >= 2 && a.size() == b.size()) {
      return GivenNamesAgree(a.back(), b.back());
    }
    return true;
  }
  // "W. Mitt" and "Mitt"; "Mohammad Javad" and "Javad".
  if (a.size() > 1 && b.size() == 1) return GivenNamesAgree(a[1], b[0]);
  if (b.size() > 1 && a.size() == 1) return GivenNamesAgree(a[0], b[1]);
  return false;
}

bool IsBare(const PersonName& name) { return name.given.empty(); }

}  // namespace

PersonName ParsePersonName(const NameParts& parts) {
  PersonName name;
  size_t end = parts.size();
  if (end > 1 && LookUp(parts[end - 1]).Has(kSuffix)) {
    name.suffix = parts[--end];
  }
  name.surname = parts[end - 1];
  size_t particles = end - 1;
  while (particles > 0 && LookUp(parts[particles - 1]).Has(kParticle)) {
    --particles;
  }
  // "Van Johnson": a particle with nothing before it may be a given name, but
  // "al Sisi" has none.
  name.given.assign(parts.begin(), parts.begin() + particles);
  name.particles.assign(parts.begin() + particles, parts.begin() + (end - 1));
  return name;
}

bool IsSpellingVariant(std::string_view a, std::string_view b) {
  if (a == b) return true;
  if (a.size() < 4 || b.size() < 4 || a.size() > kMaxSpelling ||
      b.size() > kMaxSpelling) {
    return false;
  }
  const size_t longer = std::max(a.size(), b.size());
  const size_t allowed = longer >= 8 ? 2 : 1;
  if (longer - std::min(a.size(), b.size()) > allowed) return false;
  return Skeleton(a) == Skeleton(b) && EditDistance(a, b) <= allowed;
}

bool IsMisspelling(std::string_view a, std::string_view b) {
  const size_t shorter = std::min(a.size(), b.size());
  const size_t longer = std::max(a.size(), b.size());
  return shorter >= 4 && longer <= kMaxSpelling && longer - shorter <= 1 &&
         a[0] == b[0] && Skeleton(a) == Skeleton(b) && EditDistance(a, b) <= 1;
}

bool GivenNamesAgree(std::string_view a, std::string_view b) {
  if (a == b) return true;
  if (a.empty() || b.empty()) return false;
  const auto is_initial = [](std::string_view s) {
    return s.size() == 1 || s[1] == '.';
  };
  if (is_initial(a) || is_initial(b)) return a[0] == b[0];
  if (IsSpellingVariant(a, b)) return true;
  return IsShortFormOf(a, b) || IsShortFormOf(b, a);
}

bool SurnamesAgree(std::string_view a, std::string_view b) {
  if (a == b) return true;
  const std::string_view last_a = LastPart(a), last_b = LastPart(b);
  if (last_a.size() != a.size() && last_b.size() != b.size()) {
    return IsSpellingVariant(a, b);
  }
  if (last_a == last_b) return true;
  // A bare surname of five letters ("Brown", "Braun") is too short to vary.
  return std::min(last_a.size(), last_b.size()) >= 6 &&
         (IsSpellingVariant(last_a, last_b) ||
          Undoubled(last_a) == Undoubled(last_b));
}

bool CanBeSamePerson(const PersonName& a, const PersonName& b) {
  if (!a.suffix.empty() && !b.suffix.empty() && a.suffix != b.suffix) {
    return false;
  }
  if (SurnamesAgree(a.surname, b.surname)) {
    return GivenListsAgree(a.given, b.given);
  }
  // A bare given name, and a bare part of a surname of two words ("Hashemi"
  // of "Hashemi Taba").
  const auto in = [](std::string_view part, const PersonName& name) {
    return std::find(name.given.begin(), name.given.end(), part) !=
           name.given.end();
  };
  if (IsBare(b) && b.surname.size() > 1) return in(b.surname, a);
  if (IsBare(a) && a.surname.size() > 1) return in(a.surname, b);
  return false;
}

std::string SurnameKey(std::string_view surname) {
  std::string key = Skeleton(LastPart(surname));
  key.resize(std::min<size_t>(key.size(), 16));
  return key;
}

std::string NameKey(const NameParts& parts) {
  std::string key;
  for (std::string_view part : parts) {
    if (!key.empty()) key += ' ';
    key += part;
  }
  if (key == "lib dem") return "liberal democrat";
  return key == "lib dems" ? "liberal democrats" : key;
}

}  // namespace quoth
