// What the store keeps.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_STORE_RECORDS_H_
#define CONSILIENCE_SERVICES_CORROBORATION_STORE_RECORDS_H_

#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "services/corroboration/matching/search_words.h"
#include "services/corroboration/model/assertion.h"
#include "services/corroboration/model/claim.h"
#include "services/corroboration/model/lessons.h"
#include "services/corroboration/model/members.h"
#include "services/corroboration/model/revision.h"
#include "services/corroboration/model/source.h"

namespace consilience::corroboration {

// A claim as it was last scored: enough to tell what changed, and to list it without its question.
struct ClaimRow {
  std::string id;
  std::string question;
  std::string display_name;
  std::string kind;
  std::string measure;
  std::string place;       // name
  std::string population;  // as written
  std::string from;
  std::string to;
  std::vector<std::string> documents;  // sorted; of the assertions that support or deny it
  std::vector<std::string> outlets;    // sorted
  std::vector<std::string> sources;    // sorted; ids of its origins
  Corroboration corroboration;
  int64_t create_time_us = 0;
  int64_t update_time_us = 0;
  std::string value;       // the answer in words
  Members::Shared leader;  // the assertion that it is told by; null where that is not kept
};

// Of leaders the ids count: what they say follows from them.
inline bool operator==(const ClaimRow& a, const ClaimRow& b) {
  const auto rest = [](const ClaimRow& r) {
    return std::tie(r.id, r.question, r.display_name, r.kind, r.measure, r.place, r.population,
                    r.from, r.to, r.documents, r.outlets, r.sources, r.corroboration,
                    r.create_time_us, r.update_time_us, r.value);
  };
  const auto leader = [](const ClaimRow& r) {
    return r.leader == nullptr ? std::string_view() : std::string_view(r.leader->id);
  };
  return rest(a) == rest(b) && leader(a) == leader(b);
}

// What the last score took of a source.
struct SourceUse {
  SourceKind kind = SourceKind::kUnspecified;
  double accuracy = 0.5;
  friend bool operator==(const SourceUse&, const SourceUse&) = default;
};

// What a question says of its sources, and what it was last scored with.
struct QuestionBeliefs {
  std::string family;
  std::map<std::string, SourceUse> sources;  // those that are its origins
  // How far pairs of its sources (PairKey) were taken to depend on one another; those that do.
  std::map<std::string, double> dependences;
  Lessons lessons;  // does not depend on the above
  friend bool operator==(const QuestionBeliefs&, const QuestionBeliefs&) = default;
};

// Two ids in their order.
inline std::string PairKey(const std::string& a, const std::string& b) {
  return std::min(a, b) + " " + std::max(a, b);
}

// One question with everything that scoring it needs. Its assessment is not kept: it is computed
// from the members and the accuracies, so that it can never disagree with them.
struct QuestionRecord {
  std::string id;
  Members members;             // sorted by id
  std::vector<uint64_t> keys;  // blocking and topic keys, sorted
  QuestionBeliefs beliefs;
  std::vector<ClaimRow> claims;  // best supported first
  std::string display_name;
  QuestionState state = QuestionState::kUnspecified;
  int64_t create_time_us = 0;
  int64_t update_time_us = 0;
};
using QuestionPtr = std::shared_ptr<const QuestionRecord>;

// That a document was recorded, and what exactly, so that recording it again changes nothing.
struct DocumentRow {
  DocumentContext context;
  std::string content_digest;
  std::string extractor;
  std::vector<std::string> assertions;  // in the order of the request
  bool withdrawn = false;
  std::string withdrawal;  // cause and reason
};

// What searches find a document by: the words of its assertions, or none when it asserts nothing
// any more.
struct DocumentText {
  std::string document;
  SearchWords words;
};

// What reviewers decided about one assertion. Kept beside the assertion, so that it holds when its
// document is recorded again.
struct AssertionDecision {
  std::string assertion;
  std::string document;
  bool set_aside = false;
  std::string apart;   // as in RecordedAssertion
  std::string joined;  // as in RecordedAssertion
  std::string actor;
  std::string reason;
  int64_t time_us = 0;
  friend bool operator==(const AssertionDecision&, const AssertionDecision&) = default;
};

// The older id of a question or claim that now goes by another, and since when.
struct Alias {
  std::string old_id;
  std::string new_id;
  int64_t time_us = 0;
  friend bool operator==(const Alias&, const Alias&) = default;
};

// How an earlier sorted list differs from a later one.
struct ListChange {
  std::vector<std::string> gone;   // in the earlier one only
  std::vector<std::string> added;  // in the later one only
};

// What a write of its question changed of a claim's row.
struct ClaimBefore {
  std::string id;
  // All of it, where the claim is gone since or is described in other words; null otherwise.
  std::shared_ptr<const ClaimRow> whole;
  Corroboration corroboration;
  int64_t update_time_us = 0;
  ListChange documents;
  ListChange outlets;
  ListChange sources;
};

// What undoes one write of a question: how it was before (see store/versions.h).
struct QuestionVersion {
  std::string id;  // sorts by time
  std::string question;
  int64_t time_us = 0;  // it was so until then
  bool absent = false;  // there was no such question
  bool gone = false;    // there is none since: `before` is all of it
  // Never with keys and lessons. Where the question goes on, only the members, sources and
  // dependences that are gone or another way since, and no claims.
  QuestionRecord before;
  // What was not there.
  std::vector<std::string> added_members;
  std::vector<std::string> added_sources;
  std::vector<std::string> added_dependences;
  std::vector<std::string> added_claims;
  std::vector<ClaimBefore> claims;  // that are gone or another way since
};

// A write of a question, by its version.
struct QuestionWrite {
  int64_t time_us = 0;
  std::string version;
  std::string question;
};

// Everything that one request changes; applied whole or not at all.
struct ChangeSet {
  std::vector<std::string> delete_questions;  // with their claims
  std::vector<QuestionPtr> put_questions;
  std::vector<Alias> aliases;
  std::vector<DocumentRow> put_documents;
  std::vector<DocumentText> put_texts;   // replaces; one for each document put
  std::vector<Source> put_sources;       // replaces
  std::vector<Source> met_sources;       // only where there is none yet
  std::vector<SourceCounts> add_counts;  // added to what is there; unsettles their sources
  std::vector<PairCounts> add_pairs;     // likewise
  std::vector<std::string> settled_sources;
  std::vector<Revision> revisions;
  std::vector<Review> reviews;
  std::vector<AssertionDecision> put_decisions;  // replaces
  std::vector<QuestionVersion> versions;         // one for each question put or deleted
};

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_STORE_RECORDS_H_
