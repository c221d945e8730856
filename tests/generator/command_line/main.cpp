// The whole program of a description of one's own.
#include <command_line/run.hpp>
#include <commands.hpp>

int main(int argc, char** argv) {
    return ferry::cli::run_main(acme::kitchen::commands::service, argc, argv);
}
