#include "services/extraction/service/to_proto.h"

#include <cmath>
#include <string>

#include "services/common/text/offset_map.h"
#include "services/extraction/model/names.h"

namespace consilience::extraction {
namespace {

class Converter {
 public:
  explicit Converter(std::string_view text) : text_(text), points_(text) {}

  // For messages that have the four offsets themselves: spans, and mentions.
  template <typename Message>
  void Offsets(Span span, Message& message) const {
    const Span points = points_.ToCodePoints(span);
    message.set_start(static_cast<uint32_t>(span.begin));
    message.set_end(static_cast<uint32_t>(span.end));
    message.set_start_code_point(static_cast<uint32_t>(points.begin));
    message.set_end_code_point(static_cast<uint32_t>(points.end));
  }

  std::string TextOf(Span span) const { return std::string(span.In(text_)); }

  // For the two messages that hold a quantity.
  template <typename Message>
  void Quantify(const Quantity& quantity, Message& message) const {
    if (quantity.lower) message.set_lower(*quantity.lower);
    if (quantity.upper) message.set_upper(*quantity.upper);
    message.set_lower_open(quantity.lower_open);
    message.set_upper_open(quantity.upper_open);
    message.set_approximate(quantity.approximate);
    message.set_text(TextOf(quantity.span));
    message.set_vague(quantity.vague);
    message.set_additional(quantity.additional);
    message.set_fraction(quantity.fraction);
    message.set_percent(quantity.percent);
    message.set_unit(quantity.unit);
  }

  void Convert(const Assertion& from, v1::Assertion& to) const;
  void Convert(const TimeMention& from, v1::TimeMention& to) const;
  void Convert(const AttributionMention& from, v1::AttributionMention& to) const;

 private:
  std::string_view text_;
  common::OffsetMap points_;
};

void Convert(const Population& from, common::v1::Population& to) {
  to.set_text(from.label);
  for (const PopulationGroup group : from.groups) to.add_groups(std::string(NameOf(group)));
  to.set_party(from.party);
  to.set_loaded(from.loaded);
}

void Convert(const DayRange& from, common::v1::DayRange& to) {
  to.set_from(from.from);
  to.set_to(from.to);
}

void Convert(const PlaceMention& from, common::v1::Place& to) {
  to.set_name(from.name);
  to.set_id(from.id);
  to.set_precision(static_cast<int32_t>(from.precision));
  to.set_inherited(from.inherited);
  for (const std::string& candidate : from.candidates) to.add_candidates(candidate);
  to.set_reason(from.reason);
}

void Convert(const std::vector<Speaker>& chain, AttributionMode mode, common::v1::Attribution& to) {
  for (const Speaker& speaker : chain) {
    auto& link = *to.add_chain();
    link.set_name(speaker.name);
    link.set_type(std::string(NameOf(speaker.type)));
    link.set_description(speaker.description);
    link.set_organisation(speaker.organisation);
    link.set_role(speaker.role);
  }
  to.set_mode(std::string(NameOf(mode)));
}

void Converter::Convert(const Assertion& from, v1::Assertion& to) const {
  to.set_kind(std::string(NameOf(from.kind)));
  to.set_measure(from.measure);
  to.set_quote(TextOf(from.span));
  Offsets(from.span, *to.mutable_span());
  if (from.quantity) Quantify(*from.quantity, *to.mutable_quantity());
  extraction::Convert(from.population, *to.mutable_population());
  for (const Subgroup& subgroup : from.subgroups) {
    auto& part = *to.add_subgroups();
    Quantify(subgroup.quantity, *part.mutable_quantity());
    extraction::Convert(subgroup.population, *part.mutable_population());
  }
  extraction::Convert(from.time, *to.mutable_time());
  extraction::Convert(from.place, *to.mutable_place());
  extraction::Convert(from.chain, from.mode, *to.mutable_attribution());
  to.set_polarity(std::string(NameOf(from.polarity)));
  to.set_modality(std::string(NameOf(from.modality)));
  to.set_confidence(std::floor(from.confidence * 1000 + 0.5) / 1000);
  to.set_rule(from.rule);
  to.set_cumulative(from.cumulative);
  to.set_actor(from.actor);
  to.set_target(from.target);
  to.set_denies(from.denies);
  if (from.confirms >= 0) to.set_confirms(from.confirms);
}

void Converter::Convert(const TimeMention& from, v1::TimeMention& to) const {
  Offsets(from.span, to);
  to.set_text(TextOf(from.span));
  to.set_type(std::string(NameOf(from.type)));
  to.set_value(from.value);
  to.set_mod(from.mod);
  extraction::Convert(from.days, *to.mutable_days());
  to.set_weekday_mismatch(from.weekday_mismatch);
  to.set_quant(from.quant);
  to.set_freq(from.freq);
}

void Converter::Convert(const AttributionMention& from, v1::AttributionMention& to) const {
  for (const Span span : from.source) Offsets(span, *to.add_source());
  for (const Span span : from.cue) Offsets(span, *to.add_cue());
  for (const Span span : from.content) Offsets(span, *to.add_content());
  extraction::Convert(from.chain, from.mode, *to.mutable_attribution());
  to.set_denial(from.denial);
  to.set_hedged(from.hedged);
}

}  // namespace

void ToProto(std::string_view text, const Analysis& analysis,
             v1::ExtractAssertionsResponse& response) {
  const Converter converter(text);
  for (const Assertion& assertion : analysis.assertions) {
    converter.Convert(assertion, *response.add_assertions());
  }
  auto& mentions = *response.mutable_mentions();
  for (const TimeMention& time : analysis.times) converter.Convert(time, *mentions.add_times());
  for (const Quantity& quantity : analysis.quantities) {
    auto& mention = *mentions.add_quantities();
    converter.Offsets(quantity.span, mention);
    converter.Quantify(quantity, mention);
  }
  for (const PlaceMention& place : analysis.places) {
    auto& mention = *mentions.add_places();
    converter.Offsets(place.span, mention);
    mention.set_text(converter.TextOf(place.span));
    Convert(place, *mention.mutable_place());
  }
  for (const AttributionMention& attribution : analysis.attributions) {
    converter.Convert(attribution, *mentions.add_attributions());
  }
  response.set_rules_digest(analysis.rules_digest);
}

}  // namespace consilience::extraction
