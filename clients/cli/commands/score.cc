// consil score: which of conflicting values are right, from a table of who says what, without any
// server.
#include <cstdint>
#include <ostream>
#include <set>
#include <streambuf>
#include <vector>

#include "clients/cli/commands/commands.h"
#include "clients/cli/commands/support.h"
#include "clients/cli/output/progress.h"
#include "fmt/format.h"
#include "services/corroboration/truth/score_table.h"
#include "services/corroboration/truth/table_reader.h"
#include "services/corroboration/truth/writers.h"

namespace consilience::cli {
namespace {

struct ScoreOptions {
  std::string claims;
  std::string kinds;
  std::string method = "consilience";
  bool list_methods = false;
};

// Lets what writes to streams write to a sink.
class SinkBuffer : public std::streambuf {
 public:
  explicit SinkBuffer(Sink& sink) : sink_(sink) {}

 protected:
  int_type overflow(int_type c) override {
    if (c != traits_type::eof()) {
      const char byte = traits_type::to_char_type(c);
      sink_.Write({&byte, 1});
    }
    return c;
  }
  std::streamsize xsputn(const char* text, std::streamsize size) override {
    sink_.Write({text, static_cast<size_t>(size)});
    return size;
  }

 private:
  Sink& sink_;
};

std::string MethodList() {
  std::string text;
  for (const corroboration::MethodInfo& method : corroboration::Methods()) {
    text += fmt::format("{:<18} {}{}\n", method.name, method.summary,
                        method.paper.empty() ? "" : " (" + method.paper + ")");
  }
  return text;
}

// Nobody asked for a tolerance, and it decides which values have a row of their own.
void TellTolerances(const Context& context, const corroboration::TruthTable& table) {
  std::vector<std::uint32_t> numbers(table.attributes.size(), 0);
  std::vector<std::uint32_t> answers(table.attributes.size(), 0);
  for (std::size_t i = 0; i < table.items.size(); ++i) {
    std::set<std::uint32_t> stated;
    for (const auto& claim : table.claims_of(i)) stated.insert(claim.text);
    numbers[table.items[i].attribute] += static_cast<std::uint32_t>(stated.size());
    answers[table.items[i].attribute] +=
        static_cast<std::uint32_t>(table.end_value(i) - table.first_value(i));
  }
  for (std::size_t a = 0; a < table.attributes.size(); ++a) {
    const corroboration::Attribute& attribute = table.attributes[a];
    const bool numeric = attribute.spec.kind == corroboration::ValueKind::kNumber;
    if (!attribute.fitted || !numeric || numbers[a] <= answers[a]) continue;
    context.Note(fmt::format(
        "consil: {}: numbers within {:.2g}% of one another are one answer, named by the most "
        "frequent: {} numbers, {} answers; --kinds FILE with the line \"{}<TAB>num:0:0\" keeps "
        "them "
        "apart",
        attribute.name, 100 * attribute.spec.relative, numbers[a], answers[a], attribute.name));
  }
}

// A kind that is given to nothing is most likely a slip in the attribute's name, which then has
// another kind than was meant.
absl::Status TellUnusedKinds(const Context& context, const std::string& path,
                             const corroboration::TruthTable& table) {
  const auto kinds = corroboration::ReadKindsFile(path);
  if (!kinds.ok()) return kinds.status();
  std::set<std::string_view> known;
  for (const corroboration::Attribute& attribute : table.attributes) known.insert(attribute.name);
  for (const auto& [attribute, kind] : *kinds) {
    if (known.contains(attribute)) continue;
    context.Warn(fmt::format("{}: no claim has the attribute \"{}\"", path, attribute));
  }
  return absl::OkStatus();
}

absl::Status CheckFormat(Format format) {
  if (format == Format::kTable || format == Format::kWide || format == Format::kTsv ||
      format == Format::kJson) {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError("scores are written as -o tsv or -o json");
}

absl::StatusOr<int> ScoreClaims(Context& context, const ScoreOptions& options) {
  if (absl::Status status = CheckFormat(context.format()); !status.ok()) return status;
  auto sink = context.Output(false);
  if (!sink.ok()) return sink.status();
  if (options.list_methods) {
    (*sink)->Write(MethodList());
    return kSuccess;
  }
  if (options.claims.empty()) {
    return absl::InvalidArgumentError(
        "--claims FILE is needed: object, attribute, source, value, time, tab-separated; - is "
        "stdin");
  }
  Progress progress("claims", 0, context.shows_progress());
  size_t seen = 0;
  const auto table = corroboration::ReadTable(options.claims, options.kinds,
                                              [&](const corroboration::ReadProgress& read) {
                                                progress.Advance(read.claims - seen);
                                                seen = read.claims;
                                              });
  progress.Clear();
  if (!table.ok()) return table.status();
  if (table->claims.empty()) {
    context.Warn(fmt::format("{} holds no claims with a value", options.claims));
  }
  if (absl::Status status = TellUnusedKinds(context, options.kinds, *table); !status.ok()) {
    return status;
  }
  TellTolerances(context, *table);
  const auto result = corroboration::ScoreTable(*table, {.method = options.method});
  if (!result.ok()) return result.status();
  SinkBuffer buffer(**sink);
  std::ostream out(&buffer);
  if (context.format() == Format::kJson) {
    corroboration::WriteJson(*table, *result, out);
  } else {
    corroboration::WriteTsv(*table, *result, out);
  }
  return kSuccess;
}

}  // namespace

void AddScore(CLI::App& parent, Context& context) {
  auto options = std::make_shared<ScoreOptions>();
  CLI::App* command = AddCommand(parent, "score",
                                 "Find which of conflicting values are right, from a table of who "
                                 "says what, without any server. "
                                 "Writes object, attribute, value and probability, tab-separated, "
                                 "one row for every candidate value: numbers within the "
                                 "tolerance of their kind are one, named by the most often stated. "
                                 "With -o json also the sources' accuracies and who copies whom.",
                                 "  consil score --claims claims.tsv --kinds kinds.tsv -o tsv\n"
                                 "  consil score --claims claims.tsv -o json --out scores.json\n"
                                 "  consil score --list-methods\n");
  command
      ->add_option("--claims", options->claims,
                   "object, attribute, source, value and, if known, time, tab-separated; a first "
                   "line with these words is skipped; - is stdin")
      ->option_text("FILE");
  command
      ->add_option("--kinds", options->kinds,
                   "attribute, kind: cat, time:T, num:ABS:REL or stance [told by the values]")
      ->option_text("FILE");
  command->add_option("--method", options->method, "one of --list-methods [consilience]")
      ->option_text("NAME");
  command->add_flag("--list-methods", options->list_methods, "name the methods");
  Run(command, context, options, ScoreClaims);
}

}  // namespace consilience::cli
