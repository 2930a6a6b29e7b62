#include "services/extraction/pack/class_set.h"

namespace consilience::extraction {

std::vector<std::string_view> PhraseClassNames() {
  return {"PEOPLE", "POP",   "TOLL",   "NUMBER", "FRACTION", "PLACE",  "TIME", "PARTY",
          "NAME",   "COMMA", "STRONG", "QUOTE",  "WORD",     "FILLER", "ONE",  "SKIP"};
}

ClassTable::ClassTable() {
  for (const std::string_view name : PhraseClassNames()) Intern(name);
}

ClassId ClassTable::Intern(std::string_view name) {
  if (const ClassId known = Find(name); known != kMaxClasses) return known;
  if (names_.size() >= kMaxClasses) return kMaxClasses;
  const auto id = static_cast<ClassId>(names_.size());
  names_.emplace_back(name);
  ids_.emplace(std::string(name), id);
  return id;
}

ClassId ClassTable::Find(std::string_view name) const {
  const auto found = ids_.find(std::string(name));
  return found == ids_.end() ? static_cast<ClassId>(kMaxClasses) : found->second;
}

}  // namespace consilience::extraction
