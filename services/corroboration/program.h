// consilience-corroboration: scores claims by how many independent witnesses agree.
#ifndef CONSILIENCE_SERVICES_CORROBORATION_PROGRAM_H_
#define CONSILIENCE_SERVICES_CORROBORATION_PROGRAM_H_

namespace consilience::corroboration {

// All that the program does; its exit code.
int RunProgram(int argc, char** argv);

}  // namespace consilience::corroboration

#endif  // CONSILIENCE_SERVICES_CORROBORATION_PROGRAM_H_
