// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "model/model.hpp"
#include "schema/contents.hpp"
#include "schema/shape.hpp"
#include "words/names.hpp"

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace ferry::gen {

/// Reads schemas of OpenAPI 3.0 and 3.1 into types. What both versions say differently (`nullable`, lists of
/// types, unions with null, `allOf` around one reference, constants) ends as the same type.
class normaliser {
public:
    normaliser(api& to, document const& from);

    /// Reads everything under components/schemas.
    void read_components();
    /// Reads a schema that stands where it is used. \param hint a name for it, should it need one
    type_use read(node const& schema, std::string const& hint);
    /// What the service sends by itself: a model of this name, or another name for the component that it is.
    type& event(node const& schema, std::string const& name, std::string const& docs);
    /// The answers of one operation as one type. \param at where they stand
    type& union_of(std::vector<type_use> const& answers, node const& at, std::string const& name);
    /// The type of a component, by a reference or by its bare name; null where there is none.
    type* component(node const& reference) const;
    /// The schema behind a reference; null where there is none.
    node const* schema(node const& reference) const;
    /// A type without a schema, such as a text.
    type& basic(type_kind kind);

private:
    /// Schemas that hold together, and whether null is allowed where they are referred to.
    struct parts {
        conjunction all;                ///< behind references to what has no name
        std::vector<type*> named = {};  ///< the components among them, in order
        bool nullable = false;
    };

    type_use read_all(conjunction const& all, std::string const& hint, type* slot);
    type_use read_checked(conjunction const& all, std::string const& hint, type* slot);
    type_use read_shape(conjunction const& all, std::string const& hint, type* slot);
    type_use unknown_target(node const& schema);
    void split(rules const& one, parts& into, std::set<rules const*>& seen);
    bool leaves(rules const& one, shape const& as) const;

    type_use one_of(shape const& from, std::string const& hint, type* slot);
    type_use plain_union(shape const& from, std::vector<rules const*> const& branches,
                         std::string const& hint, type* slot);
    type_use extended_union(shape const& from, conjunction const& base,
                            std::vector<rules const*> const& branches, std::string const& hint, type* slot);
    type_use family(std::vector<type*> const& descendants, shape const& from, std::string const& hint,
                    type* slot);
    void flatten(std::span<rules const* const> branches, std::vector<rules const*>& left, bool& nullable);
    std::string arm_name(rules const& branch, type const& of, std::size_t number);
    std::vector<type*> descendants_of(type const& base);

    /// A value of an enumeration.
    struct known_value {
        node const* at = nullptr;
        std::string name = {};  ///< that the description gives it
        std::string docs = {};
    };
    /// The values that several schemas list.
    struct value_lists {
        std::vector<known_value> values = {};
        std::size_t count = 0;        ///< of the lists
        rules const* only = nullptr;  ///< the schema that has the only list
    };

    type_use strings(shape const& from, std::vector<rules const*> const& branches, std::string const& hint,
                     type* slot);
    type_use integers(shape const& from, std::vector<rules const*> const& branches, std::string const& hint,
                      type* slot);
    type_use enumeration(shape const& from, std::string const& hint, type* slot);
    type_use text_of_all(std::vector<rules const*> const& branches);
    bool is_string(rules const& one, int depth = 0);
    node const* beside_values(node const& schema, node const& values,
                              std::initializer_list<char const*> words) const;
    void listed(node const& schema, node const& values, std::vector<known_value>& into) const;
    static void name_branch(node const& branch, known_value& of);
    void own_values(rules const& one, std::vector<known_value>& into) const;
    bool collect(rules const& branch, std::vector<known_value>& into, std::set<rules const*>& seen) const;
    value_lists values_of(std::vector<rules const*> const& branches) const;
    std::vector<known_value> values_of(shape const& from) const;
    node const& number_of(shape const& from) const;
    static bool all_whole(std::vector<known_value> const& values);
    type_kind widest(node const& schema, std::vector<known_value> const& values) const;
    static std::string name_of_value(type const& of, known_value const& value, std::string const& wire);
    type& known_values(type_kind kind, shape const& from, value_lists const& all, std::string const& hint,
                       type* slot);
    type_use by_types(shape const& from, std::string const& hint, type* slot);
    type_use by_type(shape const& from, std::uint64_t wanted, std::string const& hint, type* slot);
    type_use text(shape const& from);
    type_use list(shape const& from, std::string const& hint);
    type_use object(shape const& from, std::string const& hint, type* slot);
    void read_rest(type& to, shape const& from, scope& names);
    type_use others(shape const& from, std::string const& hint);

    type& add_component(node const& schema, std::string wire, std::string key, std::string name);
    type* named(node const& target);
    type* adopt(node const& target);
    void finish_component(type& t);
    void finish_later();

    shape place(node const& schema);
    /// Where the last of the schemas stands: what is beside it is around it, or what it refers to.
    node const& at(shape const& of) const { return rules_.at(*of.given.back()); }
    type& claim(type_kind kind, shape const& from, std::string const& hint, type* slot);
    std::string inline_key(node const& schema);
    type& of(type_kind kind, type_use inner);
    void add_values(type& to, std::vector<known_value> const& all);
    property read_property(type const& owner, std::string const& wire, conjunction const& all, bool required);

    std::string content_of(shape const& from);

    api& api_;
    document const& document_;
    schemas& rules_;
    scope names_{"import", "module"};  // with these, `import value;` would be about modules
    std::unordered_map<node const*, type*> components_;
    std::map<conjunction, type_use> known_;
    std::map<conjunction, type_use> reading_;
    std::unordered_map<std::string, int> inline_keys_;
    std::unordered_map<std::string, type*> by_wire_;  ///< of several the first
    std::unordered_map<rules const*, bool> strings_;
    contents contents_{rules_};
    std::unordered_map<std::string, type*> by_content_;
    std::unordered_map<type const*, std::vector<type*>>
        children_;  ///< components that are made of another one
    bool knows_children_ = false;
    std::set<node const*> finishing_;
    /// Schemas within one another that are being read; beyond `deepest`, components have to wait.
    static constexpr std::size_t deepest = 200;
    std::size_t depth_ = 0;
    std::vector<type*> later_;
    std::map<type_kind, type*> basics_;
};

/// Does what needs to see all types: makes unions tell their arms apart, breaks cycles with boxes, and marks
/// what is part of a request.
void finish_unions(api& of, normaliser const& names);
/// The index of a status' answer among the arms of their union; nothing where it is to be told by its
/// content.
std::optional<std::size_t> arm_of(type const& t, type_use const& use);
void mark_requests(api& of);
/// Members that only one side sends (`readOnly`, `writeOnly`) are not required of the other.
void loosen_one_way_members(api& of);
void break_circles(api& of);

}  // namespace ferry::gen
