// What the commands share: how they are added, how lists are asked for and written.
#ifndef CONSILIENCE_CLIENTS_CLI_COMMANDS_SUPPORT_H_
#define CONSILIENCE_CLIENTS_CLI_COMMANDS_SUPPORT_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "CLI/CLI.hpp"
#include "clients/cli/context.h"
#include "clients/cli/exit_code.h"
#include "clients/cli/render/views.h"
#include "clients/cpp/paging.h"
#include "google/protobuf/timestamp.pb.h"

namespace consilience::cli {

// `examples`: lines of two spaces, a command that runs as it stands, and a newline.
CLI::App* AddCommand(CLI::App& parent, const std::string& name, const std::string& description,
                     const std::string& examples);

// What to run when the command was named.
template <class Options>
void Run(CLI::App* command, Context& context, std::shared_ptr<Options> options,
         absl::StatusOr<int> (*run)(Context&, const Options&)) {
  command->callback([&context, options = std::move(options), run] {
    context.action = [options, run](Context& running) { return run(running, *options); };
  });
}

// "a AND b AND c" in the filter language of the API.
class FilterBuilder {
 public:
  explicit FilterBuilder(std::string filter = "") { AndRaw(std::move(filter)); }
  // Nothing happens when `value` is empty. `op`: "=", ":", ">=" …
  FilterBuilder& And(std::string_view field, std::string_view op, std::string_view value);
  // An upper-snake word of the API, given in any case and with dashes or spaces: "single origin".
  FilterBuilder& AndWord(std::string_view field, std::string_view word);
  FilterBuilder& AndRaw(std::string filter);
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

// "single-origin" → "SINGLE_ORIGIN".
std::string UpperSnake(std::string_view word);

// An instant: RFC 3339, a day, "now", or an age such as "2h" or "7d" before `now`. INVALID_ARGUMENT
// names the flag.
absl::StatusOr<google::protobuf::Timestamp> ParseInstant(std::string_view text,
                                                         std::string_view flag);

// What --as-of means, for help texts.
extern const char kAsOfHelp[];

// An ISO day that exists; empty is fine.
absl::Status CheckDay(std::string_view day, std::string_view flag);

// Whole numbers from 0, or from 1; for counts.
const CLI::Validator& NotNegative();
const CLI::Validator& Positive();

// What happened, and what somebody merely said, as conditions of the filter language.
extern const char kFacts[];
extern const char kSpeech[];

struct ListOptions {
  std::string filter;
  std::string order_by;
  std::int64_t limit = 0;      // 0: all
  std::int32_t page_size = 0;  // 0: the server's choice, or the limit
};
void AddListOptions(CLI::App* command, ListOptions& options, const std::string& fields,
                    const std::string& orders);
// Whether a list is for reading and nobody asked for another order: then facts stand before speech.
// `kind`: the value of --kind.
bool FactsFirst(const Context& context, const ListOptions& options, const std::string& kind);
// What to ask the server for, so that a short list is one call.
std::int32_t PageSize(const ListOptions& options);

// What was asked for in words, when the past of a list was.
std::string AsKnown(const std::string& filter, const std::string& as_of);

// Lists that are written as one, each asked for when those before it are through.
template <class T>
using Lists = std::vector<std::function<client::PagedRange<T>()>>;

// Writes every record, at most `limit` of them (0: all). `filter` is what was asked for, told when
// nothing fits it.
template <class T>
absl::StatusOr<int> WriteLists(Context& context, const Lists<T>& lists, const View<T>& view,
                               std::int64_t limit, const std::string& filter = "") {
  auto sink = context.Output(context.is_text());
  if (!sink.ok()) return sink.status();
  std::vector<Column> columns;
  for (const auto& field : view.fields) columns.push_back(field.column);
  RecordWriter writer(**sink, context.format(), columns, context.width(), context.palette());
  const auto full = [&] { return limit > 0 && static_cast<std::int64_t>(writer.count()) == limit; };
  for (size_t i = 0; i < lists.size() && !full(); ++i) {
    client::PagedRange<T> range = lists[i]();
    for (absl::StatusOr<T>& item : range) {
      if (!item.ok()) {
        writer.Finish();
        return item.status();
      }
      Record record;
      for (const auto& field : view.fields) record.cells.push_back(field.cell(*item));
      record.message = &*item;
      record.name = view.name(*item);
      writer.Write(record);
      if (full()) break;
    }
  }
  writer.Finish();
  if (writer.count() == 0 && context.is_text()) {
    context.Note(filter.empty() ? view.none : view.none + "\n  The filter was: " + filter);
  }
  return kSuccess;
}

template <class T>
absl::StatusOr<int> WriteList(Context& context, client::PagedRange<T> range, const View<T>& view,
                              std::int64_t limit, const std::string& filter = "") {
  return WriteLists<T>(context, {[&range] { return std::move(range); }}, view, limit, filter);
}

}  // namespace consilience::cli

#endif  // CONSILIENCE_CLIENTS_CLI_COMMANDS_SUPPORT_H_
