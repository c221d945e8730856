// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "llamacloud/refusals.hpp"

#include "http/text.hpp"

namespace ferry::mock::llamacloud {

http_error invalid_value(std::string_view type, json::array location, std::string const& message,
                         json::value input, json::object context) {
    json::object item{{"type", type}, {"loc", std::move(location)}, {"msg", message}};
    item.emplace("input", std::move(input));
    if (!context.empty()) item.emplace("ctx", std::move(context));
    return {422, json::array{std::move(item)}};
}

http_error not_one_of(std::span<std::string_view const> values, json::array location,
                      std::string const& input) {
    std::string const expected = alternatives(values);
    return invalid_value("literal_error", std::move(location), "Input should be " + expected,
                         json::value(input), {{"expected", expected}});
}

http_error unusable(std::int64_t status, json::array location, std::string const& message,
                    std::string const& input) {
    if (status != 422) return {static_cast<int>(status), json::value(message)};
    return invalid_value("value_error", std::move(location), "Value error, " + message, json::value(input),
                         {{"error", json::object{}}});
}

}  // namespace ferry::mock::llamacloud
