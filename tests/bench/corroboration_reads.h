// What reading claims costs.
#ifndef CONSILIENCE_TESTS_BENCH_CORROBORATION_READS_H_
#define CONSILIENCE_TESTS_BENCH_CORROBORATION_READS_H_

#include <cstdint>

#include "services/corroboration/engine/engine.h"

namespace consilience::corroboration::bench {

// Prints a line for each kind of read: p50 and p99 of it in µs. The corpus is that many documents.
void ReportReads(Engine& engine, int64_t documents);

}  // namespace consilience::corroboration::bench

#endif  // CONSILIENCE_TESTS_BENCH_CORROBORATION_READS_H_
