// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "model/security.hpp"

#include "words/lists.hpp"
#include "words/text.hpp"

#include <algorithm>

namespace ferry::gen {

namespace {

constexpr std::size_t most_credentials = 32;

/// What the library can send; nothing for mutual TLS, digests and the like.
std::optional<credential> credential_of(std::string const& name, node const& scheme) {
    auto const kind = scheme.text("type");
    auto const http = capitals(scheme.text("scheme"));
    if (kind == "apiKey") {
        auto const in = scheme.text("in");
        auto const place = in == "query"    ? key_place::query
                           : in == "cookie" ? key_place::cookie
                                            : key_place::header;
        return credential{name, place, scheme.text("name")};
    }
    if (kind == "oauth2" || kind == "openIdConnect" || (kind == "http" && http == "BEARER"))
        return credential{name, key_place::bearer, "Authorization"};
    if (kind == "http" && http == "BASIC") return credential{name, key_place::basic, "Authorization"};
    return std::nullopt;
}

std::vector<node const*> asked_for_first(node const& schemes, node const* asked) {
    std::vector<node const*> order;
    auto const add = [&](node const* scheme) {
        if (scheme != nullptr && !contains(order, scheme)) order.push_back(scheme);
    };
    if (asked != nullptr)
        for (auto const& requirement : asked->children)
            for (auto const& scheme : requirement->children) add(schemes.find(scheme->key));
    for (auto const& scheme : schemes.children) add(scheme.get());
    return order;
}

/// The set of one alternative; nothing where it is made of schemes that are not declared. What cannot be sent
/// is up to the caller: a client certificate, a header field of his own.
std::optional<std::uint32_t> set_of(api& of, node const& requirement, node const* schemes) {
    std::uint32_t set = 0;
    bool unknown = false;
    for (auto const& scheme : requirement.children) {
        auto const found = std::ranges::find(of.credentials, scheme->key, &credential::scheme);
        bool const sent = found != of.credentials.end();
        if (sent) set |= std::uint32_t{1} << (found - of.credentials.begin());
        if (sent || (schemes != nullptr && schemes->find(scheme->key) != nullptr)) continue;
        unknown = true;
        of.notes.add(*scheme, "there is no security scheme " + scheme->key +
                                  " in components/securitySchemes; what else is asked for is sent" +
                                  (of.credentials.empty()
                                       ? ", and this is up to the caller, by extra_header()"
                                       : ", or, where that is nothing, whichever credential the client has"));
    }
    return unknown && set == 0 ? std::nullopt : std::optional(set);
}

/// Each credential by itself, or none: what is there is sent.
void add_any(api const& of, security& to) {
    for (std::size_t i = 0; i < of.credentials.size(); ++i)
        if (auto const one = std::uint32_t{1} << i; !contains(to, one)) to.push_back(one);
    if (!contains(to, std::uint32_t{0})) to.push_back(0);
}

security alternatives(api& of, document const& from, node const& list) {
    auto const* components = from.root().find("components");
    auto const* schemes = components != nullptr ? components->find("securitySchemes") : nullptr;
    security made;
    bool unknown = false;
    for (auto const& requirement : list.children) {
        auto const set = set_of(of, *requirement, schemes);
        unknown = unknown || !set;
        if (set && !contains(made, *set)) made.push_back(*set);
    }
    // Neither is the key kept back because of a misspelt name, nor is a call refused that has none.
    bool const asks = std::ranges::any_of(made, [](std::uint32_t set) { return set != 0; });
    if (unknown && !asks) {
        made.clear();
        add_any(of, made);
    }
    return made;
}

/// Whether the alternatives are what no alternatives mean: any one of the credentials.
bool is_any_one(api const& of, security const& sets) {
    if (sets.size() != of.credentials.size()) return false;
    for (std::size_t i = 0; i < sets.size(); ++i)
        if (sets[i] != std::uint32_t{1} << i) return false;
    return true;
}

/// What is said about security, where that is a list as it must be.
node const* security_of(api& to, node const& at) {
    auto const* list = at.find("security");
    if (list == nullptr || list->is_list()) return list;
    to.notes.add(*list, "security must be a list of alternatives; it is left out");
    return nullptr;
}

std::optional<credential> read_credential(api& to, document const& from, node const& scheme) {
    try {
        auto made = credential_of(scheme.key, from.resolve(scheme));
        if (!made)
            to.notes.add(scheme,
                         "this security scheme is up to the caller, by extra_header() or tls_options");
        return made;
    } catch (failure const& e) {
        to.notes.add(e, "the security scheme is left out");
        return std::nullopt;
    }
}

}  // namespace

void read_credentials(api& to, document const& from) {
    auto const* components = from.root().find("components");
    auto const* schemes = components != nullptr ? components->find("securitySchemes") : nullptr;
    auto const* asked = security_of(to, from.root());
    if (schemes == nullptr || schemes->children.empty()) {
        if (asked != nullptr) alternatives(to, from, *asked);  // says which schemes are missing
        return;
    }
    for (auto const* candidate : asked_for_first(*schemes, asked)) {
        auto made = read_credential(to, from, *candidate);
        if (!made) continue;
        if (to.credentials.size() == most_credentials)
            to.notes.add(*candidate, "one security scheme too many: up to 32 are sent, this one is not");
        else
            to.credentials.push_back(std::move(*made));
    }
    if (asked != nullptr) {
        to.default_security = alternatives(to, from, *asked);
    } else {
        // Nothing is asked for: credentials are sent where there are some.
        add_any(to, to.default_security);
    }
    if (is_any_one(to, to.default_security)) to.default_security.clear();
}

void read_security(api& of, document const& from, operation& o) {
    auto const* own = security_of(of, *o.at);
    auto const* asked = own != nullptr ? own : security_of(of, from.root());
    o.authenticated = !of.credentials.empty() && !(asked != nullptr && asked->children.empty());
    if (own == nullptr) return;
    auto sets = alternatives(of, from, *own);
    if (!o.authenticated) return;
    bool const usual = sets == of.default_security || (of.default_security.empty() && is_any_one(of, sets));
    if (!usual) o.security = std::move(sets);
}

}  // namespace ferry::gen
