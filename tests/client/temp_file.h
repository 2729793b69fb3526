// A file of a test's own, gone when it goes out of scope.
//
//   TempFile file("backfill_test", "bytes");
//   Read(file.name());

#ifndef QUOTH_TESTS_CLIENT_TEMP_FILE_H_
#define QUOTH_TESTS_CLIENT_TEMP_FILE_H_

#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>

#include "absl/strings/str_cat.h"
#include "gtest/gtest.h"

namespace quoth::client {

class TempFile {
 public:
  // `test` keeps tests apart that run at the same time.
  explicit TempFile(const std::string& test, const std::string& bytes = "") {
    static int count = 0;
    name_ = absl::StrCat(::testing::TempDir(), "quoth_", test, "_", getpid(),
                         "_", count++);
    Write(bytes);
  }
  ~TempFile() { std::remove(name_.c_str()); }
  TempFile(const TempFile&) = delete;
  TempFile& operator=(const TempFile&) = delete;

  const std::string& name() const { return name_; }

  void Write(const std::string& bytes) const {
    std::ofstream(name_, std::ios::binary) << bytes;
  }
  std::string Read() const {
    std::ifstream in(name_, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {});
  }

 private:
  std::string name_;
};

}  // namespace quoth::client

#endif  // QUOTH_TESTS_CLIENT_TEMP_FILE_H_
