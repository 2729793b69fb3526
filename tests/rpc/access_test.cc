// Callers over the wire: who gets in, and how much they get.

#include "server/rpc/access.h"

#include <atomic>
#include <chrono>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "server/rpc/limits.h"
#include "tests/rpc/checks.h"
#include "tests/rpc/fake_extractor.h"
#include "tests/rpc/secure_server.h"

namespace quoth {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kService[] = "/quoth.v1.AttributionService/";
class AccessTest : public ::testing::Test {
 protected:
  void Start(const std::string& callers) {
    server_.options.security.callers = server_.folder.Write("callers", callers);
    const absl::Status started = server_.Start();
    ASSERT_TRUE(started.ok()) << started;
    channel_ = server_.PlainChannel();
    stub_ = v1::AttributionService::NewStub(channel_);
  }

  grpc::Status Info(const std::string& token) {
    grpc::ClientContext context;
    Prepare(context, token);
    v1::GetServerInfoResponse response;
    return stub_->GetServerInfo(&context, {}, &response);
  }

  // Opens a stream, sends nothing, and ends it.
  grpc::Status EmptyStream(const std::string& token) {
    grpc::ClientContext context;
    Prepare(context, token);
    const auto stream = stub_->StreamExtractClaims(&context);
    stream->WritesDone();
    return stream->Finish();
  }

  Gate gate_;
  bool use_gate_ = false;
  const FakeExtractor extractor_{
      [this](std::string_view utf8, const ExtractOptions& options) {
        if (use_gate_) gate_.Pass();
        return ExtractAll(utf8, options);
      }};
  SecureServer server_{extractor_};
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<v1::AttributionService::Stub> stub_;
};

v1::StreamExtractClaimsRequest Item() {
  v1::StreamExtractClaimsRequest item;
  *item.mutable_request() = RequestFor("Words.");
  return item;
}

TEST_F(AccessTest, KnownTokensGetIn) {
  Start(Line("desk", kDesk) + Line("wire", kWire));
  for (const char* token : {kDesk, kWire}) {
    EXPECT_TRUE(Call(channel_, token).ok());
    EXPECT_TRUE(EmptyStream(token).ok());
    EXPECT_TRUE(Info(token).ok());
  }
}

TEST_F(AccessTest, NobodyElseGetsInAndAllAreToldTheSame) {
  Start(Line("desk", kDesk) + Line("wire", kWire));
  const std::string desk = kDesk;
  const std::vector<std::vector<std::string>> kHeaders = {
      {},
      {""},
      {"Bearer"},
      {"Bearer "},
      {"Bearer qt_Wrong"},
      {desk},  // Without a scheme.
      {"Basic " + desk},
      {"Bearer " + desk.substr(0, desk.size() - 1)},
      {"Bearer " + desk + "x"},
      {"Bearer  " + desk},
      {"Bearer " + FormatDigest(DigestOf(desk))},
      {"Bearer " + std::string(4000, 'x')},
      {"Bearer " + desk, "Bearer " + desk},
      {"Bearer qt_Wrong", "Bearer " + desk},
  };
  std::set<std::string> answers;
  for (const auto& headers : kHeaders) {
    SCOPED_TRACE(absl::StrJoin(headers, " | "));
    const auto prepare = [&](grpc::ClientContext& context) {
      Prepare(context, "");
      for (const std::string& header : headers) {
        context.AddMetadata("authorization", header);
      }
    };
    const auto note = [&](const grpc::Status& status) {
      const ErrorView view = ViewOf(status);
      EXPECT_EQ(view.code, grpc::StatusCode::UNAUTHENTICATED) << view;
      EXPECT_EQ(view.reason, "UNAUTHENTICATED");
      EXPECT_EQ(view.domain, "quoth.v1");
      EXPECT_TRUE(view.metadata.empty());
      answers.insert(status.error_message() + status.error_details());
    };
    grpc::ClientContext call_context, stream_context, info_context;
    prepare(call_context);
    v1::ExtractClaimsResponse response;
    note(stub_->ExtractClaims(&call_context, RequestFor("x"), &response));
    prepare(stream_context);
    note(stub_->StreamExtractClaims(&stream_context)->Finish());
    prepare(info_context);
    v1::GetServerInfoResponse info;
    note(stub_->GetServerInfo(&info_context, {}, &info));
  }
  EXPECT_EQ(answers.size(), 1);
}

TEST_F(AccessTest, StrangersAreRefusedBeforeTheySendAMessage) {
  Start(Line("desk", kDesk));
  for (const char* method : {"ExtractClaims", "StreamExtractClaims"}) {
    const grpc::Status status =
        Ask(channel_, absl::StrCat(kService, method), std::nullopt);
    EXPECT_EQ(status.error_code(), grpc::StatusCode::UNAUTHENTICATED);
  }
}

TEST_F(AccessTest, TokensAreInNoErrorAndNoLog) {
  Start(Line("desk", kDesk, "rate=0.001"));
  EXPECT_TRUE(Call(channel_, kDesk).ok());
  std::string told;
  for (const char* token : {kDesk, "qt_DeskDesk"}) {
    for (const grpc::Status& status :
         {Call(channel_, token),
          Ask(channel_, absl::StrCat(kService, "Unknown"), "", token)}) {
      EXPECT_FALSE(status.ok());
      absl::StrAppend(&told, status.error_message(), status.error_details());
    }
  }
  server_.folder.Write("callers", absl::StrCat("desk token=", kDesk));
  ASSERT_TRUE(Eventually([&] { return server_.CountLog("line 1") > 0; }));
  const auto plan = Server::Check(server_.options);
  EXPECT_FALSE(plan.ok());
  absl::StrAppend(&told, absl::StrJoin(server_.log(), "\n"),
                  std::string(plan.status().message()));
  EXPECT_THAT(told, Not(HasSubstr("DeskDesk")));
}

TEST_F(AccessTest, ATokenThatIsTakenOutIsRefused) {
  Start(Line("desk", kDesk) + Line("wire", kWire));
  EXPECT_TRUE(Call(channel_, kDesk).ok());
  // One stream of each, which go on.
  grpc::ClientContext desk_context, wire_context;
  Prepare(desk_context, kDesk);
  Prepare(wire_context, kWire);
  const auto desk = stub_->StreamExtractClaims(&desk_context);
  const auto wire = stub_->StreamExtractClaims(&wire_context);
  v1::StreamExtractClaimsResponse answer;
  ASSERT_TRUE(desk->Write(Item()));
  ASSERT_TRUE(desk->Read(&answer));

  server_.folder.Write("callers", Line("wire", kWire));
  ASSERT_TRUE(Eventually([&] { return !Call(channel_, kDesk).ok(); }));
  EXPECT_EQ(ViewOf(Call(channel_, kDesk)).reason, "UNAUTHENTICATED");
  EXPECT_TRUE(Call(channel_, kWire).ok());

  desk->Write(Item());
  EXPECT_FALSE(desk->Read(&answer));
  EXPECT_EQ(ViewOf(desk->Finish()).reason, "UNAUTHENTICATED");
  ASSERT_TRUE(wire->Write(Item()));
  ASSERT_TRUE(wire->Read(&answer));
  wire->WritesDone();
  EXPECT_FALSE(wire->Read(&answer));
  EXPECT_TRUE(wire->Finish().ok());

  // And back again, under a new token.
  server_.folder.Write("callers", Line("desk", "qt_New"));
  ASSERT_TRUE(Eventually([&] { return Call(channel_, "qt_New").ok(); }));
  EXPECT_FALSE(Call(channel_, kDesk).ok());
  EXPECT_FALSE(Call(channel_, kWire).ok());
  EXPECT_EQ(server_.CountLog("has taken the new callers"), 2);
}

TEST_F(AccessTest, ABrokenCallersFileChangesNothing) {
  Start(Line("desk", kDesk));
  int told = 0;
  for (const char* broken : {"", "desk tokn=", "desk"}) {
    server_.folder.Write("callers", broken);
    ++told;
    ASSERT_TRUE(Eventually([&] {
      return server_.CountLog("goes on with the old callers") == told;
    })) << broken;
    EXPECT_TRUE(Call(channel_, kDesk).ok());
  }
  EXPECT_THAT(server_.log().back(),
              HasSubstr("line 1: the caller has no token"));
  // Said once, however often it is looked at.
  for (int i = 0; i < 20; ++i) EXPECT_TRUE(Call(channel_, kDesk).ok());
  EXPECT_EQ(server_.CountLog("goes on with the old callers"), told);
}

TEST_F(AccessTest, CallsAtATime) {
  use_gate_ = true;
  Start(Line("desk", kDesk, "max_calls=1") + Line("wire", kWire));
  std::thread first([&] { EXPECT_TRUE(Call(channel_, kDesk).ok()); });
  gate_.AwaitArrivals(1);
  const grpc::Status second = Call(channel_, kDesk);
  const ErrorView view = ViewOf(second);
  EXPECT_EQ(view.code, grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_EQ(view.reason, "CALLER_OVER_LIMIT");
  EXPECT_EQ(view.metadata.at("limit"), "max_calls");
  EXPECT_TRUE(view.has_retry);
  EXPECT_EQ(EmptyStream(kDesk).error_code(),
            grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_TRUE(Info(kDesk).ok());  // No work: does not count.
  std::thread other([&] { EXPECT_TRUE(Call(channel_, kWire).ok()); });
  gate_.AwaitArrivals(2);
  gate_.Open();
  first.join();
  other.join();
  // The place is free when the server is done with the call.
  EXPECT_TRUE(Eventually([&] { return Call(channel_, kDesk).ok(); }));
}

TEST_F(AccessTest, EveryWayToEndACallFreesItsPlace) {
  Start(Line("desk", kDesk, "max_calls=1"));
  for (int i = 0; i < 5; ++i) {
    // Refused by the service; cancelled before its message; a stream.
    grpc::ClientContext bad_context, cancelled_context, stream_context;
    v1::ExtractClaimsResponse response;
    Prepare(bad_context, kDesk);
    EXPECT_TRUE(Eventually([&] {
      grpc::ClientContext context;
      Prepare(context, kDesk);
      return stub_->ExtractClaims(&context, RequestFor(""), &response)
                 .error_code() == grpc::StatusCode::INVALID_ARGUMENT;
    }));
    Prepare(cancelled_context, kDesk);
    cancelled_context.TryCancel();
    EXPECT_FALSE(
        stub_->ExtractClaims(&cancelled_context, RequestFor("x"), &response)
            .ok());
    EXPECT_TRUE(Eventually([&] { return EmptyStream(kDesk).ok(); }));
    Prepare(stream_context, kDesk);
    const auto stream = stub_->StreamExtractClaims(&stream_context);
    stream_context.TryCancel();
    EXPECT_FALSE(stream->Finish().ok());
  }
  EXPECT_TRUE(Eventually([&] { return Call(channel_, kDesk).ok(); }));
}

TEST_F(AccessTest, CallsOverTheRateAreToldWhenToComeBack) {
  Start(Line("desk", kDesk, "rate=0.01 burst=2") + Line("wire", kWire));
  EXPECT_TRUE(Call(channel_, kDesk).ok());
  EXPECT_TRUE(Call(channel_, kDesk).ok());
  const ErrorView view = ViewOf(Call(channel_, kDesk));
  EXPECT_EQ(view.code, grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_EQ(view.reason, "CALLER_OVER_LIMIT");
  EXPECT_EQ(view.metadata.at("limit"), "rate");
  EXPECT_GT(view.retry_seconds, 30);
  EXPECT_LE(view.retry_seconds, 100);
  EXPECT_TRUE(Info(kDesk).ok());
  EXPECT_TRUE(Call(channel_, kWire).ok());
  // A new file gives back nothing of what was used, but may give more.
  server_.folder.Write("callers", Line("desk", kDesk));
  EXPECT_TRUE(Eventually([&] { return Call(channel_, kDesk).ok(); }));
}

TEST_F(AccessTest, ItemsOverTheRateWait) {
  Start(Line("desk", kDesk, "rate=50 burst=1"));
  grpc::ClientContext context;
  Prepare(context, kDesk);
  const absl::Time began = absl::Now();
  const auto stream = stub_->StreamExtractClaims(&context);
  constexpr int kItems = 8;
  for (int i = 0; i < kItems; ++i) ASSERT_TRUE(stream->Write(Item()));
  stream->WritesDone();
  v1::StreamExtractClaimsResponse answer;
  int answered = 0;
  while (stream->Read(&answer)) {
    EXPECT_TRUE(answer.has_response()) << answer.error().message();
    ++answered;
  }
  EXPECT_TRUE(stream->Finish().ok());
  EXPECT_EQ(answered, kItems);
  // The first is free, the second on credit; the others wait for 20 ms each.
  EXPECT_GE(absl::Now() - began, (kItems - 2) * absl::Milliseconds(20));
}

TEST_F(AccessTest, ANewStreamIsNoWayAroundTheRate) {
  std::atomic<int> read = 0;
  const FakeExtractor extractor(
      [&](std::string_view utf8, const ExtractOptions& options) {
        ++read;
        return ExtractAll(utf8, options);
      });
  SecureServer server(extractor);
  server.options.security.callers =
      server.folder.Write("callers", Line("desk", kDesk, "rate=0.001 burst=2"));
  ASSERT_TRUE(server.Start().ok());
  const auto stub = v1::AttributionService::NewStub(server.PlainChannel());
  // Two from the burst and one on credit; the fourth would come in a quarter
  // of an hour.
  for (int i = 0; i < 4; ++i) {
    grpc::ClientContext context;
    Prepare(context, kDesk);
    if (i == 3) {
      context.set_deadline(std::chrono::system_clock::now() +
                           std::chrono::milliseconds(300));
    }
    const auto stream = stub->StreamExtractClaims(&context);
    stream->Write(Item());
    v1::StreamExtractClaimsResponse answer;
    EXPECT_EQ(stream->Read(&answer), i < 3) << i;
    context.TryCancel();
    EXPECT_FALSE(stream->Finish().ok());
  }
  server.server().Shutdown();
  EXPECT_EQ(read, 3);
}

TEST_F(AccessTest, AStreamThatWaitsEndsAtOnce) {
  Start(Line("desk", kDesk, "rate=0.001"));
  for (const bool cancel : {true, false}) {
    grpc::ClientContext context;
    Prepare(context, kDesk);
    const auto stream = stub_->StreamExtractClaims(&context);
    v1::StreamExtractClaimsResponse answer;
    ASSERT_TRUE(stream->Write(Item()));
    if (cancel) {
      ASSERT_TRUE(stream->Read(&answer));
      // The next item stays on credit for a quarter of an hour.
      ASSERT_TRUE(stream->Write(Item()));
      ASSERT_TRUE(stream->Read(&answer));
      context.TryCancel();
      EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::CANCELLED);
    } else {
      // So long this one waits for its first.
      server_.server().Shutdown();
      EXPECT_EQ(ViewOf(stream->Finish()).reason, "SHUTTING_DOWN");
    }
  }
}

// Whoever has its answer may ask again: the place is free by then.
TEST_F(AccessTest, OneCallAfterTheOther) {
  Start(Line("wire", kWire, "max_calls=1"));
  for (int n = 0; n < 200; ++n) {
    const grpc::Status call = Call(channel_, kWire);
    ASSERT_TRUE(call.ok()) << call.error_message();
    const grpc::Status stream = EmptyStream(kWire);
    ASSERT_TRUE(stream.ok()) << stream.error_message();
  }
}

TEST_F(AccessTest, ManyCallsWhileTheFileChanges) {
  Start(Line("desk", kDesk) + Line("wire", kWire));
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([this] {
      const auto channel = server_.PlainChannel();
      for (int n = 0; n < 50; ++n) {
        EXPECT_TRUE(Call(channel, kWire).ok());
        Call(channel, kDesk);
      }
    });
  }
  for (int n = 0; n < 30; ++n) {
    server_.folder.Write(
        "callers", (n % 2 == 0 ? "" : Line("desk", kDesk)) +
                       Line("wire", kWire, absl::StrCat("max_calls=", 9 + n)));
    absl::SleepFor(absl::Milliseconds(5));
  }
  for (std::thread& thread : threads) thread.join();
}

// ---- Without a server ----

Presented WithToken(const std::string& token) {
  Presented presented;
  ReadAuthorization("Bearer " + token, presented);
  return presented;
}

TEST(PresentedTest, ATokenCountsMoreThanACertificate) {
  Access access;
  access.SetCallers(
      *ParseCallers(Line("desk", kDesk) + "wire certificate=wire.example"));
  Presented both = WithToken(kDesk);
  both.certificates = {"wire.example"};
  EXPECT_EQ(*access.Identify(both), "desk");
  both.token = DigestOf("qt_Wrong");
  EXPECT_FALSE(access.Identify(both).ok());
  both = Presented();
  both.certificates = {"other.example", "wire.example"};
  EXPECT_EQ(*access.Identify(both), "wire");
  both.certificates = {"other.example"};
  EXPECT_FALSE(access.Identify(both).ok());
  EXPECT_FALSE(access.Identify(Presented()).ok());
}

TEST(AdmissionTest, IsGivenBackOnce) {
  Access access;
  access.SetCallers(*ParseCallers(Line("desk", kDesk, "max_calls=2")));
  const auto admit = [&] { return access.Admit(WithToken(kDesk), true); };
  auto one = admit();
  ASSERT_TRUE(one.ok());
  EXPECT_EQ(one->caller(), "desk");
  {
    auto two = admit();
    ASSERT_TRUE(two.ok());
    EXPECT_FALSE(admit().ok());
    *one = *std::move(two);  // What `one` held goes.
  }
  auto three = admit();
  EXPECT_TRUE(three.ok());
  EXPECT_FALSE(admit().ok());
  *one = Admission();
  EXPECT_TRUE(admit().ok());
}

TEST(AdmissionTest, OfNobodyIsAlwaysValid) {
  Access access;
  auto admission = access.Admit(Presented(), true);
  ASSERT_TRUE(admission.ok());
  EXPECT_EQ(admission->caller(), "");
  access.SetCallers(*ParseCallers(Line("desk", kDesk)));
  EXPECT_TRUE(admission->StillValid());
  EXPECT_EQ(admission->CountItem(), absl::ZeroDuration());
}

// A clock of the machine may be set back by an hour; callers must not pay.
TEST(AdmissionTest, RatesGoByTheirOwnClock) {
  absl::Time now = absl::UnixEpoch();  // Far from what any wall clock says.
  Access access([&now] { return now; });
  access.SetCallers(*ParseCallers(Line("desk", kDesk, "rate=1 burst=1")));
  const auto admit = [&](bool article) {
    return access.Admit(WithToken(kDesk), article);
  };
  EXPECT_TRUE(admit(true).ok());
  EXPECT_FALSE(admit(true).ok());
  now += absl::Seconds(1);
  EXPECT_TRUE(admit(true).ok());
  auto stream = admit(false);
  ASSERT_TRUE(stream.ok());
  EXPECT_EQ(stream->CountItem(), absl::Seconds(1));
  EXPECT_EQ(stream->ItemDebt(), absl::Seconds(1));
  now += absl::Seconds(1);
  EXPECT_EQ(stream->ItemDebt(), absl::ZeroDuration());
  EXPECT_EQ(stream->CountItem(), absl::Seconds(1));
}

TEST(AdmissionTest, TheUsualClockIsOneThatNobodySets) {
  const auto steady = [] {
    return absl::FromChrono(
        std::chrono::steady_clock::now().time_since_epoch());
  };
  const absl::Duration before = steady();
  const absl::Duration read = SteadyNow() - absl::UnixEpoch();
  EXPECT_LE(before, read);
  EXPECT_LE(read, steady());
}

}  // namespace
}  // namespace quoth
