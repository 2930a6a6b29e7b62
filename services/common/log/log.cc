#include "services/common/log/log.h"

#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <nlohmann/json.hpp>
#include <utility>

#include "services/common/errors/error.h"
#include "services/common/errors/grpc_status.h"
#include "services/common/sync/mutex.h"
#include "services/common/text/strings.h"
#include "services/common/time/clock.h"

namespace consilience::common::log {
namespace {

struct State {
  Mutex mutex;
  Options options GUARDED_BY(mutex);
  std::function<void(std::string_view)> sink GUARDED_BY(mutex);
  std::atomic<Level> level{Level::kInfo};
};

State& Global() {
  static auto* const state = new State;
  return *state;
}

std::string& CurrentTrace() {
  thread_local std::string trace;
  return trace;
}

std::string_view Name(Level level) {
  switch (level) {
    case Level::kDebug:
      return "DEBUG";
    case Level::kInfo:
      return "INFO";
    case Level::kWarning:
      return "WARNING";
    case Level::kError:
      break;
  }
  return "ERROR";
}

std::string Json(Level level, std::string_view service, std::string_view message, Fields fields) {
  nlohmann::ordered_json line = {
      {"time", FormatRfc3339(RealClock().Now())}, {"level", Name(level)}, {"message", message}};
  if (!service.empty()) line["service"] = service;
  if (!CurrentTrace().empty()) line["trace_id"] = CurrentTrace();
  for (const Field& field : fields) {
    std::visit([&](const auto& value) { line[std::string(field.name)] = value; }, field.value);
  }
  // Bytes that are not UTF-8 are replaced: a log line must never be the thing that throws.
  return line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

std::string Text(Level level, std::string_view message, Fields fields) {
  const auto time = absl::FormatTime("%H:%M:%E3S", RealClock().Now(), absl::LocalTimeZone());
  std::string line = fmt::format("{} {:<7} {}", time, Name(level), message);
  for (const Field& field : fields) {
    std::visit([&](const auto& value) { line += fmt::format("  {}={}", field.name, value); },
               field.value);
  }
  return line;
}

// A short write of a log line cannot be helped, so it is not retried.
void WriteToStderr(std::string line) {
  line.push_back('\n');
  [[maybe_unused]] const auto written = write(STDERR_FILENO, line.data(), line.size());
}

}  // namespace

Field::Field(std::string_view key, absl::Duration duration)
    : name(key), value(absl::ToDoubleSeconds(duration)) {}

Field::Field(std::string_view key, const absl::Status& status)
    : name(key),
      value(status.ok() ? std::string("OK")
                        : fmt::format("{} {}: {}", CodeName(status.code()), ErrorReason(status),
                                      ToStd(status.message()))) {}

void Configure(const Options& options) {
  State& state = Global();
  const MutexLock lock(state.mutex);
  state.options = options;
  state.level = options.level;
}

void SetSink(std::function<void(std::string_view)> sink) {
  State& state = Global();
  const MutexLock lock(state.mutex);
  state.sink = std::move(sink);
}

void Write(Level level, std::string_view message, Fields fields) {
  State& state = Global();
  if (level < state.level.load(std::memory_order_relaxed)) return;
  const MutexLock lock(state.mutex);
  const bool text =
      state.options.format == Format::kText ||
      (state.options.format == Format::kAuto && !state.sink && isatty(STDERR_FILENO) == 1);
  std::string line =
      text ? Text(level, message, fields) : Json(level, state.options.service, message, fields);
  if (state.sink) {
    state.sink(line);
  } else {
    WriteToStderr(std::move(line));
  }
}

TraceScope::TraceScope(std::string trace_id)
    : previous_(std::exchange(CurrentTrace(), std::move(trace_id))) {}

TraceScope::~TraceScope() { CurrentTrace() = std::move(previous_); }

}  // namespace consilience::common::log
