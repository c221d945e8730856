// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// Running a flow: an echo, which answers with its input and with the files that the request points to. That
// shows a client whether the paths it was given lead to its bytes.
#include "../core/crypto.hpp"
#include "../core/scalars.hpp"
#include "../http/url.hpp"
#include "service.hpp"

namespace ferry::mock::langflow {
namespace {

constexpr std::uint64_t longest_echo = 1024 * 1024;

/// A failed run: a JSON document inside a string.
http_error run_failure(std::string const& message) {
    json::object inner{{"message", message}, {"traceback", nullptr}};
    for (char const* const name : {"description", "code", "suggestion"}) inner[name] = nullptr;
    return http_error(500, json::value(to_text(inner)));
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

json::object message_of(std::string const& text, std::string const& session, std::string const& flow_id,
                        std::string const& when) {
    json::object message;
    message["text"] = text;
    message["sender"] = "Machine";
    message["sender_name"] = "AI";
    message["session_id"] = session;
    message["flow_id"] = flow_id;
    message["timestamp"] = when;
    return message;
}

}  // namespace

void service::bind_run() {
    api_.bind("flows.run", {.behaviour = [this](call& c) { return run(c); }, .lenient_body = true});
}

http_response service::run(call& current) {
    user const& owner = caller_of_run(current);
    std::string const wanted = current.path("flow_id_or_name");
    std::string const wanted_id = parse_uuid(wanted).value_or(wanted);
    flow const* target = nullptr;
    for (flow const& candidate : flows_) {
        if (candidate.owner == owner.id && (candidate.id == wanted_id || candidate.name == wanted))
            target = &candidate;
    }
    if (target == nullptr) throw http_error(404, json::value("Flow identifier " + wanted + " not found"));

    json::object const& body = current.body();
    std::string const input = text_member(body, "input_value").value_or("");
    std::string const session = text_member(body, "session_id").value_or(target->id);
    std::vector<std::string> paths;
    if (json::value const* const tweaks = body.if_contains("tweaks")) collect_paths(*tweaks, false, paths);

    std::string text = input;
    json::array files;
    for (std::string const& path : paths) {
        auto const slash = path.find('/');
        std::string const folder = path.substr(0, slash);
        bool const own_folder = folder == owner.id || folder == target->id;
        auto const stored = own_folder ? stored_.find(folder) : stored_.end();
        if (slash == std::string::npos || stored == stored_.end())
            throw run_failure("File not found: " + path);
        auto const found = stored->second.find(path.substr(slash + 1));
        if (found == stored->second.end()) throw run_failure("File not found: " + path);
        json::object item{{"path", path}, {"size", found->second.size()}};
        item["sha256"] = hex(sha256(found->second));
        files.push_back(std::move(item));
        if (found->second.size() > longest_echo) continue;
        std::string const content = found->second.text();
        if (is_utf8(content)) text += (text.empty() ? "" : "\n") + content;
    }
    json::object message = message_of(text, session, target->id, naive_text(shared_.clock.now()));
    message["files"] = std::move(files);

    json::object result;
    result["results"] = json::object{{"message", message}};
    result["artifacts"] = json::object{{"message", text}, {"type", "text"}};
    result["outputs"] = json::object{{"message", json::object{{"message", text}, {"type", "text"}}}};
    result["logs"] = json::object{{"message", json::array{}}};
    json::array messages;
    messages.push_back(json::object{{"message", text},
                                    {"sender", "Machine"},
                                    {"sender_name", "AI"},
                                    {"session_id", session},
                                    {"stream_url", nullptr},
                                    {"component_id", "ChatOutput-ferry"},
                                    {"files", json::array{}},
                                    {"type", "text"}});
    result["messages"] = std::move(messages);
    result["timedelta"] = nullptr;
    result["duration"] = nullptr;
    result["component_display_name"] = "Chat Output";
    result["component_id"] = "ChatOutput-ferry";
    result["used_frozen_result"] = false;

    json::object output;
    output["inputs"] = json::object{{"input_value", input}};
    json::array results;
    results.push_back(std::move(result));
    output["outputs"] = std::move(results);
    json::array outputs;
    outputs.push_back(std::move(output));
    json::object answer;
    answer["session_id"] = session;
    answer["outputs"] = std::move(outputs);
    return json_response(200, answer);
}

}  // namespace ferry::mock::langflow
