# Targets whose headers only those can include who link them.
#
# Includes are rooted at the repository (#include "engine/core/shape.h"), but the root itself is on
# nobody's include path. Each library publishes a tree of links to its own headers,
#
#   build/<preset>/include/<target>/engine/core/shape.h  ->  engine/core/shape.h
#
# so an include against the direction of the dependencies does not compile.

# convoscope_library(NAME engine_core FOLDER engine/core
#                    SOURCES shape.cpp ...          relative to FOLDER; without any, an INTERFACE library
#                    [HEADERS sub/extra.h ...]      besides FOLDER's own *.h, which are all published
#                    [LINKS targets ...]            those whose headers our headers include
#                    [PRIVATE_LINKS targets ...]    those that only our sources include
#                    [APART shape.cpp ...]          of the sources, those never joined with others
#                    [SEPARATE]                     none is ever joined
#                    [SIMD]                         has kernels: the workers want it with relaxed SIMD too
#                    [EXCEPTIONS])                  off otherwise
function(convoscope_library)
    cmake_parse_arguments(PARSE_ARGV 0 arg "EXCEPTIONS;SIMD;SEPARATE" "NAME;FOLDER"
        "SOURCES;HEADERS;LINKS;PRIVATE_LINKS;APART")
    convoscope_refuse_leftovers("${arg_UNPARSED_ARGUMENTS}")
    convoscope_publish_headers(${arg_NAME} "${arg_FOLDER}" "${arg_HEADERS}")
    if(NOT arg_SOURCES)
        add_library(${arg_NAME} INTERFACE)
        target_include_directories(${arg_NAME} INTERFACE "${CMAKE_BINARY_DIR}/include/${arg_NAME}")
        target_link_libraries(${arg_NAME} INTERFACE ${arg_LINKS} ${arg_PRIVATE_LINKS})
        return()
    endif()
    convoscope_resolve_sources(sources "${arg_FOLDER}" "${arg_SOURCES}")
    set(targets ${arg_NAME})
    if(arg_SIMD AND CONVOSCOPE_BUILD_WORKER)
        list(APPEND targets ${arg_NAME}_relaxed)
    endif()
    foreach(target IN LISTS targets)
        add_library(${target} STATIC EXCLUDE_FROM_ALL ${sources})  # built by the programs that link it
        target_include_directories(${target} PUBLIC "${CMAKE_BINARY_DIR}/include/${arg_NAME}")
        target_link_libraries(${target} PUBLIC ${arg_LINKS} PRIVATE ${arg_PRIVATE_LINKS})
        convoscope_apply_settings(${target} "${arg_EXCEPTIONS}")
        convoscope_precompile(${target} "${arg_LINKS};${arg_PRIVATE_LINKS}")
        if(NOT arg_SEPARATE)
            convoscope_join_sources(${target} "${arg_APART}")
        endif()
        if(NOT target STREQUAL arg_NAME)
            target_compile_options(${target} PRIVATE -mrelaxed-simd)
        endif()
    endforeach()
endfunction()

# convoscope_executable(NAME unit_tests FOLDER tests SOURCES ... [HEADERS ...] [LINKS ...]
#                       [OUTPUT_NAME convoscope] [EXCEPTIONS] [APART ...] [SEPARATE]
#                       [PAGE_MODULE])   WebAssembly: for a page, with its own link options; otherwise for Node
function(convoscope_executable)
    cmake_parse_arguments(PARSE_ARGV 0 arg "EXCEPTIONS;PAGE_MODULE;SEPARATE" "NAME;FOLDER;OUTPUT_NAME"
        "SOURCES;HEADERS;LINKS;PRIVATE_LINKS;APART")
    convoscope_refuse_leftovers("${arg_UNPARSED_ARGUMENTS}")
    convoscope_publish_headers(${arg_NAME} "${arg_FOLDER}" "${arg_HEADERS}")
    convoscope_resolve_sources(sources "${arg_FOLDER}" "${arg_SOURCES}")
    add_executable(${arg_NAME} ${sources})
    target_include_directories(${arg_NAME} PRIVATE "${CMAKE_BINARY_DIR}/include/${arg_NAME}")
    target_link_libraries(${arg_NAME} PRIVATE ${arg_LINKS} ${arg_PRIVATE_LINKS})
    convoscope_apply_settings(${arg_NAME} "${arg_EXCEPTIONS}")
    convoscope_precompile(${arg_NAME} "${arg_LINKS};${arg_PRIVATE_LINKS}")
    if(NOT arg_SEPARATE)
        convoscope_join_sources(${arg_NAME} "${arg_APART}")
    endif()
    if(arg_OUTPUT_NAME)
        set_target_properties(${arg_NAME} PROPERTIES OUTPUT_NAME ${arg_OUTPUT_NAME})
    endif()
    if(NOT arg_PAGE_MODULE)
        target_link_libraries(${arg_NAME} PRIVATE convoscope_node_program)
    endif()
endfunction()

function(convoscope_apply_settings target exceptions)
    target_link_libraries(${target} PRIVATE
        convoscope_settings convoscope_warnings convoscope_sanitizers convoscope_wasm)
    if(NOT exceptions)
        target_compile_options(${target} PRIVATE -fno-exceptions)
    endif()
endfunction()

# Third-party headers that take longer to read than most of our files are read once a target. A file that
# does not include what it uses is noticed by clang-tidy, which reads without them (tools/lint).
function(convoscope_precompile target links)
    if(NOT CONVOSCOPE_PRECOMPILE)
        return()
    endif()
    set(headers)
    if("deps::json" IN_LIST links)
        list(APPEND headers <nlohmann/json.hpp>)
    endif()
    if("deps::doctest" IN_LIST links)
        list(APPEND headers <doctest/doctest.h>)
    endif()
    if(headers)
        target_precompile_headers(${target} PRIVATE
            <algorithm> <functional> <map> <memory> <optional> <span> <string> <string_view> <vector> ${headers})
    endif()
endfunction()

# Most of a compilation is reading headers, so a whole build takes half the time if a folder's sources are read
# several at a time. Which go together depends on their names, so that a new file moves few others. Two that
# give different things the same name cannot go together: then one of them is named in APART.
function(convoscope_join_sources target apart)
    if(NOT CONVOSCOPE_JOIN_SOURCES)
        return()
    endif()
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
    get_target_property(sources ${target} SOURCES)
    list(TRANSFORM sources REPLACE "[^/]+$" "" OUTPUT_VARIABLE folders)
    foreach(source IN LISTS sources)
        string(REGEX REPLACE "[^/]+$" "" folder "${source}")
        cmake_path(GET source FILENAME name)
        if(name IN_LIST apart)
            set_source_files_properties("${source}" TARGET_DIRECTORY ${target}
                PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
        else()
            set(together "${folders}")
            list(FILTER together INCLUDE REGEX "^${folder}$")
            list(LENGTH together count)
            string(MD5 hash "${name}")
            string(SUBSTRING "${hash}" 0 4 hash)
            math(EXPR part "0x${hash} % ((${count} + 7) / 8)")  # about eight in a part
            cmake_path(RELATIVE_PATH folder BASE_DIRECTORY "${CMAKE_SOURCE_DIR}")
            string(MAKE_C_IDENTIFIER "${folder}_${part}" group)
            set_source_files_properties("${source}" TARGET_DIRECTORY ${target} PROPERTIES UNITY_GROUP "${group}")
        endif()
    endforeach()
endfunction()

function(convoscope_refuse_leftovers leftovers)
    if(leftovers)
        message(FATAL_ERROR "unknown arguments: ${leftovers}")
    endif()
endfunction()

# Sources are named relative to the target's folder, or else to the CMakeLists.txt that names them.
function(convoscope_resolve_sources result folder sources)
    set(resolved)
    foreach(source IN LISTS sources)
        if(EXISTS "${CMAKE_SOURCE_DIR}/${folder}/${source}")
            list(APPEND resolved "${CMAKE_SOURCE_DIR}/${folder}/${source}")
        else()
            list(APPEND resolved "${source}")  # CMake's own rule, and its own message if it is missing
        endif()
    endforeach()
    set(${result} ${resolved} PARENT_SCOPE)
endfunction()

function(convoscope_publish_headers target folder headers)
    set(tree "${CMAKE_BINARY_DIR}/include/${target}")
    file(GLOB own_headers CONFIGURE_DEPENDS RELATIVE "${CMAKE_SOURCE_DIR}/${folder}"
        "${CMAKE_SOURCE_DIR}/${folder}/*.h")
    file(REMOVE_RECURSE "${tree}")  # links only: a renamed header leaves none behind
    file(MAKE_DIRECTORY "${tree}")
    foreach(header IN LISTS own_headers headers)
        get_filename_component(place "${tree}/${folder}/${header}" DIRECTORY)
        file(MAKE_DIRECTORY "${place}")
        file(CREATE_LINK "${CMAKE_SOURCE_DIR}/${folder}/${header}" "${tree}/${folder}/${header}" SYMBOLIC)
    endforeach()
endfunction()
