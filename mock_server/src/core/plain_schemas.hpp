// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
#pragma once

// Schemas for routes that no description has.

#include "ferry/schema/rules.hpp"

#include <cstdint>

namespace ferry::mock::plain {

using schema::keyword;
using schema::member;
using schema::rule;
using schema::rules;
namespace types = schema::types;

inline constexpr rule text_rules[] = {{keyword::type, types::string}};
inline constexpr rules text{text_rules};
inline constexpr rule nullable_text_rules[] = {{keyword::type, types::string | types::null}};
inline constexpr rule uuid_rules[] = {{keyword::type, types::string}, {keyword::format, "uuid"}};
inline constexpr rule nullable_uuid_rules[] = {{keyword::type, types::string | types::null},
                                               {keyword::format, "uuid"}};
inline constexpr rule nullable_time_rules[] = {{keyword::type, types::string | types::null},
                                               {keyword::format, "utc-date-time"}};
inline constexpr rule flag_rules[] = {{keyword::type, types::boolean}};
inline constexpr rule nullable_flag_rules[] = {{keyword::type, types::boolean | types::null}};
inline constexpr rule integer_rules[] = {{keyword::type, types::integer}};
inline constexpr rule map_of_text_rules[] = {{keyword::type, types::object},
                                             {keyword::additional_properties, &text}};
inline constexpr rule nullable_map_rules[] = {{keyword::type, types::object | types::null}};

inline constexpr rules nullable_text{nullable_text_rules};
inline constexpr rules uuid{uuid_rules};
inline constexpr rules nullable_uuid{nullable_uuid_rules};
inline constexpr rules nullable_time{nullable_time_rules};
inline constexpr rules flag{flag_rules};
inline constexpr rules nullable_flag{nullable_flag_rules};
inline constexpr rules integer{integer_rules};
inline constexpr rules map_of_text{map_of_text_rules};
inline constexpr rules nullable_map{nullable_map_rules};

}  // namespace ferry::mock::plain
