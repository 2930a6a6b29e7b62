// The settings of a service that may keep its records in PostgreSQL.
#ifndef CONSILIENCE_SERVICES_COMMON_STORE_POSTGRES_STORE_OPTIONS_H_
#define CONSILIENCE_SERVICES_COMMON_STORE_POSTGRES_STORE_OPTIONS_H_

#include <string>

#include "services/common/config/settings.h"
#include "services/common/store/postgres/pool.h"

namespace consilience::common::postgres {

struct StoreOptions {
  std::string store;  // as ReadTarget takes it; empty for the embedded store
  int connections = 8;
  std::string installation = "consilience";

  void AddTo(Settings& settings) {
    settings.AddSecret("store", store,
                       "postgres://USER@HOST/DATABASE, or file:PATH of a file that holds it; "
                       "empty for the embedded store.");
    settings.Add("store-connections", connections, "Connections to PostgreSQL, at most.",
                 Bounds{2, 1000});
    settings.Add("store-installation", installation,
                 "Name of the installation; one that finds another's name in its database does not "
                 "start.");
  }
  bool embedded() const { return store.empty(); }
  PoolOptions pool() const {
    PoolOptions options;
    options.connections = connections;
    options.installation = installation;
    return options;
  }
};

}  // namespace consilience::common::postgres

#endif  // CONSILIENCE_SERVICES_COMMON_STORE_POSTGRES_STORE_OPTIONS_H_
