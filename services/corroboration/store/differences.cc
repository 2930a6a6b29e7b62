#include "services/corroboration/store/differences.h"

#include <algorithm>
#include <map>

namespace consilience::corroboration {
namespace {

// A question as it was and as it will be; null where there is none.
struct Sides {
  const QuestionRecord* before = nullptr;
  QuestionPtr after;
};

template <typename Value>
std::vector<Value> Sorted(std::vector<Value> values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  return values;
}

std::vector<uint64_t> KeysOf(const QuestionRecord& question) { return Sorted(question.keys); }

std::vector<std::string_view> DocumentsOf(const QuestionRecord& question) {
  std::vector<std::string_view> documents;
  documents.reserve(question.members.size());
  for (const RecordedAssertion& member : question.members) documents.push_back(member.document.id);
  return Sorted(std::move(documents));
}

std::vector<std::string_view> SourcesOf(const QuestionRecord& question) {
  std::vector<std::string_view> sources;
  for (const ClaimRow& claim : question.claims) {
    sources.insert(sources.end(), claim.sources.begin(), claim.sources.end());
  }
  return Sorted(std::move(sources));
}

template <typename Value>
void Compare(std::string_view question, const Sides& sides,
             std::vector<Value> (*values_of)(const QuestionRecord&),
             LinkDifference<Value>& difference) {
  const auto values = [&](const QuestionRecord* side) {
    return side == nullptr ? std::vector<Value>() : values_of(*side);
  };
  const std::vector<Value> before = values(sides.before);
  const std::vector<Value> after = values(sides.after.get());
  const auto beyond = [&](const std::vector<Value>& mine, const std::vector<Value>& other,
                          std::vector<Link<Value>>& links) {
    for (const Value& value : mine) {
      if (std::binary_search(other.begin(), other.end(), value)) continue;
      links.push_back({value, question});
    }
  };
  beyond(before, after, difference.gone);
  beyond(after, before, difference.added);
}

// A claim may go from one question to another.
void CompareClaims(const std::map<std::string_view, Sides>& questions, Differences& differences) {
  std::map<std::string_view, Differences::ClaimChange> claims;
  for (const auto& [id, sides] : questions) {
    if (sides.before != nullptr) {
      for (const ClaimRow& row : sides.before->claims) claims[row.id].before = &row;
    }
    if (sides.after != nullptr) {
      for (const ClaimRow& row : sides.after->claims) claims[row.id].after = &row;
    }
  }
  for (const auto& [id, change] : claims) {
    if (change.after == nullptr) {
      differences.gone_claims.push_back(change.before);
    } else if (change.before == nullptr || !(*change.before == *change.after)) {
      differences.claims.push_back(change);
    }
  }
}

}  // namespace

Differences DifferencesOf(const std::vector<QuestionPtr>& before, const ChangeSet& changes) {
  std::map<std::string_view, Sides> questions;
  for (const QuestionPtr& question : before) questions[question->id].before = question.get();
  for (const QuestionPtr& question : changes.put_questions) {
    questions[question->id].after = question;
  }
  Differences differences;
  for (const auto& [id, sides] : questions) {
    if (sides.after == nullptr) {
      differences.gone_questions.push_back(id);
    } else {
      differences.questions.push_back({sides.before, sides.after});
    }
    Compare(id, sides, KeysOf, differences.keys);
    Compare(id, sides, DocumentsOf, differences.documents);
    Compare(id, sides, SourcesOf, differences.sources);
  }
  CompareClaims(questions, differences);
  return differences;
}

std::vector<std::string> QuestionsWritten(const ChangeSet& changes) {
  std::vector<std::string> ids = changes.delete_questions;
  for (const QuestionPtr& question : changes.put_questions) ids.push_back(question->id);
  return Sorted(std::move(ids));
}

}  // namespace consilience::corroboration
