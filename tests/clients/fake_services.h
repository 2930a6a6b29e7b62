// The services as a small script: a few claims about one event, served in process, so that the
// command line can be tested without the real engine.
#ifndef CONSILIENCE_TESTS_CLIENTS_FAKE_SERVICES_H_
#define CONSILIENCE_TESTS_CLIENTS_FAKE_SERVICES_H_

#include <memory>
#include <string>

#include "consilience/corroboration/v1/explanation.pb.h"

namespace consilience::testing {

// Two witnesses for "141", a competing answer, no cap; the score is the one that the formula gives.
corroboration::v1::Explanation SampleExplanation();

// Serves ingest, corroboration and sources on a free loopback port:
//   claims/c0 … c6 in pages of at most three, claims/c0 explained, questions/q0 with all of them;
//   claims/missing NOT_FOUND, claims/secret PERMISSION_DENIED, claims/slow never in time;
//   a filter with the field `colour` INVALID_ARGUMENT with a field violation.
//   Ingest accepts what is not empty, knows a text again, and records at once.
class FakeServices {
 public:
  // `assertions`: how many each claim has in the FULL view.
  explicit FakeServices(int assertions = 2);
  ~FakeServices();

  // HOST:PORT.
  const std::string& address() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace consilience::testing

#endif  // CONSILIENCE_TESTS_CLIENTS_FAKE_SERVICES_H_
