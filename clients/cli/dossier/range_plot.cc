#include "clients/cli/dossier/range_plot.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <vector>

#include "absl/time/civil_time.h"
#include "clients/cli/dossier/html_text.h"
#include "clients/cli/output/text_width.h"
#include "clients/cli/render/numbers.h"
#include "clients/cli/render/words.h"
#include "fmt/format.h"

namespace consilience::cli {
namespace {

constexpr double kWidth = 900;
constexpr double kHeight = 360;
constexpr double kLeft = 80;
constexpr double kRight = 880;
constexpr double kTop = 20;
constexpr double kBottom = 310;
// Beyond this ratio of greatest to smallest value a linear axis would squeeze the small ones flat.
constexpr double kLogRatio = 20;

// Labels of one answer keep this far apart.
constexpr double kLabelWidth = 330;

struct Mark {
  int answer = 0;
  std::string day;  // ISO; empty when unknown
  double from = 0;
  double to = 0;
  bool open_above = false;
  bool open_below = false;
  std::string who;
  std::string what;
};

std::string DayOf(const corroboration::v1::ClaimAssertion& assertion) {
  return assertion.time().to().empty() ? assertion.publication_date() : assertion.time().to();
}

std::vector<Mark> MarksOf(const Dossier& dossier) {
  std::vector<Mark> marks;
  const auto witnesses = WitnessByAssertion(dossier);
  for (size_t i = 0; i < dossier.answers.size(); ++i) {
    for (const auto& assertion : dossier.answers[i].claim.assertions()) {
      const auto& quantity = assertion.quantity();
      if (!quantity.has_lower() && !quantity.has_upper()) continue;
      Mark mark;
      mark.answer = static_cast<int>(i);
      mark.day = DayOf(assertion);
      mark.from = quantity.has_lower() ? quantity.lower() : quantity.upper();
      mark.to = quantity.has_upper() ? quantity.upper() : quantity.lower();
      mark.open_above = !quantity.has_upper();
      mark.open_below = !quantity.has_lower();
      const auto witness = witnesses.find(assertion.name());
      mark.who = witness != witnesses.end() ? witness->second : ChainOf(assertion.attribution());
      mark.what = ShortQuantity(quantity);
      marks.push_back(std::move(mark));
    }
  }
  return marks;
}

// Maps values and days to the plane.
class Axes {
 public:
  explicit Axes(const std::vector<Mark>& marks) {
    for (const Mark& mark : marks) {
      low_ = std::min(low_, mark.from);
      high_ = std::max(high_, mark.to);
      absl::CivilDay day;
      if (!mark.day.empty() && absl::ParseCivilTime(mark.day, &day)) days_.insert(day);
    }
    log_ = low_ > 0 && high_ / low_ > kLogRatio;
    if (!log_ && low_ > 0 && low_ / high_ < 0.9) low_ = 0;
    if (high_ <= low_) {
      low_ = low_ > 1 ? low_ * 0.8 : 0;
      high_ = high_ * 1.2 + 1;
    } else if (!log_) {
      high_ += (high_ - low_) * 0.1;
    }
  }

  double Y(double value) const {
    const auto scaled = [this](double v) { return log_ ? std::log10(v) : v; };
    const double share = (scaled(value) - scaled(low_)) / (scaled(high_) - scaled(low_));
    return kBottom - share * (kBottom - kTop);
  }

  double X(const std::string& iso_day) const {
    absl::CivilDay day;
    if (days_.empty() || iso_day.empty() || !absl::ParseCivilTime(iso_day, &day)) return kLeft + 20;
    const double span = static_cast<double>(*days_.rbegin() - *days_.begin());
    if (span <= 0) return kLeft + (kRight - kLeft) / 3;
    const double share = static_cast<double>(day - *days_.begin()) / span;
    return kLeft + 30 + share * (kRight - kLeft - 60);
  }

  std::vector<double> Ticks() const {
    std::vector<double> ticks;
    if (log_) {
      const int last = static_cast<int>(std::floor(std::log10(high_)));
      for (int power = static_cast<int>(std::ceil(std::log10(low_))); power <= last; ++power) {
        ticks.push_back(std::pow(10, power));
      }
      return ticks;
    }
    const double rough = (high_ - low_) / 5;
    const double magnitude = std::pow(10, std::floor(std::log10(rough)));
    const double step = magnitude * (rough / magnitude > 5 ? 10 : rough / magnitude > 2 ? 5 : 2);
    const auto last = static_cast<int64_t>(std::floor(high_ / step));
    for (auto i = static_cast<int64_t>(std::ceil(low_ / step)); i <= last; ++i) {
      ticks.push_back(static_cast<double>(i) * step);
    }
    return ticks;
  }
  const std::set<absl::CivilDay>& days() const { return days_; }

 private:
  double low_ = 1e300;
  double high_ = -1e300;
  bool log_ = false;
  std::set<absl::CivilDay> days_;
};

std::string Grid(const Axes& axes) {
  std::string svg;
  for (const double tick : axes.Ticks()) {
    svg += fmt::format(
        "<line class=\"grid\" x1=\"{0}\" x2=\"{1}\" y1=\"{2:.1f}\" y2=\"{2:.1f}\"/>"
        "<text x=\"{3}\" y=\"{4:.1f}\" text-anchor=\"end\">{5}</text>\n",
        kLeft, kRight, axes.Y(tick), kLeft - 8, axes.Y(tick) + 4, WithThousands(tick));
  }
  double last = -1e9;
  for (const absl::CivilDay day : axes.days()) {
    const std::string iso = fmt::format("{:04}-{:02}-{:02}", day.year(), day.month(), day.day());
    const double x = axes.X(iso);
    if (x - last < 90) continue;  // a label's width
    last = x;
    svg += fmt::format("<text x=\"{:.1f}\" y=\"{}\" text-anchor=\"middle\">{}</text>\n", x,
                       kBottom + 24, Day(iso));
  }
  return svg;
}

std::string Stroke(const Axes& axes, const Mark& mark, double shift, bool labelled) {
  const double x = axes.X(mark.day) + shift;
  const double top = mark.open_above ? std::max(axes.Y(mark.to) - 40, kTop) : axes.Y(mark.to);
  const double bottom =
      mark.open_below ? std::min(axes.Y(mark.from) + 40, kBottom) : axes.Y(mark.from);
  std::string svg = fmt::format("<g class=\"a{}\"><title>{}: {}, {}</title>", mark.answer % 6,
                                Escaped(mark.who), Escaped(mark.what), Escaped(Day(mark.day)));
  svg += fmt::format(
      "<line class=\"mark\" x1=\"{0:.1f}\" x2=\"{0:.1f}\" y1=\"{1:.1f}\" y2=\"{2:.1f}\"/>", x, top,
      bottom);
  if (mark.open_above) {
    svg += fmt::format("<path d=\"M{:.1f} {:.1f} l-5 8 h10 z\"/>", x, top - 4);
  }
  if (mark.open_below) {
    svg += fmt::format("<path d=\"M{:.1f} {:.1f} l-5 -8 h10 z\"/>", x, bottom + 4);
  }
  svg += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"5\"/>", x,
                     axes.Y(mark.open_below ? mark.to : mark.from));
  if (labelled) {
    // Towards the middle, where there is room.
    const bool left = x > kLeft + 0.6 * (kRight - kLeft);
    svg +=
        fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"{}\">{} · {}</text>",
                    left ? x - 9 : x + 9, axes.Y(mark.open_below ? mark.to : mark.from) + 4,
                    left ? "end" : "start", Escaped(mark.what), Escaped(Truncated(mark.who, 40)));
  }
  return svg + "</g>\n";
}

}  // namespace

std::string RangePlot(const Dossier& dossier, const std::string& id) {
  const std::vector<Mark> marks = MarksOf(dossier);
  if (marks.empty()) return "";
  const Axes axes(marks);
  std::string svg = fmt::format(
      "<svg viewBox=\"0 0 {} {}\" role=\"img\" aria-labelledby=\"{}\">"
      "<title id=\"{}\">The stated figures over time; the table of answers says the same in "
      "words</title>\n",
      kWidth, kHeight, id, id);
  svg += Grid(axes);
  std::map<int, double> labelled;     // by answer: where its last label stands
  std::map<std::string, int> on_day;  // strokes of one day stand beside each other
  for (const Mark& mark : marks) {
    const double shift = on_day[mark.day]++ * 7.0;
    const double x = axes.X(mark.day) + shift;
    const auto last = labelled.find(mark.answer);
    const bool room = last == labelled.end() || std::fabs(x - last->second) > kLabelWidth;
    if (room) labelled[mark.answer] = x;
    svg += Stroke(axes, mark, shift, room);
  }
  return svg + "</svg>\n";
}

}  // namespace consilience::cli
