#include "services/extraction/pack/pack_words.h"

#include <fmt/format.h>

#include "services/extraction/lexicon/table.h"

namespace consilience::extraction {

absl::Status PackWords::Load(const std::filesystem::path& file, Vocabulary& vocabulary,
                             ClassTable& classes) {
  auto table = Table::Load(file, {"words", 1, {"class", "phrase"}});
  if (!table.ok()) return table.status();
  for (const Table::Row& row : table->rows()) {
    if (row[0].empty() || row[1].empty()) {
      return table->Error(row, "a class and a phrase are needed");
    }
    const ClassId id = classes.Intern(fmt::format("${}", row[0]));
    if (id == kMaxClasses) {
      return table->Error(row, fmt::format("more than {} classes of words", kMaxClasses));
    }
    // People whose own words say what became of them: "six murdered priests", "72 deaths".
    if (row[0].ends_with(".pp") || row[0].ends_with(".count")) {
      classes.Intern(fmt::format("${}.state", row[0].substr(0, row[0].rfind('.'))));
    }
    Add(row[1], id, vocabulary);
  }
  return absl::OkStatus();
}

void PackWords::Add(const std::string& phrase, ClassId id, Vocabulary& vocabulary) {
  auto& entry = phrases_[InternPhrase(vocabulary, phrase)];
  if (entry.first.empty()) entry.first = phrase;
  entry.second.set(id);
}

absl::Status PackWords::Build(Vocabulary& vocabulary) {
  for (const auto& [words, entry] : phrases_) {
    const auto payload = static_cast<int32_t>(sets_.size());
    if (absl::Status s = lexicon_.Add(vocabulary, entry.first, payload); !s.ok()) return s;
    sets_.push_back(entry.second);
  }
  phrases_.clear();
  return absl::OkStatus();
}

}  // namespace consilience::extraction
