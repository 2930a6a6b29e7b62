#include "services/corroboration/engine/intake.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "services/common/errors/catalogue.h"
#include "services/corroboration/engine/decisions.h"
#include "services/corroboration/independence/domestic.h"
#include "services/corroboration/independence/witness.h"
#include "services/corroboration/matching/facet.h"
#include "services/corroboration/model/ids.h"

namespace consilience::corroboration {
namespace {

using common::FieldInvalid;

std::string Field(size_t index, std::string_view field) {
  return fmt::format("assertions[{}].{}", index, field);
}

absl::Status CheckQuantity(const extraction::Quantity& quantity, size_t index) {
  for (const auto& bound : {quantity.lower, quantity.upper}) {
    if (bound && !std::isfinite(*bound)) {
      return FieldInvalid(Field(index, "quantity"), fmt::format("{}", *bound),
                          "give a finite number, or leave the bound out when there is none");
    }
  }
  if (quantity.lower && quantity.upper && *quantity.lower > *quantity.upper) {
    return FieldInvalid(Field(index, "quantity"),
                        fmt::format("{} to {}", *quantity.lower, *quantity.upper),
                        "the lower bound must not be above the upper one");
  }
  return absl::OkStatus();
}

absl::Status CheckTime(const extraction::DayRange& time, size_t index) {
  for (const std::string* day : {&time.from, &time.to}) {
    if (!day->empty() && DayNumber(*day) == kNoDay) {
      return FieldInvalid(Field(index, "time"), *day, "give a calendar day such as 2016-11-22");
    }
  }
  if (!time.from.empty() && !time.to.empty() && DayNumber(time.from) > DayNumber(time.to)) {
    return FieldInvalid(Field(index, "time"), fmt::format("{} to {}", time.from, time.to),
                        "a window must not end before it begins");
  }
  return absl::OkStatus();
}

absl::Status CheckAssertion(const DocumentRecord& record, size_t index) {
  const extraction::Assertion& said = record.assertions[index];
  if (said.span.begin > said.span.end || said.span.size() != record.quotes[index].size()) {
    return FieldInvalid(Field(index, "quote"), record.quotes[index],
                        fmt::format("the span holds bytes {} to {}; the quote must be exactly the "
                                    "text there",
                                    said.span.begin, said.span.end));
  }
  if (!(said.confidence >= 0.0 && said.confidence <= 1.0)) {
    return FieldInvalid(Field(index, "confidence"), fmt::format("{}", said.confidence),
                        "give a value in (0, 1], or none");
  }
  if (said.denies >= static_cast<int>(record.assertions.size()) ||
      said.denies == static_cast<int>(index)) {
    return FieldInvalid(Field(index, "denies"), fmt::format("{}", said.denies),
                        "give the position of another assertion of this request, or -1");
  }
  if (said.confirms >= static_cast<int>(record.assertions.size()) ||
      said.confirms == static_cast<int>(index)) {
    return FieldInvalid(Field(index, "confirms"), fmt::format("{}", said.confirms),
                        "give the position of another assertion of this request, or none");
  }
  if (absl::Status status = CheckTime(said.time, index); !status.ok()) return status;
  if (said.quantity) {
    if (absl::Status status = CheckQuantity(*said.quantity, index); !status.ok()) return status;
  }
  for (const extraction::Subgroup& subgroup : said.subgroups) {
    if (absl::Status status = CheckQuantity(subgroup.quantity, index); !status.ok()) return status;
  }
  return absl::OkStatus();
}

// A denial and a confirmation speak of the very thing that the other assertion does.
void TakeTermsOf(const extraction::Assertion& other, extraction::Assertion& answer) {
  answer.kind = other.kind;
  answer.measure = other.measure;
  answer.quantity = other.quantity;
  answer.population = other.population;
  answer.time = other.time;
  answer.cumulative = other.cumulative;
  answer.place = other.place;
  answer.actor = other.actor;
  answer.target = other.target;
}

std::vector<PassageLink> PassagesFor(const DocumentRecord& record, common::Span span) {
  std::vector<PassageLink> links;
  for (const PassageLink& link : record.passages) {
    if (link.boilerplate || link.span.Overlaps(span)) links.push_back(link);
  }
  return links;
}

RecordedAssertion MakeAssertion(const DocumentRecord& record, size_t index) {
  RecordedAssertion assertion;
  assertion.document = record.document;
  assertion.said = record.assertions[index];
  assertion.quote = record.quotes[index];
  assertion.code_points = record.code_points[index];
  if (assertion.said.confidence == 0.0) assertion.said.confidence = 1.0;
  if (assertion.said.denies >= 0) {
    TakeTermsOf(record.assertions[static_cast<size_t>(assertion.said.denies)], assertion.said);
    assertion.said.polarity = extraction::Polarity::kDenied;
  } else if (assertion.said.confirms >= 0) {
    TakeTermsOf(record.assertions[static_cast<size_t>(assertion.said.confirms)], assertion.said);
  }
  assertion.passages = PassagesFor(record, assertion.said.span);
  assertion.id = AssertionId(record.document.id, assertion.said);
  return assertion;
}

// "141 civilians, including 18 children" also asserts that 18 children were killed.
RecordedAssertion MakeSubgroup(const RecordedAssertion& whole, size_t index) {
  RecordedAssertion part = whole;
  const extraction::Subgroup& subgroup = whole.said.subgroups[index];
  part.said.quantity = subgroup.quantity;
  part.said.population = subgroup.population;
  part.said.subgroups.clear();
  part.part_of = whole.id;
  part.denies.clear();
  part.id = ContentId("subgroup", {whole.id, fmt::format("{}", index)});
  return part;
}

// "Several fronts" is a number, but nobody's figure.
bool IsFigure(const RecordedAssertion& assertion) {
  const auto& quantity = assertion.said.quantity;
  return quantity && !quantity->vague && (quantity->lower || quantity->upper);
}

DominantSource FindDominant(const std::vector<RecordedAssertion>& assertions,
                            const Context& context) {
  std::map<std::string, std::pair<int, std::string>> figures;
  int attributed = 0;
  for (const RecordedAssertion& assertion : assertions) {
    if (!IsFigure(assertion)) continue;
    const Witness witness = WitnessOf(assertion, context.config, context.directory);
    if (witness.own_voice()) continue;
    ++attributed;
    if (witness.level != WitnessLevel::kNamed) continue;
    auto& [count, name] = figures[witness.source];
    ++count;
    name = witness.display_name;
  }
  DominantSource dominant;
  int most = 0;
  for (const auto& [source, found] : figures) {
    if (found.first <= most) continue;
    most = found.first;
    dominant = {source, found.second, static_cast<double>(most) / attributed};
  }
  return dominant;
}

std::string Digest(const DocumentRecord& record, const std::vector<RecordedAssertion>& assertions) {
  std::string content =
      fmt::format("{}\n{}\n{}\n{}\n{}\n{}\n", record.document.digest, record.document.outlet,
                  record.document.url, record.document.title, record.document.publication_date,
                  record.extractor);
  for (const RecordedAssertion& assertion : assertions) {
    content += fmt::format("{} {} {} {}", assertion.id, assertion.said.confidence, assertion.denies,
                           static_cast<int>(assertion.said.modality));
    for (const auto& speaker : assertion.said.chain) {
      content += fmt::format(" {}|{}|{}|{}", speaker.name, speaker.description,
                             speaker.organisation, speaker.role);
    }
    content += '\n';
  }
  for (const PassageLink& link : record.passages) {
    content += fmt::format("{}-{} {} {}-{}\n", link.span.begin, link.span.end, link.other_document,
                           link.other_span.begin, link.other_span.end);
  }
  return ContentId("record", {content});
}

}  // namespace

std::vector<uint64_t> KeysOf(const std::vector<RecordedAssertion>& assertions,
                             const Context& context) {
  std::set<uint64_t> keys;
  for (const RecordedAssertion& assertion : assertions) {
    const auto of_entry = KeysOf(MakeEntry(assertion, context.config, context.places));
    keys.insert(of_entry.begin(), of_entry.end());
  }
  return {keys.begin(), keys.end()};
}

absl::StatusOr<Intake> TakeIn(const DocumentRecord& record, const Context& context) {
  for (size_t i = 0; i < record.assertions.size(); ++i) {
    if (absl::Status status = CheckAssertion(record, i); !status.ok()) return status;
  }
  const std::string& published = record.document.publication_date;
  if (!published.empty() && DayNumber(published) == kNoDay) {
    return FieldInvalid("document.publication_date", published,
                        "give a calendar day such as 2016-11-22, or leave it out");
  }
  Intake intake;
  intake.document = record.document;
  const std::string reported_on = CountryReportedOn(record.assertions, context.places);
  std::map<std::string, RecordedAssertion> by_id;  // the same words found twice say it once
  for (size_t i = 0; i < record.assertions.size(); ++i) {
    RecordedAssertion assertion = MakeAssertion(record, i);
    NameTheirCountry(context.config, context.places, reported_on, assertion.said);
    intake.ids.push_back(assertion.id);
    by_id.try_emplace(assertion.id, std::move(assertion));
  }
  for (size_t i = 0; i < record.assertions.size(); ++i) {
    RecordedAssertion& assertion = by_id.at(intake.ids[i]);
    const int denied = record.assertions[i].denies;
    if (denied >= 0) assertion.denies = intake.ids[static_cast<size_t>(denied)];
    for (size_t s = 0; s < assertion.said.subgroups.size(); ++s) {
      RecordedAssertion part = MakeSubgroup(assertion, s);
      by_id.try_emplace(part.id, std::move(part));
    }
  }
  for (auto& [id, assertion] : by_id) intake.assertions.push_back(std::move(assertion));
  intake.content_digest = Digest(record, intake.assertions);
  intake.document.dominant = FindDominant(intake.assertions, context);
  for (RecordedAssertion& assertion : intake.assertions) assertion.document = intake.document;
  intake.words = SearchWordsOf(intake.assertions);
  intake.keys = KeysOf(intake.assertions, context);
  return intake;
}

}  // namespace consilience::corroboration
