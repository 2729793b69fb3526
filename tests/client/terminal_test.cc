#include "client/terminal.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <sstream>

#include "client/progress.h"
#include "gtest/gtest.h"

namespace quoth::client {
namespace {

TEST(PaintTest, StylesEndWhereTheyShould) {
  EXPECT_EQ(Paint("a", Style::kStrong, true), "\x1b[1ma\x1b[0m");
  EXPECT_EQ(Paint("a", Style::kStrong, false), "a");
  EXPECT_EQ(Paint("", Style::kDim, true), "");
}

TEST(FindTerminalTest, AFileIsNoTerminalAndHasNoColourOfItsOwn) {
  const int fd = open("/dev/null", O_WRONLY);
  unsetenv("COLUMNS");
  const Terminal plain = FindTerminal(fd, ColorMode::kAuto);
  EXPECT_FALSE(plain.is_terminal);
  EXPECT_FALSE(plain.color);
  EXPECT_EQ(plain.columns, kMaxColumns);
  EXPECT_TRUE(FindTerminal(fd, ColorMode::kAlways).color);
  EXPECT_FALSE(FindTerminal(fd, ColorMode::kNever).color);
  close(fd);
}

TEST(FindTerminalTest, ColumnsAreHeldWithinReason) {
  struct Case {
    const char* told;
    int columns;
  };
  for (const Case& c : {Case{"72", 72}, Case{"1", kMinColumns},
                        Case{"4000", kMaxColumns}, Case{"wide", kMaxColumns}}) {
    setenv("COLUMNS", c.told, 1);
    EXPECT_EQ(FindTerminal(-1, ColorMode::kAuto).columns, c.columns) << c.told;
  }
  unsetenv("COLUMNS");
}

TEST(FindTerminalTest, APseudoTerminalHasColourUnlessNotWanted) {
  const int fd = posix_openpt(O_RDWR | O_NOCTTY);
  if (fd < 0) GTEST_SKIP() << "no pseudo-terminals here";
  setenv("TERM", "xterm", 1);
  unsetenv("NO_COLOR");
  const Terminal terminal = FindTerminal(fd, ColorMode::kAuto);
  EXPECT_TRUE(terminal.is_terminal);
  EXPECT_TRUE(terminal.color);
  setenv("NO_COLOR", "1", 1);
  EXPECT_FALSE(FindTerminal(fd, ColorMode::kAuto).color);
  unsetenv("NO_COLOR");
  setenv("TERM", "dumb", 1);
  EXPECT_FALSE(FindTerminal(fd, ColorMode::kAuto).color);
  close(fd);
}

TEST(ProgressTest, ShowsWhatIsDoneAndLeavesNothingBehind) {
  std::ostringstream err;
  Progress progress(err, Terminal{.is_terminal = true, .columns = 30}, 4);
  progress.Advance(false);
  progress.Advance(true);
  progress.Show();
  EXPECT_EQ(err.str(), "\r[######       ] 2/4, 1 failed");
  progress.Hide();
  EXPECT_EQ(err.str().substr(err.str().size() - 4), "\r\x1b[K");
}

TEST(ProgressTest, IsSilentWithoutATerminalOrForOneItem) {
  std::ostringstream err;
  Progress no_terminal(err, Terminal{}, 4);
  no_terminal.Show();
  no_terminal.Hide();
  Progress single(err, Terminal{.is_terminal = true}, 1);
  single.Show();
  single.Hide();
  EXPECT_EQ(err.str(), "");
}

}  // namespace
}  // namespace quoth::client
