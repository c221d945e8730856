// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "core/shape.hpp"

#include "http/text.hpp"

#include <algorithm>

namespace ferry::mock {
namespace {

using schema::keyword;
using schema::rule;
using schema::rules;
namespace types = schema::types;

class reader {
public:
    explicit reader(shape& made) : made_(made) {}

    void run(rules const& of) {
        read(of);
        for (field& member : made_.fields)
            member.required = std::find(required_.begin(), required_.end(), member.name) != required_.end();
        made_.kind = kind_of_all();
    }

private:
    void read(rules const& of) {
        // Schemas may be nothing but each other.
        if (++steps_ > 1000) return;
        for (rule const& one : of.all) read_rule(one);
    }

    void read_rule(rule const& one) {
        switch (one.word()) {
            case keyword::reference:
                return read(one.that());
            case keyword::all_of:
                for (rules const* const part : one.list()) read(*part);
                return;
            case keyword::any_of:
            case keyword::one_of:
                return read_union(one);
            case keyword::nullable:
                made_.nullable = true;
                return;
            case keyword::type:
                if (one.number() != types::null && (one.number() & types::null) != 0) made_.nullable = true;
                type_ &= one.number();
                return;
            case keyword::constant:
            case keyword::enumeration:
                return read_values(one);
            case keyword::format:
                format_ = one.text();
                return;
            case keyword::minimum:
                made_.minimum = whole_number<std::int64_t>(one.text());
                return;
            case keyword::maximum:
                made_.maximum = whole_number<std::int64_t>(one.text());
                return;
            case keyword::min_length:
            case keyword::min_items:
                made_.minimum = static_cast<std::int64_t>(one.number());
                return;
            case keyword::max_length:
            case keyword::max_items:
                made_.maximum = static_cast<std::int64_t>(one.number());
                return;
            case keyword::items:
                implied_ = types::array;
                made_.item = &one.that();
                return;
            case keyword::additional_properties:
                implied_ = types::object;
                made_.item = &one.that();
                return;
            case keyword::properties:
                implied_ = types::object;
                for (schema::member const& member : one.members()) {
                    if (made_.find(member.name) == nullptr)
                        made_.fields.push_back({member.name, member.that});
                }
                return;
            case keyword::required:
                required_.insert(required_.end(), one.names().begin(), one.names().end());
                return;
            default:
                return;
        }
    }

    /// Only texts are told apart.
    void read_values(rule const& one) {
        std::vector<std::string_view> texts;
        for (schema::literal const& value : one.literals()) {
            if (value.type == types::null)
                made_.nullable = true;
            else if (value.type == types::string)
                texts.push_back(value.text);
            else
                return;
        }
        made_.values = std::move(texts);
    }

    /// "T or null" is no union.
    void read_union(rule const& one) {
        std::vector<rules const*> left;
        for (rules const* const arm : one.list()) {
            rule const* const its = arm->find(keyword::type);
            if (its != nullptr && its->number() == types::null)
                made_.nullable = true;
            else
                left.push_back(arm);
        }
        if (left.size() == 1) return read(*left.front());
        made_.arms = std::move(left);
    }

    /// Values of several types may be anything.
    [[nodiscard]] kind kind_of_all() const noexcept {
        if (!made_.arms.empty()) return kind::any_of;
        if (!made_.values.empty()) return kind::literal;
        switch (type_ == types::any ? implied_ : type_ & ~types::null) {
            case types::boolean:
                return kind::boolean;
            case types::integer:
                return kind::integer;
            case types::number:
                return kind::number;
            case types::string:
                return text_kind();
            case types::array:
                return kind::list;
            case types::object:
                return made_.fields.empty() ? kind::map : kind::object;
            default:
                return kind::any;
        }
    }

    [[nodiscard]] kind text_kind() const noexcept {
        if (format_ == "uuid") return kind::uuid;
        if (format_ == "date-time" || format_ == "utc-date-time") return kind::date_time;
        if (format_ == "uri") return kind::uri;
        return format_ == "binary" ? kind::binary : kind::text;
    }

    shape& made_;
    std::uint64_t type_ = types::any;
    std::uint64_t implied_ = 0;  ///< by keywords that say something of one type only
    std::string_view format_{};
    std::vector<std::string_view> required_;
    int steps_ = 0;
};

}  // namespace

shape::shape(schema::rules const& of) {
    reader(*this).run(of);
}

field const* shape::find(std::string_view name) const noexcept {
    auto const found =
        std::find_if(fields.begin(), fields.end(), [&](field const& one) { return one.name == name; });
    return found == fields.end() ? nullptr : &*found;
}

std::string arm_name(schema::rules const& of, int levels) {
    shape const arm(of);
    switch (arm.kind) {
        case kind::boolean:
            return "bool";
        case kind::integer:
            return "int";
        case kind::number:
            return "float";
        case kind::text:
        case kind::uuid:
        case kind::date_time:
        case kind::uri:
        case kind::binary:
        case kind::literal:
            return "str";
        case kind::list:
            return "list[" + (arm.item != nullptr && levels > 0 ? arm_name(*arm.item, levels - 1) : "any") +
                   ']';
        default:
            return of.place.empty() ? "dict[str,any]" : std::string(of.place.substr(of.place.rfind('/') + 1));
    }
}

}  // namespace ferry::mock
