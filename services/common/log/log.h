// Structured logs on stderr: one JSON object a line, or text a person reads when stderr is a
// terminal.
//
//   log::Info("document accepted", {{"document", name}, {"bytes", size}});
//
// Every line carries time, level, message and, inside a call, its trace id. Thread-safe; a line is
// written by one write(2). No document text, token or password is ever a field.
#ifndef CONSILIENCE_SERVICES_COMMON_LOG_LOG_H_
#define CONSILIENCE_SERVICES_COMMON_LOG_LOG_H_

#include <concepts>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace consilience::common::log {

enum class Level { kDebug, kInfo, kWarning, kError };
enum class Format { kAuto, kJson, kText };

struct Field {
  Field(std::string_view key, std::string_view text) : name(key), value(std::string(text)) {}
  Field(std::string_view key, const char* text) : name(key), value(std::string(text)) {}
  Field(std::string_view key, bool flag) : name(key), value(flag) {}
  Field(std::string_view key, double number) : name(key), value(number) {}
  template <std::integral Number>
  requires(!std::same_as<Number, bool>) Field(std::string_view key, Number number)
      : name(key), value(static_cast<int64_t>(number)) {}
  Field(std::string_view key, absl::Duration duration);  // in seconds
  Field(std::string_view key, const absl::Status& status);

  std::string_view name;
  std::variant<std::string, bool, double, int64_t> value;
};

using Fields = std::initializer_list<Field>;

struct Options {
  Level level = Level::kInfo;     // lines below are dropped
  Format format = Format::kAuto;  // kAuto: text when stderr is a terminal
  std::string service;            // a field of every line when not empty
};

// Once, before threads start.
void Configure(const Options& options);
// Takes every line, without its end, in place of stderr; an empty function gives stderr back. For
// tests.
void SetSink(std::function<void(std::string_view line)> sink);

void Write(Level level, std::string_view message, Fields fields = {});
inline void Debug(std::string_view message, Fields fields = {}) {
  Write(Level::kDebug, message, fields);
}
inline void Info(std::string_view message, Fields fields = {}) {
  Write(Level::kInfo, message, fields);
}
inline void Warning(std::string_view message, Fields fields = {}) {
  Write(Level::kWarning, message, fields);
}
inline void Error(std::string_view message, Fields fields = {}) {
  Write(Level::kError, message, fields);
}

// The trace id of what this thread is doing, until the scope ends. Scopes nest.
class TraceScope {
 public:
  explicit TraceScope(std::string trace_id);
  ~TraceScope();
  TraceScope(const TraceScope&) = delete;
  TraceScope& operator=(const TraceScope&) = delete;

 private:
  std::string previous_;
};

}  // namespace consilience::common::log

#endif  // CONSILIENCE_SERVICES_COMMON_LOG_LOG_H_
