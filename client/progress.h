// A bar that shows how far the work is, on a terminal only.
//
//   Progress progress(std::cerr, terminal, files.size());
//   progress.Advance(/*failed=*/false);
//   progress.Hide();   // before anything else is printed

#ifndef QUOTH_CLIENT_PROGRESS_H_
#define QUOTH_CLIENT_PROGRESS_H_

#include <cstddef>
#include <ostream>
#include <string>

#include "client/terminal.h"

namespace quoth::client {

class Progress {
 public:
  // Stays silent where there is no terminal, or only one item.
  Progress(std::ostream& err, const Terminal& terminal, size_t items);

  // Counts one more item. Does not draw.
  void Advance(bool failed);

  void Show();
  void Hide();

 private:
  std::string Bar() const;

  std::ostream& err_;
  const bool enabled_;
  const int columns_;
  const size_t items_;
  size_t done_ = 0;
  size_t failed_ = 0;
};

}  // namespace quoth::client

#endif  // QUOTH_CLIENT_PROGRESS_H_
