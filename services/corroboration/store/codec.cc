#include "services/corroboration/store/codec.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <algorithm>
#include <map>

#include "consilience/corroboration/storage/v1/record.pb.h"
#include "services/corroboration/model/names.h"
#include "services/corroboration/store/codec_parts.h"
#include "services/corroboration/wire/assertion_wire.h"
#include "services/corroboration/wire/claim_wire.h"

namespace consilience::corroboration {
namespace {

template <typename Message>
std::optional<Message> Parse(std::string_view bytes) {
  Message message;
  if (!message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()))) return std::nullopt;
  return message;
}

storage::v1::StoredDocument DocumentTo(const DocumentContext& document) {
  storage::v1::StoredDocument wire;
  v1::DocumentContext& context = *wire.mutable_context();
  context.set_name(document.id);
  context.set_digest(document.digest);
  context.set_outlet(document.outlet);
  context.set_url(document.url);
  context.set_title(document.title);
  context.set_publication_date(document.publication_date);
  wire.set_dominant_source(document.dominant.source);
  wire.set_dominant_name(document.dominant.display_name);
  wire.set_dominant_share(document.dominant.share);
  return wire;
}

DocumentContext DocumentFrom(const storage::v1::StoredDocument& wire) {
  return {wire.context().name(),
          wire.context().digest(),
          wire.context().outlet(),
          wire.context().url(),
          wire.context().title(),
          wire.context().publication_date(),
          {wire.dominant_source(), wire.dominant_name(), wire.dominant_share()}};
}

storage::v1::StoredAssertion AssertionTo(const RecordedAssertion& assertion, uint32_t document) {
  storage::v1::StoredAssertion wire;
  wire.set_id(assertion.id);
  wire.set_document(document);
  *wire.mutable_said() = ToWire(assertion);
  wire.set_part_of(assertion.part_of);
  wire.set_denies(assertion.denies);
  for (const PassageLink& link : assertion.passages) *wire.add_passages() = ToWire(link);
  wire.set_set_aside(assertion.set_aside);
  wire.set_apart(assertion.apart);
  wire.set_joined(assertion.joined);
  return wire;
}

RecordedAssertion AssertionFrom(const storage::v1::StoredAssertion& wire,
                                const DocumentContext& document) {
  RecordedAssertion assertion;
  assertion.id = wire.id();
  assertion.document = document;
  assertion.said = FromWire(wire.said());
  assertion.code_points = {wire.said().span().start_code_point(),
                           wire.said().span().end_code_point()};
  assertion.quote = wire.said().quote();
  assertion.part_of = wire.part_of();
  assertion.denies = wire.denies();
  for (const v1::ReusedPassage& link : wire.passages()) {
    assertion.passages.push_back(FromWire(link));
  }
  assertion.set_aside = wire.set_aside();
  assertion.apart = wire.apart();
  assertion.joined = wire.joined();
  return assertion;
}

void MembersTo(const QuestionRecord& record, storage::v1::QuestionRecord& wire) {
  std::map<std::string, uint32_t> index;
  for (const RecordedAssertion& member : record.members) {
    const auto [found, is_new] =
        index.try_emplace(member.document.id, static_cast<uint32_t>(index.size()));
    if (is_new) *wire.add_documents() = DocumentTo(member.document);
    *wire.add_members() = AssertionTo(member, found->second);
  }
}

storage::v1::StoredPair PairTo(const PairCounts& pair) {
  storage::v1::StoredPair wire;
  wire.set_first(pair.first);
  wire.set_second(pair.second);
  wire.set_family(pair.family);
  wire.set_same_true(pair.same_true);
  wire.set_same_false(pair.same_false);
  wire.set_different(pair.different);
  return wire;
}

// Null when none has the id. They are sorted by it.
Members::Shared MemberWith(const Members& members, const std::string& id) {
  const auto found = std::lower_bound(members.begin(), members.end(), id,
                                      [](const RecordedAssertion& member,
                                         const std::string& wanted) { return member.id < wanted; });
  const bool there = !id.empty() && found != members.end() && found->id == id;
  return there ? members.shared()[static_cast<size_t>(found - members.begin())] : nullptr;
}

// Matches the enumerators of a contiguous enumeration by name.
template <typename Enum>
Enum Named(std::string_view name, Enum last) {
  for (int i = 0; i <= static_cast<int>(last); ++i) {
    if (NameOf(static_cast<Enum>(i)) == name) return static_cast<Enum>(i);
  }
  return Enum{};
}

}  // namespace

// Maps are written in the order of their keys, so equal records are equal bytes.
std::string Bytes(const google::protobuf::Message& message) {
  std::string bytes;
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream out(&stream);
    out.SetSerializationDeterministic(true);
    message.SerializeToCodedStream(&out);
  }
  return bytes;
}

storage::v1::StoredClaim ClaimTo(const ClaimRow& row) {
  storage::v1::StoredClaim wire;
  wire.set_id(row.id);
  wire.set_question(row.question);
  wire.set_display_name(row.display_name);
  wire.set_kind(row.kind);
  wire.set_measure(row.measure);
  wire.set_place(row.place);
  wire.set_population(row.population);
  wire.set_from(row.from);
  wire.set_to(row.to);
  for (const std::string& id : row.documents) wire.add_documents(id);
  for (const std::string& name : row.outlets) wire.add_outlets(name);
  for (const std::string& id : row.sources) wire.add_sources(id);
  *wire.mutable_corroboration() = ToWire(row.corroboration);
  wire.set_create_time_us(row.create_time_us);
  wire.set_update_time_us(row.update_time_us);
  wire.set_value(row.value);
  if (row.leader != nullptr) wire.set_leader(row.leader->id);
  return wire;
}

storage::v1::StoredClaim ClaimAloneTo(const ClaimRow& row) {
  storage::v1::StoredClaim wire = ClaimTo(row);
  if (row.leader == nullptr) return wire;
  const extraction::Assertion& said = row.leader->said;
  extraction::v1::Assertion& out = *wire.mutable_said();
  if (said.quantity) *out.mutable_quantity() = ToWire(*said.quantity, "");
  *out.mutable_population() = ToWire(said.population);
  *out.mutable_place() = ToWire(said.place);
  *out.mutable_time() = ToWire(said.time);
  return wire;
}

ClaimRow ClaimFrom(const storage::v1::StoredClaim& wire) {
  ClaimRow row;
  row.id = wire.id();
  row.question = wire.question();
  row.display_name = wire.display_name();
  row.kind = wire.kind();
  row.measure = wire.measure();
  row.place = wire.place();
  row.population = wire.population();
  row.from = wire.from();
  row.to = wire.to();
  row.documents.assign(wire.documents().begin(), wire.documents().end());
  row.outlets.assign(wire.outlets().begin(), wire.outlets().end());
  row.sources.assign(wire.sources().begin(), wire.sources().end());
  row.corroboration = FromWire(wire.corroboration());
  row.create_time_us = wire.create_time_us();
  row.update_time_us = wire.update_time_us();
  row.value = wire.value();
  if (wire.has_said()) {
    RecordedAssertion leader;
    leader.id = wire.leader();
    leader.said = FromWire(wire.said());
    row.leader = std::make_shared<const RecordedAssertion>(std::move(leader));
  }
  return row;
}

storage::v1::QuestionRecord RecordTo(const QuestionRecord& record) {
  storage::v1::QuestionRecord wire;
  wire.set_id(record.id);
  MembersTo(record, wire);
  for (const uint64_t key : record.keys) wire.add_keys(key);
  wire.set_family(record.beliefs.family);
  for (const auto& [source, use] : record.beliefs.sources) {
    (*wire.mutable_accuracies())[source] = use.accuracy;
    (*wire.mutable_kinds())[source] = static_cast<int>(use.kind);
  }
  wire.mutable_dependences()->insert(record.beliefs.dependences.begin(),
                                     record.beliefs.dependences.end());
  for (const PairCounts& pair : record.beliefs.lessons.pairs) *wire.add_pairs() = PairTo(pair);
  for (const Contribution& contribution : record.beliefs.lessons.accuracies) {
    storage::v1::StoredContribution& out = *wire.add_contributions();
    out.set_source(contribution.source);
    out.set_family(contribution.family);
    out.set_right(contribution.right);
    out.set_wrong(contribution.wrong);
  }
  for (const ClaimRow& row : record.claims) *wire.add_claims() = ClaimTo(row);
  wire.set_display_name(record.display_name);
  wire.set_state(std::string(NameOf(record.state)));
  wire.set_create_time_us(record.create_time_us);
  wire.set_update_time_us(record.update_time_us);
  return wire;
}

std::optional<QuestionRecord> RecordFrom(const storage::v1::QuestionRecord& wire) {
  QuestionRecord record;
  record.id = wire.id();
  std::vector<DocumentContext> documents;
  for (const auto& document : wire.documents()) documents.push_back(DocumentFrom(document));
  for (const auto& member : wire.members()) {
    if (member.document() >= documents.size()) return std::nullopt;
    record.members.push_back(AssertionFrom(member, documents[member.document()]));
  }
  record.keys.assign(wire.keys().begin(), wire.keys().end());
  record.beliefs.family = wire.family();
  for (const auto& [source, accuracy] : wire.accuracies()) {
    const auto kind = wire.kinds().find(source);
    record.beliefs.sources[source] = {kind == wire.kinds().end()
                                          ? SourceKind::kUnspecified
                                          : static_cast<SourceKind>(kind->second),
                                      accuracy};
  }
  record.beliefs.dependences.insert(wire.dependences().begin(), wire.dependences().end());
  for (const auto& c : wire.contributions()) {
    record.beliefs.lessons.accuracies.push_back({c.source(), c.family(), c.right(), c.wrong()});
  }
  for (const auto& pair : wire.pairs()) {
    record.beliefs.lessons.pairs.push_back({pair.first(), pair.second(), pair.family(),
                                            pair.same_true(), pair.same_false(), pair.different()});
  }
  for (const auto& claim : wire.claims()) {
    record.claims.push_back(ClaimFrom(claim));
    record.claims.back().leader = MemberWith(record.members, claim.leader());
  }
  record.display_name = wire.display_name();
  record.state = Named(wire.state(), QuestionState::kSingleOrigin);
  record.create_time_us = wire.create_time_us();
  record.update_time_us = wire.update_time_us();
  return record;
}

std::string Encode(const QuestionRecord& record) { return Bytes(RecordTo(record)); }

std::optional<QuestionRecord> DecodeQuestion(std::string_view bytes) {
  const auto wire = Parse<storage::v1::QuestionRecord>(bytes);
  return wire ? RecordFrom(*wire) : std::nullopt;
}

std::string Encode(const ClaimRow& row) { return Bytes(ClaimAloneTo(row)); }

std::optional<ClaimRow> DecodeClaimRow(std::string_view bytes) {
  const auto wire = Parse<storage::v1::StoredClaim>(bytes);
  if (!wire) return std::nullopt;
  return ClaimFrom(*wire);
}

std::string Encode(const DocumentRow& row) {
  storage::v1::DocumentRow wire;
  *wire.mutable_document() = DocumentTo(row.context);
  wire.set_content_digest(row.content_digest);
  wire.set_extractor(row.extractor);
  for (const std::string& id : row.assertions) wire.add_assertions(id);
  wire.set_withdrawn(row.withdrawn);
  wire.set_withdrawal(row.withdrawal);
  return Bytes(wire);
}

std::optional<DocumentRow> DecodeDocument(std::string_view bytes) {
  const auto wire = Parse<storage::v1::DocumentRow>(bytes);
  if (!wire) return std::nullopt;
  DocumentRow row;
  row.context = DocumentFrom(wire->document());
  row.content_digest = wire->content_digest();
  row.extractor = wire->extractor();
  row.assertions.assign(wire->assertions().begin(), wire->assertions().end());
  row.withdrawn = wire->withdrawn();
  row.withdrawal = wire->withdrawal();
  return row;
}

std::string Encode(const Source& source) {
  storage::v1::SourceRow wire;
  *wire.mutable_source() = ToWire(source);
  wire.set_curated(source.curated);
  wire.set_update_time_us(source.update_time_us);
  return Bytes(wire);
}

std::optional<Source> DecodeSource(std::string_view bytes) {
  const auto wire = Parse<storage::v1::SourceRow>(bytes);
  if (!wire) return std::nullopt;
  Source source = FromWire(wire->source());
  source.curated = wire->curated();
  source.update_time_us = wire->update_time_us();
  return source;
}

std::string Encode(const Revision& revision) {
  storage::v1::RevisionRow wire;
  wire.set_id(revision.id);
  wire.set_claim(revision.claim);
  wire.set_time_us(revision.time_us);
  *wire.mutable_corroboration() = ToWire(revision.corroboration);
  wire.set_cause(std::string(NameOf(revision.cause)));
  wire.set_subject(revision.subject);
  wire.set_summary(revision.summary);
  return Bytes(wire);
}

std::optional<Revision> DecodeRevision(std::string_view bytes) {
  const auto wire = Parse<storage::v1::RevisionRow>(bytes);
  if (!wire) return std::nullopt;
  return Revision{wire->id(),
                  wire->claim(),
                  wire->time_us(),
                  FromWire(wire->corroboration()),
                  Named(wire->cause(), RevisionCause::kMatchChanged),
                  wire->subject(),
                  wire->summary()};
}

std::string Encode(const Review& review) {
  storage::v1::ReviewRow wire;
  wire.set_id(review.id);
  wire.set_claim(review.claim);
  wire.set_decision(static_cast<int>(review.decision));
  wire.set_actor(review.actor);
  wire.set_reason(review.reason);
  wire.set_time_us(review.time_us);
  return Bytes(wire);
}

std::optional<Review> DecodeReview(std::string_view bytes) {
  const auto wire = Parse<storage::v1::ReviewRow>(bytes);
  if (!wire) return std::nullopt;
  return Review{wire->id(),    wire->claim(),  static_cast<ReviewDecision>(wire->decision()),
                wire->actor(), wire->reason(), wire->time_us()};
}

std::string Encode(const AssertionDecision& decision) {
  storage::v1::DecisionRow wire;
  wire.set_assertion(decision.assertion);
  wire.set_document(decision.document);
  wire.set_set_aside(decision.set_aside);
  wire.set_apart(decision.apart);
  wire.set_joined(decision.joined);
  wire.set_actor(decision.actor);
  wire.set_reason(decision.reason);
  wire.set_time_us(decision.time_us);
  return Bytes(wire);
}

std::optional<AssertionDecision> DecodeDecision(std::string_view bytes) {
  const auto wire = Parse<storage::v1::DecisionRow>(bytes);
  if (!wire) return std::nullopt;
  return AssertionDecision{wire->assertion(), wire->document(), wire->set_aside(), wire->apart(),
                           wire->joined(),    wire->actor(),    wire->reason(),    wire->time_us()};
}

}  // namespace consilience::corroboration
