// The words around a cue, each with the part that it plays in the claim: where
// addressees, media and times are looked for.
//
//   On Monday, she told reporters that she would run.
//
//   Scene scene(doc, claim, sentence);
//   scene.zone(0)   // Zone::kOutside: On
//   scene.zone(3)   // Zone::kSource: she

#ifndef QUOTH_SERVER_CLAIMS_SCENE_H_
#define QUOTH_SERVER_CLAIMS_SCENE_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "server/claims/claim.h"
#include "server/text/document.h"
#include "server/text/span.h"

namespace quoth {

enum class Zone : uint8_t { kOutside, kCue, kSource, kContent };

// Words [begin, end) of a scene.
struct SceneRange {
  int begin = 0;
  int end = 0;
};

// Refers to `doc`, which must outlive it.
class Scene {
 public:
  // Holds the words of `sentence` within kReach words of the cue, and the whole
  // cue, which may run past it. The claim has a cue.
  Scene(const Document& doc, const Claim& claim, Span sentence);

  int size() const { return static_cast<int>(lower_.size()); }
  // Lower case, straight apostrophes.
  const std::string& lower(int i) const { return lower_[i]; }
  Zone zone(int i) const { return zones_[i]; }
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

  const Document& doc_;
  uint32_t first_ = 0;  // The word of the document that is word 0.
  std::vector<std::string> lower_;
  std::vector<Zone> zones_;
  SceneRange cue_;
  bool opens_sentence_ = false;
};

// A word in lower case with straight apostrophes.
std::string PlainForm(const Document& doc, const Word& word);

}  // namespace quoth

#endif  // QUOTH_SERVER_CLAIMS_SCENE_H_
