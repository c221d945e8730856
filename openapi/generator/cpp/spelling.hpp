// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "model/model.hpp"

#include <set>
#include <string>
#include <string_view>

namespace ferry::gen {

/// What a piece of code includes.
struct includes {
    std::set<std::string> ours;
    std::set<std::string> standard = {};
};

/// The lines that open and close a namespace.
struct enclosure {
    std::string open;
    std::string close;
};

/// What the file of a name is called, without its ending: the name, but for what not every system takes.
/// Names from a lock file may be of any length and in any case.
std::string file_stem(std::string const& name);

/// How the generated code of one API spells types and where its files are.
class spelling {
public:
    /// \param name_space of the API, such as `ferry::llamacloud`
    explicit spelling(std::string name_space);

    std::string const& name_space() const noexcept { return name_space_; }
    /// The namespace of the API, or one in it: `namespace acme::drive::inline FERRY_ABI::models {`
    enclosure own(std::string const& inner = {}) const;
    /// A namespace in it, as seen from inside `ferry`'s own: `::acme::drive::schemas`
    std::string absolute(std::string const& inner) const;
    /// `ferry::`, or `::ferry::` where the namespace of the API would hide it.
    std::string const& runtime() const noexcept { return runtime_; }
    /// `ferry/llamacloud`
    std::string const& folder() const noexcept { return folder_; }

    /// The type itself. \param models what stands before the name of a model: `models::` or nothing
    std::string plain(type const& t, std::string const& models) const;
    /// As an element, argument or answer: `std::optional` where null is allowed.
    std::string value(type_use const& use, std::string const& models) const;
    /// As a member of a struct.
    std::string member(type const& owner, property const& p, std::string const& models) const;

    /// The model as seen from inside `ferry::json`.
    std::string from_json(type const& t) const { return absolute("models::") + t.name; }
    std::string model_header(type const& t) const {
        return folder_ + "/models/" + file_stem(t.name) + ".hpp";
    }
    /// Of a type that is part of a circle: what its header includes first.
    std::string model_definition(type const& t) const {
        return folder_ + "/models/" + file_stem(t.name) + ".ipp";
    }
    std::string resource_header(resource const& r) const {
        return folder_ + "/" + file_stem(r.header) + ".hpp";
    }

    /// The includes that a piece of code needs, by the names in it; comments do not count.
    includes needs(std::string const& code) const;

private:
    std::string name_space_;
    std::string runtime_;
    std::string from_ferry_;
    std::string folder_;
};

/// `ferry::inline FERRY_ABI::json`, where the tables of types are.
enclosure json_namespace();
/// `ferry::inline FERRY_ABI::schema`, where the rules of types are.
enclosure schema_namespace();
/// A number of JSON, whole ones within 64 bits.
std::string number_literal(std::string const& digits);

/// The named types in the spelling of a type, itself included; not those inside of them.
void mentioned(type const& t, std::set<type const*>& into);

}  // namespace ferry::gen
