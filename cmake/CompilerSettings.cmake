# What every file of ours is compiled with. The interface targets made here and in the neighbouring
# files are joined by convoscope_library and convoscope_executable (ConvoscopeTarget.cmake).

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
    set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()
set(CMAKE_CXX_FLAGS_RELEASE "-O3 -DNDEBUG")
# The sanitized builds: fast enough to train a little, with lines in the reports.
set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O1 -g1")

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
    # Headers that were read before are told apart by their contents, not by their time.
    set(CMAKE_CXX_COMPILER_LAUNCHER "${CMAKE_COMMAND}" -E env
        CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime "${CCACHE_PROGRAM}")
endif()

add_library(convoscope_settings INTERFACE)
target_compile_options(convoscope_settings INTERFACE
    # The same sums on every machine: a*b+c is fused only where a kernel asks for it.
    -ffp-contract=off
    # sqrt and exp need not set errno, so that they can be single instructions.
    -fno-math-errno
    -fno-rtti)
if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    # The kernels are vectorised by hand; clang's own attempt turns their accumulators into shuffles.
    target_compile_options(convoscope_settings INTERFACE -fno-slp-vectorize)
else()
    target_compile_options(convoscope_settings INTERFACE -fno-tree-slp-vectorize)
endif()

if(CONVOSCOPE_THREADS)
    target_compile_options(convoscope_settings INTERFACE -pthread)
    target_link_options(convoscope_settings INTERFACE -pthread)
    target_compile_definitions(convoscope_settings INTERFACE CONVOSCOPE_THREADS=1)
else()
    target_compile_definitions(convoscope_settings INTERFACE CONVOSCOPE_THREADS=0)
endif()

if(NOT EMSCRIPTEN AND CONVOSCOPE_NATIVE_ARCH)
    include(CheckCXXCompilerFlag)
    check_cxx_compiler_flag("-march=${CONVOSCOPE_NATIVE_ARCH}" CONVOSCOPE_HAS_MARCH)
    if(CONVOSCOPE_HAS_MARCH)
        target_compile_options(convoscope_settings INTERFACE "-march=${CONVOSCOPE_NATIVE_ARCH}")
    endif()
endif()
