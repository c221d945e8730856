// Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

// The names that system headers are known to define as macros do no harm to ferry's headers. What ferry
// includes comes first, as it would in a program where ferry is not the first to include it.

#include "system_headers.hpp"

#define FERRY_TEST_HOSTILE this macro was expanded
// windows.h
#define min(a, b) FERRY_TEST_HOSTILE
#define max(a, b) FERRY_TEST_HOSTILE
#define small FERRY_TEST_HOSTILE
#define near FERRY_TEST_HOSTILE
#define far FERRY_TEST_HOSTILE
#define interface FERRY_TEST_HOSTILE
#define pascal FERRY_TEST_HOSTILE
#define cdecl FERRY_TEST_HOSTILE
#define environ FERRY_TEST_HOSTILE
#define IN FERRY_TEST_HOSTILE
#define OUT FERRY_TEST_HOSTILE
#define OPTIONAL FERRY_TEST_HOSTILE
#define ERROR FERRY_TEST_HOSTILE
#define NO_ERROR FERRY_TEST_HOSTILE
#define DELETE FERRY_TEST_HOSTILE
#define CONST FERRY_TEST_HOSTILE
#define VOID FERRY_TEST_HOSTILE
#define BOOL FERRY_TEST_HOSTILE
#define CALLBACK FERRY_TEST_HOSTILE
#define CreateFile FERRY_TEST_HOSTILE
#define DeleteFile FERRY_TEST_HOSTILE
#define GetMessage FERRY_TEST_HOSTILE
#define SendMessage FERRY_TEST_HOSTILE
#define GetObject FERRY_TEST_HOSTILE
#define Yield FERRY_TEST_HOSTILE
// sys/sysmacros.h, termios.h, complex.h
#define major(device) FERRY_TEST_HOSTILE
#define minor(device) FERRY_TEST_HOSTILE
#define makedev(a, b) FERRY_TEST_HOSTILE
#define B0 FERRY_TEST_HOSTILE
#define I FERRY_TEST_HOSTILE
// X11/X.h, Xlib.h
#define None FERRY_TEST_HOSTILE
#define Always FERRY_TEST_HOSTILE
#define Success FERRY_TEST_HOSTILE
#define Status FERRY_TEST_HOSTILE
#define Bool FERRY_TEST_HOSTILE
#define True FERRY_TEST_HOSTILE
#define False FERRY_TEST_HOSTILE
// AssertMacros.h of macOS, Qt, common logging headers
#define check(condition) FERRY_TEST_HOSTILE
#define verify(condition) FERRY_TEST_HOSTILE
#define require(condition) FERRY_TEST_HOSTILE
#define signals FERRY_TEST_HOSTILE
#define slots FERRY_TEST_HOSTILE
#define emit FERRY_TEST_HOSTILE
#define foreach FERRY_TEST_HOSTILE
#define LOG(level) FERRY_TEST_HOSTILE
#define CHECK(condition) FERRY_TEST_HOSTILE

#include <ferry/async.hpp>
#include <ferry/ferry.hpp>
#include <ferry/json.hpp>
#include <ferry/llamacloud/validation.hpp>
#include <ferry/testing.hpp>

#include "link.hpp"

ferry::llamacloud::client client_made_under_hostile_macros() {
    ferry::client_options options;
    options.api_key = "key";
    options.base_url = "http://second.example";
    return ferry::llamacloud::client(options);
}

std::string violation_under_hostile_macros() {
    return ferry::validate(client_made_under_hostile_macros().directories.create(""))[0].to_string();
}
