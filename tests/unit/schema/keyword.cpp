// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "ferry/schema/keyword.hpp"

#include "support/catch2.hpp"

#include <algorithm>
#include <cstddef>
#include <set>
#include <string_view>

using namespace ferry::schema;

TEST_CASE("each keyword has the name that descriptions use") {
    CHECK(name_of(keyword::never) == "false");
    CHECK(name_of(keyword::reference) == "$ref");
    CHECK(name_of(keyword::constant) == "const");
    CHECK(name_of(keyword::multiple_of) == "multipleOf");
    CHECK(name_of(keyword::exclusive_minimum) == "exclusiveMinimum");
    CHECK(name_of(keyword::pattern) == "pattern");
    CHECK(name_of(keyword::prefix_items) == "prefixItems");
    CHECK(name_of(keyword::max_contains) == "maxContains");
    CHECK(name_of(keyword::required) == "required");
    CHECK(name_of(keyword::pattern_properties) == "patternProperties");
    CHECK(name_of(keyword::dependent_schemas) == "dependentSchemas");
    CHECK(name_of(keyword::discriminator) == "discriminator");
    CHECK(name_of(keyword::negation) == "not");
    CHECK(name_of(keyword::condition) == "if");
    CHECK(name_of(keyword::otherwise) == "else");
    CHECK(name_of(keyword::unevaluated_properties) == "unevaluatedProperties");
    CHECK(name_of(keyword::write_only) == "writeOnly");
}

TEST_CASE("no name is missing or stands twice") {
    std::set<std::string_view> names;
    for (std::size_t i = 0; i < keyword_count; ++i) names.insert(name_of(static_cast<keyword>(i)));
    CHECK(names.size() == keyword_count);
    CHECK(names.count("") == 0);
}

TEST_CASE("what asks for the unevaluated stands behind all that evaluates") {
    for (auto const word : {keyword::items, keyword::contains, keyword::properties, keyword::all_of,
                            keyword::one_of, keyword::otherwise, keyword::dependent_schemas})
        CHECK(word < (std::min)(keyword::unevaluated_items, keyword::unevaluated_properties));
}
