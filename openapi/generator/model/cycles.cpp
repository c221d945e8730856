// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#include "model/cycles.hpp"

#include <algorithm>

namespace ferry::gen {

namespace {

/// Tarjan's algorithm for strongly connected components, with a list in place of the recursion.
class finder {
public:
    explicit finder(type_graph const& of) : graph_(of) {}

    std::unordered_map<type const*, std::size_t> find() {
        for (auto const& [start, edges] : graph_)
            if (!places_.contains(start)) walk(start);
        return std::move(circle_);
    }

private:
    struct place {
        std::size_t order;   ///< in which the types were met
        std::size_t lowest;  ///< order of the earliest type that is reached from here
    };
    struct step {
        type const* at;
        std::size_t edge = 0;
    };

    void walk(type const* start) {
        enter(start);
        while (!steps_.empty()) {
            auto& [at, edge] = steps_.back();
            auto const& edges = graph_.at(at);
            if (edge < edges.size())
                look(at, edges[edge++]);
            else
                leave(at);
        }
    }

    void enter(type const* at) {
        places_[at] = {places_.size(), places_.size()};
        open_.push_back(at);
        steps_.push_back({at});
    }

    void look(type const* from, type const* at) {
        if (!graph_.contains(at)) return;
        auto const known = places_.find(at);
        if (known == places_.end()) return enter(at);
        if (!circle_.contains(at)) lower(from, known->second.order);
    }

    void leave(type const* at) {
        steps_.pop_back();
        auto const [order, lowest] = places_.at(at);
        if (!steps_.empty()) lower(steps_.back().at, lowest);
        if (lowest != order) return;
        for (type const* member = nullptr; member != at; open_.pop_back()) {
            member = open_.back();
            circle_[member] = order;
        }
    }

    void lower(type const* at, std::size_t to) {
        auto& lowest = places_.at(at).lowest;
        lowest = std::min(lowest, to);
    }

    type_graph const& graph_;
    std::unordered_map<type const*, place> places_;
    std::unordered_map<type const*, std::size_t> circle_;
    std::vector<type const*> open_;
    std::vector<step> steps_;
};

}  // namespace

std::unordered_map<type const*, std::size_t> cycles(type_graph const& of) {
    return finder(of).find();
}

}  // namespace ferry::gen
