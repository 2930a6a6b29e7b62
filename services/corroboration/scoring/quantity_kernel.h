// What the words around a number say about the true number, as a kernel over the number line.
//
// A kernel is 1 on its plateau, falls off on either side, and is never above 1; it answers "how
// well does a true count of x fit these words?". A bound is one-sided: "more than 100" fits 101
// fully, 141 still (e^−1.64), 200 barely (e^−4). Kernels are unimodal, so how well two statements
// fit one another is the height of their intersection (Zadeh's consistency of two possibility
// distributions).
#ifndef CONSILIENCE_SERVICES_CORROBORATION_SCORING_QUANTITY_KERNEL_H_
#define CONSILIENCE_SERVICES_CORROBORATION_SCORING_QUANTITY_KERNEL_H_

#include <optional>

namespace consilience::corroboration {

struct KernelOptions {
  double bound_share = 0.25;   // scale of the decay beyond a bound, as a share of the bound
  double approx_share = 0.10;  // standard deviation of "about X", as a share of X
  double vague_share = 0.25;   // scale of the decay beyond the ends of "dozens", a share of the end
  double vague_reach = 4.0;    // "dozens" without an upper end reaches to this many times its lower
  double absolute = 0.0;       // exact figures are equal within max(absolute, relative · |x|)
  double relative = 0.0;
  double step = 1.0;          // unit of a count: "more than 140" begins at 141; 0 for a measure
  double agree_above = 0.05;  // statements compete when their consistency is at or under this
};

// A stated quantity: an interval with the manner of its ends. Absent bounds are unbounded.
struct QuantityWords {
  std::optional<double> lower = std::nullopt;
  std::optional<double> upper = std::nullopt;
  bool lower_open = false;   // "more than"
  bool upper_open = false;   // "fewer than"
  bool approximate = false;  // "about", "some", "almost"
  bool vague = false;        // "dozens", "hundreds"
};

class QuantityKernel {
 public:
  QuantityKernel(const QuantityWords& words, const KernelOptions& options);

  // In [0, 1].
  double At(double x) const;

  // The plateau, where the kernel is 1; infinite when the words bound nothing.
  double plateau_low() const { return low_; }
  double plateau_high() const { return high_; }

 private:
  enum class Fall { kCliff, kExponential, kGaussian };

  static double FallOff(Fall fall, double distance, double scale);

  double low_;
  double high_;
  Fall below_ = Fall::kCliff;
  Fall above_ = Fall::kCliff;
  double below_scale_ = 0.0;
  double above_scale_ = 0.0;
};

// Height of the intersection, sup over x of min(a(x), b(x)), in [0, 1]; symmetric.
double Consistency(const QuantityKernel& a, const QuantityKernel& b);

// Whether two statements about one quantity compete: their consistency is at or under the
// threshold.
bool Compete(const QuantityKernel& a, const QuantityKernel& b, const KernelOptions& options);

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_SCORING_QUANTITY_KERNEL_H_
