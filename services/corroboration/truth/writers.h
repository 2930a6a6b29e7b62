// A result as text.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_TRUTH_WRITERS_H_
#define CONSILIENCE_SERVICES_CORROBORATION_TRUTH_WRITERS_H_

#include <ostream>

#include "services/corroboration/truth/result.h"
#include "services/corroboration/truth/table.h"

namespace consilience::corroboration {

// One row a candidate: object, attribute, value, probability with six decimals; tab-separated, no
// header. Items by object, then attribute; within an item numbers ascending, texts bytewise, and
// `true` before `false`. A value that its sources have all replaced by a later one has a row with
// probability 0.
void WriteTsv(const TruthTable& table, const TruthResult& result, std::ostream& out);

// One object: method, rounds, attributes (kind, fitted error model and, of labels, what each
// source says where which is so), sources (accuracy, claims),
// dependence, values (the rows of WriteTsv with their effective origins). Bytes that are not UTF-8
// become U+FFFD.
void WriteJson(const TruthTable& table, const TruthResult& result, std::ostream& out);

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_TRUTH_WRITERS_H_
