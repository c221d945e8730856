// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "ferry/json/detail/parser.hpp"
#include "ferry/json/detail/quoting.hpp"
#include "ferry/json/detail/utf8.hpp"
#include "ferry/json/writer.hpp"

#include <charconv>
#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace ferry::inline FERRY_ABI::json {

namespace detail {

/// One pass over a value. A failure travels back up and each level puts its step in front of the pointer.
class writer {
public:
    writer(std::string& out, failure& why) : out_(out), why_(why) {}

    bool value(type_desc const& type, void const* at) {
        switch (type.k) {
            case kind::null:
                out_ += "null";
                return true;
            case kind::boolean:
                out_ += *static_cast<bool const*>(at) ? "true" : "false";
                return true;
            case kind::int64:
                number(*static_cast<std::int64_t const*>(at));
                return true;
            case kind::uint64:
                number(*static_cast<std::uint64_t const*>(at));
                return true;
            case kind::number:
                return floating(*static_cast<double const*>(at));
            case kind::decimal:
                return exact(*static_cast<ferry::decimal const*>(at));
            case kind::text:
                return string(*static_cast<std::string const*>(at));
            case kind::open_text:
                return string(type.text(at));
            case kind::object:
                return object(type, at);
            case kind::list:
                return list(type, at);
            case kind::map:
                return map(type, at);
            case kind::optional:
            case kind::nullable:
            case kind::box:
                return held(type.inner(), type.peek(at));
            case kind::variant:
                return variant(type, at);
            case kind::raw: {
                std::string const& text = static_cast<raw_json const*>(at)->text();
                out_ += text.empty() ? std::string_view("null") : std::string_view(text);
                return true;
            }
        }
        return false;
    }

private:
    bool held(type_desc const& type, void const* at) {
        if (at) return value(type, at);
        out_ += "null";
        return true;
    }

    template <class Number>
    void number(Number n) {
        char digits[32];
        auto const end = std::to_chars(digits, digits + sizeof digits, n).ptr;
        out_.append(digits, end);
    }

    bool floating(double n) {
        if (!std::isfinite(n)) return fail("JSON has no way to write NaN or infinity");
        number(n);
        return true;
    }

    bool exact(ferry::decimal const& n) {
        if (!n.is_number()) return fail("the decimal is no number");
        out_ += n.text();
        return true;
    }

    bool variant(type_desc const& type, void const* at) {
        void const* const held = type.peek(at);
        if (!held) return fail("the union holds nothing: an assignment to it has thrown");
        auto const index = type.arm(at);
        auto const& arm = type.arms[index]();
        auto const before = out_.size();
        if (!value(arm, held)) return false;
        // A double beside integers is read as a double again: 3.0, not 3.
        bool const whole = out_.find_first_not_of("-0123456789", before) == std::string::npos;
        if (arm.k == kind::number && whole && streaming_arm(type, token::integer) != index) out_ += ".0";
        return true;
    }

    bool string(std::string_view text) {
        return append_quoted(text, out_) || fail("the text is not valid UTF-8");
    }

    bool object(type_desc const& type, void const* at) {
        out_ += '{';
        for (field const* f = type.fields; f != type.fields + type.field_count; ++f) {
            void const* const member = address(*f, at);
            type_desc const& member_type = f->type();
            if (!f->required && is_absent(member_type, member)) continue;
            if (!key(f->name) || !value(member_type, member)) return step(f->name);
        }
        if (type.rest && !entries(type.rest->type(), address(*type.rest, at), &type)) return false;
        out_ += '}';
        return true;
    }

    bool map(type_desc const& type, void const* at) {
        out_ += '{';
        if (!entries(type, at)) return false;
        out_ += '}';
        return true;
    }

    /// \param object whose fields none of the names may have; null: there is none
    bool entries(type_desc const& type, void const* at, type_desc const* object = nullptr) {
        struct context {
            writer& self;
            type_desc const& element;
            type_desc const* object;
        } each{*this, type.inner(), object};
        return type.each(at, &each, [](void* c, std::string_view name, void const* element) {
            auto const& [self, element_type, declared] = *static_cast<context*>(c);
            if (declared && has_field(*declared, name))
                return self.fail("is a member of its own and cannot be among the others") || self.step(name);
            return (self.key(name) && self.value(element_type, element)) || self.step(name);
        });
    }

    bool list(type_desc const& type, void const* at) {
        struct context {
            writer& self;
            type_desc const& element;
            std::size_t index = 0;
        } each{*this, type.inner()};
        out_ += '[';
        bool const complete = type.each(at, &each, [](void* c, std::string_view, void const* element) {
            auto& [self, element_type, index] = *static_cast<context*>(c);
            if (index != 0) self.out_ += ',';
            if (!self.value(element_type, element)) return self.step(std::to_string(index));
            ++index;
            return true;
        });
        out_ += ']';
        return complete;
    }

    bool key(std::string_view name) {
        if (out_.back() != '{') out_ += ',';
        if (!append_quoted(name, out_)) return fail("the name is not valid UTF-8");
        out_ += ':';
        return true;
    }

    bool fail(std::string_view message) {
        why_ = {std::string(message), {}, 0};
        return false;
    }

    bool step(std::string_view name) {
        std::string front;
        append_step(name, front);
        why_.pointer.insert(0, front);
        return false;
    }

    std::string& out_;
    failure& why_;
};

}  // namespace detail

FERRY_DECL bool encode(type_desc const& type, void const* value, std::string& out, failure& why) {
    auto const before = out.size();
    if (detail::writer(out, why).value(type, value)) return true;
    out.resize(before);
    return false;
}

FERRY_DECL bool append_quoted(std::string_view text, std::string& out) {
    auto const before = out.size();
    out += '"';
    std::size_t done = 0;
    for (std::size_t i = 0; i < text.size();) {
        auto const c = static_cast<unsigned char>(text[i]);
        if (detail::plain_bytes[c]) {
            ++i;
            continue;
        }
        if (c >= 0x80) {
            auto const [length, is_valid] = detail::utf8_at(text, i);
            if (!is_valid) {
                out.resize(before);
                return false;
            }
            i += length;
            continue;
        }
        out.append(text, done, i - done);
        detail::append_escape(c, out);
        done = ++i;
    }
    out.append(text, done);
    out += '"';
    return true;
}

}  // namespace ferry::json
