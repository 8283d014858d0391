# The compiler of the native presets: clang 19 where it is, else what CXX or CMake says.
if(NOT DEFINED ENV{CXX} AND NOT DEFINED CMAKE_CXX_COMPILER)
    find_program(convoscope_clang NAMES clang++-19 clang++)
    if(convoscope_clang)
        set(CMAKE_CXX_COMPILER "${convoscope_clang}")
    endif()
endif()
