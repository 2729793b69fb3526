// What a caller may want to know about a text besides its claims: marks that
// are never closed, markup, control characters.
//
//   for (const Notice& n : FindNotices(doc, true)) Print(n.message);

#ifndef QUOTH_SERVER_ENGINE_NOTICES_H_
#define QUOTH_SERVER_ENGINE_NOTICES_H_

#include <vector>

#include "server/engine/engine.h"
#include "server/text/document.h"

namespace quoth {

// At most this many notices of one type, so that a text of nothing but stray
// marks does not answer with as many.
inline constexpr int kMaxNoticesOfType = 20;

// In the order of NoticeType, then of place.
std::vector<Notice> FindNotices(const Document& doc, bool language_supported);

}  // namespace quoth

#endif  // QUOTH_SERVER_ENGINE_NOTICES_H_
