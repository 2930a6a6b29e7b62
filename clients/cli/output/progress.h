// How far long work has come: a line on stderr that rewrites itself, silent when stderr is no
// terminal.
#ifndef CONSILIENCE_CLIENTS_CLI_OUTPUT_PROGRESS_H_
#define CONSILIENCE_CLIENTS_CLI_OUTPUT_PROGRESS_H_

#include <chrono>
#include <cstddef>
#include <string>

namespace consilience::cli {

// "1,204 of 9,800 documents  12%  310/s  28 s left". Not thread-safe.
class Progress {
 public:
  // `total` 0: unknown.
  Progress(std::string unit, size_t total, bool enabled);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void Advance(size_t done);
  // How much of the work is done, in [0, 1], where that is told otherwise than by counting units.
  void Reach(double fraction) { fraction_ = fraction; }
  // Removes the line, so that a message can be written in its place.
  void Clear();

 private:
  void Draw();

  const std::string unit_;
  const size_t total_;
  const bool enabled_;
  size_t done_ = 0;
  double fraction_ = 0;
  bool drawn_ = false;
  const std::chrono::steady_clock::time_point begin_;
  std::chrono::steady_clock::time_point last_draw_;
};

// The line itself. `seconds` is the time since the start.
std::string ProgressLine(const std::string& unit, size_t done, size_t total, double seconds);
// "1,204 documents  12%  310/s  28 s left", where the number of units is not known.
std::string FractionLine(const std::string& unit, size_t done, double fraction, double seconds);

}  // namespace consilience::cli

#endif  // CONSILIENCE_CLIENTS_CLI_OUTPUT_PROGRESS_H_
