#include "clients/cpp/sources_client.h"

#include <utility>

#include "clients/cpp/call.h"
#include "consilience/corroboration/v1/source_service.grpc.pb.h"

namespace consilience::client {

namespace api = corroboration::v1;
using Stub = api::SourceService::StubInterface;

struct SourcesClient::Impl {
  std::shared_ptr<Connection> connection;
  std::unique_ptr<Stub> stub;

  template <class Request, class Response>
  absl::StatusOr<Response> Do(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                           Response*),
                              const Request& request) const {
    return Call(*connection, Service::kCorroboration, *stub, method, request);
  }
};

SourcesClient::SourcesClient(std::shared_ptr<Connection> connection)
    : impl_(std::make_unique<Impl>()) {
  impl_->stub = api::SourceService::NewStub(connection->ChannelTo(Service::kCorroboration));
  impl_->connection = std::move(connection);
}

SourcesClient::~SourcesClient() = default;

absl::StatusOr<api::Source> SourcesClient::CreateSource(
    const api::CreateSourceRequest& request) const {
  return impl_->Do(&Stub::CreateSource, request);
}

absl::StatusOr<api::Source> SourcesClient::GetSource(const api::GetSourceRequest& request) const {
  return impl_->Do(&Stub::GetSource, request);
}

PagedRange<api::Source> SourcesClient::ListSources(const api::ListSourcesRequest& request) const {
  return Pages<api::Source>(
      request,
      [this](const api::ListSourcesRequest& page) { return impl_->Do(&Stub::ListSources, page); },
      [](api::ListSourcesResponse& page) { return page.mutable_sources(); });
}

absl::StatusOr<api::Source> SourcesClient::UpdateSource(
    const api::UpdateSourceRequest& request) const {
  return impl_->Do(&Stub::UpdateSource, request);
}

absl::StatusOr<api::Source> SourcesClient::MergeSources(
    const api::MergeSourcesRequest& request) const {
  return impl_->Do(&Stub::MergeSources, request);
}

PagedRange<api::SourceDependence> SourcesClient::GetSourceDependence(
    const api::GetSourceDependenceRequest& request) const {
  return Pages<api::SourceDependence>(
      request,
      [this](const api::GetSourceDependenceRequest& page) {
        return impl_->Do(&Stub::GetSourceDependence, page);
      },
      [](api::GetSourceDependenceResponse& page) { return page.mutable_dependences(); });
}

}  // namespace consilience::client
