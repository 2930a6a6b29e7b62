#include "clients/cli/render/views.h"

#include "clients/cli/render/numbers.h"
#include "clients/cli/render/phrase.h"
#include "clients/cli/render/words.h"
#include "fmt/format.h"

namespace consilience::cli {
namespace {

namespace api = corroboration::v1;
using ingest::v1::Document;
using ingest::v1::Passage;

Cell Number(std::int64_t value) { return {fmt::format("{}", value)}; }

Cell ScoreCell(const api::Corroboration& corroboration) {
  return {Score(corroboration.score()), ScoreStyle(corroboration.score())};
}

std::string PlaceOf(const common::v1::Place& place) { return place.name(); }

}  // namespace

const View<api::Claim>& ClaimsView() {
  using C = api::Claim;
  static const auto* const kView = new View<C>{
      {
          {{.header = "CLAIM"},
           [](const C& c) {
             return Cell{IdOf(c.name()), Style::kName};
           }},
          {{.header = "STATE", .min_width = 6, .good_width = 13},
           [](const C& c) { return StateOf(c.corroboration().state()); }},
          {{.header = "SCORE", .right_aligned = true},
           [](const C& c) { return ScoreCell(c.corroboration()); }},
          {{.header = "ORIGINS", .right_aligned = true, .leaves = 1},
           [](const C& c) { return Cell{OriginsOf(c.corroboration())}; }},
          {{.header = "DOCS", .right_aligned = true, .leaves = 2, .wide_only = true},
           [](const C& c) { return Number(c.corroboration().document_count()); }},
          {{.header = "PLACE", .min_width = 10, .leaves = 10, .wide_only = true},
           [](const C& c) { return Cell{PlaceOf(c.place())}; }},
          {{.header = "WINDOW", .leaves = 9, .wide_only = true},
           [](const C& c) { return Cell{Window(c.time())}; }},
          {{.header = "AGAINST", .right_aligned = true, .leaves = 6, .wide_only = true},
           [](const C& c) {
             return Cell{fmt::format("{} of {}",
                                     Effective(c.corroboration().effective_origins_against()),
                                     c.corroboration().origin_count_against())};
           }},
          {{.header = "ADMIRALTY", .right_aligned = true, .leaves = 8, .wide_only = true},
           [](const C& c) { return Number(c.corroboration().admiralty_credibility()); }},
          {{.header = "REVIEW", .leaves = 9, .wide_only = true},
           [](const C& c) { return Cell{WordFor(c.review().decision())}; }},
          {{.header = "QUESTION", .leaves = 5, .wide_only = true},
           [](const C& c) { return Cell{IdOf(c.question())}; }},
          {{.header = "UPDATED", .leaves = 7, .wide_only = true},
           [](const C& c) { return Cell{Instant(c.update_time())}; }},
          {{.header = "CLAIMED", .min_width = 5, .good_width = 24},
           [](const C& c) { return Cell{SentenceOf(c)}; }},
      },
      [](const C& c) { return c.name(); },
      "No claims. Take documents in with `consil ingest`, or widen the filter."};
  return *kView;
}

const View<api::Question>& QuestionsView() {
  using Q = api::Question;
  static const auto* const kView =
      new View<Q>{{
                      {{.header = "QUESTION"},
                       [](const Q& q) {
                         return Cell{IdOf(q.name()), Style::kName};
                       }},
                      {{.header = "STATE"}, [](const Q& q) { return StateOf(q.state()); }},
                      {{.header = "ANSWERS", .right_aligned = true},
                       [](const Q& q) { return Number(q.claims_size()); }},
                      {{.header = "RANGE", .leaves = 2},
                       [](const Q& q) { return Cell{RangeOf(q.range(), q.kind())}; }},
                      {{.header = "PLACE", .min_width = 10, .leaves = 8, .wide_only = true},
                       [](const Q& q) { return Cell{PlaceOf(q.place())}; }},
                      {{.header = "WINDOW", .leaves = 7, .wide_only = true},
                       [](const Q& q) { return Cell{Window(q.window())}; }},
                      {{.header = "KIND", .leaves = 4, .wide_only = true},
                       [](const Q& q) { return Cell{Plain(q.kind())}; }},
                      {{.header = "MEASURE", .leaves = 5, .wide_only = true},
                       [](const Q& q) { return Cell{Plain(q.measure())}; }},
                      {{.header = "UPDATED", .leaves = 6, .wide_only = true},
                       [](const Q& q) { return Cell{Instant(q.update_time())}; }},
                      {{.header = "ASKED", .min_width = 5, .good_width = 28},
                       [](const Q& q) { return Cell{SentenceOf(q)}; }},
                  },
                  [](const Q& q) { return q.name(); },
                  "No questions. Take documents in with `consil ingest`, or widen the filter."};
  return *kView;
}

const View<api::Source>& SourcesView() {
  using S = api::Source;
  static const auto* const kView = new View<S>{
      {
          {{.header = "SOURCE"},
           [](const S& s) {
             return Cell{IdOf(s.name()), Style::kName};
           }},
          {{.header = "NAME", .min_width = 16}, [](const S& s) { return Cell{s.display_name()}; }},
          {{.header = "KIND", .leaves = 1}, [](const S& s) { return Cell{WordFor(s.kind())}; }},
          {{.header = "ASSERTIONS", .right_aligned = true},
           [](const S& s) { return Number(s.assertion_count()); }},
          {{.header = "ACCURACY", .right_aligned = true},
           [](const S& s) { return Cell{Score(s.accuracy())}; }},
          {{.header = "OWNER", .min_width = 8, .leaves = 3},
           [](const S& s) { return Cell{IdOf(s.owner())}; }},
          {{.header = "PARTY", .leaves = 2}, [](const S& s) { return Cell{s.party()}; }},
          {{.header = "RESTS ON", .right_aligned = true, .leaves = 5, .wide_only = true},
           [](const S& s) { return Cell{Effective(s.accuracy_weight())}; }},
          {{.header = "ALIASES", .min_width = 12, .leaves = 4, .wide_only = true},
           [](const S& s) { return Cell{fmt::format("{}", fmt::join(s.aliases(), "; "))}; }},
      },
      [](const S& s) { return s.name(); },
      "No sources. They are made when documents are read: `consil ingest`."};
  return *kView;
}

const View<api::SourceDependence>& DependencesView() {
  using D = api::SourceDependence;
  static const auto* const kView =
      new View<D>{{
                      {{.header = "SOURCE", .min_width = 12},
                       [](const D& d) { return Cell{IdOf(d.source())}; }},
                      {{.header = "OTHER", .min_width = 12},
                       [](const D& d) {
                         return Cell{IdOf(d.other_source()), Style::kName};
                       }},
                      {{.header = "DEPENDENT", .right_aligned = true},
                       [](const D& d) { return Cell{Score(d.probability())}; }},
                      {{.header = "COPIES", .right_aligned = true, .leaves = 1},
                       [](const D& d) { return Cell{Score(d.copies_other())}; }},
                      {{.header = "COPIED BY", .right_aligned = true, .leaves = 2},
                       [](const D& d) { return Cell{Score(d.copied_by_other())}; }},
                      {{.header = "SAME TRUE", .right_aligned = true, .leaves = 4},
                       [](const D& d) { return Cell{Effective(d.shared_true())}; }},
                      {{.header = "SAME FALSE", .right_aligned = true},
                       [](const D& d) { return Cell{Effective(d.shared_false())}; }},
                      {{.header = "DIFFERENT", .right_aligned = true, .leaves = 3},
                       [](const D& d) { return Cell{Effective(d.different())}; }},
                  },
                  [](const D& d) { return d.other_source(); },
                  "Nothing speaks for a dependence above the prior."};
  return *kView;
}

const View<api::Revision>& RevisionsView() {
  using R = api::Revision;
  static const auto* const kView = new View<R>{
      {
          {{.header = "WHEN"}, [](const R& r) { return Cell{Instant(r.create_time())}; }},
          {{.header = "STATE"}, [](const R& r) { return StateOf(r.corroboration().state()); }},
          {{.header = "SCORE", .right_aligned = true},
           [](const R& r) { return ScoreCell(r.corroboration()); }},
          {{.header = "ORIGINS", .right_aligned = true, .leaves = 1},
           [](const R& r) { return Cell{OriginsOf(r.corroboration())}; }},
          {{.header = "CAUSE", .leaves = 2}, [](const R& r) { return Cell{Plain(r.cause())}; }},
          {{.header = "WHY", .min_width = 16},
           [](const R& r) { return Cell{r.summary().empty() ? r.subject() : r.summary()}; }},
          {{.header = "SUBJECT", .leaves = 3, .wide_only = true},
           [](const R& r) { return Cell{r.subject()}; }},
      },
      [](const R& r) { return r.name(); },
      "No revisions."};
  return *kView;
}

const View<Document>& DocumentsView() {
  using D = Document;
  static const auto* const kView = new View<D>{
      {
          {{.header = "DOCUMENT"},
           [](const D& d) {
             return Cell{IdOf(d.name()), Style::kName};
           }},
          {{.header = "STATE"}, [](const D& d) { return StateOf(d.state()); }},
          {{.header = "PUBLISHED"}, [](const D& d) { return Cell{d.publication_date().value()}; }},
          {{.header = "OUTLET", .min_width = 10, .leaves = 1},
           [](const D& d) { return Cell{d.outlet().value()}; }},
          {{.header = "BYTES", .right_aligned = true, .leaves = 2},
           [](const D& d) { return Cell{fmt::format("{}", d.text_bytes())}; }},
          {{.header = "TITLE", .min_width = 16},
           [](const D& d) { return Cell{d.title().value()}; }},
          {{.header = "LANGUAGE", .leaves = 5, .wide_only = true},
           [](const D& d) { return Cell{d.language()}; }},
          {{.header = "URL", .min_width = 16, .leaves = 4, .wide_only = true},
           [](const D& d) { return Cell{d.url().value()}; }},
          {{.header = "FAILURE", .min_width = 10, .leaves = 3, .wide_only = true},
           [](const D& d) { return Cell{d.failure()}; }},
      },
      [](const D& d) { return d.name(); },
      "No documents. Take some in: `consil ingest FILE|DIR`."};
  return *kView;
}

const View<Passage>& PassagesView() {
  using P = Passage;
  static const auto* const kView = new View<P>{
      {
          {{.header = "OTHER DOCUMENT"},
           [](const P& p) {
             return Cell{IdOf(p.other_document()), Style::kName};
           }},
          {{.header = "WORDS", .right_aligned = true},
           [](const P& p) { return Number(p.words()); }},
          {{.header = "ALIKE", .right_aligned = true},
           [](const P& p) { return Cell{Score(p.similarity())}; }},
          {{.header = "CAME", .leaves = 1},
           [](const P& p) {
             if (p.boilerplate()) return Cell{"house copy", Style::kFaint};
             if (p.direction() == P::DIRECTION_FROM_OTHER) return Cell{"from there"};
             return Cell{p.direction() == P::DIRECTION_TO_OTHER ? "from here" : "unknown"};
           }},
          {{.header = "BYTES", .leaves = 2},
           [](const P& p) { return Cell{fmt::format("{}–{}", p.span().start(), p.span().end())}; }},
          {{.header = "TEXT", .min_width = 20}, [](const P& p) { return Cell{p.text()}; }},
      },
      [](const P& p) { return p.other_document(); },
      "Nothing of its text stands in another document."};
  return *kView;
}

}  // namespace consilience::cli
