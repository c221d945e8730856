// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/json/detail/parser.hpp"

#include "ferry/json/detail/describe_std.hpp"

#include "support/catch2.hpp"

#include <boost/json/error.hpp>
#include <boost/json/parse.hpp>

#include <algorithm>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace json = ferry::json;

namespace {

/// What comes of a document, in pieces of one size.
std::string parsed(std::string_view document, std::size_t size, bool strict) {
    ferry::raw_json out;
    json::limits const bounds{.strict = strict};
    json::detail::read_meter meter;
    meter.received = document.size();
    json::detail::decoder to(json::describe<ferry::raw_json>::get(), &out, bounds, meter);
    json::detail::parser parser(to, bounds);
    for (; !document.empty(); document.remove_prefix((std::min)(size, document.size()))) {
        std::string const piece(
            document.substr(0, size));  // a copy of its own: nothing may be kept of a piece
        if (!parser.write(piece)) return to.why().message;
    }
    return parser.finish() ? out.text() : to.why().message;
}

/// Documents, most of which are no JSON, but nearly.
std::vector<std::string> documents() {
    std::vector<std::string> const seeds = {
        R"({"a":[1,-2.5e+3,true,false,null,"x\n\u00e9\ud83d\ude00"],"":{"b":{}},"c":[]})",
        R"( [ 0 , -0 , 0.1 , 1E5 , "" , "\"\\\/" , [ ] , { } ] )",
        "\"\u00e9\u20ac\U0001F600 and more text than what is looked at in one go\"",
        R"(["\ud800","\udc00x","\ud800\u0041","\ud83d\ud83d\ude00"])",
        "-12.75e-3",
    };
    std::string_view const bytes = "{}[]:,\"\\/ \n\t019.-+eEtrufalsnxd8cD\x01\x80\xc3\xa9\xed\xff";
    std::mt19937 random(20261130);
    auto const below = [&](std::size_t n) { return random() % n; };
    std::vector<std::string> made = seeds;
    for (int i = 0; i < 20'000; ++i) {
        auto text = seeds[below(seeds.size())];
        for (auto changes = 1 + below(3); changes != 0; --changes) {
            auto const at = below(text.size());
            char const c = bytes[below(bytes.size())];
            auto const how = below(3);
            if (how == 0) text[at] = c;
            if (how == 1) text.insert(at, 1, c);
            if (how == 2 && text.size() > 1) text.erase(at, 1);
        }
        made.push_back(std::move(text));
    }
    return made;
}

}  // namespace

TEST_CASE("what is JSON, and what it means, is as another parser says") {
    std::size_t good = 0;
    for (auto const& document : documents()) {
        boost::json::error_code ec;
        boost::json::parse_options options;
        options.max_depth = 64;
        auto const expected = boost::json::parse(document, ec, {}, options);
        auto const got = parsed(document, document.size(), true);
        INFO(document << " became " << got);
        boost::json::error_code again;
        auto const value = boost::json::parse(got, again, {}, options);
        REQUIRE((again || got.empty()) == static_cast<bool>(ec));
        if (!ec) REQUIRE(value == expected);
        good += !ec;
    }
    CHECK(good > 1000);
}

TEST_CASE("pieces of any size make the same of a document, good or not") {
    for (auto const& document : documents())
        for (bool const strict : {false, true}) {
            auto const whole = parsed(document, document.size(), strict);
            for (std::size_t const size : {1, 2, 3, 5}) {
                INFO(document << " in pieces of " << size);
                REQUIRE(parsed(document, size, strict) == whole);
            }
        }
}

TEST_CASE("a text longer than what is collected of it stays whole") {
    std::string const plain(5000, 'x');
    for (auto const& text :
         {plain, "\\n" + plain, plain + "\\n", plain.substr(0, 1023) + "\\ud83d\\ude00" + plain,
          plain.substr(0, 1021) + "\\u20ac\\n" + plain}) {
        auto const expected = boost::json::parse("\"" + text + "\"");
        CHECK(boost::json::parse(parsed("\"" + text + "\"", 1 << 20, true)) == expected);
        CHECK(boost::json::parse(parsed("\"" + text + "\"", 7, true)) == expected);
    }
}
