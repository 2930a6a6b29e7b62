#include "services/corroboration/wire/assertion_wire.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "services/common/errors/catalogue.h"
#include "services/corroboration/model/names.h"

namespace consilience::corroboration {
namespace {

extraction::Quantity QuantityFrom(const common::v1::Quantity& wire) {
  extraction::Quantity quantity;
  if (wire.has_lower()) quantity.lower = wire.lower();
  if (wire.has_upper()) quantity.upper = wire.upper();
  quantity.lower_open = wire.lower_open();
  quantity.upper_open = wire.upper_open();
  quantity.approximate = wire.approximate();
  quantity.vague = wire.vague();
  quantity.additional = wire.additional();
  quantity.fraction = wire.fraction();
  quantity.percent = wire.percent();
  quantity.unit = wire.unit();
  return quantity;
}

extraction::Population PopulationFrom(const common::v1::Population& wire) {
  extraction::Population population;
  population.label = wire.text();
  for (const std::string& name : wire.groups()) {
    if (const auto group = extraction::PopulationGroupNamed(name)) {
      population.groups.push_back(*group);
    }
  }
  population.party = wire.party();
  population.loaded = wire.loaded();
  return population;
}

extraction::PlaceMention PlaceFrom(const common::v1::Place& wire) {
  extraction::PlaceMention place;
  place.id = wire.id();
  place.name = wire.name();
  place.candidates.assign(wire.candidates().begin(), wire.candidates().end());
  place.precision = static_cast<extraction::PlacePrecision>(std::clamp(wire.precision(), 0, 3));
  place.inherited = wire.inherited();
  place.reason = wire.reason();
  return place;
}

extraction::Speaker SpeakerFrom(const common::v1::Speaker& wire) {
  extraction::Speaker speaker;
  speaker.name = wire.name();
  speaker.description = wire.description();
  speaker.organisation = wire.organisation();
  speaker.role = wire.role();
  speaker.type = ParseSpeakerType(wire.type()).value_or(extraction::SpeakerType::kUnknown);
  return speaker;
}

common::v1::Speaker SpeakerTo(const extraction::Speaker& speaker) {
  common::v1::Speaker wire;
  wire.set_name(speaker.name);
  wire.set_type(std::string(NameOf(speaker.type)));
  wire.set_description(speaker.description);
  wire.set_organisation(speaker.organisation);
  wire.set_role(speaker.role);
  return wire;
}

// Where the words of a number stand; empty when they are not given or not in the quote.
common::Span Locate(const extraction::v1::Assertion& wire, const std::string& text) {
  const size_t at = text.empty() ? std::string::npos : wire.quote().find(text);
  if (at == std::string::npos) return {};
  return {wire.span().start() + at, wire.span().start() + at + text.size()};
}

// The words of a number, when they lie inside the quote.
std::string TextOf(const RecordedAssertion& assertion, common::Span span) {
  if (span.empty() || !assertion.said.span.Contains(span)) return "";
  return assertion.quote.substr(span.begin - assertion.said.span.begin, span.size());
}

}  // namespace

extraction::Assertion FromWire(const extraction::v1::Assertion& wire) {
  extraction::Assertion said;
  said.kind = extraction::KindNamed(wire.kind()).value_or(extraction::Kind::kUnspecified);
  said.measure = wire.measure();
  said.span = {wire.span().start(), wire.span().end()};
  if (wire.has_quantity()) {
    said.quantity = QuantityFrom(wire.quantity());
    said.quantity->span = Locate(wire, wire.quantity().text());
  }
  said.population = PopulationFrom(wire.population());
  for (const common::v1::Subgroup& subgroup : wire.subgroups()) {
    said.subgroups.push_back(
        {QuantityFrom(subgroup.quantity()), PopulationFrom(subgroup.population())});
    said.subgroups.back().quantity.span = Locate(wire, subgroup.quantity().text());
  }
  said.time = {wire.time().from(), wire.time().to()};
  said.cumulative = wire.cumulative();
  said.place = PlaceFrom(wire.place());
  said.actor = wire.actor();
  said.target = wire.target();
  for (const common::v1::Speaker& speaker : wire.attribution().chain()) {
    said.chain.push_back(SpeakerFrom(speaker));
  }
  said.mode =
      ParseMode(wire.attribution().mode()).value_or(extraction::AttributionMode::kOutletVoice);
  said.polarity =
      wire.polarity() == "DENIED" ? extraction::Polarity::kDenied : extraction::Polarity::kAsserted;
  said.modality = extraction::ModalityNamed(wire.modality()).value_or(extraction::Modality::kFact);
  said.denies = wire.denies();
  if (wire.has_confirms()) said.confirms = wire.confirms();
  said.confidence = wire.confidence();
  said.rule = wire.rule();
  return said;
}

common::v1::Quantity ToWire(const extraction::Quantity& quantity, std::string text) {
  common::v1::Quantity wire;
  if (quantity.lower) wire.set_lower(*quantity.lower);
  if (quantity.upper) wire.set_upper(*quantity.upper);
  wire.set_lower_open(quantity.lower_open);
  wire.set_upper_open(quantity.upper_open);
  wire.set_approximate(quantity.approximate);
  wire.set_text(std::move(text));
  wire.set_vague(quantity.vague);
  wire.set_additional(quantity.additional);
  wire.set_fraction(quantity.fraction);
  wire.set_percent(quantity.percent);
  wire.set_unit(quantity.unit);
  return wire;
}

common::v1::Population ToWire(const extraction::Population& population) {
  common::v1::Population wire;
  wire.set_text(population.label);
  for (const extraction::PopulationGroup group : population.groups) {
    wire.add_groups(std::string(NameOf(group)));
  }
  wire.set_party(population.party);
  wire.set_loaded(population.loaded);
  return wire;
}

common::v1::Place ToWire(const extraction::PlaceMention& place) {
  common::v1::Place wire;
  wire.set_id(place.id);
  wire.set_name(place.name);
  for (const std::string& candidate : place.candidates) wire.add_candidates(candidate);
  wire.set_precision(static_cast<int>(place.precision));
  wire.set_inherited(place.inherited);
  wire.set_reason(place.reason);
  return wire;
}

common::v1::DayRange ToWire(const extraction::DayRange& days) {
  common::v1::DayRange wire;
  wire.set_from(days.from);
  wire.set_to(days.to);
  return wire;
}

extraction::v1::Assertion ToWire(const RecordedAssertion& assertion) {
  const extraction::Assertion& said = assertion.said;
  extraction::v1::Assertion wire;
  wire.set_kind(std::string(NameOf(said.kind)));
  wire.set_measure(said.measure);
  wire.set_quote(assertion.quote);
  wire.mutable_span()->set_start(static_cast<uint32_t>(said.span.begin));
  wire.mutable_span()->set_end(static_cast<uint32_t>(said.span.end));
  wire.mutable_span()->set_start_code_point(static_cast<uint32_t>(assertion.code_points.begin));
  wire.mutable_span()->set_end_code_point(static_cast<uint32_t>(assertion.code_points.end));
  if (said.quantity) {
    *wire.mutable_quantity() = ToWire(*said.quantity, TextOf(assertion, said.quantity->span));
  }
  *wire.mutable_population() = ToWire(said.population);
  for (const extraction::Subgroup& subgroup : said.subgroups) {
    common::v1::Subgroup& out = *wire.add_subgroups();
    *out.mutable_quantity() = ToWire(subgroup.quantity, TextOf(assertion, subgroup.quantity.span));
    *out.mutable_population() = ToWire(subgroup.population);
  }
  *wire.mutable_time() = ToWire(said.time);
  *wire.mutable_place() = ToWire(said.place);
  for (const extraction::Speaker& speaker : said.chain) {
    *wire.mutable_attribution()->add_chain() = SpeakerTo(speaker);
  }
  wire.mutable_attribution()->set_mode(std::string(NameOf(said.mode)));
  wire.set_polarity(said.polarity == extraction::Polarity::kDenied ? "DENIED" : "ASSERTED");
  wire.set_modality(std::string(NameOf(said.modality)));
  wire.set_confidence(said.confidence);
  wire.set_rule(said.rule);
  wire.set_cumulative(said.cumulative);
  wire.set_actor(said.actor);
  wire.set_target(said.target);
  wire.set_denies(said.denies);
  if (said.confirms >= 0) wire.set_confirms(said.confirms);
  return wire;
}

PassageLink FromWire(const v1::ReusedPassage& wire) {
  return {{wire.span().start(), wire.span().end()},
          wire.other_document(),
          {wire.other_span().start(), wire.other_span().end()},
          wire.similarity() > 0.0 ? wire.similarity() : 1.0,
          wire.boilerplate()};
}

v1::ReusedPassage ToWire(const PassageLink& link) {
  v1::ReusedPassage wire;
  wire.mutable_span()->set_start(static_cast<uint32_t>(link.span.begin));
  wire.mutable_span()->set_end(static_cast<uint32_t>(link.span.end));
  wire.set_other_document(link.other_document);
  wire.mutable_other_span()->set_start(static_cast<uint32_t>(link.other_span.begin));
  wire.mutable_other_span()->set_end(static_cast<uint32_t>(link.other_span.end));
  wire.set_similarity(link.similarity);
  wire.set_boilerplate(link.boilerplate);
  return wire;
}

absl::StatusOr<std::string> IdIn(std::string_view collection, std::string_view name,
                                 std::string_view field) {
  const std::string prefix = fmt::format("{}/", collection);
  const std::string remedy = fmt::format("give a name of the form {}/ID", collection);
  if (name.empty()) return common::FieldMissing(field, remedy);
  if (!name.starts_with(prefix) || name.size() == prefix.size() ||
      name.find('/', prefix.size()) != std::string_view::npos) {
    return common::FieldInvalid(field, name, remedy);
  }
  return std::string(name.substr(prefix.size()));
}

absl::StatusOr<DocumentRecord> FromWire(const v1::RecordAssertionsRequest& request) {
  const v1::DocumentContext& document = request.document();
  const auto id = IdIn("documents", document.name(), "document.name");
  if (!id.ok()) return id.status();
  DocumentRecord record;
  record.document.id = *id;
  record.document.digest = document.digest();
  record.document.outlet = document.outlet();
  record.document.url = document.url();
  record.document.title = document.title();
  record.document.publication_date = document.publication_date();
  record.extractor = request.extractor();
  for (const extraction::v1::Assertion& wire : request.assertions()) {
    record.assertions.push_back(FromWire(wire));
    // On the wire 0 is both "the first" and "not set"; an assertion that denies the first one says
    // so by its polarity or kind.
    extraction::Assertion& said = record.assertions.back();
    const bool denial =
        said.polarity == extraction::Polarity::kDenied || said.kind == extraction::Kind::kDenial;
    const bool itself = said.denies == static_cast<int>(record.assertions.size()) - 1;
    if (said.denies == 0 && (!denial || itself)) said.denies = -1;
    record.quotes.push_back(wire.quote());
    record.code_points.push_back({wire.span().start_code_point(), wire.span().end_code_point()});
  }
  for (const v1::ReusedPassage& wire : request.passages()) {
    PassageLink link = FromWire(wire);
    const auto other = IdIn("documents", link.other_document, "passages.other_document");
    if (!other.ok()) return other.status();
    link.other_document = *other;
    record.passages.push_back(std::move(link));
  }
  return record;
}

}  // namespace consilience::corroboration
