#include "clients/cli/ingest/tally.h"

#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

#include "clients/cli/output/json.h"
#include "clients/cli/render/numbers.h"
#include "clients/cli/render/words.h"
#include "fmt/format.h"
#include "services/common/errors/error.h"

namespace consilience::cli {
namespace {

namespace api = ingest::v1;

constexpr size_t kMostReported = 10'000;

// "text/html, byte 120", what is known of it.
std::string PlaceOf(const api::IngestDocumentsResponse& answer) {
  const auto& metadata = answer.error_metadata();
  const auto format = metadata.find("format");
  const auto offset = metadata.find("offset");
  std::string place = format == metadata.end() ? "" : format->second;
  if (offset != metadata.end()) {
    place += fmt::format("{}byte {}", place.empty() ? "" : ", ", offset->second);
  }
  return place.empty() ? "" : " (" + place + ")";
}

}  // namespace

api::IngestDocumentsResponse AnswerOf(const ingest::ReadError& error) {
  api::IngestDocumentsResponse answer;
  answer.set_label(error.label);
  answer.set_outcome(api::INGEST_OUTCOME_REFUSED);
  answer.set_error(std::string(error.status.message()));
  answer.set_error_code(static_cast<int>(error.status.code()));
  answer.set_error_reason(common::ErrorReason(error.status));
  for (const auto& [key, value] : common::ErrorMetadataOf(error.status)) {
    (*answer.mutable_error_metadata())[key] = value;
  }
  return answer;
}

void Tally::Add(const api::IngestDocumentsResponse& answer, std::optional<double> fraction) {
  const std::lock_guard lock(mutex_);
  ++counts_[WordFor(answer.outcome())];
  if (answer.outcome() == api::INGEST_OUTCOME_REFUSED) NoteRefusal(answer);
  if (answer.document().state() == api::Document::STATE_PENDING &&
      answer.outcome() != api::INGEST_OUTCOME_VALIDATED) {
    pending_.push_back(answer.document().name());
  }
  if (fraction) progress_.Reach(*fraction);
  progress_.Advance(1);
  if (context_.format() == Format::kName) {
    if (answer.has_document()) sink_.Write(answer.document().name() + "\n");
  } else if (!context_.is_text()) {
    sink_.Write(ToJson(answer, false) + "\n");
  }
}

void Tally::NoteRefusal(const api::IngestDocumentsResponse& answer) {
  progress_.Clear();
  context_.Warn(fmt::format("refused {}: {}{}", answer.label(), answer.error(), PlaceOf(answer)));
  if (refusals_.size() < kMostReported) refusals_.push_back(answer);
}

bool Tally::empty() const {
  const std::lock_guard lock(mutex_);
  return counts_.empty();
}

size_t Tally::refused() const {
  const std::lock_guard lock(mutex_);
  return Count("refused");
}

std::deque<std::string> Tally::TakePending() {
  const std::lock_guard lock(mutex_);
  return std::exchange(pending_, {});
}

std::string Tally::Summary() const {
  const std::lock_guard lock(mutex_);
  std::string text;
  for (const char* word : {"accepted", "validated", "revision", "duplicate", "outdated",
                           "retracted", "not held", "refused"}) {
    const size_t count = Count(word);
    if (count == 0) continue;
    if (!text.empty()) text += ", ";
    text += fmt::format("{} {}", WithThousands(static_cast<double>(count)), word);
  }
  return text.empty() ? "nothing to take in" : text;
}

std::string Tally::Report(bool complete) const {
  using Json = nlohmann::ordered_json;
  const std::lock_guard lock(mutex_);
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin_;
  size_t items = 0;
  Json outcomes = Json::object();
  for (const auto& [word, count] : counts_) {
    outcomes[word] = count;
    items += count;
  }
  Json refused = Json::array();
  for (const api::IngestDocumentsResponse& answer : refusals_) {
    Json entry = {{"label", answer.label()}, {"reason", answer.error_reason()}};
    for (const char* key : {"format", "offset"}) {
      const auto found = answer.error_metadata().find(key);
      if (found != answer.error_metadata().end()) entry[key] = found->second;
    }
    entry["error"] = answer.error();
    refused.push_back(std::move(entry));
  }
  const Json report = {{"items", items},
                       {"seconds", std::round(seconds.count() * 1000) / 1000},
                       {"complete", complete},
                       {"outcomes", outcomes},
                       {"refused", refused}};
  return report.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

size_t Tally::Count(const std::string& word) const {
  const auto count = counts_.find(word);
  return count == counts_.end() ? 0 : count->second;
}

}  // namespace consilience::cli
