// consilience-extraction: finds what a text asserts and on whose word.
#include "services/extraction/program.h"

int main(int argc, char** argv) { return consilience::extraction::RunProgram(argc, argv); }
