// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "langflow/mcp_config.hpp"

#include "core/json.hpp"
#include "http/text.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

namespace ferry::mock::langflow {
namespace {

constexpr std::uint64_t longest_config = 16 * 1024 * 1024;
constexpr std::array<std::string_view, 9> allowed_commands{"bash",   "cmd",     "docker", "node", "npx",
                                                           "python", "python3", "sh",     "uvx"};

std::string_view python_type(json::value const& value) {
    switch (value.kind()) {
        case json::kind::null:
            return "NoneType";
        case json::kind::bool_:
            return "bool";
        case json::kind::int64:
        case json::kind::uint64:
            return "int";
        case json::kind::double_:
            return "float";
        case json::kind::string:
            return "str";
        case json::kind::array:
            return "list";
        case json::kind::object:
            return "dict";
    }
    return "object";
}

std::string python_text(std::string_view text) {
    bool const double_quotes = text.find('\'') != text.npos && text.find('"') == text.npos;
    char const quote = double_quotes ? '"' : '\'';
    std::string result(1, quote);
    for (char const c : text) {
        if (c == '\n') {
            result += "\\n";
        } else if (c == '\r') {
            result += "\\r";
        } else if (c == '\t') {
            result += "\\t";
        } else {
            if (c == quote || c == '\\') result += '\\';
            result += c;
        }
    }
    return result + quote;
}

/// As Python's repr() writes the value.
std::string python_value(json::value const& value) {
    if (value.is_null()) return "None";
    if (value.is_bool()) return value.get_bool() ? "True" : "False";
    if (value.is_string()) return python_text(value.get_string());
    if (value.is_array()) {
        std::string items;
        for (json::value const& item : value.get_array())
            items += (items.empty() ? "" : ", ") + python_value(item);
        return '[' + items + ']';
    }
    if (value.is_object()) {
        std::string members;
        for (auto const& [key, member] : value.get_object())
            members += (members.empty() ? "" : ", ") + python_text(key) + ": " + python_value(member);
        return '{' + members + '}';
    }
    return to_text(value);
}

/// Of a long value the beginning and the end.
std::string shortened(std::string text) {
    if (text.size() <= 50) return text;
    auto const inside_character = [&](std::size_t at) {
        return (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U;
    };
    std::size_t from = 25;
    std::size_t to = text.size() - 24;
    while (inside_character(from)) --from;
    while (to < text.size() && inside_character(to)) ++to;
    return text.replace(from, to - from, "...");
}

/// What pydantic, the service's validation library, finds wrong with one server, worded as it prints it.
class entry_check {
public:
    explicit entry_check(json::value const& entry) {
        json::object const* const members = entry.if_object();
        if (members == nullptr) {
            add("", "Input should be a valid dictionary or instance of MCPServerConfig", "model_type", entry);
            return;
        }
        if (json::value const* const command = given(*members, "command")) check_command(*command);
        if (json::value const* const args = given(*members, "args")) {
            if (!args->is_array()) {
                add("args", "Input should be a valid list", "list_type", *args);
            } else {
                std::size_t index = 0;
                for (json::value const& item : args->get_array())
                    check_text("args." + std::to_string(index++), item);
            }
        }
        for (std::string const name : {"env", "headers"}) {
            json::value const* const map = given(*members, name);
            if (map == nullptr) continue;
            if (!map->is_object()) {
                add(name, "Input should be a valid dictionary", "dict_type", *map);
            } else {
                for (auto const& [key, value] : map->get_object())
                    check_text(name + '.' + std::string(key), value);
            }
        }
        if (json::value const* const url = given(*members, "url")) check_text("url", *url);
    }

    [[nodiscard]] std::optional<std::string> mistakes() const {
        if (count_ == 0) return std::nullopt;
        return std::to_string(count_) + " validation error" + (count_ == 1 ? "" : "s") +
               " for MCPServerConfig" + text_;
    }

private:
    static json::value const* given(json::object const& members, std::string_view name) {
        json::value const* const found = members.if_contains(name);
        return found == nullptr || found->is_null() ? nullptr : found;
    }

    void check_text(std::string const& where, json::value const& value) {
        if (!value.is_string()) add(where, "Input should be a valid string", "string_type", value);
    }

    void check_command(json::value const& value) {
        if (!value.is_string()) return check_text("command", value);
        std::string const program = program_of(value.get_string());
        if (std::find(allowed_commands.begin(), allowed_commands.end(), program) != allowed_commands.end())
            return;
        std::string allowed;
        for (std::string_view const name : allowed_commands) (allowed += allowed.empty() ? "" : ", ") += name;
        add("command",
            "Value error, Command '" + program +
                "' is not allowed for security reasons. Allowed commands: " + allowed,
            "value_error", value);
    }

    /// The program's plain name: of a path the last part, of a command line the first word, without `.exe`.
    static std::string program_of(std::string_view command) {
        auto const begins = [&](std::string_view with) { return command.substr(0, with.size()) == with; };
        bool const is_path =
            begins("/") || begins("./") || begins("../") || command.find('\\') != command.npos;
        if (!is_path) command = trim(command);
        if (!is_path) command = command.substr(0, command.find_first_of(" \t\r\n"));
        auto const separator = command.find_last_of("/\\");
        if (separator != command.npos) command.remove_prefix(separator + 1);
        if (command.size() > 4 && equal_ignoring_case(command.substr(command.size() - 4), ".exe"))
            command.remove_suffix(4);
        return std::string(command);
    }

    void add(std::string const& where, std::string const& message, std::string const& type,
             json::value const& input) {
        ++count_;
        if (!where.empty()) text_ += '\n' + where;
        text_ += "\n  " + message + " [type=" + type + ", input_value=" + shortened(python_value(input)) +
                 ", input_type=" + std::string(python_type(input)) +
                 "]\n    For further information visit https://errors.pydantic.dev/2.13/v/" + type;
    }

    std::size_t count_ = 0;
    std::string text_;
};

}  // namespace

std::string mcp_file_name(std::string const& user_id) {
    return "_mcp_servers_" + user_id;
}

std::optional<std::string> mcp_mistake(blob const& content) {
    std::optional<json::value> const parsed =
        content.size() > longest_config ? std::nullopt : parse_json(content.text());
    if (!parsed) return "Invalid MCP servers config: not valid JSON";
    json::object const* const object = parsed->if_object();
    json::value const* const servers = object == nullptr ? nullptr : object->if_contains("mcpServers");
    if (servers == nullptr || !servers->is_object())
        return "Invalid MCP servers config: expected an 'mcpServers' object";
    for (auto const& [name, entry] : servers->get_object()) {
        if (auto const mistakes = entry_check(entry).mistakes())
            return "Invalid MCP server '" + std::string(name) + "': " + *mistakes;
    }
    return std::nullopt;
}

}  // namespace ferry::mock::langflow
