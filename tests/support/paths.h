// Where things are. Only paths.cc knows the folders, so that every other object file is the same in
// every clone and comes from the compiler cache.
#ifndef CONSILIENCE_TESTS_SUPPORT_PATHS_H_
#define CONSILIENCE_TESTS_SUPPORT_PATHS_H_

#include <string>
#include <string_view>

namespace consilience::testing {

// Absolute path of a program that the build made: "consil".
std::string Binary(std::string_view name);

// Absolute path of a file or folder of the source tree: "seeds/articles".
std::string SourceFile(std::string_view name);

}  // namespace consilience::testing

#endif  // CONSILIENCE_TESTS_SUPPORT_PATHS_H_
