// consilience-corroboration: scores claims by how many independent witnesses agree.
#include "services/corroboration/program.h"

int main(int argc, char** argv) { return consilience::corroboration::RunProgram(argc, argv); }
