#include "tests/bench/corroboration_reads.h"

#include <string>
#include <string_view>
#include <vector>

#include "services/corroboration/model/names.h"
#include "services/corroboration/service/handlers.h"
#include "tests/bench/corroboration_corpus.h"
#include "tests/bench/corroboration_timing.h"

namespace consilience::corroboration::bench {
namespace {

constexpr int64_t kSingleReads = 2000;
constexpr int64_t kPages = 200;
constexpr int kPageSize = 50;
// Pages of the largest size that are passed over to read from the midst of a list.
constexpr int kPassedOver = 20;
constexpr int kLargestPage = 1000;

class Reads {
 public:
  Reads(Engine& engine, int64_t documents) : engine_(engine), documents_(documents) {}

  void Run() {
    FindClaims();
    Line("GetClaim", Measure(kSingleReads, [&](int64_t i) { Get<v1::Claim>(i, GetClaim); }));
    Line("ExplainClaim",
         Measure(kSingleReads, [&](int64_t i) { Get<v1::Explanation>(i, ExplainClaim); }));
    for (const char* const order :
         {"score desc", "score", "effective_origins desc", "update_time desc", "time.from"}) {
      ListAll(order);
      for (const std::string& state : ClaimStateNames()) List("state = " + state, order);
      List("state = DISPUTED AND kind = CASUALTY", order);
      ListPlaces(order);
    }
    for (const char* const order : {"update_time desc", "window.from", "display_name"}) {
      ListQuestionsBy(order);
    }
  }

 private:
  static void Line(std::string_view what, const Quantiles& micros) {
    fmt::print("  {:<66} {:>9.0f} {:>9.0f}\n", what, micros.p50, micros.p99);
    std::fflush(stdout);
  }

  // Of documents from all over the corpus.
  void FindClaims() {
    int64_t claims = 0;
    Require(engine_.store().ScanClaims(ClaimOrder::kFrom, {}, [&](const ClaimRow&) {
      ++claims;
      return true;
    }));
    fmt::print("{} documents, {} claims; microseconds, p50 and p99\n", documents_, claims);
    for (int64_t i = 0; i < kSingleReads; ++i) {
      const auto questions =
          engine_.store().QuestionsOfDocument(Corpus::IdOf(i * documents_ / kSingleReads));
      Require(questions.status());
      for (const QuestionPtr& question : *questions) {
        for (const ClaimRow& row : question->claims) claims_.push_back("claims/" + row.id);
      }
    }
  }

  // Another claim each time, in no order.
  template <typename Response, typename Request>
  void Get(int64_t i, absl::Status (*read)(Engine&, const Request&, Response&)) {
    Request request;
    request.set_name(claims_[static_cast<size_t>(i * 7919) % claims_.size()]);
    Response response;
    Require(read(engine_, request, response));
  }

  v1::ListClaimsResponse Page(const std::string& filter, const std::string& order,
                              const std::string& token, int size) {
    v1::ListClaimsRequest request;
    request.set_filter(filter);
    request.set_order_by(order);
    request.set_page_size(size);
    request.set_page_token(token);
    v1::ListClaimsResponse response;
    Require(ListClaims(engine_, request, response));
    return response;
  }

  void List(const std::string& filter, const std::string& order, const std::string& token = "") {
    int found = 0;
    const Quantiles micros = Measure(
        kPages, [&](int64_t) { found = Page(filter, order, token, kPageSize).claims_size(); });
    Line(fmt::format("ListClaims {} by {}{}: {}", filter, order, token.empty() ? "" : ", midst",
                     found),
         micros);
  }

  void ListAll(const std::string& order) {
    List("", order);
    std::string token;
    for (int i = 0; i < kPassedOver; ++i) {
      token = Page("", order, token, kLargestPage).next_page_token();
    }
    List("", order, token);
  }

  void ListPlaces(const std::string& order) {
    Line(fmt::format("ListClaims place = … by {}", order), Measure(kPages, [&](int64_t i) {
           Page(fmt::format("place = \"Place {}\"", i * 37 % 4000), order, "", kPageSize);
         }));
  }

  void ListQuestionsBy(const std::string& order) {
    v1::ListQuestionsRequest request;
    request.set_order_by(order);
    request.set_page_size(kPageSize);
    Line(fmt::format("ListQuestions by {}", order), Measure(kPages, [&](int64_t) {
           v1::ListQuestionsResponse response;
           Require(ListQuestions(engine_, request, response));
         }));
  }

  Engine& engine_;
  const int64_t documents_;
  std::vector<std::string> claims_;
};

}  // namespace

void ReportReads(Engine& engine, int64_t documents) { Reads(engine, documents).Run(); }

}  // namespace consilience::corroboration::bench
