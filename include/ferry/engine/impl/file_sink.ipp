// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/detail/percent.hpp"
#include "ferry/core/detail/system_failure.hpp"
#include "ferry/core/detail/text.hpp"
#include "ferry/engine/detail/file_sink.hpp"
#include "ferry/engine/detail/random.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <algorithm>
#include <cerrno>
#include <cstdio>

namespace ferry::inline FERRY_ABI::detail {

FERRY_DECL file_sink::~file_sink() {
    if (descriptor_ < 0) return;
    ::close(descriptor_);
    ::unlink(temporary_.c_str());
}

FERRY_DECL result<void> file_sink::open() {
    if (descriptor_ >= 0) return {};
    struct ::stat existing = {};
    bool const exists = ::stat(path_.c_str(), &existing) == 0;
    if (exists && S_ISDIR(existing.st_mode)) return file_failure("cannot write '" + path_ + "'", EISDIR);
    // Renaming would replace the device or pipe itself.
    if (exists && !S_ISREG(existing.st_mode))
        return error(error_kind::file, "'" + path_ + "' is not a regular file; use write_to()");

    constexpr std::size_t longest_name = 200;  // leaves room for the suffix where 255 bytes are the limit
    auto const name = path_.find_last_of('/') + 1;
    for (int attempt = 0; attempt < 100 && descriptor_ < 0; ++attempt) {
        temporary_ = path_.substr(0, name) + path_.substr(name, longest_name) + ".part-" + random_name();
        descriptor_ = ::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (descriptor_ < 0 && errno != EEXIST) break;
    }
    if (descriptor_ < 0) return file_failure("cannot create a file beside '" + path_ + "'", errno);

    if (exists && ::fchmod(descriptor_, existing.st_mode & 07777) != 0)
        return file_failure("cannot keep the permissions of '" + path_ + "'", errno);
    return {};
}

FERRY_DECL result<void> file_sink::write(std::string_view bytes) {
    size_ += bytes.size();
    while (!bytes.empty()) {
        auto const count = ::write(descriptor_, bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return file_failure("cannot write '" + path_ + "'", errno);
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return {};
}

FERRY_DECL bool file_sink::restart() {
    size_ = 0;
    return descriptor_ < 0 || (::ftruncate(descriptor_, 0) == 0 && ::lseek(descriptor_, 0, SEEK_SET) == 0);
}

FERRY_DECL result<void> file_sink::commit() {
    int const descriptor = descriptor_;
    descriptor_ = -1;
    // A delayed write error (disk full, quota) shows at the latest here, before the old file is given up.
    bool const closed = ::close(descriptor) == 0;
    if (closed && ::rename(temporary_.c_str(), path_.c_str()) == 0) return {};
    int const number = errno;
    ::unlink(temporary_.c_str());
    return file_failure("cannot write '" + path_ + "'", number);
}

/// Takes one `name=value` parameter off the front, a quoted-string unquoted. False at the end.
inline bool take_parameter(std::string_view& rest, std::string& name, std::string& value) {
    auto const start = rest.find_first_not_of("; \t");
    if (start == std::string_view::npos) return false;
    rest.remove_prefix(start);
    auto const end = rest.find_first_of("=;");
    name = trim_end(rest.substr(0, end));
    value.clear();
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end);
    if (rest.empty() || rest.front() != '=') return true;
    rest.remove_prefix(1);
    if (!rest.empty() && rest.front() == '"') {
        std::size_t i = 1;
        for (; i < rest.size() && rest[i] != '"'; ++i) {
            if (rest[i] == '\\' && i + 1 < rest.size()) ++i;
            value += rest[i];
        }
        rest.remove_prefix((std::min)(i + 1, rest.size()));
    } else {
        // Langflow before 1.10 writes `filename=a b.txt filename*=UTF-8''a%20b.txt`, without a separator.
        auto const stop = (std::min)({rest.find(';'), rest.find(" filename*="), rest.size()});
        value = trim_end(rest.substr(0, stop));
        rest.remove_prefix(stop);
    }
    return true;
}

FERRY_DECL std::string disposition_file_name(std::string_view header) {
    std::string plain;
    std::string extended;
    std::string name;
    std::string value;
    while (take_parameter(header, name, value)) {
        if (iequals(name, "filename")) plain = value;
        if (!iequals(name, "filename*")) continue;
        auto const charset = value.find('\'');
        auto const language = charset == std::string::npos ? charset : value.find('\'', charset + 1);
        if (language != std::string::npos && iequals(std::string_view(value).substr(0, charset), "utf-8"))
            extended = percent_decoded(std::string_view(value).substr(language + 1));
    }
    std::string const& chosen = extended.empty() ? plain : extended;
    auto const slash = chosen.find_last_of("/\\");
    auto const last = printable(slash == std::string::npos ? chosen : chosen.substr(slash + 1), '_');
    return last == "." || last == ".." ? std::string() : last;
}

}  // namespace ferry::detail
