#include "server/speakers/synonyms.h"

#include <iterator>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"

namespace quoth {
namespace {

// Origin of all lists: written by hand for Quoth.
constexpr const char* kGroups[] = {
    "poll polls survey surveys polling",
    "study studies research paper report findings analysis review",
    "lawsuit suit complaint filing case",
    "email e-mail emails message messages letter",
    "ad ads advertisement spot commercial advert",
    "statement release announcement",
    "bill law act legislation measure",
    "article story piece editorial op-ed column",
    "tweet post tweets posts",
    "book memoir novel biography autobiography",
    "video clip footage film movie documentary",
    "figures data statistics numbers results",
    "senator sen senators senate lawmaker",
    "congressman congresswoman representative rep lawmaker legislator",
    "governor gov",
    "spokesman spokeswoman spokesperson",
    "chairman chairwoman chair",
    "prosecutor attorney lawyer",
    "candidate nominee contender hopeful front-runner frontrunner",
    "businessman mogul billionaire tycoon entrepreneur millionaire",
    "professor scholar academic economist historian scientist researcher",
    "officer official",
    "reporter journalist correspondent writer columnist author",
    "mp lawmaker politician",
    "executive ceo chief boss head",
    "coach manager boss",
    "newspaper paper daily magazine outlet publication journal times post",
    "company firm corporation group giant manufacturer retailer",
    "organization organisation group charity foundation association",
    "agency department bureau ministry",
    "team club side",
    "union unions",
    "party campaign",
};

constexpr char kMediaHeads[] =
    " newspaper paper magazine outlet network station website broadcaster "
    "daily weekly publication tabloid ";

constexpr char kMediaNames[] =
    " times post journal news tribune herald gazette chronicle globe telegraph "
    "guardian observer mirror magazine review weekly daily press network radio "
    "television tv reuters politico cnn bbc nbc cbs abc fox msnbc espn "
    "buzzfeed bloomberg newsweek breitbart huffpost vox slate examiner sun "
    "independent economist mail wapo nyt star inquirer sentinel ";

constexpr char kCompanyHeads[] =
    " company firm corporation bank manufacturer retailer airline carrier "
    "giant ";

constexpr char kOfficeNames[] =
    " committee party pac department ministry senate house congress court "
    "council commission government campaign bureau agency union university "
    "college police states nations kingdom un eu gop fbi cia nato ";

constexpr char kCountryHeads[] = "country nation";

constexpr char kAnyOrganizations[] =
    " company firm corporation bank group organization organisation agency "
    "department bureau club team union association foundation charity "
    "newspaper paper magazine outlet network station university college "
    "institute center centre committee commission council ministry country "
    "nation website site manufacturer retailer airline carrier broadcaster "
    "publisher giant outfit body federation institution ";

using Groups = absl::flat_hash_map<absl::string_view, uint64_t>;

void Add(const char* list, uint64_t bit, Groups& groups) {
  for (absl::string_view word : absl::StrSplit(list, ' ', absl::SkipEmpty())) {
    groups[word] |= bit;
  }
}

const Groups& AllGroups() {
  static const Groups* const all = [] {
    auto* groups = new Groups;
    static_assert(std::size(kGroups) <= 56);
    for (size_t i = 0; i < std::size(kGroups); ++i) {
      Add(kGroups[i], uint64_t{1} << i, *groups);
    }
    Add(kMediaHeads, kMediumHead, *groups);
    Add(kMediaNames, kMediumName, *groups);
    Add(kCompanyHeads, kCompanyHead, *groups);
    Add(kOfficeNames, kOfficeName, *groups);
    Add(kCountryHeads, kCountryHead, *groups);
    Add(kAnyOrganizations, kAnyOrganization, *groups);
    return groups;
  }();
  return *all;
}

}  // namespace

uint64_t NounGroups(std::string_view folded) {
  const auto it =
      AllGroups().find(absl::string_view(folded.data(), folded.size()));
  return it == AllGroups().end() ? 0 : it->second;
}

bool NounsAgree(std::string_view a, std::string_view b) {
  if (a.empty() || b.empty()) return false;
  return a == b || (NounGroups(a) & NounGroups(b) & kSynonyms) != 0;
}

}  // namespace quoth
