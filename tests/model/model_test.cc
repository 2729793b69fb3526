#include "server/model/model.h"

#include <atomic>
#include <cmath>
#include <filesystem>
#include <functional>
#include <iterator>
#include <memory>
#include <ostream>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/model/argument_head.h"
#include "server/text/document.h"
#include "tests/model/instruction_sets.h"
#include "tests/model/model_builder.h"
#include "tests/model/reference_model.h"
#include "tests/source_tree.h"

namespace quoth {
namespace {

using testing::HasSubstr;

const bool kLimited = (LimitInstructionSet(), true);

constexpr char kArticle[] =
    "The harbour board will not raise its fees this year, chairwoman Ruth "
    "Oyelaran told reporters on Tuesday.\n"
    "“We have heard the fishermen,” she said. “Nobody on this board wants to "
    "see another boat leave.”\n"
    "Pieter Brandt, who speaks for the crews, called the decision a relief, "
    "but warned that diesel prices could undo it by spring. According to a "
    "report by the national audit office, the port lost 4.2 million euros in "
    "2021. The ministry denied that it had asked for cuts.\n";

std::unique_ptr<Model> LoadShipped(Precision precision) {
  absl::StatusOr<std::unique_ptr<Model>> model = Model::Load(
      SourceFile("models/quoth-en.qm"), ModelOptions{.precision = precision});
  EXPECT_TRUE(model.ok()) << model.status();
  return *std::move(model);
}

// A window of random pieces of a random model, some of them within words.
WindowInput RandomInput(int pieces, uint32_t seed) {
  std::mt19937 random(seed);
  WindowInput input;
  input.pieces = {2};
  for (int i = 1; i + 1 < pieces; ++i) {
    input.pieces.push_back(4 + random() % (kRandomVocabulary - 4));
    if (i > 1 && random() % 4 == 0) continue;
    input.first.push_back(i);
    input.paragraph.push_back(i / 30);
    input.sentence.push_back(i / 12);
  }
  input.pieces.push_back(3);
  for (int i = 0; i < pieces; ++i) {
    input.shapes.push_back(random() % 8);
    input.quotes.push_back(random() % 8);
  }
  return input;
}

// Some cues at the edges and in the middle.
std::vector<CueWords> CuesOf(const WindowInput& input) {
  const int n = input.words();
  return {{0, 1}, {n / 2, std::min(n, n / 2 + 3)}, {n - 1, n}, {0, n}};
}

bool Same(const WindowScores& a, const WindowScores& b) {
  return a.cue == b.cue;
}

// What the names of the scope's heads begin with.
std::string ScopePrefix(Scope scope) {
  return scope == Scope::kReported ? "reported." : "";
}

double Distance(const LabelRow& a, const Row& b) {
  double most = 0;
  for (size_t i = 0; i < a.size(); ++i) {
    most = std::max(most, std::abs(a[i] - b[i]));
  }
  return most;
}

struct Case {
  Precision precision;
  bool int8_file;
  int head_width;
  double mean, most;  // Distance of probabilities.
  Scope scope = Scope::kReported;
};

void PrintTo(const Case& c, std::ostream* os) {
  *os << (c.precision == Precision::kInt8 ? "int8" : "float32")
      << (c.int8_file ? ", int8 file, " : ", float32 file, ") << c.head_width
      << " wide heads, "
      << (c.scope == Scope::kReported ? "REPORTED" : "ALL_ATTRIBUTIONS");
}

class RandomModelTest : public testing::TestWithParam<Case> {};

// The whole model against its definition: random weights leave no term out.
TEST_P(RandomModelTest, IsTheDefinition) {
  const Case& c = GetParam();
  RandomModelOptions options;
  options.int8 = c.int8_file;
  options.heads = options.hidden / c.head_width;
  const std::string bytes = RandomModel(options).Build();
  const ModelFile file = ModelFile::FromBytes(bytes).value();
  const ReferenceModel reference(file, ScopePrefix(c.scope));
  absl::StatusOr<std::unique_ptr<Model>> model =
      Model::Load(WriteTemporary("random.qm", bytes),
                  ModelOptions{.precision = c.precision});
  ASSERT_TRUE(model.ok()) << model.status();
  EXPECT_EQ((*model)->version(), "random 7");
  EXPECT_EQ((*model)->max_window_pieces(), options.max_window_pieces);
  const std::unique_ptr<ModelScratch> scratch = (*model)->NewScratch();

  double total = 0, most = 0;
  int count = 0;
  for (const int pieces : {3, 4, 17, 18, 40, 66, 102}) {
    const WindowInput input = RandomInput(pieces, pieces);
    const Rows words = reference.Words(input);
    const auto compare = [&](const LabelRow& got, const Row& expected) {
      const double distance = Distance(got, expected);
      most = std::max(most, distance);
      total += distance;
      ++count;
    };
    const WindowScores scores = (*model)->ReadWindow(input, c.scope, *scratch);
    ASSERT_EQ(scores.cue.size(), input.words());
    const Rows cue = reference.CueProbabilities(words);
    for (int w = 0; w < input.words(); ++w) compare(scores.cue[w], cue[w]);

    const std::vector<CueWords> cues = CuesOf(input);
    const RoleScores roles = (*model)->ReadArguments(input, cues, *scratch);
    ASSERT_EQ(roles.size(), cues.size());
    for (size_t i = 0; i < cues.size(); ++i) {
      Rows expected = reference.Roles(input, words, cues[i]);
      for (int w = 0; w < input.words(); ++w) {
        LabelRow got = roles[i][w];
        for (float& v : got) v = std::exp(v);
        for (double& v : expected[w]) v = std::exp(v);
        EXPECT_NEAR(got[0] + got[1] + got[2], 1, 1e-5);
        compare(got, expected[w]);
      }
    }
  }
  EXPECT_LT(total / count, c.mean);
  EXPECT_LT(most, c.most);
}

INSTANTIATE_TEST_SUITE_P(
    Precisions, RandomModelTest,
    testing::Values(Case{Precision::kFloat32, false, 32, 1e-5, 2e-4},
                    Case{Precision::kFloat32, true, 32, 1e-5, 2e-4},
                    Case{Precision::kFloat32, false, 32, 1e-5, 2e-4,
                         Scope::kAllAttributions},
                    Case{Precision::kFloat32, false, 64, 1e-5, 2e-4},
                    Case{Precision::kInt8, false, 32, 0.05, 0.4},
                    Case{Precision::kInt8, true, 32, 0.05, 0.4},
                    Case{Precision::kInt8, true, 64, 0.05, 0.4}));

// The shipped model on a text: int8 says what fp32 says, and both find the
// obvious.
TEST(ShippedModelTest, ReadsAnArticle) {
  const std::unique_ptr<Model> int8 = LoadShipped(Precision::kInt8);
  const std::unique_ptr<Model> float32 = LoadShipped(Precision::kFloat32);
  const Document doc =
      ReadDocument(Text::FromUtf8(kArticle).value(), int8->vocabulary());
  const WindowInput input = MakeWindowInput(
      doc, {0, static_cast<uint32_t>(doc.words.size())}, int8->vocabulary());
  ASSERT_LE(input.pieces.size(), int8->max_window_pieces() + 2);
  const std::unique_ptr<ModelScratch> scratch8 = int8->NewScratch();
  const std::unique_ptr<ModelScratch> scratch32 = float32->NewScratch();
  const WindowScores scores8 =
      int8->ReadWindow(input, Scope::kReported, *scratch8);
  const WindowScores scores32 =
      float32->ReadWindow(input, Scope::kReported, *scratch32);

  std::vector<CueWords> cues;
  for (int w = 0; w < input.words(); ++w) {
    for (int i = 0; i < 3; ++i) {
      EXPECT_NEAR(scores8.cue[w][i], scores32.cue[w][i], 0.1);
    }
    const std::string word(doc.text.Slice(doc.words[w].span));
    if (word == "told" || word == "said" || word == "warned" ||
        word == "According" || word == "denied") {
      EXPECT_GT(scores8.cue[w][kCueBegin], 0.5) << word;
      cues.push_back({w, w + 1});
    }
    if (word == "euros" || word == "harbour") {
      EXPECT_GT(scores8.cue[w][kCueOutside], 0.9) << word;
    }
  }
  ASSERT_EQ(cues.size(), 5);

  const RoleScores roles8 = int8->ReadArguments(input, cues, *scratch8);
  const RoleScores roles32 = float32->ReadArguments(input, cues, *scratch32);
  const auto role_of = [&](size_t cue, const std::string& word) {
    for (int w = 0; w < input.words(); ++w) {
      if (doc.text.Slice(doc.words[w].span) == word) {
        const LabelRow& row = roles8[cue][w];
        return std::max_element(row.begin(), row.end()) - row.begin();
      }
    }
    return ptrdiff_t{-1};
  };
  EXPECT_EQ(role_of(0, "Oyelaran"), kRoleSource);
  EXPECT_EQ(role_of(0, "fees"), kRoleContent);
  EXPECT_EQ(role_of(0, "Brandt"), kRoleOther);
  EXPECT_EQ(role_of(1, "fishermen"), kRoleContent);
  EXPECT_EQ(role_of(1, "she"), kRoleSource);
  EXPECT_EQ(role_of(2, "Brandt"), kRoleSource);
  EXPECT_EQ(role_of(2, "diesel"), kRoleContent);
  for (size_t i = 0; i < cues.size(); ++i) {
    for (int w = 0; w < input.words(); ++w) {
      for (int k = 0; k < 3; ++k) {
        EXPECT_NEAR(std::exp(roles8[i][w][k]), std::exp(roles32[i][w][k]),
                    0.15);
      }
    }
  }
}

// A head that says OTHER more or less often reads more or less far.
class ReachTest : public testing::TestWithParam<float> {};

TEST_P(ReachTest, WordsAreReadUntilNoneHasARole) {
  // As argument_head.cc has them.
  constexpr int kLeastReach = 24, kEdge = 20;
  const double kNoRole = std::log1p(-0.003);
  RandomModelOptions options;
  options.max_window_pieces = 250;
  ModelBuilder builder = RandomModel(options);
  builder.AddFloats("argument.out.bias", {3}, {GetParam(), 0, 0});
  const std::string bytes = builder.Build();
  const ModelFile file = ModelFile::FromBytes(bytes).value();
  const ReferenceModel reference(file, "");
  const std::unique_ptr<Model> model =
      Model::Load(WriteTemporary("reach.qm", bytes),
                  ModelOptions{.precision = Precision::kFloat32})
          .value();
  const std::unique_ptr<ModelScratch> scratch = model->NewScratch();
  const WindowInput input = RandomInput(252, 1);
  const int n = input.words();
  model->ReadWindow(input, Scope::kAllAttributions, *scratch);
  const Rows words = reference.Words(input);
  for (const CueWords cue :
       {CueWords{0, 1}, CueWords{n / 2, n / 2 + 2}, CueWords{n - 1, n}}) {
    const std::vector<LabelRow> got =
        model->ReadArguments(input, {&cue, 1}, *scratch)[0];
    const Rows expected = reference.Roles(input, words, cue);
    const auto unread = [&](int w) { return got[w] == kUnreadRoles; };
    int begin = cue.begin, end = cue.end;
    while (begin > 0 && !unread(begin - 1)) --begin;
    while (end < n && !unread(end)) ++end;
    EXPECT_LE(begin, std::max(0, cue.begin - kLeastReach));
    EXPECT_GE(end, std::min(n, cue.end + kLeastReach));
    for (int w = 0; w < n; ++w) {
      if (w < begin || w >= end) {
        EXPECT_TRUE(unread(w)) << w;
        EXPECT_NE(input.sentence[w], input.sentence[cue.begin]) << w;
      } else {
        EXPECT_LT(Distance(got[w], expected[w]), 2e-2) << w;
      }
    }
    for (int w = begin; begin > 0 && w < begin + kEdge; ++w) {
      EXPECT_GE(got[w][kRoleOther], kNoRole) << w;
    }
    for (int w = end - kEdge; end < n && w < end; ++w) {
      EXPECT_GE(got[w][kRoleOther], kNoRole) << w;
    }
    if (GetParam() == 0) EXPECT_EQ(end - begin, n);
    if (GetParam() == 60) {
      EXPECT_LT(end - begin, n / 2);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Biases, ReachTest, testing::Values(0, 15, 20, 25, 60));

class ReadingTest : public testing::TestWithParam<Precision> {
 protected:
  // A random model is enough, and all of its sizes differ.
  void SetUp() override {
    RandomModelOptions options;
    options.int8 = GetParam() == Precision::kInt8;
    absl::StatusOr<std::unique_ptr<Model>> model =
        Model::Load(WriteTemporary("reading.qm", RandomModel(options).Build()),
                    ModelOptions{.precision = GetParam()});
    ASSERT_TRUE(model.ok()) << model.status();
    model_ = *std::move(model);
  }

  std::unique_ptr<Model> model_;
};

// What was read before leaves no trace, be it longer or shorter.
TEST_P(ReadingTest, DoesNotDependOnHistory) {
  const WindowInput input = RandomInput(50, 1);
  const std::vector<CueWords> cues = CuesOf(input);
  const std::unique_ptr<ModelScratch> fresh = model_->NewScratch();
  const WindowScores expected =
      model_->ReadWindow(input, Scope::kReported, *fresh);
  const RoleScores expected_roles = model_->ReadArguments(input, cues, *fresh);
  const std::unique_ptr<ModelScratch> used = model_->NewScratch();
  for (const int pieces : {102, 3, 64, 51}) {
    const WindowInput other = RandomInput(pieces, 2);
    model_->ReadWindow(other, Scope::kReported, *used);
    model_->ReadArguments(other, CuesOf(other), *used);
    EXPECT_TRUE(
        Same(model_->ReadWindow(input, Scope::kReported, *used), expected));
    EXPECT_EQ(model_->ReadArguments(input, cues, *used), expected_roles);
    EXPECT_EQ(model_->ReadArguments(input, cues, *used), expected_roles);
  }
}

// A cue's roles do not depend on which cues are asked for beside it, be they
// none or hundreds.
TEST_P(ReadingTest, DoesNotDependOnOtherCues) {
  const WindowInput input = RandomInput(102, 3);
  const std::unique_ptr<ModelScratch> scratch = model_->NewScratch();
  model_->ReadWindow(input, Scope::kReported, *scratch);
  std::vector<CueWords> cues;
  for (int i = 0; i < 3 * input.words(); ++i) {
    const int begin = i % input.words();
    cues.push_back({begin, std::min(input.words(), begin + 1 + i / 50)});
  }
  const RoleScores all = model_->ReadArguments(input, cues, *scratch);
  ASSERT_EQ(all.size(), cues.size());
  for (const size_t i :
       {size_t{0}, size_t{127}, size_t{128}, size_t{100}, cues.size() - 1}) {
    const RoleScores one =
        model_->ReadArguments(input, absl::MakeSpan(&cues[i], 1), *scratch);
    ASSERT_EQ(one.size(), 1);
    EXPECT_EQ(one[0], all[i]) << i;
  }
  EXPECT_TRUE(model_->ReadArguments(input, {}, *scratch).empty());
}

// Many threads on one model give the answers of one.
TEST_P(ReadingTest, DoesNotDependOnThreads) {
  constexpr int kThreads = 4;
  std::vector<WindowInput> inputs;
  std::vector<WindowScores> expected;
  std::vector<RoleScores> expected_roles;
  const std::unique_ptr<ModelScratch> scratch = model_->NewScratch();
  for (int i = 0; i < 12; ++i) {
    inputs.push_back(RandomInput(3 + 9 * i, i));
    expected.push_back(
        model_->ReadWindow(inputs[i], Scope::kReported, *scratch));
    expected_roles.push_back(
        model_->ReadArguments(inputs[i], CuesOf(inputs[i]), *scratch));
  }
  std::atomic<int> wrong = 0, read = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      const std::unique_ptr<ModelScratch> own = model_->NewScratch();
      for (int i = 0; i < 5 * 12; ++i) {
        const int at = (i * (t + 1) + t) % 12;
        if (!Same(model_->ReadWindow(inputs[at], Scope::kReported, *own),
                  expected[at]) ||
            model_->ReadArguments(inputs[at], CuesOf(inputs[at]), *own) !=
                expected_roles[at]) {
          ++wrong;
        }
        ++read;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(read, kThreads * 5 * 12);
  EXPECT_EQ(wrong, 0);
}

// One request, one thread: nothing runs beside the caller. (OpenMP's threads
// stay once they are started.)
TEST_P(ReadingTest, StartsNoThreads) {
  const auto threads = [] {
    const std::filesystem::directory_iterator tasks("/proc/self/task"), end;
    return std::distance(tasks, end);
  };
  const auto before = threads();
  std::thread([&] {
    const std::unique_ptr<ModelScratch> scratch = model_->NewScratch();
    const WindowInput input = RandomInput(102, 1);
    model_->ReadWindow(input, Scope::kReported, *scratch);
    model_->ReadArguments(input, CuesOf(input), *scratch);
    EXPECT_EQ(threads(), before + 1);
  }).join();
}

INSTANTIATE_TEST_SUITE_P(Precisions, ReadingTest,
                         testing::Values(Precision::kInt8,
                                         Precision::kFloat32));

TEST(LoadTest, SaysWhatIsWrongWithTheFile) {
  const struct {
    const char* what;
    std::function<void(ModelBuilder&)> change;
    const char* message;
  } cases[] = {
      {"no name", [](ModelBuilder& b) { b.properties.erase("name"); },
       "has no name"},
      {"no version", [](ModelBuilder& b) { b.properties.erase("version"); },
       "version"},
      {"no heads", [](ModelBuilder& b) { b.properties.erase("heads"); },
       "heads"},
      {"heads do not divide",
       [](ModelBuilder& b) { b.properties["heads"] = "3"; }, "3 heads for 64"},
      {"narrow heads", [](ModelBuilder& b) { b.properties["heads"] = "4"; },
       "multiple of 32"},
      {"odd width", [](ModelBuilder& b) { b.properties["hidden"] = "60"; },
       "hidden is 60"},
      {"huge width",
       [](ModelBuilder& b) { b.properties["feed_forward"] = "1000000000"; },
       "feed_forward"},
      {"another width", [](ModelBuilder& b) { b.properties["hidden"] = "128"; },
       "embedding.word.weight has the shape [40, 64]; it must be [40, 128]"},
      {"more layers", [](ModelBuilder& b) { b.properties["layers"] = "3"; },
       "no tensor encoder.2.qkv.weight"},
      {"longer windows",
       [](ModelBuilder& b) { b.properties["max_window_pieces"] = "200"; },
       "embedding.position"},
      {"no vocabulary", [](ModelBuilder& b) { b.tensors.erase("vocabulary"); },
       "no tensor vocabulary"},
      {"short vocabulary",
       [](ModelBuilder& b) { b.AddBytes("vocabulary", "[UNK]\n[CLS]\n[SEP]"); },
       "embedding.word.weight"},
      {"bad vocabulary",
       [](ModelBuilder& b) { b.AddBytes("vocabulary", "a\nb\n"); }, ""},
      {"no norm",
       [](ModelBuilder& b) {
         b.tensors.erase("encoder.1.attention_norm.gain");
       },
       "no tensor encoder.1.attention_norm.gain"},
      {"no cue head", [](ModelBuilder& b) { b.tensors.erase("cue.weight"); },
       "no tensor cue.weight"},
      {"int8 cue head",
       [](ModelBuilder& b) {
         b.AddInt8Matrix("cue", 3, 64, std::vector<float>(192, 1));
       },
       "cue.weight is not fp32"},
      {"distances",
       [](ModelBuilder& b) {
         b.AddFloats("argument.distance", {28, 32},
                     std::vector<float>(28 * 32));
       },
       "argument.distance has the shape [28, 32]; it must be [29, 32]"},
      {"no convolution",
       [](ModelBuilder& b) { b.tensors.erase("argument.far.bias"); },
       "no tensor argument.far.bias"},
  };
  for (const auto& c : cases) {
    ModelBuilder builder = RandomModel(RandomModelOptions());
    c.change(builder);
    const std::string path = WriteTemporary("wrong.qm", builder.Build());
    const absl::Status status = Model::Load(path, ModelOptions()).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument)
        << c.what << ": " << status;
    EXPECT_THAT(status.message(), HasSubstr("wrong.qm")) << c.what;
    EXPECT_THAT(status.message(), HasSubstr(c.message)) << c.what;
  }
}

TEST(LoadTest, UnknownTensorsAndPropertiesArePassedOver) {
  ModelBuilder builder = RandomModel(RandomModelOptions());
  builder.properties["colour"] = "blue";
  builder.AddFloats("extra.head", {2}, {1, 2});
  EXPECT_TRUE(
      Model::Load(WriteTemporary("extra.qm", builder.Build()), ModelOptions())
          .ok());
}

// A scope without heads of its own is read with the other's.
TEST(LoadTest, OneSetOfHeadsServesBothScopes) {
  RandomModelOptions options;
  options.reported = false;
  const std::unique_ptr<Model> one =
      Model::Load(WriteTemporary("one.qm", RandomModel(options).Build()),
                  ModelOptions())
          .value();
  options.reported = true;
  const std::unique_ptr<Model> two =
      Model::Load(WriteTemporary("two.qm", RandomModel(options).Build()),
                  ModelOptions())
          .value();
  const WindowInput input = RandomInput(40, 1);
  const auto read = [&](const Model& model, Scope scope) {
    const std::unique_ptr<ModelScratch> scratch = model.NewScratch();
    return model.ReadWindow(input, scope, *scratch).cue;
  };
  const auto all = read(*one, Scope::kAllAttributions);
  EXPECT_EQ(read(*one, Scope::kReported), all);
  EXPECT_EQ(read(*two, Scope::kAllAttributions), all);
  EXPECT_NE(read(*two, Scope::kReported), all);
}

// One set in part is a mistake, not a choice.
TEST(LoadTest, HalfASetOfHeadsIsAnError) {
  ModelBuilder builder = RandomModel(RandomModelOptions());
  builder.tensors.erase("reported.argument.down.bias");
  const absl::Status status =
      Model::Load(WriteTemporary("half.qm", builder.Build()), ModelOptions())
          .status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(status.message(), HasSubstr("reported.argument.down.bias"));
}

TEST(LoadTest, MissingFile) {
  EXPECT_EQ(Model::Load(testing::TempDir() + "none.qm", ModelOptions())
                .status()
                .code(),
            absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace quoth
