// What the clients of this folder have in common: a stub of one service, unary calls with deadline
// and token in and StatusOr out, lists as ranges.
#ifndef CONSILIENCE_CLIENTS_CPP_CALL_H_
#define CONSILIENCE_CLIENTS_CPP_CALL_H_

#include <grpcpp/client_context.h>

#include <iterator>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "clients/cpp/connection.h"
#include "clients/cpp/errors.h"
#include "clients/cpp/paging.h"

namespace consilience::client {

// `Stub` is a generated StubInterface; `method` one of its blocking methods.
template <class Stub, class Request, class Response>
absl::StatusOr<Response> Call(const Connection& connection, Service service, Stub& stub,
                              grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                           Response*),
                              const Request& request) {
  grpc::ClientContext context;
  connection.PrepareCall(context);
  Response response;
  const grpc::Status status = (stub.*method)(&context, request, &response);
  if (!status.ok()) return FromCall(status, connection.AddressOf(service));
  return response;
}

// One service's stub on a shared connection. Thread-safe, as stubs are. `Stub` is a generated
// StubInterface.
template <class Stub>
class StubCalls {
 public:
  StubCalls(std::shared_ptr<Connection> connection, Service service, std::unique_ptr<Stub> stub)
      : connection_(std::move(connection)), service_(service), stub_(std::move(stub)) {}

  // `method` is one of the stub's blocking methods.
  template <class Request, class Response>
  absl::StatusOr<Response> Do(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                           Response*),
                              const Request& request) const {
    return Call(*connection_, service_, *stub_, method, request);
  }

  // The items of every page of a List method, from the page that `request` names. `items` picks the
  // repeated field: [](auto& page) { return page.mutable_claims(); }. The range must not outlive
  // this.
  template <class Item, class Request, class Response, class Items>
  PagedRange<Item> List(grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                     Response*),
                        Request request, Items items) const {
    const std::string first_token = request.page_token();
    return PagedRange<Item>([this, method, request = std::move(request), items, first_token](
                                const std::string& token) mutable -> absl::StatusOr<Page<Item>> {
      request.set_page_token(token.empty() ? first_token : token);
      auto response = Do(method, request);
      if (!response.ok()) return response.status();
      auto* fields = items(*response);
      Page<Item> page;
      page.items.assign(std::make_move_iterator(fields->begin()),
                        std::make_move_iterator(fields->end()));
      page.next_page_token = response->next_page_token();
      return page;
    });
  }

  const Connection& connection() const { return *connection_; }
  Stub& stub() const { return *stub_; }

 private:
  const std::shared_ptr<Connection> connection_;
  const Service service_;
  const std::unique_ptr<Stub> stub_;
};

}  // namespace consilience::client

#endif  // CONSILIENCE_CLIENTS_CPP_CALL_H_
