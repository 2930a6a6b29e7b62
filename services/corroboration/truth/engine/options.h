// The numbers of our engine that are not fitted from the table at hand.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_TRUTH_ENGINE_OPTIONS_H_
#define CONSILIENCE_SERVICES_CORROBORATION_TRUTH_ENGINE_OPTIONS_H_

#include <cstddef>

#include "services/corroboration/scoring/accuracy.h"

namespace consilience::corroboration {

// A Beta distribution over a rate.
struct BetaShape {
  double a = 1.0;
  double b = 1.0;
};

struct EngineOptions {
  // Of a source before it is seen.
  BetaPrior accuracy{0.8, 4.0};

  // The most that a source's record elsewhere weighs in each attribute, in statements.
  double family_strength = 100.0;

  // Accuracies stay between these, so that no source alone decides.
  double least_accuracy = 0.02;
  double most_accuracy = 0.99;

  // The most that one origin can add to the log-odds of an answer.
  double weight_cap = 8.0;

  // Republishing: a pair must share this many items on which sources differ.
  std::size_t min_overlap = 3;

  // Prior probability that of two sources one republishes the other.
  double republishing_prior = 0.02;

  // Two sources that answer exactly the same items: this many of them double the prior odds.
  double coverage_doubling = 20.0;

  // Share of contested items on which a republisher agrees to the letter with its source: .99 on
  // average.
  BetaShape republisher_rate{100.0, 1.0};

  // The same of two sources that work for themselves: .7 on average, and anything up to .95.
  BetaShape honest_rate{5.0, 2.0};

  // From this probability on two sources are one witness: of fifty copies each would otherwise add
  // its remaining doubt.
  double one_witness_above = 0.9;

  // Copying in part: the share of its statements that a copier takes over, and the prior
  // probability that of two sources one copies the other.
  double copy_rate = 0.8;
  double copying_prior = 0.02;

  // From this probability on two sources count as dependent.
  double copying_above = 0.5;

  // Copying in part is believed where the other errors then scatter, in every attribute, over this
  // many times as many values as before, and where the log-evidence falls by no more than this
  // share. Copiers among independent sources multiply n by two to three; popular misconceptions,
  // which tempt sources to err alike without copying, by less than 1.3.
  double copying_scatter = 2.0;
  double copying_cost = 0.25;

  // Items from which copying is told, and how often it is looked for.
  std::size_t copy_items = 20000;
  int copy_passes = 2;

  // Imagined collisions of false values that pull the fitted number of false values towards the
  // estimate from pairs, and that towards 1.
  double collision_strength = 10.0;
  double most_false_values = 200.0;

  // Distinct inexact values that right sources scatter over.
  double scatter = 3.0;

  // A set that lacks elements speaks for a fuller one that contains it with this log-odds an
  // origin.
  double omission_weight = 0.3;

  // Share of the measured correlation of errors by which the log-odds of an item are damped. Half:
  // what makes a question hard for all raises its wrong answers and its doubts alike.
  double correlation_share = 0.5;

  // Labels: answers of an attribute with at most so many texts, over at least so many items, and
  // so many for each label.
  std::size_t most_labels = 20;
  std::size_t least_label_items = 50;
  std::size_t items_per_label = 10;

  // How much the rows of all sources weigh in those of each, in answers. Between 20 and 150 it
  // makes little difference; below, sources with few answers are believed to err in ways that they
  // do not.
  double label_strength = 50.0;
  int label_rounds = 30;

  int max_rounds = 20;      // of one estimation
  int trial_rounds = 6;     // of each start, before the likeliest goes on
  double converged = 1e-4;  // largest change of an accuracy
};

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_TRUTH_ENGINE_OPTIONS_H_
