// consilience-ingest: keeps documents and drives each through extraction and corroboration.
#ifndef CONSILIENCE_SERVICES_INGEST_PROGRAM_H_
#define CONSILIENCE_SERVICES_INGEST_PROGRAM_H_

namespace consilience::ingest {

// All that the program does; its exit code.
int RunProgram(int argc, char** argv);

}  // namespace consilience::ingest

#endif  // CONSILIENCE_SERVICES_INGEST_PROGRAM_H_
