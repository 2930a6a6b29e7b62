#include "services/ingest/ledger/ledger.h"

#include <algorithm>

#include "services/common/errors/catalogue.h"
#include "services/common/text/digest.h"
#include "services/ingest/errors.h"
#include "services/ingest/model/canonical_url.h"
#include "services/ingest/passages/fingerprints.h"
#include "services/ingest/passages/words.h"

namespace consilience::ingest {
namespace {

constexpr std::string_view kNamePrefix = "documents/";
constexpr size_t kIdDigits = 32;  // 128 bits of the digest
constexpr size_t kReprocessPage = 500;

Document NewDocument(const ReadDocument& read, absl::Time now) {
  Document document;
  document.digest = common::Sha256Hex(read.text);
  document.id = document.digest.substr(0, kIdDigits);
  document.text_bytes = read.text.size();
  document.format = read.format;
  document.language = read.language;
  document.metadata = read.metadata;
  document.canonical_url = CanonicalUrl(read.metadata.url.value);
  document.create_time = now;
  document.update_time = now;
  return document;
}

Appearance AppearanceOf(const Document& document, absl::Time now) {
  const Metadata& metadata = document.metadata;
  return {metadata.outlet.value, metadata.url.value, metadata.publication_date.value, now};
}

bool SamePlace(const Appearance& a, const Appearance& b) {
  return a.outlet == b.outlet && a.url == b.url && a.publication_date == b.publication_date;
}

// What the replacement leaves open it takes over from what it replaces.
void Inherit(const Metadata& from, Metadata& to) {
  for (const auto field : {&Metadata::title, &Metadata::publication_date, &Metadata::outlet,
                           &Metadata::url, &Metadata::byline, &Metadata::wire}) {
    if (!(to.*field).known()) to.*field = from.*field;
  }
}

// The state before `withdrawn` came goes on in the history of corroboration, not here.
absl::Status Withdraw(Records& records, Document& document, State state, std::string_view reason,
                      absl::Time now) {
  if (!IsWithdrawn(document.state)) {
    if (auto status = records.passages().Remove(document.number); !status.ok()) return status;
  }
  document.state = state;
  document.reason = std::string(reason);
  return records.Enqueue(document.id, now);
}

absl::Status Save(Records& records, Document& document, absl::Time now) {
  ++document.revision;
  document.update_time = now;
  return records.Update(document);
}

absl::Status AddDuplicate(Records& records, const Document& known, const Document& again,
                          absl::Time now) {
  const Appearance appearance = AppearanceOf(again, now);
  const bool says_nothing = SamePlace(appearance, Appearance{});
  if (says_nothing || SamePlace(appearance, AppearanceOf(known, now))) return absl::OkStatus();
  return records.AddAppearance(known.id, appearance);
}

}  // namespace

std::string NameOf(std::string_view id) { return std::string(kNamePrefix) + std::string(id); }

std::optional<std::string> IdOf(std::string_view name) {
  if (!name.starts_with(kNamePrefix)) return std::nullopt;
  name.remove_prefix(kNamePrefix.size());
  const bool hex = name.find_first_not_of("0123456789abcdef") == std::string_view::npos;
  if (name.size() != kIdDigits || !hex) return std::nullopt;
  return std::string(name);
}

std::string EtagOf(const Document& document) { return std::to_string(document.revision); }

absl::StatusOr<std::vector<absl::StatusOr<Receipt>>> Ledger::Accept(
    const std::vector<Arrival>& arrivals) {
  std::vector<absl::StatusOr<Receipt>> receipts;
  const absl::Status status = store_.Write([&](Records& records) -> absl::Status {
    const absl::Time now = clock_.Now();
    for (const Arrival& arrival : arrivals) {
      auto receipt = AcceptOne(records, arrival, now);
      // What the caller did wrong was found before anything was written; what the store could not
      // do undoes the whole transaction.
      const bool refused = receipt.ok() || absl::IsInvalidArgument(receipt.status()) ||
                           absl::IsNotFound(receipt.status()) ||
                           absl::IsFailedPrecondition(receipt.status());
      if (!refused) return receipt.status();
      receipts.push_back(std::move(receipt));
    }
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  return receipts;
}

absl::StatusOr<Receipt> Ledger::AcceptOne(Records& records, const Arrival& arrival,
                                          absl::Time now) {
  Receipt receipt{NewDocument(arrival.document, now)};
  Document& document = receipt.document;
  const auto known = records.Find(document.id);
  if (!known.ok()) return known.status();
  if (known->has_value()) {
    if ((*known)->id == arrival.supersedes) return ReplacementUnchanged(NameOf(document.id));
    if (!arrival.validate_only) {
      const auto status = AddDuplicate(records, **known, document, now);
      if (!status.ok()) return status;
    }
    return Receipt{**known, Outcome::kDuplicate};
  }
  auto predecessor = Predecessor(records, arrival, document);
  if (!predecessor.ok()) return predecessor.status();
  if (arrival.validate_only) {
    receipt.outcome = Outcome::kValidated;
    return receipt;
  }
  if (predecessor->has_value()) {
    Document& earlier = **predecessor;
    if (!arrival.supersedes.empty()) Inherit(earlier.metadata, document.metadata);
    document.canonical_url = CanonicalUrl(document.metadata.url.value);
    document.supersedes = earlier.id;
    earlier.superseded_by = document.id;
    receipt.outcome = Outcome::kRevision;
    const std::string_view reason = arrival.reason.empty() ? "a newer text under the same URL"
                                                           : std::string_view(arrival.reason);
    auto status = Withdraw(records, earlier, State::kSuperseded, reason, now);
    if (status.ok()) status = Save(records, earlier, now);
    if (!status.ok()) return status;
  }
  auto status = records.Insert(document, arrival.document.text);
  if (status.ok()) {
    const auto words = FindWords(arrival.document.text);
    status = records.passages().Add(document.number, Winnow(words));
  }
  if (status.ok()) status = records.Enqueue(document.id, now);
  if (!status.ok()) return status;
  return receipt;
}

absl::StatusOr<std::optional<Document>> Ledger::Predecessor(Records& records,
                                                            const Arrival& arrival,
                                                            const Document& document) {
  if (!arrival.supersedes.empty()) {
    auto earlier = records.Get(arrival.supersedes);
    if (!earlier.ok()) return earlier.status();
    if (IsWithdrawn(earlier->state)) {
      return DocumentWithdrawn(NameOf(earlier->id), NameOf(earlier->state), "be superseded");
    }
    return std::optional<Document>(*std::move(earlier));
  }
  const auto id = records.FindByUrl(document.canonical_url);
  if (!id.ok()) return id.status();
  if (!id->has_value()) return std::optional<Document>();
  auto earlier = records.Find(**id);
  if (earlier.ok() && earlier->has_value() && IsWithdrawn((*earlier)->state)) {
    return std::optional<Document>();
  }
  return earlier;
}

absl::StatusOr<Document> Ledger::Modify(
    std::string_view id, std::string_view etag,
    const std::function<absl::Status(Records&, Document&)>& change) {
  absl::StatusOr<Document> result = Document();
  const absl::Status status = store_.Write([&](Records& records) -> absl::Status {
    result = records.Get(id);
    if (!result.ok()) return result.status();
    if (!etag.empty() && etag != EtagOf(*result)) {
      return common::EtagMismatch("document", NameOf(id), etag, EtagOf(*result));
    }
    if (auto changed = change(records, *result); !changed.ok()) return changed;
    return Save(records, *result, clock_.Now());
  });
  if (!status.ok()) return status;
  return result;
}

absl::StatusOr<Document> Ledger::Update(std::string_view id, std::string_view etag,
                                        const std::vector<Change>& changes) {
  return Modify(id, etag, [&](Records& records, Document& document) -> absl::Status {
    if (IsWithdrawn(document.state)) {
      return DocumentWithdrawn(NameOf(id), NameOf(document.state), "be updated");
    }
    for (const Change& change : changes) {
      MetadataValue& value = document.metadata.*change.field;
      std::vector<Candidate> others = std::move(value.conflicting);
      if (value.known()) others.insert(others.begin(), {value.value, value.basis, value.evidence});
      std::erase_if(others, [&](const Candidate& other) { return other.value == change.value; });
      const Basis basis = change.value.empty() ? Basis::kUnknown : Basis::kGiven;
      const char* evidence = change.value.empty() ? "" : "UpdateDocument";
      value = {change.value, basis, evidence, std::move(others)};
    }
    document.canonical_url = CanonicalUrl(document.metadata.url.value);
    document.state = State::kPending;
    document.reason.clear();
    return records.Enqueue(id, clock_.Now());
  });
}

absl::StatusOr<Document> Ledger::Retract(std::string_view id, std::string_view etag,
                                         std::string_view reason) {
  return Modify(id, etag, [&](Records& records, Document& document) -> absl::Status {
    if (document.state == State::kErased) {
      return DocumentWithdrawn(NameOf(id), NameOf(document.state), "be retracted");
    }
    return Withdraw(records, document, State::kRetracted, reason, clock_.Now());
  });
}

absl::StatusOr<Document> Ledger::Erase(std::string_view id, std::string_view etag,
                                       std::string_view reason) {
  return Modify(id, etag, [&](Records& records, Document& document) -> absl::Status {
    // Out of the index first: that needs the text.
    auto status = Withdraw(records, document, State::kErased, reason, clock_.Now());
    if (status.ok()) status = records.EraseText(id);
    return status;
  });
}

absl::StatusOr<int64_t> Ledger::Reprocess(const std::function<bool(const Document&)>& wanted) {
  int64_t count = 0;
  std::optional<Cursor> after;
  // A page a transaction: writers do not wait for a million documents.
  for (bool more = true; more;) {
    const absl::Status status = store_.Write([&](Records& records) -> absl::Status {
      auto page = records.List(Order::kOldestFirst, after, kReprocessPage);
      if (!page.ok()) return page.status();
      more = page->size() == kReprocessPage;
      for (Document& document : *page) {
        after = Cursor{"", document.number};
        if (IsWithdrawn(document.state) || !wanted(document)) continue;
        ++count;
        if (auto queued = records.Enqueue(document.id, clock_.Now()); !queued.ok()) return queued;
        if (document.state != State::kFailed) continue;
        document.state = State::kPending;
        document.reason.clear();
        if (auto saved = Save(records, document, clock_.Now()); !saved.ok()) return saved;
      }
      return absl::OkStatus();
    });
    if (!status.ok()) return status;
  }
  return count;
}

}  // namespace consilience::ingest
