// A client outside of ferry's namespace and one inside of it in one program, and one client in two source
// files.
#include <acme/kitchen/description.hpp>
#include <ferry/llamacloud/description.hpp>

static_assert(!std::is_same_v<acme::kitchen::models::file, ferry::llamacloud::models::file>);

/// Keeps both descriptions in this file's object code.
char const* titles() {
    return acme::kitchen::description().title.empty() ? ferry::llamacloud::description().title.data()
                                                      : acme::kitchen::description().title.data();
}
