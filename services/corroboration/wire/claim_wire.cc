#include "services/corroboration/wire/claim_wire.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "services/corroboration/model/ids.h"
#include "services/corroboration/model/names.h"
#include "services/corroboration/scoring/scales.h"
#include "services/corroboration/wire/assertion_wire.h"

namespace consilience::corroboration {
namespace {

std::string ClaimName(const std::string& id) { return "claims/" + id; }
std::string DocumentName(const std::string& id) { return "documents/" + id; }
std::string SourceName(const std::string& id) { return id.empty() ? "" : "sources/" + id; }
std::string AssertionName(const RecordedAssertion& assertion) {
  return fmt::format("documents/{}/assertions/{}", assertion.document.id, assertion.id);
}

// The domain's enumerators stand in the order of the wire's, from UNSPECIFIED = 0.
template <typename Wire, typename Enum>
Wire SameNumber(Enum value) {
  return static_cast<Wire>(static_cast<int>(value));
}

v1::Merge::Basis BasisOf(MergeBasis basis) {
  return static_cast<v1::Merge::Basis>(static_cast<int>(basis) + 1);
}

v1::ClaimAssertion::Stance StanceOf(Stance stance) {
  return static_cast<v1::ClaimAssertion::Stance>(static_cast<int>(stance) + 1);
}

using AssertionsById = std::map<std::string, const RecordedAssertion*>;

AssertionsById Index(const QuestionRecord& record) {
  AssertionsById by_id;
  for (const RecordedAssertion& member : record.members) by_id[member.id] = &member;
  return by_id;
}

std::string NameIn(const AssertionsById& by_id, const std::string& id) {
  const auto found = by_id.find(id);
  return found == by_id.end() ? id : AssertionName(*found->second);
}

v1::OriginExplanation OriginTo(const WitnessTerm& term, const AssertionsById& by_id,
                               const Claim& claim) {
  v1::OriginExplanation wire;
  wire.set_id(term.id);
  wire.set_display_name(term.display_name);
  wire.set_source(SourceName(term.source));
  wire.set_accuracy(term.accuracy);
  wire.set_independence(term.independence());
  wire.set_dependence_factor(term.dependence_factor);
  wire.set_relay_factor(term.relay_factor);
  wire.set_extraction_confidence(term.confidence);
  wire.set_agreement(term.agreement);
  wire.set_log_odds(term.log_odds);
  wire.set_weight(term.weight);
  wire.set_score_without(term.score_without);
  wire.set_relay(term.relay_display_name);
  wire.set_inferred_confidence(term.inferred_confidence);
  wire.set_interest_factor(term.interest);
  wire.set_depends_on(term.depends_on);
  wire.set_dependence(term.dependence);
  for (const std::string& id : term.assertions) {
    const auto member = std::find_if(claim.members.begin(), claim.members.end(),
                                     [&](const ClaimMember& m) { return m.assertion == id; });
    if (member == claim.members.end() || !by_id.contains(id)) continue;
    *wire.add_assertions() = ToWire(*by_id.at(id), *member);
  }
  for (const Merge& merge : term.merges) {
    v1::Merge& out = *wire.add_merges();
    out.set_basis(BasisOf(merge.basis));
    out.set_assertion(NameIn(by_id, merge.assertion));
    out.set_other_assertion(NameIn(by_id, merge.other_assertion));
    out.set_evidence(merge.evidence);
    out.set_confidence(merge.confidence);
  }
  return wire;
}

}  // namespace

google::protobuf::Timestamp TimestampOf(int64_t time_us) {
  google::protobuf::Timestamp time;
  time.set_seconds(time_us / 1'000'000);
  time.set_nanos(static_cast<int32_t>(time_us % 1'000'000) * 1000);
  return time;
}

v1::ValueRange ToWire(const ValueRange& range) {
  v1::ValueRange wire;
  if (range.lower) wire.set_lower(*range.lower);
  if (range.upper) wire.set_upper(*range.upper);
  if (range.best) wire.set_best(*range.best);
  return wire;
}

v1::Corroboration ToWire(const Corroboration& c) {
  v1::Corroboration wire;
  wire.set_state(SameNumber<v1::Corroboration::State>(c.state));
  wire.set_score(c.score);
  wire.set_effective_origins(c.effective_origins);
  wire.set_origin_count(c.origin_count);
  wire.set_document_count(c.document_count);
  wire.set_outlet_count(c.outlet_count);
  wire.set_effective_origins_against(c.effective_origins_against);
  wire.set_origin_count_against(c.origin_count_against);
  wire.set_document_count_against(c.document_count_against);
  *wire.mutable_range() = ToWire(c.range);
  wire.set_admiralty_credibility(
      AdmiraltyCredibility(c.score, c.effective_origins, c.origin_count > 0));
  wire.set_stix_confidence(StixConfidence(c.score));
  return wire;
}

Corroboration FromWire(const v1::Corroboration& wire) {
  Corroboration c;
  if (v1::Corroboration::State_IsValid(wire.state())) {
    c.state = static_cast<ClaimState>(static_cast<int>(wire.state()));
  }
  c.score = wire.score();
  c.effective_origins = wire.effective_origins();
  c.origin_count = wire.origin_count();
  c.document_count = wire.document_count();
  c.outlet_count = wire.outlet_count();
  c.effective_origins_against = wire.effective_origins_against();
  c.origin_count_against = wire.origin_count_against();
  c.document_count_against = wire.document_count_against();
  if (wire.range().has_lower()) c.range.lower = wire.range().lower();
  if (wire.range().has_upper()) c.range.upper = wire.range().upper();
  if (wire.range().has_best()) c.range.best = wire.range().best();
  return c;
}

v1::Question ToWire(const QuestionView& view) {
  const Question& q = view.question;
  v1::Question wire;
  wire.set_name("questions/" + q.id);
  wire.set_display_name(q.display_name);
  wire.set_kind(std::string(NameOf(q.kind)));
  wire.set_measure(q.measure);
  *wire.mutable_population() = ToWire(q.population);
  *wire.mutable_place() = ToWire(q.place);
  *wire.mutable_window() = ToWire(q.window);
  wire.set_cumulative(q.cumulative);
  wire.set_state(SameNumber<v1::Question::State>(q.state));
  for (const Claim& claim : q.claims) wire.add_claims(ClaimName(claim.id));
  *wire.mutable_range() = ToWire(q.range);
  *wire.mutable_create_time() = TimestampOf(view.record->create_time_us);
  *wire.mutable_update_time() = TimestampOf(view.record->update_time_us);
  return wire;
}

v1::ClaimAssertion ToWire(const RecordedAssertion& assertion, const ClaimMember& member) {
  v1::ClaimAssertion wire;
  const extraction::v1::Assertion said = ToWire(assertion);
  wire.set_name(AssertionName(assertion));
  wire.set_document(DocumentName(assertion.document.id));
  *wire.mutable_span() = said.span();
  wire.set_quote(assertion.quote);
  wire.set_stance(StanceOf(member.stance));
  *wire.mutable_attribution() = said.attribution();
  if (said.has_quantity()) *wire.mutable_quantity() = said.quantity();
  *wire.mutable_population() = said.population();
  *wire.mutable_time() = said.time();
  wire.set_outlet(assertion.document.outlet);
  wire.set_publication_date(assertion.document.publication_date);
  wire.set_confidence(said.confidence());
  wire.set_rule(said.rule());
  for (const std::string& reason : member.reasons) wire.add_match_reasons(reason);
  wire.set_set_aside(assertion.set_aside);
  wire.set_polarity(said.polarity());
  wire.set_modality(said.modality());
  return wire;
}

v1::Claim ToWire(const ClaimView& view, Detail detail) {
  const Claim& claim = view.claim();
  v1::Claim wire;
  wire.set_name(ClaimName(claim.id));
  wire.set_question("questions/" + claim.question);
  wire.set_display_name(claim.display_name);
  if (claim.quantity) *wire.mutable_quantity() = ToWire(*claim.quantity, claim.value);
  wire.set_value(claim.value);
  wire.set_kind(std::string(NameOf(view.in.question.kind)));
  wire.set_measure(view.in.question.measure);
  *wire.mutable_population() = ToWire(claim.population);
  *wire.mutable_place() = ToWire(claim.place);
  *wire.mutable_time() = ToWire(claim.time);
  *wire.mutable_corroboration() = ToWire(claim.corroboration);
  if (const ClaimRow* const row = view.row()) {
    *wire.mutable_create_time() = TimestampOf(row->create_time_us);
    *wire.mutable_update_time() = TimestampOf(row->update_time_us);
  }
  if (detail == Detail::kBasic) return wire;
  const AssertionsById by_id = Index(*view.in.record);
  for (const ClaimMember& member : claim.members) {
    *wire.add_assertions() = ToWire(*by_id.at(member.assertion), member);
  }
  for (const ClaimRelation& relation : claim.relations) {
    v1::ClaimRelation& out = *wire.add_relations();
    out.set_claim(ClaimName(relation.claim));
    out.set_type(ToWire(relation.type));
    out.set_reason(relation.reason);
  }
  return wire;
}

v1::Claim ToWire(const ClaimRow& row) {
  const extraction::Assertion& said = row.leader->said;
  v1::Claim wire;
  wire.set_name(ClaimName(row.id));
  wire.set_question("questions/" + row.question);
  wire.set_display_name(row.display_name);
  if (said.quantity) *wire.mutable_quantity() = ToWire(*said.quantity, row.value);
  wire.set_value(row.value);
  wire.set_kind(row.kind);
  wire.set_measure(row.measure);
  *wire.mutable_population() = ToWire(said.population);
  *wire.mutable_place() = ToWire(said.place);
  *wire.mutable_time() = ToWire(said.time);
  *wire.mutable_corroboration() = ToWire(row.corroboration);
  *wire.mutable_create_time() = TimestampOf(row.create_time_us);
  *wire.mutable_update_time() = TimestampOf(row.update_time_us);
  return wire;
}

v1::ClaimRelation::Type ToWire(RelationType type) {
  switch (type) {
    case RelationType::kSame:
      return v1::ClaimRelation::TYPE_SAME;
    case RelationType::kAgrees:
      return v1::ClaimRelation::TYPE_AGREES;
    case RelationType::kPartOf:
      return v1::ClaimRelation::TYPE_PART_OF;
    case RelationType::kUpdates:
      return v1::ClaimRelation::TYPE_UPDATES;
    case RelationType::kCompetes:
      return v1::ClaimRelation::TYPE_COMPETES;
    case RelationType::kDenies:
      return v1::ClaimRelation::TYPE_DENIES;
    case RelationType::kUnrelated:
      return v1::ClaimRelation::TYPE_UNRELATED_SIMILAR;
  }
  return v1::ClaimRelation::TYPE_UNSPECIFIED;
}

v1::Explanation ToWire(const Explanation& e, const QuestionView& in,
                       const CalibrationMap& calibration) {
  v1::Explanation wire;
  wire.set_claim(ClaimName(e.claim));
  *wire.mutable_corroboration() = ToWire(e.corroboration);
  wire.set_prior_log_odds(e.prior);
  const auto claim = std::find_if(in.question.claims.begin(), in.question.claims.end(),
                                  [&](const Claim& c) { return c.id == e.claim; });
  const AssertionsById by_id = Index(*in.record);
  for (const WitnessTerm& term : e.origins) *wire.add_origins() = OriginTo(term, by_id, *claim);
  for (const WitnessTerm& term : e.denials) *wire.add_denials() = OriginTo(term, by_id, *claim);
  for (const CompetingAnswer& answer : e.competing) {
    v1::CompetingAnswer& out = *wire.add_competing();
    out.set_claim(ClaimName(answer.claim));
    out.set_display_name(answer.display_name);
    out.set_log_weight(answer.log_weight);
    out.set_score(answer.score);
    out.set_effective_origins(answer.effective_origins);
    out.set_overlap(answer.overlap);
    out.set_compatible_as_bounds(answer.compatible_as_bounds);
  }
  wire.set_none_of_these(e.none_of_these);
  wire.set_posterior(e.posterior);
  wire.set_relay_cap(e.relay_cap);
  wire.set_relay_cap_reason(e.relay_cap_reason);
  wire.mutable_calibration()->set_version(calibration.version());
  for (const CalibrationPoint& point : calibration.points()) {
    wire.mutable_calibration()->add_posterior(point.raw);
    wire.mutable_calibration()->add_score(point.calibrated);
  }
  for (const auto& [name, value] : e.parameters) (*wire.mutable_parameters())[name] = value;
  for (const std::string& line : e.summary) wire.add_summary(line);
  return wire;
}

v1::Revision ToWire(const Revision& revision) {
  v1::Revision wire;
  wire.set_name(fmt::format("claims/{}/revisions/{}", revision.claim, revision.id));
  *wire.mutable_create_time() = TimestampOf(revision.time_us);
  *wire.mutable_corroboration() = ToWire(revision.corroboration);
  wire.mutable_corroboration()->set_revision(wire.name());
  wire.set_cause(std::string(NameOf(revision.cause)));
  wire.set_subject(revision.subject);
  wire.set_summary(revision.summary);
  return wire;
}

v1::Review ToWire(const Review& review) {
  v1::Review wire;
  wire.set_name(fmt::format("claims/{}/reviews/{}", review.claim, review.id));
  wire.set_decision(SameNumber<v1::Review::Decision>(review.decision));
  wire.set_actor(review.actor);
  wire.set_reason(review.reason);
  *wire.mutable_create_time() = TimestampOf(review.time_us);
  return wire;
}

v1::Source ToWire(const Source& source) {
  v1::Source wire;
  wire.set_name(SourceName(source.id));
  wire.set_display_name(source.display_name);
  wire.set_kind(SameNumber<v1::SourceKind>(source.kind));
  for (const std::string& alias : source.aliases) wire.add_aliases(alias);
  wire.set_owner(SourceName(source.owner));
  wire.set_party(source.party);
  for (const std::string& host : source.hosts) wire.add_hosts(host);
  wire.set_language(source.language);
  wire.set_merged_into(SourceName(source.merged_into));
  if (source.update_time_us != 0) *wire.mutable_update_time() = TimestampOf(source.update_time_us);
  wire.set_etag(EtagOf(source));
  return wire;
}

Source FromWire(const v1::Source& wire) {
  const auto id = [](const std::string& name) {
    return name.starts_with("sources/") ? name.substr(8) : name;
  };
  Source source;
  source.id = id(wire.name());
  source.display_name = wire.display_name();
  if (v1::SourceKind_IsValid(wire.kind())) {
    source.kind = static_cast<SourceKind>(static_cast<int>(wire.kind()));
  }
  source.aliases.assign(wire.aliases().begin(), wire.aliases().end());
  std::sort(source.aliases.begin(), source.aliases.end());
  source.owner = id(wire.owner());
  source.party = wire.party();
  source.hosts.assign(wire.hosts().begin(), wire.hosts().end());
  std::sort(source.hosts.begin(), source.hosts.end());
  source.language = wire.language();
  source.merged_into = id(wire.merged_into());
  return source;
}

v1::SourceDependence ToWire(const Source& source, const SourceDependence& dependence,
                            const std::vector<std::string>& claims) {
  v1::SourceDependence wire;
  wire.set_source(SourceName(source.id));
  wire.set_other_source(SourceName(dependence.other.id));
  wire.set_probability(dependence.posterior.dependent());
  wire.set_copies_other(dependence.posterior.first_copies_second);
  wire.set_copied_by_other(dependence.posterior.second_copies_first);
  wire.set_shared_true(dependence.counts.same_true);
  wire.set_shared_false(dependence.counts.same_false);
  wire.set_different(dependence.counts.different);
  for (const std::string& claim : claims) wire.add_shared_false_claims(ClaimName(claim));
  return wire;
}

std::string EtagOf(const ClaimRow& row, const std::string& latest_review) {
  return ContentId("etag", {row.id, fmt::format("{}", row.update_time_us), latest_review});
}

std::string EtagOf(const Source& source) {
  std::string lists;
  for (const std::string& alias : source.aliases) lists += alias + "\n";
  for (const std::string& host : source.hosts) lists += host + "\n";
  return ContentId("etag", {source.id, source.display_name, NameOf(source.kind), source.owner,
                            source.party, source.language, source.merged_into, lists});
}

}  // namespace consilience::corroboration
