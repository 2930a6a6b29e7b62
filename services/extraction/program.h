// consilience-extraction: finds what a text asserts and on whose word.
#ifndef CONSILIENCE_SERVICES_EXTRACTION_PROGRAM_H_
#define CONSILIENCE_SERVICES_EXTRACTION_PROGRAM_H_

namespace consilience::extraction {

// All that the program does; its exit code.
int RunProgram(int argc, char** argv);

}  // namespace consilience::extraction

#endif  // CONSILIENCE_SERVICES_EXTRACTION_PROGRAM_H_
