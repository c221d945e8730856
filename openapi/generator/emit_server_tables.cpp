#include "emit.hpp"
namespace ferry::gen {
void emit_server_tables(api const&, std::string const&, file_set&) {}
}
