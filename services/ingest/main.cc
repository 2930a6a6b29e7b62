// consilience-ingest: keeps documents and drives each through extraction and corroboration.
#include "services/ingest/program.h"

int main(int argc, char** argv) { return consilience::ingest::RunProgram(argc, argv); }
