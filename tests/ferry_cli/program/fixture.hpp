// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// The program as a whole, in this process, against a mock server of its own.

#include "support/catch2.hpp"

#include "command_line/run.hpp"
#include "program/ferry.hpp"
#include "program/official.hpp"
#include "values/json_value.hpp"

#include <ferry/mock/server.hpp>

#include <fcntl.h>
#include <unistd.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace ferry_test {

/// What a program did.
struct outcome {
    int code = -1;
    std::string out;
    std::string err;

    /// Standard output as JSON.
    ferry::cli::json_value json() const { return ferry::cli::parse_json(out); }
};

/// A folder that goes with the test.
class folder {
public:
    folder() {
        auto pattern = (std::filesystem::temp_directory_path() / "ferry-cli-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary directory");
        path_ = pattern;
    }
    folder(folder const&) = delete;
    ~folder() { std::filesystem::remove_all(path_); }

    std::string path(std::string_view name = {}) const {
        return name.empty() ? path_ : path_ + "/" + std::string(name);
    }
    /// \returns the path
    std::string write(std::string_view name, std::string_view bytes) const {
        auto const at = path(name);
        std::filesystem::create_directories(std::filesystem::path(at).parent_path());
        std::ofstream(at, std::ios::binary) << bytes;
        return at;
    }
    std::string read(std::string_view name) const {
        std::ifstream file(path(name), std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }

private:
    std::string path_;
};

/// A mock server, and `ferry` for its user alice.
class shell {
public:
    explicit shell(ferry::mock::server_options options = {}) : mock(std::move(options)) {}

    ferry::mock::server mock;
    folder home;
    std::string answers;  ///< what a person types
    std::string input;    ///< what is in the file that is standard input

    /// With the key of alice and the server's URL, unless the words say otherwise.
    outcome run(std::vector<std::string> words,
                ferry::cli::program const& all = ferry::cli::ferry_program()) {
        std::map<std::string, std::string> const variables{{"XDG_CONFIG_HOME", home.path("config")},
                                                           {"HOME", home.path()}};
        bool const langflow = !words.empty() && (words[0] == "langflow" || mentions(words, "langflow:"));
        auto const key =
            home.write(langflow ? "langflow.key" : "llamacloud.key", langflow ? "sk-alice" : "llx-alice");
        if (!mentions(words, "--base-url")) words.insert(words.end(), {"--base-url", mock.base_url()});
        if (!mentions(words, "--api-key")) words.insert(words.end(), {"--api-key-file", key});
        return plain(std::move(words), all, variables);
    }

    /// The official program's words, with what its environment says.
    outcome official(std::vector<std::string> const& words, std::string const& name = "llp") {
        ferry::cli::official_program const all(name);
        return plain(words, all.get(),
                     {{"LLAMA_CLOUD_API_KEY", "llx-alice"},
                      {"LLAMA_CLOUD_BASE_URL", mock.base_url()},
                      {"HOME", home.path()}});
    }

    /// Just these words.
    outcome plain(std::vector<std::string> const& words,
                  ferry::cli::program const& all = ferry::cli::ferry_program(),
                  std::map<std::string, std::string> const& variables = {}) {
        std::istringstream in(answers);
        std::ostringstream out;
        std::ostringstream err;
        ferry::cli::surroundings around{.in = in, .out = out, .err = err};
        around.environment = [&](std::string const& name) -> std::optional<std::string> {
            auto const found = variables.find(name);
            return found == variables.end() ? std::nullopt : std::optional(found->second);
        };
        around.input = ::open(home.write("input", input).c_str(), O_RDONLY | O_CLOEXEC);
        outcome made;
        made.code = ferry::cli::run(all, words, around);
        ::close(around.input);
        made.out = out.str();
        made.err = err.str();
        return made;
    }

private:
    static bool mentions(std::vector<std::string> const& words, std::string_view begin) {
        for (auto const& word : words)
            if (word.starts_with(begin)) return true;
        return false;
    }
};

}  // namespace ferry_test
