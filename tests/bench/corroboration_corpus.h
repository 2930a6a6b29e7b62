// A corpus of made-up reports that grows the way news does: every event is told by a handful of
// documents, so events grow with documents while the work that one document causes does not.
#ifndef CONSILIENCE_TESTS_BENCH_CORROBORATION_CORPUS_H_
#define CONSILIENCE_TESTS_BENCH_CORROBORATION_CORPUS_H_

#include <fmt/format.h>

#include <array>
#include <cstdint>
#include <random>
#include <string>

#include "services/corroboration/model/assertion.h"

namespace consilience::corroboration::bench {

class Corpus {
 public:
  // Every event is told by five documents, or one in ten is and the others by one each: claims are
  // more then than documents are.
  enum class Shape { kTold, kMostlyOnce };
  explicit Corpus(Shape shape) : shape_(shape) {}

  // The document of this number; the same every time.
  DocumentRecord Document(int64_t number) const {
    std::mt19937_64 random(static_cast<uint64_t>(number) * 2654435761U + 1);
    const auto below = [&](uint64_t bound) { return static_cast<int64_t>(random() % bound); };
    DocumentRecord record;
    record.document.id = IdOf(number);
    record.document.digest = record.document.id;
    record.document.outlet = fmt::format("Outlet {}", below(300));
    record.extractor = "bench";
    // Documents arrive in the order of events, four to eight an event, some of them late.
    const int64_t event = EventOf(number, below(20) == 0 ? below(50) : 0);
    record.document.publication_date = Day(event);
    for (int part = 0; part < 3; ++part) Say(event < 0 ? 0 : event, part, below, record);
    return record;
  }

  static std::string IdOf(int64_t number) {
    return fmt::format("{:024x}", static_cast<uint64_t>(number) * 0x9E3779B97F4A7C15);
  }

 private:
  // `late` is by how many events.
  int64_t EventOf(int64_t number, int64_t late) const {
    if (shape_ == Shape::kTold) return number / kTelling - late;
    constexpr int64_t kRound = kTelling + kEvents - 1;
    const int64_t first = number / kRound * kEvents;
    const int64_t place = number % kRound - kTelling;
    return place < 0 ? first - late / kEvents * kEvents : first + 1 + place;
  }

  static constexpr int64_t kTelling = 5;
  static constexpr int64_t kEvents = 10;

  static std::string Day(int64_t event) {
    const int64_t day = event < 0 ? 0 : event / 40;
    return fmt::format("{:04}-{:02}-{:02}", 1900 + day / 336, 1 + day / 28 % 12, 1 + day % 28);
  }

  template <typename Below>
  static void Say(int64_t event, int part, const Below& below, DocumentRecord& record) {
    extraction::Assertion said;
    said.kind = part == 2 ? extraction::Kind::kControl : extraction::Kind::kCasualty;
    said.measure = part == 2 ? "CAPTURED" : part == 1 ? "INJURED" : "KILLED";
    if (part != 2) {
      extraction::Quantity quantity;
      const int64_t truth = 10 + event * 7 % 90;
      quantity.lower = quantity.upper = static_cast<double>(below(4) == 0 ? truth + 20 : truth);
      said.quantity = quantity;
      said.population.groups = {extraction::PopulationGroup::kPerson};
      said.population.label = "people";
    } else {
      said.actor = event % 2 == 0 ? "rebels" : "syrian-government";
    }
    const std::string day = Day(event);
    said.time = {day, day};
    said.place.id = fmt::format("P{}", event % 4000);
    said.place.name = fmt::format("Place {}", event % 4000);
    if (below(3) != 0) {
      extraction::Speaker speaker;
      // A few sources speak of nearly everything, most of little.
      const int64_t rank = below(3) == 0 ? below(5) : below(500);
      speaker.name = fmt::format("Monitor {}", rank);
      speaker.type = extraction::SpeakerType::kOrganisation;
      said.chain = {speaker};
    }
    said.confidence = 0.9;
    const std::string quote = fmt::format("report {} of event {} part {} in words {} of its own",
                                          record.document.id, event, part, below(1'000'000));
    const size_t begin = static_cast<size_t>(part) * 200;
    said.span = {begin, begin + quote.size()};
    record.code_points.push_back(said.span);
    record.quotes.push_back(quote);
    record.assertions.push_back(std::move(said));
  }

  Shape shape_;
};

}  // namespace consilience::corroboration::bench

#endif  // CONSILIENCE_TESTS_BENCH_CORROBORATION_CORPUS_H_
