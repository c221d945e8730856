// Testing a program that uses ferry, without a network: a transport that asks a function.
#include "support/report.hpp"

#include <ferry/llamacloud/description.hpp>
#include <ferry/testing.hpp>

namespace {

/// What is tested: a function of somebody's program that takes the client it works with.
std::size_t count_pdfs(ferry::llamacloud::client const& cloud) {
    std::size_t count = 0;
    for (auto& file : cloud.files.list().items()) count += file.value().file_type == "pdf";
    return count;
}

}  // namespace

int main() {
    demo::report report("A unit test without a network");

    auto service = std::make_shared<
        ferry::testing::memory_transport>([](ferry::testing::received_request const& request) {
        if (request.target.find("page_token") == std::string::npos)
            return ferry::testing::canned_response(
                200,
                R"({"items":[{"id":"1","name":"a.pdf","project_id":"p","file_type":"pdf"}],"next_page_token":"2"})");
        return ferry::testing::canned_response(
            200, R"({"items":[{"id":"2","name":"b.txt","project_id":"p","file_type":"txt"}]})");
    });
    ferry::client_options options;
    options.api_key = "test";
    ferry::llamacloud::client const cloud(
        ferry::make_engine(ferry::llamacloud::description(), options, service));

    auto const count = count_pdfs(cloud);
    report.step("counts the PDFs of all pages", count == 1, std::to_string(count));
    report.step("asked twice", service->requests().size() == 2, service->requests().back().target);
    return report.exit_code();
}
