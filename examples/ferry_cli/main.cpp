// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "command_line/run.hpp"
#include "program/ferry.hpp"

int main(int argc, char** argv) {
    return ferry::cli::run(ferry::cli::ferry_program(), {argv + (argc > 0 ? 1 : 0), argv + argc},
                           ferry::cli::of_this_process());
}
