#include "services/ingest/pipeline/reuse.h"

#include <utility>

#include "services/ingest/passages/fingerprints.h"
#include "services/ingest/passages/words.h"

namespace consilience::ingest {
namespace {

IndexedDocument Indexed(const Document& document, std::string text) {
  return {document.number, std::move(text), document.metadata.outlet.value,
          document.metadata.publication_date.value};
}

absl::Status Load(Records& records, const std::string& id, Reuse& reuse) {
  const auto document = records.Get(id);
  if (!document.ok()) return document.status();
  auto text = records.Text(id);
  if (!text.ok()) return text.status();
  reuse.others.emplace(document->number, Indexed(*document, *std::move(text)));
  reuse.ids.emplace(document->number, id);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Reuse> FindReuse(Store& store, const Document& document, const std::string& text,
                                const std::string& also) {
  Reuse reuse;
  const IndexedDocument self = Indexed(document, text);
  const auto fingerprints = Winnow(FindWords(text));
  const PassageOptions options;
  const auto status = store.Read([&](Records& records) -> absl::Status {
    reuse = {};
    const auto candidates = FindCandidates(self.number, fingerprints, records.passages(), options);
    if (!candidates.ok()) return candidates.status();
    for (const DocumentNumber number : *candidates) {
      const auto id = records.FindByNumber(number);
      if (!id.ok()) return id.status();
      if (!id->has_value()) continue;  // taken in after this look at the store began
      if (auto loaded = Load(records, **id, reuse); !loaded.ok()) return loaded;
    }
    return also.empty() ? absl::OkStatus() : Load(records, also, reuse);
  });
  if (!status.ok()) return status;
  // Compared outside the transaction: alignment takes its time.
  std::vector<IndexedDocument> others;
  others.reserve(reuse.others.size());
  for (const auto& [number, other] : reuse.others) others.push_back(other);
  reuse.passages = ComparePassages(self, others, options);
  return reuse;
}

}  // namespace consilience::ingest
