// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

#include "document/document.hpp"
#include "model/model.hpp"
#include "settings.hpp"

#include <memory>
#include <string>
#include <vector>

namespace ferry::gen {

/// A file of settings for a description that is not ours to change: what to generate, and the `x-ferry-…`
/// members that its author did not write.
class config {
public:
    config() = default;
    /// \throws failure with the place of what is no YAML, or of a word that is not known
    explicit config(std::string const& path);

    /// Settings that the command line leaves open. Paths are relative to the file.
    void complete(settings& given) const;
    /// Adds the members to the description; what is there already is replaced.
    /// \param kept names of an earlier run, by which operations are found as well
    void apply_to(document& description, memory const& kept, warnings& notes) const;

private:
    node const* find(std::string_view word) const { return root_ != nullptr ? root_->find(word) : nullptr; }
    std::string path_of(std::string_view word) const;

    // Behind pointers, since nodes refer to them.
    std::shared_ptr<std::string> name_;
    std::shared_ptr<node> root_;
};

/// Warns of `x-ferry-properties`, `-values` and `-parameters` that name what is not there.
void report_idle_names(api& of);

}  // namespace ferry::gen
