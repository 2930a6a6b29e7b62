#include "clients/cli/render/words.h"

#include <cctype>

#include "clients/cli/render/numbers.h"
#include "fmt/format.h"

namespace consilience::cli {
namespace {

namespace api = corroboration::v1;

std::string WithoutPrefix(std::string_view value, std::string_view prefix) {
  if (value.substr(0, prefix.size()) == prefix) value.remove_prefix(prefix.size());
  return value == "UNSPECIFIED" ? "" : Plain(value);
}

std::string SpeakerName(const common::v1::Speaker& speaker) {
  std::string name = speaker.name().empty() ? speaker.description() : speaker.name();
  if (name.empty()) name = speaker.role();
  if (!speaker.organisation().empty() && speaker.organisation() != name) {
    name += name.empty() ? speaker.organisation() : " (" + speaker.organisation() + ")";
  }
  return name.empty() ? "somebody unnamed" : name;
}

}  // namespace

std::string Plain(std::string_view upper_snake) {
  std::string words;
  for (const char c : upper_snake) {
    words += c == '_' ? ' ' : static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return words;
}

Cell StateOf(api::Corroboration::State state) {
  const std::string word = WithoutPrefix(api::Corroboration::State_Name(state), "STATE_");
  switch (state) {
    case api::Corroboration::STATE_CORROBORATED:
      return {word, Style::kGood};
    case api::Corroboration::STATE_DISPUTED:
    case api::Corroboration::STATE_CONTRADICTED:
      return {word, Style::kBad};
    case api::Corroboration::STATE_SINGLE_ORIGIN:
      return {word, Style::kDoubtful};
    default:
      return {word, Style::kFaint};
  }
}

Cell StateOf(api::Question::State state) {
  const std::string word = WithoutPrefix(api::Question::State_Name(state), "STATE_");
  switch (state) {
    case api::Question::STATE_SETTLED:
      return {word, Style::kGood};
    case api::Question::STATE_DISPUTED:
      return {word, Style::kBad};
    case api::Question::STATE_SINGLE_ORIGIN:
      return {word, Style::kDoubtful};
    default:
      return {word, Style::kPlain};
  }
}

Cell StateOf(ingest::v1::Document::State state) {
  using ingest::v1::Document;
  const std::string word = WithoutPrefix(Document::State_Name(state), "STATE_");
  switch (state) {
    case Document::STATE_RECORDED:
      return {word, Style::kGood};
    case Document::STATE_FAILED:
      return {word, Style::kBad};
    case Document::STATE_PENDING:
      return {word, Style::kDoubtful};
    default:
      return {word, Style::kFaint};
  }
}

Cell VerdictOf(api::StatementCheck::Verdict verdict) {
  const std::string word = WithoutPrefix(api::StatementCheck::Verdict_Name(verdict), "VERDICT_");
  switch (verdict) {
    case api::StatementCheck::VERDICT_CORROBORATED:
      return {word, Style::kGood};
    case api::StatementCheck::VERDICT_DISPUTED:
    case api::StatementCheck::VERDICT_CONTRADICTED:
      return {word, Style::kBad};
    case api::StatementCheck::VERDICT_UNKNOWN:
      return {word, Style::kFaint};
    default:
      return {word, Style::kDoubtful};
  }
}

std::string WordFor(ingest::v1::IngestOutcome outcome) {
  return WithoutPrefix(ingest::v1::IngestOutcome_Name(outcome), "INGEST_OUTCOME_");
}

std::string WordFor(ingest::v1::Segment::Kind kind) {
  return WithoutPrefix(ingest::v1::Segment::Kind_Name(kind), "KIND_");
}

std::string WordFor(api::SourceKind kind) {
  return WithoutPrefix(api::SourceKind_Name(kind), "SOURCE_KIND_");
}

std::string WordFor(api::ClaimRelation::Type relation) {
  return WithoutPrefix(api::ClaimRelation::Type_Name(relation), "TYPE_");
}

std::string WordFor(api::Review::Decision decision) {
  return WithoutPrefix(api::Review::Decision_Name(decision), "DECISION_");
}

std::string WordFor(api::Merge::Basis basis) {
  return WithoutPrefix(api::Merge::Basis_Name(basis), "BASIS_");
}

std::string ChainOf(const common::v1::Attribution& attribution) {
  std::string chain;
  for (const auto& speaker : attribution.chain()) {
    if (!chain.empty()) chain += " → ";
    chain += SpeakerName(speaker);
  }
  return chain.empty() ? "the outlet itself" : chain;
}

std::string AnswerOf(const api::Claim& claim) {
  // Who holds a place is more than how much of it.
  const bool share_only = claim.kind() == "CONTROL" || claim.kind() == "FACILITY";
  if (share_only && !claim.value().empty()) return claim.value();
  const std::string quantity = ShortQuantity(claim.quantity());
  return quantity.empty() ? claim.value() : quantity;
}

std::string OriginsOf(const api::Corroboration& corroboration) {
  return fmt::format("{} of {}", Effective(corroboration.effective_origins()),
                     corroboration.origin_count());
}

std::string RangeOf(const api::ValueRange& range, std::string_view kind) {
  const bool share = kind == "CONTROL" || kind == "FACILITY";
  // "Some or all of it" says nothing.
  if (share && range.has_lower() && range.has_upper() && range.lower() <= 0 && range.upper() >= 1) {
    return "";
  }
  common::v1::Quantity quantity;
  quantity.set_fraction(share);
  if (range.has_lower()) quantity.set_lower(range.lower());
  if (range.has_upper()) quantity.set_upper(range.upper());
  std::string text = quantity.has_lower() || quantity.has_upper() ? ShortQuantity(quantity) : "";
  if (range.has_best()) {
    common::v1::Quantity point;
    point.set_fraction(share);
    point.set_lower(range.best());
    point.set_upper(range.best());
    const std::string best = ShortQuantity(point);
    if (text.empty()) return best;
    if (text != best) text += ", best " + best;
  }
  return text;
}

std::string IdOf(std::string_view resource_name) {
  const size_t slash = resource_name.find('/');
  return std::string(slash == std::string_view::npos ? resource_name
                                                     : resource_name.substr(slash + 1));
}

std::string NameIn(std::string_view collection, std::string_view id_or_name) {
  const std::string prefix = std::string(collection) + "/";
  // A name of something else is left for the service to refuse by its own name.
  if (id_or_name.find('/') != std::string_view::npos) return std::string(id_or_name);
  return prefix + std::string(id_or_name);
}

Style ScoreStyle(double score) {
  if (score >= 0.8) return Style::kGood;
  return score < 0.2 ? Style::kBad : Style::kDoubtful;
}

}  // namespace consilience::cli
