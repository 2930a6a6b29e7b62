#include "services/ingest/store/reading_json.h"

#include <nlohmann/json.hpp>

#include "services/common/errors/catalogue.h"

namespace consilience::ingest {

using Json = nlohmann::json;

std::string ReadingToJson(const Reading& reading) {
  Json json = Json::object();
  for (const Segment& segment : reading.segments) {
    json["segments"].push_back(
        {static_cast<int>(segment.kind), segment.span.begin, segment.span.end});
  }
  for (const SourceMap::Run& run : reading.source_map.runs()) {
    json["map"].push_back({run.stored, run.original, run.stored_unit, run.original_unit});
  }
  if (reading.source_offset > 0) json["offset"] = reading.source_offset;
  if (!reading.warnings.empty()) json["warnings"] = reading.warnings;
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

absl::StatusOr<Reading> ReadingFromJson(std::string_view text) {
  Reading reading;
  try {
    const Json json = Json::parse(text);
    for (const Json& segment : json.value("segments", Json::array())) {
      reading.segments.push_back({static_cast<SegmentKind>(segment.at(0).get<int>()),
                                  {segment.at(1).get<size_t>(), segment.at(2).get<size_t>()}});
    }
    for (const Json& run : json.value("map", Json::array())) {
      reading.source_map.Add(run.at(0).get<size_t>(), run.at(1).get<size_t>(),
                             run.at(2).get<size_t>(), run.at(3).get<size_t>());
    }
    reading.source_offset = json.value("offset", uint64_t{0});
    reading.warnings = json.value("warnings", std::vector<std::string>());
  } catch (const Json::exception& error) {
    return common::StoreCorrupt("of readings", error.what());
  }
  return reading;
}

}  // namespace consilience::ingest
