// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Runs the command line that ferry_generate() made; without words it asks for the help of a command.

#include <command_line/run.hpp>
#include <shop/pets/commands.hpp>

int main(int argc, char** argv) {
    char const* const help[] = {"pets", "pets", "get", "--help"};
    return argc > 1 ? ferry::cli::run_main(shop::pets::commands::service, argc, argv)
                    : ferry::cli::run_main(shop::pets::commands::service, 4, help);
}
