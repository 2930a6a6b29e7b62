// Which fields of a record a table shows, and how.
#ifndef CONSILIENCE_CLIENTS_CLI_RENDER_VIEWS_H_
#define CONSILIENCE_CLIENTS_CLI_RENDER_VIEWS_H_

#include <functional>
#include <string>
#include <vector>

#include "clients/cli/output/table.h"
#include "consilience/corroboration/v1/corroboration_service.pb.h"
#include "consilience/corroboration/v1/source.pb.h"
#include "consilience/ingest/v1/document.pb.h"

namespace consilience::cli {

template <class T>
struct Field {
  Column column;
  std::function<Cell(const T&)> cell;
};

template <class T>
struct View {
  std::vector<Field<T>> fields;
  std::function<std::string(const T&)> name;  // resource name
  std::string none;                           // what to say when there is no record
};

const View<corroboration::v1::Claim>& ClaimsView();
const View<corroboration::v1::Question>& QuestionsView();
const View<corroboration::v1::Source>& SourcesView();
const View<corroboration::v1::SourceDependence>& DependencesView();
const View<corroboration::v1::Revision>& RevisionsView();
const View<ingest::v1::Document>& DocumentsView();
const View<ingest::v1::Passage>& PassagesView();

}  // namespace consilience::cli

#endif  // CONSILIENCE_CLIENTS_CLI_RENDER_VIEWS_H_
