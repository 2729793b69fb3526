#include "server/rpc/stderr_line.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <climits>
#include <string>

#include "gtest/gtest.h"

namespace quoth {
namespace {

// A pipe that holds one page.
class SmallPipe {
 public:
  SmallPipe() {
    EXPECT_EQ(pipe2(ends_, O_CLOEXEC), 0);
    EXPECT_GE(fcntl(ends_[1], F_SETPIPE_SZ, PIPE_BUF), PIPE_BUF);
  }
  ~SmallPipe() {
    CloseReader();
    close(ends_[1]);
  }

  int writer() const { return ends_[1]; }
  // What is there, of which there must be something.
  std::string Read() const {
    char buffer[2 * PIPE_BUF];
    const ssize_t count = read(ends_[0], buffer, sizeof(buffer));
    return std::string(buffer, count > 0 ? static_cast<size_t>(count) : 0);
  }
  void CloseReader() {
    if (ends_[0] >= 0) close(ends_[0]);
    ends_[0] = -1;
  }

 private:
  int ends_[2] = {-1, -1};
};

TEST(StderrLineTest, WritesALine) {
  const SmallPipe pipe;
  EXPECT_TRUE(TryWriteLine(pipe.writer(), "one\n"));
  EXPECT_EQ(pipe.Read(), "one\n");
}

TEST(StderrLineTest, AReaderThatDoesNotReadHoldsUpNobody) {
  const SmallPipe pipe;
  EXPECT_TRUE(
      TryWriteLine(pipe.writer(), std::string(PIPE_BUF - 1, 'a') + "\n"));
  EXPECT_FALSE(TryWriteLine(pipe.writer(), "lost\n"));
  EXPECT_EQ(pipe.Read(), std::string(PIPE_BUF - 1, 'a') + "\n");
  EXPECT_TRUE(TryWriteLine(pipe.writer(), "read again\n"));
  EXPECT_EQ(pipe.Read(), "read again\n");
}

TEST(StderrLineTest, WhatIsTooLongIsCut) {
  const SmallPipe pipe;
  EXPECT_TRUE(TryWriteLine(pipe.writer(), std::string(PIPE_BUF, 'a') + "\n"));
  EXPECT_EQ(pipe.Read(), std::string(PIPE_BUF - 1, 'a') + "\n");
}

TEST(StderrLineTest, AReaderThatIsGoneEndsNothing) {
  signal(SIGPIPE, SIG_IGN);
  SmallPipe pipe;
  pipe.CloseReader();
  EXPECT_FALSE(TryWriteLine(pipe.writer(), "lost\n"));
  EXPECT_FALSE(TryWriteLine(-1, "lost\n"));
}

TEST(StderrLineTest, WritesToFiles) {
  const int fd = open("/dev/null", O_WRONLY | O_CLOEXEC);
  EXPECT_TRUE(TryWriteLine(fd, "one\n"));
  close(fd);
}

}  // namespace
}  // namespace quoth
