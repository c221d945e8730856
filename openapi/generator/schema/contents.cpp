// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "schema/contents.hpp"

namespace ferry::gen {

std::size_t contents::of(rules const& one) {
    if (auto const known = known_.find(&one); known != known_.end()) return known->second;
    std::string text;
    auto const put = [&](std::size_t n) { text += std::to_string(n) + ","; };
    for (auto const& its : one.all) {
        text += std::string(name_of(its.word())) + ":";
        switch (its.word()) {
            case keyword::reference:
                put(reinterpret_cast<std::size_t>(&its.that()));
                break;
            case keyword::properties:
            case keyword::pattern_properties:
            case keyword::dependent_schemas:
                for (auto const& member : its.members()) {
                    text += std::to_string(member.name.size()) + " " + std::string(member.name) + " ";
                    put(of(*member.that));
                }
                break;
            case keyword::prefix_items:
            case keyword::all_of:
            case keyword::any_of:
            case keyword::one_of:
                for (auto const* part : its.list()) put(of(*part));
                break;
            case keyword::items:
            case keyword::contains:
            case keyword::additional_properties:
            case keyword::property_names:
            case keyword::negation:
            case keyword::condition:
            case keyword::then:
            case keyword::otherwise:
            case keyword::unevaluated_items:
            case keyword::unevaluated_properties:
                put(of(its.that()));
                break;
            case keyword::constant:
            case keyword::enumeration:
                for (auto const& value : its.literals())
                    text += std::to_string(value.type) + " " + std::to_string(value.text.size()) + " " +
                            std::string(value.text) + " ";
                break;
            case keyword::required:
                for (auto const name : its.names())
                    text += std::to_string(name.size()) + " " + std::string(name) + " ";
                break;
            case keyword::pattern:
            case keyword::format:
            case keyword::multiple_of:
            case keyword::maximum:
            case keyword::exclusive_maximum:
            case keyword::minimum:
            case keyword::exclusive_minimum:
                text += std::to_string(its.text().size()) + " " + std::string(its.text()) + " ";
                break;
            case keyword::dependent_required:
            case keyword::discriminator:
                put(reinterpret_cast<std::size_t>(&its));
                break;
            default:
                put(its.number());
                break;
        }
    }
    // What a person said about names, and what sets apart objects that are made alike.
    node const& here = schemas_.at(one);
    bool const object = here.find("properties") != nullptr;
    for (auto const& word : here.children)
        if (word->key.starts_with("x-ferry-") || (object && word->key == "title") ||
            word->key == "deprecated" || word->key.starts_with("content"))
            text +=
                word->key + "=" + (word->is_map() || word->is_list() ? word->pointer() : word->scalar) + ";";
    auto const number = numbers_.try_emplace(std::move(text), numbers_.size()).first->second;
    known_[&one] = number;
    return number;
}

}  // namespace ferry::gen
