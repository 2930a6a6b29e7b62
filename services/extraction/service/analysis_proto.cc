#include "services/extraction/service/analysis_proto.h"

#include <string>
#include <vector>

#include "services/common/text/offset_map.h"
#include "services/extraction/model/names.h"

namespace consilience::extraction {
namespace {

namespace wire = consilience::common::v1;

class Converter {
 public:
  explicit Converter(std::string_view text) : text_(text), offsets_(text) {}

  void Write(const Assertion& from, v1::Assertion& to) const {
    to.set_kind(std::string(NameOf(from.kind)));
    to.set_measure(from.measure);
    to.set_quote(std::string(from.span.In(text_)));
    WriteSpan(from.span, *to.mutable_span());
    if (from.quantity.has_value()) Write(*from.quantity, *to.mutable_quantity());
    if (!from.population.groups.empty() || !from.population.label.empty()) {
      Write(from.population, *to.mutable_population());
    }
    for (const Subgroup& subgroup : from.subgroups) {
      auto& part = *to.add_subgroups();
      Write(subgroup.quantity, *part.mutable_quantity());
      Write(subgroup.population, *part.mutable_population());
    }
    if (!from.time.empty()) Write(from.time, *to.mutable_time());
    if (!from.place.name.empty()) Write(from.place, *to.mutable_place());
    Write(from.chain, from.mode, *to.mutable_attribution());
    to.set_polarity(std::string(NameOf(from.polarity)));
    to.set_modality(std::string(NameOf(from.modality)));
    to.set_confidence(from.confidence);
    to.set_rule(from.rule);
    to.set_cumulative(from.cumulative);
    to.set_actor(from.actor);
    to.set_target(from.target);
    to.set_denies(from.denies);
  }

  void Write(const TimeMention& from, v1::TimeMention& to) const {
    WriteMention(from.span, to);
    to.set_type(std::string(NameOf(from.type)));
    to.set_value(from.value);
    to.set_mod(from.mod);
    if (!from.days.empty()) Write(from.days, *to.mutable_days());
    to.set_weekday_mismatch(from.weekday_mismatch);
  }

  void Write(const Quantity& from, v1::QuantityMention& to) const {
    WriteMention(from.span, to);
    WriteBounds(from, to);
  }

  void Write(const PlaceMention& from, v1::PlaceMention& to) const {
    WriteMention(from.span, to);
    Write(from, *to.mutable_place());
  }

  void Write(const AttributionMention& from, v1::AttributionMention& to) const {
    for (const Span span : from.source) WriteSpan(span, *to.add_source());
    for (const Span span : from.cue) WriteSpan(span, *to.add_cue());
    for (const Span span : from.content) WriteSpan(span, *to.add_content());
    Write(from.chain, from.mode, *to.mutable_attribution());
    to.set_denial(from.denial);
    to.set_hedged(from.hedged);
  }

 private:
  // Messages that carry the four offsets themselves: spans and mentions.
  template <typename Message>
  void WriteSpan(Span span, Message& to) const {
    const Span code_points = offsets_.ToCodePoints(span);
    to.set_start(static_cast<uint32_t>(span.begin));
    to.set_end(static_cast<uint32_t>(span.end));
    to.set_start_code_point(static_cast<uint32_t>(code_points.begin));
    to.set_end_code_point(static_cast<uint32_t>(code_points.end));
  }

  template <typename Message>
  void WriteMention(Span span, Message& to) const {
    WriteSpan(span, to);
    to.set_text(std::string(span.In(text_)));
  }

  template <typename Message>
  static void WriteBounds(const Quantity& from, Message& to) {
    if (from.lower.has_value()) to.set_lower(*from.lower);
    if (from.upper.has_value()) to.set_upper(*from.upper);
    to.set_lower_open(from.lower_open);
    to.set_upper_open(from.upper_open);
    to.set_approximate(from.approximate);
    to.set_vague(from.vague);
    to.set_fraction(from.fraction);
    to.set_percent(from.percent);
    to.set_unit(from.unit);
  }

  void Write(const Quantity& from, wire::Quantity& to) const {
    WriteBounds(from, to);
    to.set_text(std::string(from.span.In(text_)));
    to.set_additional(from.additional);
  }

  static void Write(const Population& from, wire::Population& to) {
    to.set_text(from.label);
    for (const PopulationGroup group : from.groups) to.add_groups(std::string(NameOf(group)));
    to.set_party(from.party);
    to.set_loaded(from.loaded);
  }

  static void Write(const DayRange& from, wire::DayRange& to) {
    to.set_from(from.from);
    to.set_to(from.to);
  }

  static void Write(const PlaceMention& from, wire::Place& to) {
    to.set_name(from.name);
    to.set_id(from.id);
    to.set_precision(static_cast<int32_t>(from.precision));
    to.set_inherited(from.inherited);
    for (const std::string& candidate : from.candidates) to.add_candidates(candidate);
    to.set_reason(from.reason);
  }

  static void Write(const std::vector<Speaker>& chain, AttributionMode mode,
                    wire::Attribution& to) {
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

  std::string_view text_;
  common::OffsetMap offsets_;
};

}  // namespace

void ToProto(const Analysis& analysis, std::string_view text,
             v1::ExtractAssertionsResponse& response) {
  const Converter converter(text);
  for (const Assertion& assertion : analysis.assertions) {
    converter.Write(assertion, *response.add_assertions());
  }
  auto& mentions = *response.mutable_mentions();
  for (const TimeMention& time : analysis.times) converter.Write(time, *mentions.add_times());
  for (const Quantity& quantity : analysis.quantities) {
    converter.Write(quantity, *mentions.add_quantities());
  }
  for (const PlaceMention& place : analysis.places) converter.Write(place, *mentions.add_places());
  for (const AttributionMention& attribution : analysis.attributions) {
    converter.Write(attribution, *mentions.add_attributions());
  }
  response.set_rules_digest(analysis.rules_digest);
}

}  // namespace consilience::extraction
