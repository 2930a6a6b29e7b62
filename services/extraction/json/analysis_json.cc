#include "services/extraction/json/analysis_json.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "services/extraction/json/json_writer.h"
#include "services/extraction/model/names.h"

namespace consilience::extraction {
namespace {

// Code points before a byte, counted once for every kStride bytes.
class CodePoints {
 public:
  explicit CodePoints(std::string_view text) : text_(text) {
    before_.reserve(text.size() / kStride + 2);
    uint32_t count = 0;
    for (size_t block = 0; block < text.size(); block += kStride) {
      before_.push_back(count);
      count += CountIn(block, std::min(block + kStride, text.size()));
    }
    before_.push_back(count);
  }

  uint32_t Before(size_t byte) const {
    byte = std::min(byte, text_.size());
    const size_t block = byte / kStride;
    const size_t begin = block * kStride;
    if (begin == byte) return before_[block];
    // Where every byte is a code point, as in most blocks, there is nothing to count.
    const bool single = before_[block + 1] - before_[block] == kStride;
    return before_[block] + (single ? static_cast<uint32_t>(byte - begin) : CountIn(begin, byte));
  }

 private:
  static constexpr size_t kStride = 64;

  uint32_t CountIn(size_t begin, size_t end) const {
    uint32_t count = 0;
    for (size_t i = begin; i < end; ++i) {
      count += (static_cast<unsigned char>(text_[i]) & 0xC0) != 0x80 ? 1 : 0;
    }
    return count;
  }

  std::string_view text_;
  std::vector<uint32_t> before_;
};

class AnalysisWriter {
 public:
  AnalysisWriter(std::string_view text, const Analysis& analysis)
      : text_(text), points_(text), analysis_(analysis) {}

  std::string Write(std::string_view id) {
    out_.BeginObject().Key<"id">().String(id).Key<"assertions">().BeginArray();
    for (const Assertion& assertion : analysis_.assertions) Write(assertion);
    out_.EndArray().Key<"mentions">().BeginObject();
    out_.Key<"times">().BeginArray();
    for (const TimeMention& time : analysis_.times) Write(time);
    out_.EndArray().Key<"quantities">().BeginArray();
    for (const Quantity& quantity : analysis_.quantities) WriteMention(quantity);
    out_.EndArray().Key<"places">().BeginArray();
    for (const PlaceMention& place : analysis_.places) WriteMention(place);
    out_.EndArray().Key<"attributions">().BeginArray();
    for (const AttributionMention& attribution : analysis_.attributions) Write(attribution);
    out_.EndArray().EndObject();
    out_.Key<"rulesDigest">().String(analysis_.rules_digest).EndObject();
    return out_.Take();
  }

 private:
  std::string_view TextOf(Span span) const {
    return text_.substr(span.begin, span.end - span.begin);
  }

  void SpanFields(Span span) {
    out_.Key<"start">().Number(static_cast<uint32_t>(span.begin));
    out_.Key<"end">().Number(static_cast<uint32_t>(span.end));
    out_.Key<"startCodePoint">().Number(points_.Before(span.begin));
    out_.Key<"endCodePoint">().Number(points_.Before(span.end));
  }

  void SpanObject(Span span) {
    out_.BeginObject();
    SpanFields(span);
    out_.EndObject();
  }

  template <JsonKey kKey>
  void Spans(const Spans& spans) {
    out_.Key<kKey>().BeginArray();
    for (const Span span : spans) SpanObject(span);
    out_.EndArray();
  }

  void QuantityFields(const Quantity& quantity) {
    if (quantity.lower) out_.Key<"lower">().Number(*quantity.lower);
    if (quantity.upper) out_.Key<"upper">().Number(*quantity.upper);
    out_.Key<"lowerOpen">().Bool(quantity.lower_open).Key<"upperOpen">().Bool(quantity.upper_open);
    out_.Key<"approximate">().Bool(quantity.approximate);
    out_.Key<"text">().String(TextOf(quantity.span));
    out_.Key<"vague">().Bool(quantity.vague).Key<"additional">().Bool(quantity.additional);
    out_.Key<"fraction">().Bool(quantity.fraction).Key<"percent">().Bool(quantity.percent);
    out_.Key<"unit">().String(quantity.unit);
  }

  void Write(const Population& population) {
    out_.BeginObject().Key<"text">().String(population.label).Key<"groups">().BeginArray();
    for (const PopulationGroup group : population.groups) out_.String(NameOf(group));
    out_.EndArray().Key<"party">().String(population.party).Key<"loaded">().Bool(population.loaded);
    out_.EndObject();
  }

  void Write(const DayRange& days) {
    out_.BeginObject().Key<"from">().String(days.from).Key<"to">().String(days.to).EndObject();
  }

  void Write(const PlaceMention& place) {
    out_.BeginObject().Key<"name">().String(place.name).Key<"id">().String(place.id);
    out_.Key<"precision">().Number(static_cast<int32_t>(place.precision));
    out_.Key<"inherited">().Bool(place.inherited).Key<"candidates">().BeginArray();
    for (const std::string& candidate : place.candidates) out_.String(candidate);
    out_.EndArray().Key<"reason">().String(place.reason).EndObject();
  }

  void WriteChain(const std::vector<Speaker>& chain, AttributionMode mode) {
    out_.BeginObject().Key<"chain">().BeginArray();
    for (const Speaker& speaker : chain) {
      out_.BeginObject().Key<"name">().String(speaker.name);
      out_.Key<"type">().String(NameOf(speaker.type));
      out_.Key<"description">().String(speaker.description);
      out_.Key<"organisation">().String(speaker.organisation);
      out_.Key<"role">().String(speaker.role).EndObject();
    }
    out_.EndArray().Key<"mode">().String(NameOf(mode)).EndObject();
  }

  void Write(const Assertion& assertion);
  void Write(const TimeMention& time);
  void WriteMention(const Quantity& quantity);
  void WriteMention(const PlaceMention& place);
  void Write(const AttributionMention& attribution);

  std::string_view text_;
  CodePoints points_;
  const Analysis& analysis_;
  JsonWriter out_;
};

void AnalysisWriter::Write(const Assertion& assertion) {
  out_.BeginObject().Key<"kind">().String(NameOf(assertion.kind));
  out_.Key<"measure">().String(assertion.measure);
  out_.Key<"quote">().String(TextOf(assertion.span)).Key<"span">();
  SpanObject(assertion.span);
  if (assertion.quantity) {
    out_.Key<"quantity">().BeginObject();
    QuantityFields(*assertion.quantity);
    out_.EndObject();
  }
  out_.Key<"population">();
  Write(assertion.population);
  out_.Key<"subgroups">().BeginArray();
  for (const Subgroup& subgroup : assertion.subgroups) {
    out_.BeginObject().Key<"quantity">().BeginObject();
    QuantityFields(subgroup.quantity);
    out_.EndObject().Key<"population">();
    Write(subgroup.population);
    out_.EndObject();
  }
  out_.EndArray().Key<"time">();
  Write(assertion.time);
  out_.Key<"place">();
  Write(assertion.place);
  out_.Key<"attribution">();
  WriteChain(assertion.chain, assertion.mode);
  out_.Key<"polarity">().String(NameOf(assertion.polarity));
  out_.Key<"modality">().String(NameOf(assertion.modality));
  out_.Key<"confidence">().Number(std::round(assertion.confidence * 1000) / 1000);
  out_.Key<"rule">().String(assertion.rule).Key<"cumulative">().Bool(assertion.cumulative);
  out_.Key<"actor">().String(assertion.actor).Key<"target">().String(assertion.target);
  out_.Key<"denies">().Number(static_cast<int32_t>(assertion.denies));
  if (assertion.confirms >= 0) {
    out_.Key<"confirms">().Number(static_cast<int32_t>(assertion.confirms));
  }
  out_.EndObject();
}

void AnalysisWriter::Write(const TimeMention& time) {
  out_.BeginObject();
  SpanFields(time.span);
  out_.Key<"text">().String(TextOf(time.span)).Key<"type">().String(NameOf(time.type));
  out_.Key<"value">().String(time.value).Key<"mod">().String(time.mod);
  out_.Key<"quant">().String(time.quant).Key<"freq">().String(time.freq).Key<"days">();
  Write(time.days);
  out_.Key<"weekdayMismatch">().Bool(time.weekday_mismatch).EndObject();
}

void AnalysisWriter::WriteMention(const Quantity& quantity) {
  out_.BeginObject();
  SpanFields(quantity.span);
  QuantityFields(quantity);
  out_.EndObject();
}

void AnalysisWriter::WriteMention(const PlaceMention& place) {
  out_.BeginObject();
  SpanFields(place.span);
  out_.Key<"text">().String(TextOf(place.span)).Key<"place">();
  Write(place);
  out_.EndObject();
}

void AnalysisWriter::Write(const AttributionMention& attribution) {
  out_.BeginObject();
  Spans<"source">(attribution.source);
  Spans<"cue">(attribution.cue);
  Spans<"content">(attribution.content);
  out_.Key<"attribution">();
  WriteChain(attribution.chain, attribution.mode);
  out_.Key<"denial">()
      .Bool(attribution.denial)
      .Key<"hedged">()
      .Bool(attribution.hedged)
      .EndObject();
}

}  // namespace

std::string ToJson(std::string_view id, std::string_view text, const Analysis& analysis) {
  return AnalysisWriter(text, analysis).Write(id);
}

}  // namespace consilience::extraction
