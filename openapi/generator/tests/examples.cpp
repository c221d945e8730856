// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "tests/examples.hpp"

#include "document/json_text.hpp"

#include <algorithm>

namespace ferry::gen {

namespace {

/// C++ promises string literals of 65536 characters.
constexpr std::size_t longest = 60'000;

std::string without_places(std::string const& misfit) {
    // Reasons are counted: the same one must read the same.
    auto const space = misfit.find(' ');
    return misfit.starts_with('/') && space != misfit.npos ? "a member" + misfit.substr(space) : misfit;
}

}  // namespace

std::string example_finder::place(node const& at) const {
    auto const pointer = at.pointer();
    bool const here = at.file == nullptr || at.file == source_.root().file;
    return here ? pointer : at.file->substr(at.file->rfind('/') + 1) + pointer;
}

void example_finder::skip(std::string place, std::string why) {
    if (std::ranges::find(skipped_, place, &skipped_example::place) == skipped_.end())
        skipped_.push_back({std::move(place), std::move(why)});
}

void example_finder::add(std::vector<example>& to, node const& value, node const& schema) {
    auto const where = place(value);
    if (auto const why = rules_.misfit(value, schema); !why.empty())
        return skip(where, "the example contradicts its schema: " + without_places(why));
    auto json = to_json(value);
    if (!json) return skip(where, "the example is no JSON");
    if (json->size() > longest) return skip(where, "the example is too long for a literal of standard C++");
    to.push_back({where, std::move(*json), rules_.unknown(value, schema), copy_of(value)});
}

std::vector<example> example_finder::of_schema(node const& schema) {
    std::vector<example> made;
    node const& at = rules_.follow(schema);
    if (!at.is_map()) return made;
    if (auto const* one = at.find("example"); one != nullptr) add(made, *one, at);
    if (auto const* several = at.find("examples"); several != nullptr && several->is_list()) {
        for (auto const& one : several->children) add(made, *one, at);
    } else if (several != nullptr) {
        skip(place(*several), "the examples of a schema are not a list");
    }
    return made;
}

/// `examples` of media types and parameters: each has a name, and a value or a reference.
std::vector<example> example_finder::named(node const& examples, node const& schema) {
    std::vector<example> made;
    for (auto const& entry : examples.children) {
        node const& one = rules_.follow(*entry);
        if (auto const* value = one.find("value"); value != nullptr)
            add(made, *value, schema);
        else
            skip(place(*entry), one.find("externalValue") != nullptr ? "the example is in another document"
                                                                     : "the example has no value");
    }
    return made;
}

std::vector<example> example_finder::of_holder(node const& holder) {
    auto const* schema = holder.find("schema");
    if (schema == nullptr) return {};
    std::vector<example> made;
    if (auto const* one = holder.find("example"); one != nullptr) add(made, *one, *schema);
    if (auto const* several = holder.find("examples"); several != nullptr && several->is_map())
        for (auto& one : named(*several, *schema)) made.push_back(std::move(one));
    return made.empty() ? of_schema(*schema) : made;
}

std::optional<example> example_finder::made_up(node const& schema, sampler::size wanted, std::size_t branch) {
    std::shared_ptr<node const> value = samples_.make(schema, wanted, branch);
    if (value == nullptr) return std::nullopt;
    auto json = to_json(*value);
    if (!json || json->size() > longest) return std::nullopt;
    auto unknown = rules_.unknown(*value, schema);
    return example{"made up from " + place(schema), std::move(*json), std::move(unknown), value, true};
}

std::optional<example> example_finder::any(node const& holder) {
    if (auto found = of_holder(holder); !found.empty()) return std::move(found.front());
    auto const* schema = holder.find("schema");
    return schema != nullptr ? made_up(*schema, sampler::size::full) : std::nullopt;
}

std::optional<example> example_finder::part(example const& whole, node const& value, node const& schema) {
    auto json = to_json(value);
    if (!json) return std::nullopt;
    return example{whole.place + value.pointer(), std::move(*json), rules_.unknown(value, schema),
                   copy_of(value), whole.made_up};
}

}  // namespace ferry::gen
