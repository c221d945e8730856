// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "command_line/arguments.hpp"

namespace ferry_test {

inline constexpr std::string_view colours[] = {"red", "green"};
inline constexpr ferry::cli::flag filter_members[] = {
    {.name = "filter.file-name", .wire = "file_name", .help = "By name."},
    {.name = "filter.size", .wire = "size", .kind = ferry::cli::value_kind::integer, .help = "By size."},
};
inline constexpr ferry::cli::flag paint_flags[] = {
    {.name = "can-id", .wire = "can_id", .required = true, .positional = true, .help = "Which can."},
    {.name = "colour",
     .also = "color",
     .letter = 'c',
     .wire = "colour",
     .required = true,
     .values = colours,
     .help = "What it looks like."},
    {.name = "layers", .wire = "layers", .kind = ferry::cli::value_kind::integer, .help = "How many."},
    {.name = "wet", .wire = "wet", .kind = ferry::cli::value_kind::boolean, .help = "Not dry."},
    {.name = "dry-by", .wire = "dry_by", .nullable = true, .help = "When."},
    {.name = "tag", .wire = "tags", .list = true, .help = "Words."},
    {.name = "filter",
     .wire = "filter",
     .kind = ferry::cli::value_kind::any,
     .help = "Which.",
     .members = filter_members},
};
inline constexpr ferry::cli::command can_commands[] = {
    {.name = "paint",
     .summary = "Paint something.",
     .details = "Takes `paint` from a can.\n\nAnd some time.",
     .request = "POST /cans/{can_id}",
     .flags = paint_flags},
    {.name = "list", .summary = "List cans.", .items = "items"},
};
inline constexpr ferry::cli::command lid_commands[] = {{.name = "open", .summary = "Open a lid."}};
inline constexpr ferry::cli::group cans{.name = "cans", .summary = "Cans.", .commands = can_commands};
inline constexpr ferry::cli::group lids{
    .name = "cans lids", .summary = "Their lids.", .commands = lid_commands};
inline constexpr ferry::cli::group const* groups[] = {&cans, &lids};
inline constexpr std::string_view keys[] = {"SHOP_KEY"};
inline constexpr ferry::cli::flag common[] = {{.name = "shop-id", .wire = "shop_id", .help = "Which shop."}};
inline constexpr ferry::cli::service shop{
    .name = "shop", .title = "The Shop", .groups = groups, .common = common, .key_variables = keys};
inline constexpr ferry::cli::service const* services[] = {&shop};

inline constexpr ferry::cli::flag copy_flags[] = {
    {.name = "from", .wire = "from", .list = true, .required = true, .positional = true, .help = "What."},
    {.name = "to", .wire = "to", .positional = true, .help = "Where to."},
};
inline constexpr ferry::cli::command own_commands[] = {
    {.name = "copy", .summary = "Copy things.", .examples = "a\na b", .flags = copy_flags},
};

/// A program with a service, a group within a group, and a command of its own.
inline constexpr ferry::cli::program sample_program{
    .name = "sample", .version = "1.2", .summary = "Paint.", .services = services, .commands = own_commands};

}  // namespace ferry_test
