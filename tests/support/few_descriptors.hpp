// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>
#include <vector>

namespace ferry_test {

/// Whether a test may use few_descriptors: the sanitizer of undefined behaviour, which comes with that of
/// addresses here, opens a pipe to look at an object's type, and takes failure for a finding.
#if defined(__SANITIZE_ADDRESS__)
inline constexpr bool can_do_with_few_descriptors = false;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
inline constexpr bool can_do_with_few_descriptors = false;
#else
inline constexpr bool can_do_with_few_descriptors = true;
#endif
#else
inline constexpr bool can_do_with_few_descriptors = true;
#endif

/// Leaves the process so many descriptors to open, as long as this lives.
class few_descriptors {
public:
    explicit few_descriptors(int left) {
        ::getrlimit(RLIMIT_NOFILE, &before_);
        // The holes among those that are open, too.
        int next = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
        int const highest = highest_open();
        while (next < highest) {
            fillers_.push_back(next);
            next = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
        }
        ::close(next);
        auto few = before_;
        few.rlim_cur = static_cast<::rlim_t>(next + left);
        ::setrlimit(RLIMIT_NOFILE, &few);
    }
    few_descriptors(few_descriptors const&) = delete;
    ~few_descriptors() {
        ::setrlimit(RLIMIT_NOFILE, &before_);
        for (int const one : fillers_) ::close(one);
    }

private:
    static int highest_open() {
        int highest = 0;
        for (int one = 0; one < 1024; ++one)
            if (::fcntl(one, F_GETFD) >= 0) highest = one;
        return highest;
    }

    ::rlimit before_{};
    std::vector<int> fillers_;
};

}  // namespace ferry_test
