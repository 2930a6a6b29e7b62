# Turns a data file into a C++ source that holds it as text, so that a program finds its data
# wherever it is installed: cmake -DDATA=in.tsv -DNAME=kPageWords -DOUTPUT=out.cc -P embed_data.cmake
file(READ "${DATA}" content)
file(WRITE "${OUTPUT}" "#include <string_view>\n\nnamespace consilience::ingest {\n
extern const std::string_view ${NAME};\nconst std::string_view ${NAME} = R\"data(${content})data\";\n
}  // namespace consilience::ingest\n")
