// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/core/detail/file_name.hpp"
#include "ferry/core/detail/percent.hpp"
#include "ferry/core/detail/printable.hpp"
#include "ferry/core/detail/system_failure.hpp"
#include "ferry/core/detail/text.hpp"
#include "ferry/core/response.hpp"
#include "ferry/engine/detail/file_sink.hpp"
#include "ferry/engine/detail/random.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>

namespace ferry::inline FERRY_ABI::detail {

// ---- the place

/// Whether someone else has laid a link where everyone may (`/tmp`): to follow it is to write where they
/// want. Linux refuses that itself (protected_symlinks), but not everywhere.
inline bool is_trap(struct ::stat const& link, std::string const& folder) {
    struct ::stat around = {};
    if (::stat(folder.c_str(), &around) != 0) return true;
    bool const open_to_all = (around.st_mode & S_ISVTX) != 0 && (around.st_mode & S_IWOTH) != 0;
    return open_to_all && link.st_uid != ::geteuid() && link.st_uid != around.st_uid;
}

/// The path behind links, at which nothing may be yet.
inline result<std::string> behind_links(std::string path) {
    auto const refuse = [&](int number) {
        return file_failure("cannot follow the link '" + path + "'", number);
    };
    constexpr int most = 40;  // as Linux allows
    for (int followed = 0; followed <= most; ++followed) {
        struct ::stat about = {};
        if (::lstat(path.c_str(), &about) != 0 || !S_ISLNK(about.st_mode)) return path;
        auto const folder = split_path(path).folder;
        if (is_trap(about, folder)) return refuse(EACCES);
        std::string target(4096, '\0');  // no path may be longer
        auto const size = ::readlink(path.c_str(), target.data(), target.size());
        if (size < 0) return refuse(errno);
        target.resize(static_cast<std::size_t>(size));
        path = target.starts_with('/') ? target : folder + "/" + target;
    }
    return refuse(ELOOP);
}

FERRY_DECL error file_sink::failure(int number) const {
    return file_failure("cannot write '" + where_.path + "'", number);
}

inline error no_regular_file(std::string const& path) {
    return {error_kind::file, "'" + path + "' is not a regular file; use write_to()"};
}

FERRY_DECL result<void> file_sink::find_place() {
    auto const& [path, below, flush] = where_;
    if (path.find('\0') != std::string::npos) return failure(EINVAL);
    if (!below.empty()) {
        auto name = std::string_view(path).substr((std::min)(path.size(), below.size()));
        bool const starts = path.starts_with(below) && (below.back() == '/' || name.starts_with('/'));
        name.remove_prefix((std::min)(name.find_first_not_of('/'), name.size()));
        if (!starts || !is_below(name))
            return error(error_kind::file, "'" + path + "' is not below '" + below + "'");
        auto const slash = name.find_last_of('/');
        bool const deeper = slash != std::string_view::npos;
        auto opened = open_folder_below(below, deeper ? name.substr(0, slash) : std::string_view(), false);
        if (!opened) return opened.error();
        folder_ = std::move(*opened);
        name_ = name.substr(deeper ? slash + 1 : 0);
        return {};
    }
    struct ::stat existing = {};
    bool const exists = ::stat(path.c_str(), &existing) == 0;
    if (exists && S_ISDIR(existing.st_mode)) return failure(EISDIR);
    // Renaming would replace the device or pipe itself; behind some (`/dev/stdout`) there is no path at all.
    if (exists && !S_ISREG(existing.st_mode)) return no_regular_file(path);
    auto real = behind_links(path);
    if (!real) return real.error();
    auto parts = split_path(*real);
    if (parts.name.empty()) return failure(path.empty() ? ENOENT : EISDIR);
    auto opened = open_folder(parts.folder);
    if (!opened)
        return file_failure("cannot create a file beside '" + *real + "'", opened.error().code().value());
    folder_ = std::move(*opened);
    name_ = std::move(parts.name);
    return {};
}

FERRY_DECL result<void> file_sink::look_at_old() {
    old_ = look_at(folder_, name_);
    if (!old_) return {};
    if (S_ISLNK(old_->st_mode))
        return error(error_kind::file,
                     "'" + where_.path + "' is a link, which may lead out of the directory");
    if (S_ISDIR(old_->st_mode)) return failure(EISDIR);
    if (!S_ISREG(old_->st_mode)) return no_regular_file(where_.path);
    // The rename asks for no right to the file itself; whoever took all of these away meant it, root
    // included.
    if ((old_->st_mode & (S_IWUSR | S_IWGRP | S_IWOTH)) == 0) return failure(EACCES);
    if (::faccessat(folder_.get(), name_.c_str(), W_OK, AT_EACCESS) != 0) return failure(errno);
    return {};
}

// ---- the temporary file

/// Beside `name`, where names of 255 bytes are the limit.
inline std::string part_file_name(std::string_view name) {
    constexpr std::size_t longest = 200;
    auto stem = name.substr(0, longest);
    if (name.size() > longest)  // not within a character
        while (!stem.empty() && (static_cast<unsigned char>(name[stem.size()]) & 0xc0U) == 0x80U)
            stem.remove_suffix(1);
    return std::string(stem) + "." + random_name() + std::string(part_file_suffix);
}

/// The rights that a new file gets here: by the umask, which cannot be asked for without changing it for
/// everyone, or by the folder's default rights.
inline ::mode_t mode_of_new_file(descriptor const& folder, std::string_view name) {
    constexpr int access = O_WRONLY | O_CLOEXEC;
    descriptor made;
#if defined(O_TMPFILE)
    made = descriptor(::openat(folder.get(), ".", access | O_TMPFILE, 0666));
#endif
    if (!made) {
        auto const probe = part_file_name(name);
        made = descriptor(::openat(folder.get(), probe.c_str(), access | O_CREAT | O_EXCL, 0666));
        if (made) ::unlinkat(folder.get(), probe.c_str(), 0);
    }
    struct ::stat about = {};
    return made && ::fstat(made.get(), &about) == 0 ? about.st_mode & 0777 : 0600;
}

FERRY_DECL result<void> file_sink::create() {
    if (!old_) new_mode_ = mode_of_new_file(folder_, name_);
    for (int attempt = 0; attempt < 100 && !file_; ++attempt) {
        temporary_ = part_file_name(name_);
        file_ = descriptor(
            ::openat(folder_.get(), temporary_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
        if (!file_ && errno != EEXIST) break;
    }
    if (!file_) return file_failure("cannot create a file beside '" + where_.path + "'", errno);
    return {};
}

FERRY_DECL file_sink::~file_sink() {
    if (file_) ::unlinkat(folder_.get(), temporary_.c_str(), 0);
}

FERRY_DECL result<void> file_sink::open() {
    if (file_) return {};
    if (auto found = find_place(); !found) return found;
    if (auto good = look_at_old(); !good) return good;
    return create();
}

/// All of it, to the descriptor. \returns 0, or what the system says
inline int write_all(descriptor const& to, std::string_view bytes) {
    while (!bytes.empty()) {
        auto const count = ::write(to.get(), bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return errno;
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return 0;
}

FERRY_DECL result<void> file_sink::write(std::string_view bytes) {
    size_ += bytes.size();
    if (int const number = write_all(file_, bytes); number != 0) return failure(number);
    return {};
}

FERRY_DECL bool file_sink::restart() {
    size_ = 0;
    return !file_ || (::ftruncate(file_.get(), 0) == 0 && ::lseek(file_.get(), 0, SEEK_SET) == 0);
}

// ---- the end

/// Owner, group and rights of the file that is replaced, but not set-user-id and the like: these were for the
/// old content.
FERRY_DECL result<void> file_sink::give_rights() {
    if (!old_) {
        static_cast<void>(::fchmod(file_.get(), new_mode_));  // stays private where that cannot be
        return {};
    }
    struct ::stat now = {};
    if (::fstat(file_.get(), &now) != 0) return failure(errno);
    auto mode = old_->st_mode & 0777;
    bool const other_owner = (old_->st_uid != now.st_uid || old_->st_gid != now.st_gid);
    constexpr auto same = static_cast<::uid_t>(-1);
    // Without the right to give it away: another group must not get what was for the old one.
    if (other_owner && ::fchown(file_.get(), old_->st_uid, old_->st_gid) != 0 &&
        ::fchown(file_.get(), same, old_->st_gid) != 0)
        mode &= ~070U | (mode & 07U) << 3U;
    if (mode == (now.st_mode & 07777) || ::fchmod(file_.get(), mode) == 0) return {};
    return file_failure("cannot keep the permissions of '" + where_.path + "'", errno);
}

FERRY_DECL result<void> file_sink::replace_old() {
    // A delayed write error (disk full, quota) shows at the latest here, before the old file is given up.
    if (!file_.close() || ::renameat(folder_.get(), temporary_.c_str(), folder_.get(), name_.c_str()) != 0) {
        int const number = errno;
        ::unlinkat(folder_.get(), temporary_.c_str(), 0);
        return failure(number);
    }
    if (!where_.flush) return {};
    descriptor const listed(::openat(folder_.get(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (listed && ::fsync(listed.get()) == 0) return {};
    return failure(errno);
}

/// Whether the file that was found at the beginning is still the one.
FERRY_DECL bool file_sink::is_old_there() const {
    auto const now = look_at(folder_, name_);
    return now && old_ && now->st_dev == old_->st_dev && now->st_ino == old_->st_ino;
}

FERRY_DECL result<void> file_sink::overwrite_old() {
    descriptor old(::openat(folder_.get(), name_.c_str(), O_WRONLY | O_NOFOLLOW | O_CLOEXEC));
    if (!old) return failure(errno);
    // Room for all of it first: a full disk must not cost the old content.
    auto const size = static_cast<::off_t>(size_);
    if (size > old_->st_size)
        if (int const number = ::posix_fallocate(old.get(), 0, size); number != 0) {
            static_cast<void>(::ftruncate(old.get(), old_->st_size) == 0);
            return failure(number);
        }
    std::array<char, 64 << 10> buffer;
    for (::off_t at = 0; at < size;) {
        auto const count = ::pread(file_.get(), buffer.data(), buffer.size(), at);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return failure(count < 0 ? errno : EIO);
        if (int const number = write_all(old, {buffer.data(), static_cast<std::size_t>(count)}); number != 0)
            return failure(number);
        at += count;
    }
    bool good = ::ftruncate(old.get(), size) == 0;
    good = good && ((old_->st_mode & 07000) == 0 || ::fchmod(old.get(), old_->st_mode & 0777) == 0);
    good = good && (!where_.flush || ::fsync(old.get()) == 0);
    if (!good || !old.close()) return failure(errno);
    return {};
}

FERRY_DECL result<void> file_sink::commit() {
    // Below a folder, the other names may be outside of it.
    if (old_ && old_->st_nlink > 1 && where_.below.empty() && is_old_there()) {
        auto written = overwrite_old();
        file_.close();
        ::unlinkat(folder_.get(), temporary_.c_str(), 0);
        return written;
    }
    if (auto given = give_rights(); !given) return given;
    if (where_.flush && ::fsync(file_.get()) != 0) return failure(errno);
    return replace_old();
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
