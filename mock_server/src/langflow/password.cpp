// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "langflow/password.hpp"

#include "core/crypto.hpp"
#include "http/text.hpp"

#include <algorithm>
#include <stdexcept>

namespace ferry::mock::langflow {
namespace {

constexpr std::string_view method = "pbkdf2-sha256";
constexpr unsigned rounds = 1000;  // a state is asked for often, and has many users
constexpr unsigned most_rounds = 1'000'000;

std::string hash_of(std::string_view text, unsigned times, std::string_view salt) {
    return std::string(method) + '$' + std::to_string(times) + '$' + std::string(salt) + '$' +
           base64url(pbkdf2_sha256(text, salt, times));
}

}  // namespace

password password::from_hash(std::string hash) {
    auto const pieces = split(hash, '$');
    auto const times = pieces.size() == 4 ? whole_number<unsigned>(pieces[1]) : std::nullopt;
    bool const is_hash = times && pieces[0] == method && *times != 0 && *times <= most_rounds;
    if (!is_hash || from_base64url(pieces[3]).size() != 32)
        throw std::invalid_argument("must be a hash such as GET /_ferry/state gives");
    password result;
    result.hash_ = std::move(hash);
    return result;
}

bool password::is(std::string_view attempt) const {
    if (hash_.empty()) return equal_in_constant_time(text_, attempt);
    auto const pieces = split(hash_, '$');
    std::string const found = hash_of(attempt, *whole_number<unsigned>(pieces[1]), pieces[2]);
    return equal_in_constant_time(found, hash_);
}

std::string password::hash(std::string_view salt) const {
    if (!hash_.empty()) return hash_;
    std::string clean(salt);
    std::replace(clean.begin(), clean.end(), '$', '-');  // which stands between the pieces
    return hash_of(text_, rounds, clean);
}

}  // namespace ferry::mock::langflow
