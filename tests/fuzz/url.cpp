// Any URL, redirect and parameter: what is requested is what was meant, and no line ends early.
#include "input.hpp"

#include <ferry/core/detail/origin_text.hpp>
#include <ferry/core/detail/server_url.hpp>
#include <ferry/engine/detail/url.hpp>
#include <ferry/transports/detail/proxy.hpp>
#include <http/url.hpp>

namespace {

using namespace ferry::detail;

bool is_safe(std::string_view text) {
    return std::none_of(text.begin(), text.end(), [](unsigned char c) { return c <= 0x20 || c == 0x7f; });
}

void check_url(parsed_url const& at) {
    auto const& from = at.origin;
    fuzz::expect(from.scheme == "http" || from.scheme == "https", "the scheme is one of two");
    fuzz::expect(!from.host.empty() && from.port != 0 && is_safe(from.host), "there are a host and a port");
    fuzz::expect(at.target().starts_with('/') && is_safe(at.target()), "the target is one word");
    auto const again = parse_url(at.to_string(), "it");
    fuzz::expect(again && again->origin == from && again->target() == at.target(), "a URL stays what it is");
    fuzz::expect(is_safe(redact(from, at.target(), {})), "a URL for logs is one word");
}

void check_foreign(foreign_url const& at) {
    check_url({at.origin, at.target, {}});
    auto const again = parse_foreign_url(to_string(at.origin) + at.target, "it");
    fuzz::expect(again && again->origin == at.origin && again->target == at.target,
                 "a URL of somebody else stays what it is, byte for byte");
}

void check_redirect(foreign_url const& base, std::string_view reference) {
    auto const to = resolve_reference(base, reference);
    if (!to) return;
    check_foreign(*to);
    // Browsers leave out line breaks and tabs, and read backslashes as slashes.
    std::string read;
    for (char const c : reference)
        if (c != '\t' && c != '\r' && c != '\n') read += c == '\\' ? '/' : c;
    bool const names_host = read.find("//") != read.npos || read.find(':') != read.npos;
    if (!names_host) fuzz::expect(to->origin == base.origin, "a path stays on its host");
}

void check_encoding(std::string_view text) {
    auto const segment = encode_path_segment(text);
    auto const query = encode_query_text(text);
    fuzz::expect(is_safe(segment) && segment.find_first_of("/?#") == segment.npos,
                 "a segment is one segment");
    fuzz::expect(is_safe(query) && query.find_first_of("/?#&=+") == query.npos, "a value is one value");
    if (!ferry::mock::is_utf8(text)) return;
    fuzz::expect(ferry::mock::percent_decode(segment) == text, "a segment is read as it was given");
    auto const pairs = ferry::mock::parse_query("a=" + query + "&b=");
    fuzz::expect(pairs.size() == 2 && pairs[0].second == text, "a value is read as it was given");
}

void check_server(std::string_view value) {
    auto const at = parse_url(
        server_url("https://{region}.example.com/{version}/x", {{"region", value}, {"version", "1"}}), "it");
    if (at) fuzz::expect(at->origin.host.ends_with(".example.com"), "a variable does not change the domain");
    auto const path = parse_url(server_url("https://example.com/{version}", {{"version", value}}), "it");
    if (path)
        fuzz::expect(path->origin.host == "example.com" && path->origin.port == 443,
                     "a path stays on its host");
}

void check_proxy(std::string_view text) {
    auto const proxy = parse_proxy(text);
    if (!proxy) return;
    fuzz::expect(!proxy->at.host.empty() && proxy->at.port != 0 && is_safe(proxy->at.host),
                 "there are a host and a port");
    fuzz::expect(!has_line_break(proxy->authorization), "a password ends no line");
    fuzz::expect(parse_proxy(authority(proxy->at)).value().at == proxy->at, "a proxy is read as it is told");
}

void check_exceptions(std::string_view list, std::string_view host) {
    no_proxy_list const exceptions(list);
    ferry::origin target{"https", lower(host), 443};
    bool const covered = exceptions.covers(target);
    target.host += '.';
    if (!host.ends_with('.'))
        fuzz::expect(exceptions.covers(target) == covered, "a dot at the end does not count");
    auto const text = lower(list);
    bool const everybody = text.find('*') != text.npos || text.find("/0") != text.npos;
    target.host = "other.invalid";
    if (!everybody && text.find("invalid") == text.npos)
        fuzz::expect(!exceptions.covers(target), "a list covers nobody else");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    fuzz::input input(data, size);
    auto const base = input.field();
    auto const reference = input.field();
    auto const text = input.field();
    if (auto const at = parse_url(base, "it")) {
        check_url(*at);
        check_redirect({at->origin, at->target()}, reference);
    }
    if (auto const at = parse_foreign_url(base, "it")) check_foreign(*at);
    check_redirect(parse_foreign_url("https://example.com/a/b?c=d", "it").value(), reference);
    check_encoding(text);
    check_server(text);
    check_proxy(base);
    check_exceptions(base, reference);
    if (!text.empty())
        fuzz::expect(hide_query_value("/?a=1&key=" + encode_query_text(text), "key") == "/?a=1&key=***",
                     "a secret value is hidden");
    return 0;
}
