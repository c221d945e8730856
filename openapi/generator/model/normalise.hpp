// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "model/model.hpp"
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
    /// The members of an object, from one schema or from the parts of an `allOf`.
    struct merged {
        std::vector<std::pair<std::string, node const*>> members;
        std::unordered_map<std::string, std::size_t> places = {};  ///< of the members by name
        std::set<std::string, std::less<>> required;
        node const* additional = nullptr;
        std::vector<node const*> others = {};  ///< parts that are no objects
        std::vector<node const*> unions = {};  ///< the lists of their branches
    };

    /// A value of an enumeration.
    struct known_value {
        node const* at = nullptr;
        std::string name = {};  ///< that the description gives it
        std::string docs = {};
    };
    /// The values that several schemas list.
    struct value_lists {
        std::vector<known_value> values = {};
        std::size_t count = 0;       ///< of the lists
        node const* only = nullptr;  ///< the schema that has the only list
    };

    type_use read_into(node const& schema, std::string const& hint, type* slot);
    type_use read_checked(node const& schema, std::string const& hint, type* slot);
    type_use referenced(node const& schema, std::string const& hint);
    type_use all_of(node const& schema, std::string const& hint, type* slot);
    type_use extended_union(node const& schema, merged const& base, std::string const& hint, type* slot);
    type_use one_of(node const& schema, node const& branches, std::string const& hint, type* slot);
    type_use strings(node const& schema, std::vector<node const*> const& branches, std::string const& hint,
                     type* slot);
    type_use integers(node const& schema, std::vector<node const*> const& branches, std::string const& hint,
                      type* slot);
    type_use enumeration(node const& schema, node const& values, std::string const& hint, type* slot);
    type_use by_types(node const& schema, std::string const& hint, type* slot);
    type_use by_type(node const& schema, std::string const& name, std::string const& hint, type* slot);
    type_use object(node const& schema, merged const& from, std::string const& hint, type* slot);
    type_use dictionary(node const& schema, std::string const& hint);

    type& add_component(node const& schema, std::string wire, std::string key, std::string name);
    type* adopt(node const& target);
    void finish_component(type& t);
    void finish_later();
    void gather(node const& part, merged& into, std::set<node const*>& seen);
    void flatten(node const& branches, std::vector<node const*>& left, bool& nullable);
    node const& resolved(node const& schema);
    std::vector<std::string> type_names(node const& schema, bool& nullable);
    bool is_string(node const& schema, int depth = 0);
    bool is_string_anew(node const& schema, int depth);

    type& claim(type_kind kind, node const& schema, std::string const& hint, type* slot);
    std::string inline_key(node const& schema);
    type& of(type_kind kind, type_use inner);
    node const* beside_values(node const& schema, node const& values,
                              std::initializer_list<char const*> words) const;
    void listed(node const& schema, node const& values, std::vector<known_value>& into) const;
    static void name_branch(node const& branch, known_value& of);
    bool collect(node const& branch, std::vector<known_value>& into, std::set<node const*>& seen);
    value_lists values_of(std::vector<node const*> const& branches);
    static bool all_whole(std::vector<known_value> const& values);
    static type_kind widest(node const& schema, std::vector<known_value> const& values);
    static std::string name_of_value(type const& of, known_value const& value, std::string const& wire);
    type& known_values(type_kind kind, node const& schema, value_lists const& all, std::string const& hint,
                       type* slot);
    void add_values(type& to, std::vector<known_value> const& all);
    property read_property(type const& owner, std::string const& wire, node const& schema, bool required);

    api& api_;
    document const& document_;
    scope names_{"import", "module"};  // with these, `import value;` would be about modules
    std::unordered_map<node const*, type*> components_;
    std::unordered_map<node const*, type_use> inline_;
    std::unordered_map<std::string, int> inline_keys_;
    std::unordered_map<std::string, type*> by_wire_;  ///< of several the first
    std::unordered_map<node const*, bool> strings_;
    std::set<node const*> reading_;
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
