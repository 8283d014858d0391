# Finds Emscripten's own toolchain file: through the link that tools/setup made, or by the environment.
set(convoscope_places
    "${CMAKE_CURRENT_LIST_DIR}/../.toolchain/emscripten"
    "$ENV{EMSCRIPTEN_ROOT}"
    "$ENV{EMSDK}/upstream/emscripten"
    /usr/share/emscripten)
foreach(place IN LISTS convoscope_places)
    if(EXISTS "${place}/cmake/Modules/Platform/Emscripten.cmake")
        # The link resolved, so that compilers and caches see one name for it.
        file(REAL_PATH "${place}" place)
        include("${place}/cmake/Modules/Platform/Emscripten.cmake")
        return()
    endif()
endforeach()
message(FATAL_ERROR "Emscripten not found. Run tools/setup wasm, or set EMSDK or EMSCRIPTEN_ROOT.")
