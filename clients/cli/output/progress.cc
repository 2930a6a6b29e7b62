#include "clients/cli/output/progress.h"

#include <unistd.h>

#include <cstdio>
#include <utility>

#include "clients/cli/interrupt.h"
#include "clients/cli/render/numbers.h"
#include "fmt/format.h"

namespace consilience::cli {
namespace {

constexpr auto kRedrawEvery = std::chrono::milliseconds(100);

std::string TimeLeft(double seconds) {
  const auto whole = static_cast<long>(seconds + 0.5);
  if (whole < 60) return fmt::format("{} s left", whole);
  if (whole < 3600) return fmt::format("{} min {:02} s left", whole / 60, whole % 60);
  return fmt::format("{} h {:02} min left", whole / 3600, whole / 60 % 60);
}

}  // namespace

std::string ProgressLine(const std::string& unit, size_t done, size_t total, double seconds) {
  const double rate = seconds > 0 ? static_cast<double>(done) / seconds : 0;
  const std::string count = WithThousands(static_cast<double>(done));
  if (total == 0) return fmt::format("{} {}  {:.0f}/s", count, unit, rate);
  std::string line =
      fmt::format("{} of {} {}  {}%  {:.0f}/s", count, WithThousands(static_cast<double>(total)),
                  unit, 100 * done / total, rate);
  if (rate > 0 && done < total) {
    line += "  " + TimeLeft(static_cast<double>(total - done) / rate);
  }
  return line;
}

std::string FractionLine(const std::string& unit, size_t done, double fraction, double seconds) {
  std::string line =
      fmt::format("{} {}  {:.0f}%  {:.0f}/s", WithThousands(static_cast<double>(done)), unit,
                  100 * fraction, seconds > 0 ? static_cast<double>(done) / seconds : 0);
  if (fraction > 0 && fraction < 1) line += "  " + TimeLeft(seconds * (1 - fraction) / fraction);
  return line;
}

Progress::Progress(std::string unit, size_t total, bool enabled)
    : unit_(std::move(unit)),
      total_(total),
      enabled_(enabled),
      begin_(std::chrono::steady_clock::now()),
      last_draw_(begin_) {}

Progress::~Progress() { Clear(); }

void Progress::Advance(size_t done) {
  done_ += done;
  if (enabled_ && std::chrono::steady_clock::now() - last_draw_ >= kRedrawEvery) Draw();
}

void Progress::Draw() {
  last_draw_ = std::chrono::steady_clock::now();
  const double seconds = std::chrono::duration<double>(last_draw_ - begin_).count();
  ClearLineOnInterrupt(true);
  const std::string line = fraction_ > 0 ? FractionLine(unit_, done_, fraction_, seconds)
                                         : ProgressLine(unit_, done_, total_, seconds);
  std::fputs(("\r\033[K" + line).c_str(), stderr);
  std::fflush(stderr);
  drawn_ = true;
}

void Progress::Clear() {
  if (!drawn_) return;
  std::fputs("\r\033[K", stderr);
  std::fflush(stderr);
  ClearLineOnInterrupt(false);
  drawn_ = false;
}

}  // namespace consilience::cli
