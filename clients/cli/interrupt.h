// Ctrl-C: the terminal is left clean, half-written files are removed, the exit code says so.
#ifndef CONSILIENCE_CLIENTS_CLI_INTERRUPT_H_
#define CONSILIENCE_CLIENTS_CLI_INTERRUPT_H_

#include <sys/types.h>

#include <string>

namespace consilience::cli {

// SIGINT and SIGTERM end the process with 130 and 143; SIGPIPE becomes an error of write(). Call
// once, first.
void HandleSignals();

// The file to remove when interrupted; "" when there is none any more. At most one at a time.
void RemoveOnInterrupt(const std::string& path);

// The pager that is to be left alone with the terminal when interrupted: the pipe to it is closed
// and its end awaited. 0 when there is none any more.
void LeaveToPagerOnInterrupt(pid_t pager, int pipe);

// Something half-written stands on the last line of the terminal behind stderr; it is cleared when
// interrupted.
void ClearLineOnInterrupt(bool clear);

// Writes this to stderr when the program is ended by a signal. `words` must live as long as the
// program; null for nothing.
void SayOnInterrupt(const char* words);

}  // namespace consilience::cli

#endif  // CONSILIENCE_CLIENTS_CLI_INTERRUPT_H_
