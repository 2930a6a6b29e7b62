// The registry of everyone who can assert something.
#ifndef CONSILIENCE_CLIENTS_CPP_SOURCES_CLIENT_H_
#define CONSILIENCE_CLIENTS_CPP_SOURCES_CLIENT_H_

#include <memory>

#include "absl/status/statusor.h"
#include "clients/cpp/paging.h"
#include "consilience/corroboration/v1/source_service.pb.h"

namespace consilience::client {

class Connection;

// The methods of SourceService; each is documented in its .proto. Thread-safe.
class SourcesClient {
 public:
  explicit SourcesClient(std::shared_ptr<Connection> connection);
  ~SourcesClient();

  absl::StatusOr<corroboration::v1::Source> CreateSource(
      const corroboration::v1::CreateSourceRequest& request) const;
  absl::StatusOr<corroboration::v1::Source> GetSource(
      const corroboration::v1::GetSourceRequest& request) const;
  PagedRange<corroboration::v1::Source> ListSources(
      const corroboration::v1::ListSourcesRequest& request) const;
  absl::StatusOr<corroboration::v1::Source> UpdateSource(
      const corroboration::v1::UpdateSourceRequest& request) const;
  absl::StatusOr<corroboration::v1::Source> MergeSources(
      const corroboration::v1::MergeSourcesRequest& request) const;
  PagedRange<corroboration::v1::SourceDependence> GetSourceDependence(
      const corroboration::v1::GetSourceDependenceRequest& request) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace consilience::client

#endif  // CONSILIENCE_CLIENTS_CPP_SOURCES_CLIENT_H_
