// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "command_line/given_values.hpp"

#include "command_line/exit_code.hpp"
#include "values/flag_value.hpp"
#include "values/value_error.hpp"
#include "values/yaml.hpp"

#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>
#include <algorithm>
#include <cerrno>
#include <system_error>

namespace ferry::cli {

namespace {

constexpr std::size_t largest_document = 64 << 20;
constexpr int milliseconds_for_a_pipe = 1000;

std::string dashed(std::string_view flag) {
    return "--" + std::string(flag);
}

bool is_standard_input(std::string const& path) {
    return path == "-" || path == "/dev/stdin";
}

json_value read_document(std::string const& path, standard_input& in) {
    try {
        if (is_standard_input(path)) return parse_yaml(in.read("--input", largest_document));
        auto const text = read_embedded_file(path);
        if (!text) throw usage_error("--input: there is no file " + path);
        return parse_yaml(*text);
    } catch (value_error const& e) {
        throw usage_error("--input: " + std::string(e.what()));
    }
}

}  // namespace

bool standard_input::has_data() const {
    struct stat found{};
    if (!taken_by_.empty() || ::fstat(descriptor_, &found) != 0) return false;
    if (S_ISREG(found.st_mode)) return ::lseek(descriptor_, 0, SEEK_CUR) < found.st_size;
    if (!S_ISFIFO(found.st_mode) && !S_ISSOCK(found.st_mode)) return false;
    // Whoever started the program may have left a pipe open into which nobody writes.
    pollfd wanted{.fd = descriptor_, .events = POLLIN, .revents = 0};
    return ::poll(&wanted, 1, milliseconds_for_a_pipe) == 1 && (wanted.revents & POLLIN) != 0;
}

void standard_input::take(std::string const& what) {
    if (!taken_by_.empty())
        throw usage_error(what + " cannot read standard input: " + taken_by_ + " has read it already");
    taken_by_ = what;
}

std::string standard_input::read(std::string const& what, std::size_t most) {
    take(what);
    std::string all;
    while (true) {
        auto const begin = all.size();
        all.resize(begin + 65536);
        auto const count = ::read(descriptor_, all.data() + begin, all.size() - begin);
        if (count < 0 && errno == EINTR) {
            all.resize(begin);
            continue;
        }
        if (count < 0)
            throw usage_error(what +
                              ": standard input cannot be read: " + std::system_category().message(errno));
        all.resize(begin + static_cast<std::size_t>(count));
        if (count == 0) return all;
        if (all.size() > most)
            throw usage_error(what + ": standard input is larger than " + std::to_string(most >> 20) +
                              " MiB");
    }
}

given_values::given_values(arguments const& from, standard_input& in, flag_defaults defaults,
                           bool document_expected)
    : from_(from), in_(in), defaults_(std::move(defaults)) {
    if (auto const* path = from.find("input"))
        document_ = read_document(*path, in);
    else if (document_expected && !takes_standard_input() && in.has_data())
        document_ = read_document("-", in);
}

/// Whether a flag has standard input's bytes for itself.
bool given_values::takes_standard_input() const {
    for (auto const* one : flags_at(from_.at)) {
        if (one->kind != value_kind::file) continue;
        auto const found = from_.values.find(one->name);
        if (found != from_.values.end() && std::ranges::any_of(found->second, is_standard_input)) return true;
    }
    return false;
}

flag const& given_values::known(std::string_view name) const {
    for (auto const* one : flags_at(from_.at))
        if (one->name == name) return *one;
    throw std::logic_error("the command has no flag " + std::string(name));
}

std::optional<std::string> given_values::json(std::string_view name) {
    auto const& one = known(name);
    auto value = of_flag(one);
    if (!value && document_ && one.whole_body && document_->members() == nullptr) value = *document_;
    if (!value && document_) {
        if (auto const* member = document_->find(one.wire)) value = *member;
    }
    used_.emplace_back(one.wire);
    add_members(one, value);
    if (!value) value = by_default(one);
    if (!value) return std::nullopt;
    return compact(*value);
}

std::optional<json_value> given_values::of_flag(flag const& one) {
    auto const found = from_.values.find(one.name);
    if (found == from_.values.end()) return std::nullopt;
    try {
        // An id is what it is; it stands in the path.
        return flag_value(dashed(one.name), {one.kind, one.list, one.nullable, !one.positional},
                          found->second);
    } catch (value_error const& e) {
        throw usage_error(e.what());
    }
}

std::optional<json_value> given_values::by_default(flag const& one) const {
    auto const found = defaults_.find(one.name);
    if (found == defaults_.end()) return std::nullopt;
    try {
        return flag_value(dashed(one.name), {one.kind, one.list, one.nullable, false}, {found->second});
    } catch (value_error const& e) {
        throw usage_error(std::string(e.what()) + " (of the profile)");
    }
}

/// `--filter.file-name x` is the member `file_name` of `--filter`, whatever that has besides.
void given_values::add_members(flag const& of, std::optional<json_value>& to) {
    for (auto const& member : of.members) {
        auto value = of_flag(member);
        if (!value) continue;
        if (!to || to->is_null()) to = json_value(json_value::map());
        auto* members = to->members();
        if (members == nullptr)
            throw usage_error(dashed(member.name) + ": --" + std::string(of.name) + " is no map");
        std::erase_if(*members, [&](auto const& had) { return had.key == member.wire; });
        members->push_back({std::string(member.wire), *std::move(value)});
    }
}

std::vector<upload_source> given_values::files(std::string_view name) {
    auto const& one = known(name);
    used_.emplace_back(one.wire);
    std::vector<upload_source> made;
    auto const found = from_.values.find(name);
    if (found == from_.values.end()) return made;
    auto const& paths = found->second;
    for (auto const& path : one.list ? paths : std::vector{paths.back()}) {
        if (!is_standard_input(path)) {
            made.push_back(from_path(path));
            continue;
        }
        in_.take(dashed(name));
        auto const* called = from_.find("stdin-name");
        made.push_back(from_descriptor(in_.descriptor(), called != nullptr ? *called : "stdin"));
    }
    return made;
}

std::vector<std::pair<std::string, std::string>> given_values::rest() {
    std::vector<std::pair<std::string, std::string>> made;
    for (auto const& one : from_.at.which->flags)
        if (one.unlisted)
            if (auto value = json(one.name)) made.emplace_back(one.wire, *std::move(value));
    if (!document_ || document_->members() == nullptr) return made;
    for (auto const& member : *document_->members())
        if (std::ranges::find(used_, member.key) == used_.end())
            made.emplace_back(member.key, compact(member.value));
    return made;
}

std::string given_values::missing(std::string_view flag) const {
    return "Required flag \"" + std::string(flag) + "\" not set";
}

std::string given_values::unfit(std::string_view flag, error const& why) const {
    return dashed(flag) + ": " + why.message();
}

std::string given_values::name_of_download() {
    for (auto const& one : from_.at.which->flags)
        if (one.positional)
            if (auto const* id = from_.find(one.name)) return *id;
    return "download";
}

}  // namespace ferry::cli
