// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "cpp/spelling.hpp"
#include "model/model.hpp"

#include <set>
#include <string>
#include <vector>

namespace ferry::gen {

/// Something that a call takes, as an argument or by a setter of its builder.
struct input {
    std::string name;
    std::string type;
    std::string docs = {};
    bool cheap = false;  ///< copied rather than moved
    bool deprecated = false;
    bool list = false;
    std::string wire = {};
};

/// `std::string name`
std::string declared(input const& in);
/// Booleans and numbers are copied, all else is moved.
bool is_cheap(type const& t);
/// A required member of the body that the description does not fix.
bool is_argument(body_member const& m);
/// A member that may be left out.
bool is_setter(body_member const& m);
/// A required member with one allowed value, which the model of the body does not begin with.
bool is_fixed(body_member const& m);
/// The parameters that are arguments, in their order: those in the path first.
std::vector<parameter const*> required_parameters(operation const& o);
/// Whether a body must be given.
bool takes_body(operation const& o);

/// What goes into a call and what comes back, in C++. Keeps in mind which models were mentioned.
class signature {
public:
    explicit signature(spelling const& spell) : spell_(spell) {}

    input of_parameter(parameter const& p);
    input of_member(operation const& o, body_member const& m);
    input of_body(operation const& o);

    /// What the method takes: required parameters in the order path, others, body.
    std::vector<input> arguments(operation const& o);
    /// What the builder's setters take: all else.
    std::vector<input> setters(operation const& o);
    std::string body_type(operation const& o);
    std::string answer(operation const& o);

    std::string plain(type const& t);
    std::string value(type_use const& use);
    std::set<type const*> const& types() const noexcept { return types_; }

private:
    spelling const& spell_;
    std::set<type const*> types_;
};

}  // namespace ferry::gen
