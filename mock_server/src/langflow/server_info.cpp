// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// What the server tells about itself.
#include "langflow/context.hpp"

namespace ferry::mock::langflow {
namespace {

constexpr std::string_view version = "1.10.1";

http_response health_check(context&, call& current) {
    bool const database = current.on.storage != storage_fault::uncommitted;
    json::object answer{{"status", database ? "ok" : "nok"}, {"chat", "ok"}};
    answer["db"] = database ? "ok" : "error check the server logs";
    if (database) return json_response(200, answer);
    throw http_error(500, std::move(answer));
}

/// With credentials all settings, without them those of the public playground.
http_response config(context& in, call& current) {
    bool const full = in.access.caller_if_any(current) != nullptr;
    json::object answer{{"type", full ? "full" : "public"}};
    answer["feature_flags"] = json::object{{"mvp_components", false}};
    answer["max_file_size_upload"] = in.limit_mb();
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
    answer["mcp_servers_locked"] = in.options.mcp_servers_locked;
    return json_response(200, answer);
}

}  // namespace

void offer_server_info(api& to, context& with) {
    offer(to, with, "server.health",
          [](context&, call&) { return json_response(200, json::object{{"status", "ok"}}); });
    offer(to, with, "server.health_check", health_check);
    offer(to, with, "server.version", [](context&, call&) {
        json::object answer{{"version", version}, {"main_version", version}};
        answer["package"] = "Langflow";
        return json_response(200, answer);
    });
    offer(to, with, "server.config", config);
}

}  // namespace ferry::mock::langflow
