// An HTTP server that says exactly what a test tells it to, well-formed or not.
#ifndef CONSILIENCE_TESTS_SUPPORT_SCRIPTED_HTTP_H_
#define CONSILIENCE_TESTS_SUPPORT_SCRIPTED_HTTP_H_

#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace consilience::testing {

// What is written to the connection, after which it is closed: `pieces` one after the other, with
// `pause` before each but the first.
struct ScriptedAnswer {
  std::vector<std::string> pieces;
  std::chrono::milliseconds pause{0};
};

// One connection at a time, on a free port of the loopback.
class ScriptedHttp {
 public:
  // `answer` is given the head of the request. It is called on the server's thread.
  explicit ScriptedHttp(std::function<ScriptedAnswer(const std::string& request)> answer);
  ~ScriptedHttp();
  ScriptedHttp(const ScriptedHttp&) = delete;
  ScriptedHttp& operator=(const ScriptedHttp&) = delete;

  // "http://127.0.0.1:PORT" and `path`.
  std::string Url(const std::string& path, const std::string& host = "127.0.0.1") const;
  std::vector<std::string> Requests() const;

 private:
  void Run();
  void Serve(int connection);

  const std::function<ScriptedAnswer(const std::string&)> answer_;
  int listener_ = -1;
  int port_ = 0;
  std::atomic<bool> stopping_{false};
  mutable std::mutex mutex_;
  std::vector<std::string> requests_;
  std::thread thread_;
};

// A well-formed answer with its true length.
std::string HttpOk(const std::string& body, const std::string& headers = "");

}  // namespace consilience::testing

#endif  // CONSILIENCE_TESTS_SUPPORT_SCRIPTED_HTTP_H_
