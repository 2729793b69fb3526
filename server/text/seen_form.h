// A word as a reader sees it, whatever dirt the text has in it.
//
//   SeenForm("don\u0092t");        // "don’t": Windows-1252 read as Latin-1
//   SeenForm("Blin\u00ADken");     // "Blinken": a soft hyphen
//
// Whoever compares words with lists or with each other compares these.

#ifndef QUOTH_SERVER_TEXT_SEEN_FORM_H_
#define QUOTH_SERVER_TEXT_SEEN_FORM_H_

#include <string>
#include <string_view>

namespace quoth {

// Without ignored characters (CharClass::kIgnored), and with what RepairC1
// repairs repaired (unicode.h). Case and accents stay. Linear.
std::string SeenForm(std::string_view utf8);

}  // namespace quoth

#endif  // QUOTH_SERVER_TEXT_SEEN_FORM_H_
