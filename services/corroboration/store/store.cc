#include "services/corroboration/store/store.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "services/corroboration/model/ids.h"
#include "services/corroboration/model/names.h"

namespace consilience::corroboration {
namespace {

// Bounded non-negative numbers with twelve decimals sort bytewise once they have a fixed width.
std::string Rising(double value) { return fmt::format("{:024.12f}", value); }
std::string Falling(double value) { return Rising(1e9 - value); }

// Whole characters of up to 200 bytes, and none that is no text to every store.
std::string StartOf(std::string_view name) {
  constexpr size_t kLongest = 200;
  size_t end = std::min(name.size(), name.find('\0'));
  if (end > kLongest) {
    end = kLongest;
    while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0U) == 0x80U) --end;
  }
  return std::string(name.substr(0, end));
}

}  // namespace

std::string SortValue(const ClaimRow& row, ClaimOrder order) {
  switch (order) {
    case ClaimOrder::kScoreDescending:
      return Falling(row.corroboration.score);
    case ClaimOrder::kScore:
      return Rising(row.corroboration.score);
    case ClaimOrder::kEffectiveDescending:
      return Falling(row.corroboration.effective_origins);
    case ClaimOrder::kUpdateTimeDescending:
      return fmt::format("{:020}", INT64_MAX - row.update_time_us);
    case ClaimOrder::kFrom:
      return row.from;
  }
  return "";
}

std::string SortValue(const QuestionRecord& question, QuestionOrder order) {
  if (order == QuestionOrder::kDisplayName) return StartOf(question.display_name);
  return question.claims.empty() ? "" : question.claims.front().from;
}

std::string ValueOf(const ClaimRow& row, ClaimFacet facet) {
  if (facet == ClaimFacet::kPlace) return PlaceKey(row.place);
  return std::string(NameOf(row.corroboration.state));
}

std::string PlaceKey(const std::string& name) {
  constexpr size_t kLongest = 200;  // bytes; those of an index entry are limited to about 2,700
  const bool plain = name.size() <= kLongest && name.find('\0') == std::string::npos;
  return plain ? name : ContentId("place", {name});
}

absl::StatusOr<std::vector<QuestionPtr>> Store::FindQuestions(const std::vector<std::string>& ids) {
  std::vector<QuestionPtr> questions;
  for (const std::string& id : ids) {
    auto question = FindQuestion(id);
    if (!question.ok()) return question.status();
    questions.push_back(*std::move(question));
  }
  return questions;
}

absl::StatusOr<Surroundings> Store::SurroundingsOf(const std::vector<std::string>& documents,
                                                   const std::vector<uint64_t>& keys) {
  Surroundings surroundings;
  std::map<std::string, QuestionPtr> questions;
  const auto add = [&](const absl::StatusOr<std::vector<QuestionPtr>>& found) {
    if (!found.ok()) return found.status();
    for (const QuestionPtr& question : *found) questions.emplace(question->id, question);
    return absl::OkStatus();
  };
  for (const std::string& id : documents) {
    auto row = FindDocument(id);
    if (!row.ok()) return row.status();
    if (*row) surroundings.documents.push_back(**std::move(row));
    auto decisions = DecisionsOf(id);
    if (!decisions.ok()) return decisions.status();
    for (auto& decision : *decisions) surroundings.decisions.push_back(std::move(decision));
    if (absl::Status status = add(QuestionsOfDocument(id)); !status.ok()) return status;
  }
  if (!keys.empty()) {
    if (absl::Status status = add(QuestionsByKeys(keys)); !status.ok()) return status;
  }
  for (auto& [id, question] : questions) surroundings.questions.push_back(std::move(question));
  return surroundings;
}

}  // namespace consilience::corroboration
