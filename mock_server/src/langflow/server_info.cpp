// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// What the server tells about itself.
#include "service.hpp"

namespace ferry::mock::langflow {
namespace {

constexpr std::string_view version = "1.10.1";

}  // namespace

void service::bind_server_info() {
    api_.bind("server.health",
              {.behaviour = [](call&) { return json_response(200, json::object{{"status", "ok"}}); }});
    api_.bind("server.health_check", {.behaviour = [](call& c) { return health_check(c); }});
    api_.bind("server.version", {.behaviour = [](call&) {
                  json::object answer{{"version", version}, {"main_version", version}};
                  answer["package"] = "Langflow";
                  return json_response(200, answer);
              }});
    api_.bind("server.config", {.behaviour = [this](call& c) { return config(c); }});
}

http_response service::health_check(call const& current) {
    bool const database = current.request.storage != storage_fault::uncommitted;
    json::object answer{{"status", database ? "ok" : "nok"}, {"chat", "ok"}};
    answer["db"] = database ? "ok" : "error check the server logs";
    if (database) return json_response(200, answer);
    throw http_error(500, std::move(answer));
}

/// With credentials all settings, without them those of the public playground.
http_response service::config(call const& current) {
    bool const full = caller_if_any(current) != nullptr;
    json::object answer{{"type", full ? "full" : "public"}};
    answer["feature_flags"] = json::object{{"mvp_components", false}};
    answer["max_file_size_upload"] = limit_mb();
    answer["event_delivery"] = "streaming";
    answer["voice_mode_available"] = false;
    answer["frontend_timeout"] = 0;
    answer["mcp_base_url"] = "";
    answer["enable_extension_reload"] = false;
    answer["allow_custom_components"] = true;
    answer["authz_enabled"] = false;
    if (!full) return json_response(200, answer);
    answer["serialization_max_items_length"] = 1000;
    answer["serialization_max_text_length"] = 1000;
    answer["auto_saving"] = true;
    answer["auto_saving_interval"] = 1000;
    answer["health_check_max_retries"] = 5;
    answer["webhook_polling_interval"] = 5000;
    answer["public_flow_cleanup_interval"] = 3600;
    answer["public_flow_expiration"] = 86400;
    answer["webhook_auth_enable"] = false;
    answer["default_folder_name"] = "Starter Project";
    for (char const* const name :
         {"hide_getting_started_progress", "embedded_mode", "hide_logout_button", "hide_new_project_button",
          "hide_new_flow_button", "hide_starter_projects", "custom_component_admin_only"}) {
        answer[name] = false;
    }
    answer["mcp_servers_locked"] = shared_.options.langflow.mcp_servers_locked;
    return json_response(200, answer);
}

}  // namespace ferry::mock::langflow
