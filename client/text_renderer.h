// Claims for people who read them in a terminal.
//
//    1  Antony Blinken, US Secretary of State
//       said (to reporters; on Wednesday):
//       “We are close,”
//       line 3, column 1; characters 210-223; direct statement; 97 %

#ifndef QUOTH_CLIENT_TEXT_RENDERER_H_
#define QUOTH_CLIENT_TEXT_RENDERER_H_

#include <string>

#include "client/renderer.h"

namespace quoth::client {

struct TextStyle {
  int columns = 80;
  bool color = false;
  bool titles = false;  // The file's name over each article.
};

// Wants offsets in UTF-8. Characters are counted in code points, lines and
// columns from 1. Nothing for a failure.
class TextRenderer : public Renderer {
 public:
  explicit TextRenderer(const TextStyle& style) : style_(style) {}

  std::string Article(const Outcome& outcome) const override;

 private:
  TextStyle style_;
};

}  // namespace quoth::client

#endif  // QUOTH_CLIENT_TEXT_RENDERER_H_
