# Every third-party library, in one place. Each comes from what tools/setup unpacked in .toolchain/deps/,
# else from its public repository at a pinned commit. Unmodified, never committed, and SYSTEM, so that
# our warnings do not speak about their code. The system's own /usr/include is never used: a WebAssembly
# build must not see it.

include(FetchContent)
set(convoscope_deps "${CMAKE_SOURCE_DIR}/.toolchain/deps")

# Sets <name>_DIR to the folder with the library's sources.
function(convoscope_dependency name repository commit)
    if(EXISTS "${convoscope_deps}/${name}")
        set(${name}_DIR "${convoscope_deps}/${name}" PARENT_SCOPE)
        return()
    endif()
    FetchContent_Declare(dep_${name} GIT_REPOSITORY "https://github.com/${repository}.git" GIT_TAG ${commit}
        GIT_PROGRESS TRUE SOURCE_SUBDIR do-not-configure)  # sources only: their own build scripts stay unused
    FetchContent_MakeAvailable(dep_${name})
    set(${name}_DIR "${dep_${name}_SOURCE_DIR}" PARENT_SCOPE)
endfunction()

function(convoscope_header_library name)
    add_library(deps_${name} INTERFACE)
    add_library(deps::${name} ALIAS deps_${name})
    target_include_directories(deps_${name} SYSTEM INTERFACE ${ARGN})
endfunction()

# Makes <build>/deps/<tree>/<path> a link, for libraries that are included under another folder's name.
function(convoscope_dependency_link tree path target)
    get_filename_component(place "${CMAKE_BINARY_DIR}/deps/${tree}/${path}" DIRECTORY)
    file(MAKE_DIRECTORY "${place}")
    file(CREATE_LINK "${target}" "${CMAKE_BINARY_DIR}/deps/${tree}/${path}" SYMBOLIC)
endfunction()

# --- headers only ----------------------------------------------------------------------------------

convoscope_dependency(xsimd xtensor-stack/xsimd 1f8dd9c8e162968d9b4ff0251c56d431b8777f36)  # 13.2.0
convoscope_header_library(xsimd "${xsimd_DIR}/include")

convoscope_dependency(json nlohmann/json 9cca280a4d0ccf0c08f47a99aa71d1b0e52f8d03)  # 3.11.3
convoscope_header_library(json "${json_DIR}/include")

# A repository keeps stb's headers and doctest's folder at its top, Debian's packages below include/.
convoscope_dependency(stb nothings/stb 5c205738c191bcb0abc65c4febfa9bd25ff35234)  # of 2024-11-09
if(EXISTS "${stb_DIR}/include/stb")
    convoscope_header_library(stb "${stb_DIR}/include" "${stb_DIR}/include/stb")
else()
    convoscope_dependency_link(stb stb "${stb_DIR}")
    convoscope_header_library(stb "${CMAKE_BINARY_DIR}/deps/stb" "${stb_DIR}")
endif()

if(CONVOSCOPE_BUILD_TESTS)
    convoscope_dependency(doctest doctest/doctest ae7a13539fb71f270b87eb2e874fbac80bc8dda2)  # 2.4.11
    convoscope_header_library(doctest "${doctest_DIR}" "${doctest_DIR}/include")
    # Tests are built as the engine ships: without exceptions. A failed REQUIRE then ends the program.
    target_compile_definitions(deps_doctest INTERFACE DOCTEST_CONFIG_NO_EXCEPTIONS_BUT_WITH_ALL_ASSERTS)
endif()

# --- the page's interface, compiled here -----------------------------------------------------------

if(NOT CONVOSCOPE_BUILD_APP)
    return()
endif()

convoscope_dependency(imgui ocornut/imgui d6cb3c923d28dcebb2d8d9605ccc7229ccef19eb)  # 1.90.1
include(ImguiDraw)
convoscope_imgui_draw(imgui_draw "${imgui_DIR}/imgui_draw.cpp")
add_library(deps_imgui STATIC EXCLUDE_FROM_ALL
    "${imgui_DIR}/imgui.cpp"
    "${imgui_draw}"
    "${imgui_DIR}/imgui_tables.cpp"
    "${imgui_DIR}/imgui_widgets.cpp")
add_library(deps::imgui ALIAS deps_imgui)
target_include_directories(deps_imgui SYSTEM PUBLIC "${imgui_DIR}")
# Our one configuration header, reachable by its usual path without the rest of the repository.
set(imgui_config "web/widgets/imgui_config.h")
if(EXISTS "${CMAKE_SOURCE_DIR}/${imgui_config}")
    convoscope_dependency_link(imgui_config "${imgui_config}" "${CMAKE_SOURCE_DIR}/${imgui_config}")
    target_include_directories(deps_imgui SYSTEM PUBLIC "${CMAKE_BINARY_DIR}/deps/imgui_config")
    target_compile_definitions(deps_imgui PUBLIC "IMGUI_USER_CONFIG=\"${imgui_config}\"")
endif()
if(EMSCRIPTEN)
    # GLFW on the web is Emscripten's own, in JavaScript; WebGL2 is OpenGL ES 3.
    target_compile_options(deps_imgui PRIVATE -Oz)
    target_link_options(deps_imgui INTERFACE
        -sUSE_GLFW=3 -sMIN_WEBGL_VERSION=2 -sMAX_WEBGL_VERSION=2)
endif()

convoscope_dependency(implot epezent/implot f42a8333cf24dcfaca55c116aea2ef10f77484ee)
add_library(deps_implot STATIC EXCLUDE_FROM_ALL "${implot_DIR}/implot.cpp" "${implot_DIR}/implot_items.cpp")
add_library(deps::implot ALIAS deps_implot)
# The packaged copy says #include "imgui/imgui.h", the repository's own "imgui.h".
convoscope_dependency_link(imgui_folder imgui "${imgui_DIR}")
target_include_directories(deps_implot SYSTEM
    PUBLIC "${implot_DIR}" PRIVATE "${CMAKE_BINARY_DIR}/deps/imgui_folder"
    INTERFACE "${CMAKE_BINARY_DIR}/deps/imgui_folder")
if(EMSCRIPTEN)
    target_compile_options(deps_implot PRIVATE -Oz -fno-exceptions)
endif()
target_link_libraries(deps_implot PUBLIC deps::imgui)

foreach(library deps_imgui deps_implot)
    target_link_libraries(${library} PRIVATE convoscope_settings convoscope_sanitizers convoscope_wasm)
    target_compile_options(${library} PRIVATE -w)
endforeach()
