// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Running a flow: an echo, which answers with its input and with the files that the request points to. That
// shows a client whether the paths it was given lead to its bytes.
#include "core/crypto.hpp"
#include "core/scalars.hpp"
#include "http/url.hpp"
#include "langflow/context.hpp"
#include "langflow/storage_error.hpp"

namespace ferry::mock::langflow {
namespace {

constexpr std::uint64_t longest_echo = 1024 * 1024;
constexpr std::uint64_t longest_request = 16 * 1024 * 1024;
constexpr std::string_view answering_component = "ChatOutput-ferry";

/// What a run is asked for. A body that cannot be read, or does not fit, counts as none.
struct run_request {
    std::optional<std::string> input{};
    std::string input_type = "chat";
    std::optional<std::string> session{};
    json::object tweaks{};
};

/// A form's fields as the members of the JSON body that says the same.
json::object members_of_form(std::vector<form_part> const& form) {
    json::object members;
    for (form_part const& part : form) {
        if (part.is_file) continue;
        if (part.name != "tweaks") {
            members[part.name] = part.text;
        } else if (std::optional<json::value> tweaks = parse_json(part.text)) {
            members["tweaks"] = *std::move(tweaks);
        }
    }
    return members;
}

std::optional<json::value> body_of(http_request const& request) {
    if (request.body.size() == 0 || request.body.size() > longest_request) return std::nullopt;
    std::string_view const type = request.header_or_empty("content-type");
    if (parse_header_value(type).value != "multipart/form-data") return parse_json(request.body.text());
    auto form = parse_form(type, request.body);
    auto const* const parts = std::get_if<std::vector<form_part>>(&form);
    return parts == nullptr ? std::nullopt : std::optional<json::value>(members_of_form(*parts));
}

run_request read_request(call const& current) {
    run_request result;
    request_values sent;
    std::optional<json::value> body = body_of(current.request);
    if (!body) return result;
    sent.path = current.values.path;
    sent.has_body = true;
    sent.body = *std::move(body);
    if (!validate(current.target, sent).empty() || !sent.body.is_object()) return result;
    json::object const& members = sent.body.get_object();
    result.input = text_member(members, "input_value");
    result.input_type = text_member(members, "input_type").value_or(result.input_type);
    result.session = text_member(members, "session_id");
    json::value const* const tweaks = members.if_contains("tweaks");
    if (tweaks != nullptr && tweaks->is_object()) result.tweaks = tweaks->get_object();
    return result;
}

/// The input may come with the request or in a tweak, not both.
void require_one_input(run_request const& request) {
    if (!request.input) return;
    for (auto const& [component, tweak] : request.tweaks) {
        json::value const* const other =
            tweak.is_object() ? tweak.get_object().if_contains("input_value") : nullptr;
        if (other == nullptr || other->is_null()) continue;
        std::string_view const name = component;
        for (std::string_view const kind : {"chat", "text"}) {
            std::string const capital = kind == "chat" ? "Chat" : "Text";
            bool const is_input =
                name.find(capital + "Input") != name.npos || name.find(capital + " Input") != name.npos;
            if (is_input && request.input_type == kind) {
                throw http_error(400, json::value("If you pass an input_value to the " + std::string(kind) +
                                                  " input, you cannot pass a tweak with the same name."));
            }
        }
    }
}

/// Every string under `path`, `file_path` or `files`, however deep.
void collect_paths(json::value const& value, bool is_path, std::vector<std::string>& paths) {
    if (value.is_string() && is_path) {
        if (!value.get_string().empty()) paths.emplace_back(value.get_string());
    } else if (value.is_array()) {
        for (json::value const& item : value.get_array()) collect_paths(item, is_path, paths);
    } else if (value.is_object()) {
        for (auto const& member : value.get_object()) {
            std::string_view const name = member.key();
            collect_paths(member.value(), name == "path" || name == "file_path" || name == "files", paths);
        }
    }
}

/// What the flow says in the end.
struct echo {
    std::string session;
    std::string flow_id;
    std::string input;
    std::string text;     ///< the input and the files' texts
    json::array files{};  ///< path, size and SHA-256 of each
    std::string when{};
};

json::object message_of(echo const& said, std::string_view sender, std::string const& text) {
    json::object message{{"text", text}, {"sender", sender}};
    message["sender_name"] = sender == "User" ? "User" : "AI";
    message["session_id"] = said.session;
    message["flow_id"] = said.flow_id;
    message["timestamp"] = said.when;
    message["files"] = sender == "User" ? json::array() : said.files;
    return message;
}

json::object result_of(echo const& said) {
    json::object const plain{{"message", said.text}, {"type", "text"}};
    json::object result;
    result["results"] = json::object{{"message", message_of(said, "Machine", said.text)}};
    result["artifacts"] = plain;
    result["outputs"] = json::object{{"message", plain}};
    result["logs"] = json::object{{"message", json::array{}}};
    json::array messages;
    messages.push_back(json::object{{"message", said.text},
                                    {"sender", "Machine"},
                                    {"sender_name", "AI"},
                                    {"session_id", said.session},
                                    {"stream_url", nullptr},
                                    {"component_id", answering_component},
                                    {"files", json::array{}},
                                    {"type", "text"}});
    result["messages"] = std::move(messages);
    result["timedelta"] = nullptr;
    result["duration"] = nullptr;
    result["component_display_name"] = "Chat Output";
    result["component_id"] = answering_component;
    result["used_frozen_result"] = false;
    return result;
}

json::object answer_of(echo const& said) {
    json::object output{{"inputs", json::object{{"input_value", said.input}}}};
    json::array results;
    results.push_back(result_of(said));
    output["outputs"] = std::move(results);
    json::array outputs;
    outputs.push_back(std::move(output));
    json::object answer{{"session_id", said.session}};
    answer["outputs"] = std::move(outputs);
    return answer;
}

/// A failed run: a JSON document inside a string.
http_error run_failure(std::string const& message) {
    json::object inner{{"message", message}};
    for (char const* const name : {"traceback", "description", "code", "suggestion"}) inner[name] = nullptr;
    return http_error(500, json::value(to_text(inner)));
}

std::string event(std::string_view kind, json::object data) {
    json::object item{{"event", kind}};
    item["data"] = std::move(data);
    return to_text(item) + "\n\n";
}

http_response stream_of(std::string events) {
    http_response response;
    response.with("Content-Type", "text/event-stream; charset=utf-8");
    response.stream = std::make_shared<blob_reader>(blob::of(events));
    return response;
}

/// The messages, the answer word by word, and the whole result.
http_response streamed(echo const& said) {
    std::string events = event("add_message", message_of(said, "User", said.input));
    std::string_view rest = said.text;
    while (!rest.empty()) {
        std::size_t const space = rest.find_first_of(" \n");
        std::string_view const word = rest.substr(0, space == rest.npos ? space : space + 1);
        events += event("token", {{"chunk", word}, {"id", answering_component}});
        rest.remove_prefix(word.size());
    }
    events += event("add_message", message_of(said, "Machine", said.text));
    return stream_of(events + event("end", {{"result", answer_of(said)}}));
}

bool wants_stream(call const& current) {
    std::optional<std::string> const text = current.query("stream");
    if (!text) return false;
    if (std::optional<bool> const flag = parse_boolean(*text)) return *flag;
    json::object item{{"type", "bool_parsing"}, {"loc", json::array{"query", "stream"}}};
    item["msg"] = "Input should be a valid boolean, unable to interpret input";
    item["input"] = *text;
    throw http_error(422, json::array{std::move(item)});
}

http_response run(context& in, call& current) {
    user const& owner = in.access.caller_of_run(current);
    std::string const wanted = current.path("flow_id_or_name");
    std::string const wanted_id = parse_uuid(wanted).value_or(wanted);
    flow const* target = nullptr;
    for (flow const& candidate : in.store.flows) {
        bool const is_named = candidate.id == wanted_id || candidate.endpoint_name == wanted;
        if (candidate.owner == owner.id && is_named) target = &candidate;
    }
    if (target == nullptr) throw http_error(404, json::value("Flow identifier " + wanted + " not found"));

    bool const stream = wants_stream(current);
    run_request const request = read_request(current);
    echo said{request.session.value_or(target->id), target->id, request.input.value_or(""),
              request.input.value_or("")};
    said.when = naive_text(in.shared.clock.now());
    try {
        require_one_input(request);
        std::vector<std::string> paths;
        collect_paths(request.tweaks, false, paths);
        for (std::string const& path : paths) {
            auto const slash = path.find('/');
            std::string const folder = path.substr(0, slash);
            bool const is_own = slash != path.npos && (folder == owner.id || folder == target->id);
            blob const* const content =
                is_own ? in.store.find_bytes(current.on, folder, path.substr(slash + 1)) : nullptr;
            if (content == nullptr) throw run_failure("File not found: " + path);
            json::object item{{"path", path}, {"size", content->size()}};
            item["sha256"] = hex(sha256(*content));
            said.files.push_back(std::move(item));
            if (content->size() > longest_echo || said.text.size() > longest_echo) continue;
            std::string const text = content->text();
            if (is_utf8(text)) said.text += (said.text.empty() ? "" : "\n") + text;
        }
    } catch (storage_error const& error) {
        if (!stream) throw run_failure(error.what());
        return stream_of(event("error", {{"error", error.what()}}));
    } catch (http_error& error) {
        if (!stream) throw;
        // The stream has begun with status 200, so the failure is an event.
        std::optional<json::value> const body = parse_json(error.response.body);
        return stream_of(event("error", {{"error", body ? body->at("detail") : json::value(nullptr)}}));
    }
    return stream ? streamed(said) : json_response(200, answer_of(said));
}

}  // namespace

void offer_run(api& to, context& with) {
    to.bind("flows.run",
            {.behaviour = [&with](call& current) { return run(with, current); }, .reads_body_itself = true});
}

}  // namespace ferry::mock::langflow
