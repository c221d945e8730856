# Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).

# ferry_generate(TARGET drive INPUT drive.yaml NAMESPACE acme::drive
#     [CONFIG file] [LOCK file] [INCLUDE pattern…] [EXCLUDE pattern…] [MODELS_ONLY] [COMMAND_LINE] [PARTS 16]
#     [FAIL_ON_WARNINGS] [FAIL_ON_BREAKING])
#
# A static library with the client that ferry-gen writes from an OpenAPI description while the project is built: link it, and include
# <acme/drive.hpp>. It is written again when the description changes, a file that it refers to, CONFIG, LOCK or ferry-gen; what has not
# changed is not compiled again. Without LOCK no names are kept. PARTS is how many files the tables of the models' types may be in.
#
# With FAIL_ON_WARNINGS the build fails where something of the description is lost or doubtful, with FAIL_ON_BREAKING where programs that
# use the client may not compile any more: names in LOCK that are gone or mean something else. What was written before stays.
#
# With COMMAND_LINE the library also has a command for each operation: <acme/drive/commands.hpp> declares the service that
# ferry::cli::run_main takes. It links ferry::command_line, which comes with ferry's sources and is not installed.
#
# ferry-gen is the installed one (component generator), or built from ferry's sources, or FERRY_GEN_EXECUTABLE: when cross-compiling,
# the path of one that runs on this machine.
function(ferry_generate)
    cmake_parse_arguments(PARSE_ARGV 0 arg "MODELS_ONLY;COMMAND_LINE;FAIL_ON_WARNINGS;FAIL_ON_BREAKING" "TARGET;INPUT;NAMESPACE;CONFIG;LOCK;PARTS" "INCLUDE;EXCLUDE")
    foreach(word IN ITEMS TARGET INPUT NAMESPACE)
        if(NOT arg_${word})
            message(FATAL_ERROR "ferry_generate needs ${word}, as in ferry_generate(TARGET drive INPUT drive.yaml NAMESPACE acme::drive)")
        endif()
    endforeach()
    if(arg_UNPARSED_ARGUMENTS)
        message(FATAL_ERROR "ferry_generate does not know ${arg_UNPARSED_ARGUMENTS}")
    endif()
    if(arg_MODELS_ONLY AND arg_COMMAND_LINE)
        message(FATAL_ERROR "ferry_generate: COMMAND_LINE needs the client, which MODELS_ONLY leaves out")
    endif()
    if(arg_FAIL_ON_BREAKING AND NOT arg_LOCK)
        message(FATAL_ERROR "ferry_generate: FAIL_ON_BREAKING needs LOCK, the file that keeps the names of the run before")
    endif()
    if(NOT arg_PARTS)
        set(arg_PARTS 16)
    endif()
    foreach(file IN ITEMS INPUT CONFIG LOCK)
        if(arg_${file})
            cmake_path(ABSOLUTE_PATH arg_${file} BASE_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}" NORMALIZE)
        endif()
    endforeach()
    ferry_find_generator(generator)

    set(place "${CMAKE_CURRENT_BINARY_DIR}/ferry_generate/${arg_TARGET}")
    set(stamp "${place}/stamp")
    string(REPLACE "::" "/" folder "${arg_NAMESPACE}")

    set(options --input "${arg_INPUT}" --namespace "${arg_NAMESPACE}" --parts "${arg_PARTS}")
    if(arg_CONFIG)
        list(APPEND options --config "${arg_CONFIG}")
    endif()
    if(arg_LOCK)
        list(APPEND options --lock "${arg_LOCK}")
    else()
        list(APPEND options --no-lock)
    endif()
    if(arg_FAIL_ON_WARNINGS)
        list(APPEND options --fail-on-warnings)
    endif()
    if(arg_FAIL_ON_BREAKING)
        list(APPEND options --fail-on-breaking)
    endif()
    foreach(pattern IN LISTS arg_INCLUDE)
        list(APPEND options --include "${pattern}")
    endforeach()
    foreach(pattern IN LISTS arg_EXCLUDE)
        list(APPEND options --exclude "${pattern}")
    endforeach()

    set(sources "${place}/src/${folder}/validation.cpp")
    foreach(part RANGE 1 ${arg_PARTS})
        list(APPEND sources "${place}/src/${folder}/types_${part}.cpp")
    endforeach()
    if(arg_MODELS_ONLY)
        list(APPEND options --models-only)
    else()
        list(APPEND sources "${place}/src/${folder}/operations.cpp")
    endif()

    if(arg_COMMAND_LINE)
        ferry_find_command_line()
        list(APPEND options --command-line "${place}/commands/${folder}")
        foreach(part RANGE 1 ${arg_PARTS})
            list(APPEND sources "${place}/src/${folder}/commands_${part}.cpp")
        endforeach()
    endif()

    # The headers of the run before: a build tool that knows who writes them compiles what includes them in the same build.
    file(GLOB_RECURSE headers CONFIGURE_DEPENDS "${place}/include/*.hpp" "${place}/include/*.ipp" "${place}/commands/*")
    add_custom_command(
        OUTPUT "${stamp}"
        BYPRODUCTS ${sources} ${headers}
        COMMAND "${generator}" ${options} --output "${place}/include" --sources "${place}/src" --depfile "${stamp}.d"
        COMMAND "${CMAKE_COMMAND}" -E touch "${stamp}"
        DEPENDS "${generator}" "${arg_INPUT}" ${arg_CONFIG}
        DEPFILE "${stamp}.d"
        COMMENT "Writing ${arg_NAMESPACE} from ${arg_INPUT}"
        VERBATIM
    )
    add_library(${arg_TARGET} STATIC ${sources} "${stamp}")
    target_include_directories(${arg_TARGET} SYSTEM PUBLIC "${place}/include")
    target_link_libraries(${arg_TARGET} PUBLIC ferry::ferry)
    if(arg_COMMAND_LINE)
        target_include_directories(${arg_TARGET} SYSTEM PUBLIC "${place}/commands")
        target_link_libraries(${arg_TARGET} PUBLIC ferry::command_line)
    endif()
    set_target_properties(${arg_TARGET} PROPERTIES POSITION_INDEPENDENT_CODE ON CXX_SCAN_FOR_MODULES OFF)
endfunction()

# Makes ferry::command_line, where ferry's sources are here.
function(ferry_find_command_line)
    set(its_sources "${CMAKE_CURRENT_FUNCTION_LIST_DIR}/../examples/ferry_cli")
    if(NOT TARGET ferry::command_line AND EXISTS "${its_sources}/CMakeLists.txt")
        set(FERRY_INSTALL OFF)  # of the program beside it
        add_subdirectory("${its_sources}" "${CMAKE_BINARY_DIR}/ferry-command-line" EXCLUDE_FROM_ALL)
    endif()
    if(NOT TARGET ferry::command_line)
        message(FATAL_ERROR "ferry_generate(COMMAND_LINE) needs the target ferry::command_line, which is not installed with ferry. Take "
                            "ferry into the build, with add_subdirectory or FetchContent, instead of find_package"
        )
    endif()
endfunction()

# The ferry-gen to run, as a word of a custom command.
function(ferry_find_generator result)
    if(FERRY_GEN_EXECUTABLE)
        set(${result} "${FERRY_GEN_EXECUTABLE}" PARENT_SCOPE)
        return()
    endif()
    set(its_sources "${CMAKE_CURRENT_FUNCTION_LIST_DIR}/generator")
    if(NOT TARGET ferry::ferry-gen AND EXISTS "${its_sources}/main.cpp")
        add_subdirectory("${its_sources}" "${CMAKE_BINARY_DIR}/ferry-gen" EXCLUDE_FROM_ALL)
    endif()
    if(NOT TARGET ferry::ferry-gen)
        message(FATAL_ERROR "ferry_generate needs ferry-gen, which is not installed with this ferry. Install ferry's component "
                            "'generator' beside it, or set FERRY_GEN_EXECUTABLE to the path of one"
        )
    endif()
    set(${result} "$<TARGET_FILE:ferry::ferry-gen>" PARENT_SCOPE)
endfunction()
