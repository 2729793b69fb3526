// The words around a cue, each with the part that it plays in the claim: where
// addressees, media and times are looked for.
//
//   On Monday, she told reporters that she would run.
//
//   Scene scene(doc, claim, sentence, claims);
//   scene.zone(0)   // Zone::kOutside: On
//   scene.zone(3)   // Zone::kSource: she
//   scene.others(8)   // kOthersContent, if another claim is about "she would"

#ifndef QUOTH_SERVER_CLAIMS_SCENE_H_
#define QUOTH_SERVER_CLAIMS_SCENE_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/types/span.h"
#include "server/claims/claim.h"
#include "server/text/document.h"
#include "server/text/span.h"

namespace quoth {

// The seen form of a word (text/seen_form.h) in lower case with straight
// apostrophes. Cut behind so many characters: no list has such a word.
inline constexpr uint32_t kMostPlainCharacters = 64;
std::string PlainForm(const Document& doc, const Word& word);

// Whether a word begins with a capital letter, or is one.
bool IsCapitalized(const Word& word);

enum class Zone : uint8_t { kOutside, kCue, kSource, kContent };

// What a word is to the other claims around, as bits.
enum Others : uint8_t {
  kOthersCue = 1,
  kOthersSource = 2,
  // Content of a claim that does not hold this one's cue: what it says is of
  // another speaker.
  kOthersContent = 4,
  // Outside the content of a claim that does hold this one's cue: what it says
  // is of the claim around.
  kAroundContent = 8,
};

// Words [begin, end) of a scene.
struct SceneRange {
  int begin = 0;
  int end = 0;
};

// Refers to `doc`, which must outlive it.
class Scene {
 public:
  // Holds the words of `sentence` within kReach words of the cue, and the whole
  // cue, which may run past it. The claim has a cue. `neighbours` are claims
  // around it; it may itself be among them.
  Scene(const Document& doc, const Claim& claim, Span sentence,
        absl::Span<const Claim> neighbours);

  int size() const { return static_cast<int>(lower_.size()); }
  // Lower case, straight apostrophes.
  const std::string& lower(int i) const { return lower_[i]; }
  Zone zone(int i) const { return zones_[i]; }
  // Of Others.
  uint8_t others(int i) const { return others_[i]; }
  const Word& word(int i) const { return doc_.words[first_ + i]; }
  bool IsMark(int i) const { return word(i).shape == Shape::kMark; }
  bool IsCapitalized(int i) const;

  // Not empty.
  SceneRange cue() const { return cue_; }
  // Whether the scene begins with its sentence.
  bool opens_sentence() const { return opens_sentence_; }

  // The text of the scene, and which of its words bytes of that text are.
  std::string_view text() const;
  SceneRange WordsAt(size_t byte_begin, size_t byte_end) const;

  // Requires begin < end.
  Span ToSpan(SceneRange range) const;

 private:
  static constexpr uint32_t kReach = 45;

  // The words of the scene that `span` touches.
  SceneRange WordsIn(Span span) const;
  void AddNeighbour(const Claim& other);

  const Document& doc_;
  uint32_t first_ = 0;  // The word of the document that is word 0.
  std::vector<std::string> lower_;
  std::vector<Zone> zones_;
  std::vector<uint8_t> others_;
  SceneRange cue_;
  bool opens_sentence_ = false;
};

}  // namespace quoth

#endif  // QUOTH_SERVER_CLAIMS_SCENE_H_
