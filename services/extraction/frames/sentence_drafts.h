// The drafts of one sentence; the inside of DraftBuilder.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_FRAMES_SENTENCE_DRAFTS_H_
#define CONSILIENCE_SERVICES_EXTRACTION_FRAMES_SENTENCE_DRAFTS_H_

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "services/extraction/frames/draft_builder.h"

namespace consilience::extraction {

class SentenceDrafts {
 public:
  SentenceDrafts(const DraftBuilder& builder, const Scene& scene, const UnitRow& row,
                 std::span<const People> people, uint32_t sentence)
      : b_(builder), scene_(scene), row_(row), people_(people), sentence_(sentence) {}

  void Add(const Frame& frame, std::vector<Draft>& drafts);

  // Parts that were stated apart from their whole.
  void AddParts(size_t first, std::vector<Draft>& drafts);

 private:
  // "…, three children among them"
  bool IsAmongThem(size_t unit) const;

  // "left nine dead: | four children, three women and two men"
  bool OpensList(size_t unit) const;

  // A part says nothing of its own any more.
  void DropJoined(size_t first, std::vector<Draft>& drafts) const;

  // A mere number that another assertion of the sentence gives a meaning.
  static bool SaysNothingNew(size_t at, size_t first, const std::vector<Draft>& drafts);

  // Whether an assertion other than a mere number is about the people of a unit.
  bool IsClaimed(int32_t unit, size_t first, const std::vector<Draft>& drafts) const;

  const People* PeopleAt(int32_t unit) const {
    const int32_t index = row_.units[static_cast<size_t>(unit)].people;
    return index < 0 ? nullptr : &people_[static_cast<size_t>(index)];
  }

  // "…, which has been held by rebels for years, …".
  bool IsAside(const Frame& frame) const;
  // A number of a row of numbers, as in a table, of which nobody says what they count.
  bool IsAmongNumbers(const PatternMatch& match) const;

  bool DescribesThing(const Frame& frame) const;
  int32_t ThingsCountedBefore(int32_t victims) const;
  bool IsMereNumber(size_t unit) const;
  bool IsLooselyTold(const Frame& frame) const;
  bool IsLooselyFollowed(const People& people, size_t unit, size_t verb, size_t next) const;
  std::string_view Word(size_t unit) const { return scene_.text().Lower(row_.units[unit].begin); }
  bool IsOldFigure(int32_t victims) const;
  bool TellsOfWhole(const Frame& frame, const People& people) const;

  void SetExtent(const Frame& frame, Draft& draft) const;
  void SetNumbers(const Frame& frame, Draft& draft) const;
  std::string CountedAfter(size_t unit) const;
  void SetRoles(const Frame& frame, Draft& draft) const;
  bool SetPolarity(const Frame& frame, Draft& draft) const;
  bool IsUseOfArms(size_t arms) const;
  bool IsOfPeople(size_t unit) const;
  void ReadWithin(const Frame& frame, size_t verb, Assertion& assertion) const;
  bool ReadBefore(const Frame& frame, size_t verb, Assertion& assertion) const;
  bool IsStateOfControl(const Frame& frame, size_t verb, bool infinitive,
                        Assertion& assertion) const;
  std::string PartyAt(int32_t unit) const;
  std::string Words(const UnitRange& range) const;
  void AttachPart(const Frame& part, size_t first, std::vector<Draft>& drafts) const;
  void AttachIncluded(size_t including, size_t people, size_t first, std::vector<Draft>& drafts);

  const DraftBuilder& b_;
  const Scene& scene_;
  const UnitRow& row_;
  std::span<const People> people_;
  uint32_t sentence_;
  std::vector<const Frame*> parts_;
  std::vector<int32_t> victims_;  // by draft of this sentence: unit of its people, or -1
  std::vector<int32_t> joined_;   // units of people that became part of a whole
};

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_FRAMES_SENTENCE_DRAFTS_H_
