#include "services/extraction/pack/rule_pack.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <optional>

#include "services/extraction/lexicon/table.h"
#include "services/extraction/model/names.h"

namespace consilience::extraction {
namespace {

std::vector<std::string> Words(std::string_view list) {
  std::vector<std::string> words;
  for (size_t begin = 0; begin < list.size();) {
    const size_t end = std::min(list.find(' ', begin), list.size());
    if (end > begin) words.emplace_back(list.substr(begin, end - begin));
    begin = end + 1;
  }
  return words;
}

// "@" in a pattern stands for the measure in lower case, so one row serves a family of measures.
std::string ForMeasure(std::string pattern, std::string measure) {
  std::transform(measure.begin(), measure.end(), measure.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  for (size_t at = pattern.find('@'); at != std::string::npos; at = pattern.find('@')) {
    pattern.replace(at, 1, measure);
  }
  return pattern;
}

// The first word class that the pattern asks for: what makes the assertion.
ClassId TriggerClass(std::string_view pattern, const ClassTable& classes) {
  const size_t at = pattern.find("trigger:$");
  const size_t begin = at == std::string_view::npos ? std::string_view::npos : at + 8;
  if (begin == std::string_view::npos) return kMaxClasses;
  const size_t end = std::min(pattern.find_first_of(" )?*|{", begin), pattern.size());
  return classes.Find(pattern.substr(begin, end - begin));
}

std::optional<std::string> ReadOptions(const std::string& options, Rule& rule) {
  for (const std::string& option : Words(options)) {
    if (option == "denied") {
      rule.denied = true;
    } else if (option == "follows") {
      rule.follows = true;
    } else if (option == "shares") {
      rule.shares = true;
    } else if (option == "echo") {
      rule.echo = true;
    } else if (const auto modality = ModalityNamed(option)) {
      rule.modality = *modality;
    } else {
      return fmt::format(
          "no option \"{}\"; known are denied, echo, follows, shares and the modalities", option);
    }
  }
  return std::nullopt;
}

}  // namespace

std::string PackName(const std::filesystem::path& folder) {
  return std::filesystem::absolute(folder / "")
      .lexically_normal()
      .parent_path()
      .filename()
      .string();
}

absl::Status RulePacks::Load(const std::filesystem::path& folder, Vocabulary& vocabulary) {
  if (absl::Status s = LoadInfo(folder); !s.ok()) return s;
  if (std::filesystem::exists(folder / "words.tsv")) {
    if (absl::Status s = words_.Load(folder / "words.tsv", vocabulary, classes_); !s.ok()) return s;
  }
  if (std::filesystem::exists(folder / "macros.tsv")) {
    if (absl::Status s = LoadMacros(folder / "macros.tsv"); !s.ok()) return s;
  }
  if (std::filesystem::exists(folder / "rules.tsv")) {
    if (absl::Status s = LoadRules(folder / "rules.tsv"); !s.ok()) return s;
  }
  return absl::OkStatus();
}

absl::Status RulePacks::LoadInfo(const std::filesystem::path& folder) {
  auto table = Table::Load(folder / "pack.tsv", {"pack", 1, {"key", "value"}});
  if (!table.ok()) return table.status();
  PackInfo info{PackName(folder), "", "", 0};
  for (const Table::Row& row : table->rows()) {
    if (row[0] == "version") {
      info.version = row[1];
    } else if (row[0] == "title") {
      info.title = row[1];
    } else {
      return table->Error(row, fmt::format("no key \"{}\"; known are title and version", row[0]));
    }
  }
  if (info.version.empty()) {
    return absl::InvalidArgumentError(
        fmt::format("{}: the pack states no version", (folder / "pack.tsv").string()));
  }
  for (const PackInfo& other : packs_) {
    if (other.name == info.name) {
      return absl::AlreadyExistsError(
          fmt::format("{}: a pack named \"{}\" is loaded already", folder.string(), info.name));
    }
  }
  packs_.push_back(std::move(info));
  return absl::OkStatus();
}

absl::Status RulePacks::LoadMacros(const std::filesystem::path& file) {
  auto table = Table::Load(file, {"macros", 1, {"macro", "pattern"}});
  if (!table.ok()) return table.status();
  for (const Table::Row& row : table->rows()) {
    if (!macros_.emplace(row[0], row[1]).second) {
      return table->Error(row, fmt::format("macro \"{}\" is there already", row[0]));
    }
  }
  return absl::OkStatus();
}

absl::Status RulePacks::LoadRules(const std::filesystem::path& file) {
  auto table = Table::Load(
      file, {"rules", 1, {"rule", "kind", "measures", "weight", "options", "pattern", "example"}});
  if (!table.ok()) return table.status();
  const MacroLookup lookup = [this](std::string_view name) -> std::optional<std::string> {
    const auto found = macros_.find(name);
    if (found == macros_.end()) return std::nullopt;
    return found->second;
  };
  PackInfo& pack = packs_.back();
  for (const Table::Row& row : table->rows()) {
    const auto error = [&](std::string_view reason) {
      return table->Error(row, fmt::format("rule \"{}\": {}", row[0], reason));
    };
    const std::optional<Kind> kind = KindNamed(row[1]);
    if (!kind) return error(fmt::format("no kind \"{}\"", row[1]));
    const double weight = std::strtod(row[3].c_str(), nullptr);
    if (!(weight > 0 && weight <= 1)) return error("the weight must be in (0, 1]");
    if (Words(row[2]).empty()) return error("at least one measure is needed");
    for (const std::string& measure : Words(row[2])) {
      Rule rule;
      rule.id = fmt::format("{}/{}", pack.name, row[0]);
      rule.kind = *kind;
      rule.measure = measure;
      rule.weight = weight;
      rule.example = row[6];
      rule.origin = fmt::format("{}:{}", file.string(), row.line);
      if (const auto bad = ReadOptions(row[4], rule)) return error(*bad);
      const std::string source = ForMeasure(row[5], measure);
      auto pattern = Pattern::Compile(source, classes_, lookup);
      if (!pattern.ok()) return error(std::string(pattern.status().message()));
      rule.pattern = *std::move(pattern);
      rule.trigger_class = TriggerClass(source, classes_);
      rules_.push_back(std::move(rule));
    }
    ++pack.rules;
  }
  return absl::OkStatus();
}

absl::Status RulePacks::Build(Vocabulary& vocabulary) {
  for (size_t i = kPhraseClasses; i < classes_.size(); ++i) {
    const auto id = static_cast<ClassId>(i);
    const std::string_view name = classes_.Name(id);
    if (name.front() == '\'') words_.Add(std::string(name.substr(1)), id, vocabulary);
  }
  return words_.Build(vocabulary);
}

}  // namespace consilience::extraction
