// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "values/flag_value.hpp"
#include "values/utf8.hpp"
#include "values/value_error.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <system_error>
#include <utility>

namespace ferry::cli {

namespace {

[[noreturn]] void refuse(std::string_view flag, std::string const& path, std::string const& reason) {
    throw value_error(std::string(flag) + ": " + terminal_text(path) + ": " + reason);
}

constexpr char const* too_large = "larger than 64 MiB, too large for a value";

std::string base64(std::string_view bytes) {
    constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string made;
    made.reserve((bytes.size() + 2) / 3 * 4);
    for (; !bytes.empty(); bytes.remove_prefix((std::min)(bytes.size(), std::size_t{3}))) {
        std::uint32_t group = 0;
        for (std::size_t i = 0; i < 3; ++i)
            group = (group << 8) | (i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0u);
        for (std::size_t i = 0; i < 4; ++i)
            made += i <= bytes.size() ? digits[(group >> (18 - 6 * i)) & 63] : '=';
    }
    return made;
}

enum class embedding { as_fits, text, data };

bool take_prefix(std::string_view& text, std::string_view prefix) {
    if (!text.starts_with(prefix)) return false;
    text.remove_prefix(prefix.size());
    return true;
}

std::string embedded(std::string_view flag, std::string const& path, embedding how, std::string bytes) {
    if (bytes.size() > max_embedded_file) refuse(flag, path, too_large);
    bool const is_text = how != embedding::data && is_utf8(bytes);
    if (how == embedding::text && !is_text)
        refuse(flag, path, "not UTF-8, so it is no text; with @data:// it becomes base64");
    return is_text ? bytes : base64(bytes);
}

void embed_file(std::string& text, std::string_view flag, file_reader const& read) {
    if (text.starts_with("\\@")) {
        text.erase(0, 1);
        return;
    }
    std::string_view rest = text;
    if (!take_prefix(rest, "@") || rest.empty()) return;
    auto const how = take_prefix(rest, "file://")   ? embedding::text
                     : take_prefix(rest, "data://") ? embedding::data
                                                    : embedding::as_fits;
    std::string const path(rest);
    std::optional<std::string> bytes;
    try {
        bytes = read(path);
    } catch (value_error const& e) {
        refuse(flag, path, e.what());
    }
    bool const may_be_a_name = how == embedding::as_fits && path.find_first_of("./") == path.npos;
    if (!bytes && may_be_a_name) return;
    if (!bytes) refuse(flag, path, "there is no such file; a text that begins with @ is written \\@");
    text = embedded(flag, path, how, std::move(*bytes));
}

struct close_file {
    void operator()(std::FILE* file) const { std::fclose(file); }
};

}  // namespace

std::optional<std::string> read_embedded_file(std::string const& path) {
    std::error_code ignored;
    if (path.find('\0') != path.npos || std::filesystem::is_directory(path, ignored)) return std::nullopt;
    std::unique_ptr<std::FILE, close_file> const file(std::fopen(path.c_str(), "rb"));
    if (!file && (errno == ENOENT || errno == ENOTDIR || errno == ENAMETOOLONG)) return std::nullopt;
    if (!file) throw value_error(std::generic_category().message(errno));
    std::string bytes;
    char buffer[64 << 10];
    while (std::feof(file.get()) == 0 && std::ferror(file.get()) == 0) {
        bytes.append(buffer, std::fread(buffer, 1, sizeof buffer, file.get()));
        if (bytes.size() > max_embedded_file) throw value_error(too_large);
    }
    if (std::ferror(file.get()) != 0) throw value_error("it cannot be read");
    return bytes;
}

void embed_files(json_value& value, std::string_view flag, file_reader const& read) {
    if (auto* const text = std::get_if<std::string>(&value.data)) embed_file(*text, flag, read);
    if (auto* const items = value.items())
        for (auto& item : *items) embed_files(item, flag, read);
    if (auto* const members = value.members())
        for (auto& member : *members) embed_files(member.value, flag, read);
}

}  // namespace ferry::cli
