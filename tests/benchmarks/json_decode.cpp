// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
//
// How fast a page of 1000 files becomes structs, beside nlohmann/json doing the same.
//
//     json_decode [--min-ratio N] [--rounds N]
//
// Both readers take turns in one process and are timed by the CPU clock of the thread; the medians and their
// ratio are printed. Exits with 1 when the ratio is below --min-ratio (default 6), or when the two disagree
// about the content.

#include "ferry/json/reader.hpp"

#include <nlohmann/json.hpp>

#include <time.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <string>
#include <vector>

namespace benchmark {

struct file {
    std::string id;
    std::string name;
    std::string project_id;
    std::optional<std::string> external_file_id;
    std::optional<std::int64_t> size_bytes;
    std::optional<std::string> purpose;
    std::optional<ferry::timestamp> last_modified_at;
    std::optional<ferry::timestamp> expires_at;
};

struct file_page {
    std::vector<file> items;
    std::optional<std::string> next_page_token;
    std::optional<std::int64_t> total_size;
};

template <class T>
void read_optional(nlohmann::json const& object, char const* name, std::optional<T>& out) {
    auto const found = object.find(name);
    if (found != object.end() && !found->is_null()) out = found->get<T>();
}

inline void read_optional(nlohmann::json const& object, char const* name,
                          std::optional<ferry::timestamp>& out) {
    auto const found = object.find(name);
    if (found != object.end() && !found->is_null()) out = ferry::timestamp(found->get<std::string>());
}

inline void from_json(nlohmann::json const& object, file& f) {
    object.at("id").get_to(f.id);
    object.at("name").get_to(f.name);
    object.at("project_id").get_to(f.project_id);
    read_optional(object, "external_file_id", f.external_file_id);
    read_optional(object, "size_bytes", f.size_bytes);
    read_optional(object, "purpose", f.purpose);
    read_optional(object, "last_modified_at", f.last_modified_at);
    read_optional(object, "expires_at", f.expires_at);
}

inline void from_json(nlohmann::json const& object, file_page& page) {
    object.at("items").get_to(page.items);
    read_optional(object, "next_page_token", page.next_page_token);
    read_optional(object, "total_size", page.total_size);
}

}  // namespace benchmark

namespace ferry::inline FERRY_ABI::json {

template <>
struct describe<benchmark::file> {
    static type_desc const& get() noexcept;
};
template <>
struct describe<benchmark::file_page> {
    static type_desc const& get() noexcept;
};

type_desc const& describe<benchmark::file>::get() noexcept {
    using benchmark::file;
    static constexpr field fields[] = {
        required<&file::id>("id"),
        required<&file::name>("name"),
        required<&file::project_id>("project_id"),
        optional<&file::external_file_id>("external_file_id"),
        optional<&file::size_bytes>("size_bytes"),
        optional<&file::purpose>("purpose"),
        optional<&file::last_modified_at>("last_modified_at"),
        optional<&file::expires_at>("expires_at"),
    };
    static constexpr type_desc type = object_of<file>(fields);
    return type;
}

type_desc const& describe<benchmark::file_page>::get() noexcept {
    using benchmark::file_page;
    static constexpr field fields[] = {
        required<&file_page::items>("items"),
        optional<&file_page::next_page_token>("next_page_token"),
        optional<&file_page::total_size>("total_size"),
    };
    static constexpr type_desc type = object_of<file_page>(fields);
    return type;
}

}  // namespace ferry::json

namespace {

/// A page as the service sends it: of the names, 18 % need an escape and 40 % have characters outside of
/// ASCII.
std::string make_page(std::size_t count) {
    std::string page = R"({"items":[)";
    char text[512];
    for (std::size_t i = 0; i < count; ++i) {
        char const* const stem = i % 50 < 9    ? R"(Q3 \"final\" report\\draft)"
                                 : i % 50 < 29 ? "Übersicht – Größenänderung 概要"
                                               : "quarterly_report_of_sales";
        std::snprintf(
            text, sizeof text,
            R"(%s{"id":"3f2b8c1e-7a4d-4c5b-9e6f-%012zx","name":"%s_%04zu.pdf",)"
            R"("project_id":"11111111-1111-4111-8111-111111111111","external_file_id":"external-%05zu",)"
            R"("size_bytes":%zu,"purpose":"parse","last_modified_at":"2026-03-%02zuT08:%02zu:17.123456Z",)"
            R"("expires_at":null})",
            i == 0 ? "" : ",", i * 7919, stem, i, i, i * 104729, i % 28 + 1, i % 60);
        page += text;
    }
    return page + R"(],"next_page_token":"eyJvZmZzZXQiOjEwMDB9","total_size":2000})";
}

double cpu_seconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

template <class Work>
double time_of(int repetitions, Work const& work) {
    double const start = cpu_seconds();
    for (int i = 0; i < repetitions; ++i) work();
    return (cpu_seconds() - start) / repetitions;
}

double median(std::vector<double> values) {
    auto const middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

benchmark::file_page read_with_ferry(std::string const& page) {
    benchmark::file_page out;
    ferry::json::failure why;
    if (!ferry::json::decode(ferry::json::describe<benchmark::file_page>::get(), &out, page, why)) {
        std::fprintf(stderr, "ferry refused the page: %s\n", why.to_string().c_str());
        std::exit(1);
    }
    return out;
}

benchmark::file_page read_with_nlohmann(std::string const& page) {
    return nlohmann::json::parse(page).get<benchmark::file_page>();
}

bool same(benchmark::file_page const& a, benchmark::file_page const& b) {
    auto const equal = [](benchmark::file const& x, benchmark::file const& y) {
        return x.id == y.id && x.name == y.name && x.project_id == y.project_id &&
               x.external_file_id == y.external_file_id && x.size_bytes == y.size_bytes &&
               x.purpose == y.purpose && x.last_modified_at == y.last_modified_at &&
               x.expires_at == y.expires_at;
    };
    return std::equal(a.items.begin(), a.items.end(), b.items.begin(), b.items.end(), equal) &&
           a.next_page_token == b.next_page_token && a.total_size == b.total_size;
}

}  // namespace

int main(int argc, char** argv) {
    double min_ratio = 6;
    int rounds = 31;
    for (int i = 1; i < argc; i += 2) {
        bool const has_value = i + 1 < argc;
        if (has_value && std::strcmp(argv[i], "--min-ratio") == 0) {
            min_ratio = std::atof(argv[i + 1]);
        } else if (has_value && std::strcmp(argv[i], "--rounds") == 0) {
            rounds = (std::max)(1, std::atoi(argv[i + 1]));
        } else {
            std::fprintf(stderr, "usage: %s [--min-ratio N] [--rounds N]\n", argv[0]);
            return 2;
        }
    }

    std::string const page = make_page(1000);
    if (auto const ours = read_with_ferry(page);
        ours.items.size() != 1000 || !same(ours, read_with_nlohmann(page))) {
        std::fprintf(stderr, "the two readers disagree about the page\n");
        return 1;
    }

    std::vector<double> ferry_times;
    std::vector<double> nlohmann_times;
    std::vector<double> ratios;
    for (int i = 0; i < rounds; ++i) {
        ferry_times.push_back(time_of(20, [&] { read_with_ferry(page); }));
        nlohmann_times.push_back(time_of(4, [&] { read_with_nlohmann(page); }));
        ratios.push_back(nlohmann_times.back() / ferry_times.back());
    }

    double const megabytes = static_cast<double>(page.size()) * 1e-6;
    double const ratio = median(ratios);
    std::printf("page       %8zu bytes, 1000 files\n", page.size());
    std::printf("ferry      %8.1f MB/s\n", megabytes / median(ferry_times));
    std::printf("nlohmann   %8.1f MB/s\n", megabytes / median(nlohmann_times));
    std::printf("ratio      %8.2f (at least %.2f wanted)\n", ratio, min_ratio);
    return ratio >= min_ratio ? 0 : 1;
}
