# The warnings of our own code; third-party headers are SYSTEM and stay silent.

add_library(convoscope_warnings INTERFACE)
target_compile_options(convoscope_warnings INTERFACE
    -Wall -Wextra -Wpedantic -Wconversion -Wdouble-promotion -Wold-style-cast
    -Wnon-virtual-dtor -Woverloaded-virtual -Wcast-align -Wimplicit-fallthrough)
if(NOT CONVOSCOPE_JOIN_SOURCES)  # where one file's constant would shadow another's, and a source is included
    target_compile_options(convoscope_warnings INTERFACE -Wshadow $<$<CXX_COMPILER_ID:Clang>:-Wheader-hygiene>)
endif()
if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    target_compile_options(convoscope_warnings INTERFACE -Wzero-as-null-pointer-constant)
elseif(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(convoscope_warnings INTERFACE -Wduplicated-cond -Wlogical-op)
endif()

# Errors with the compiler that tools/setup brings; a newer one's new warnings must not stop a learner.
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang" AND CMAKE_CXX_COMPILER_VERSION MATCHES "^19\\.")
    set(convoscope_warning_as_error ON)
else()
    set(convoscope_warning_as_error OFF)
endif()
option(CONVOSCOPE_WARNINGS_AS_ERRORS "Warnings stop the build" ${convoscope_warning_as_error})
if(CONVOSCOPE_WARNINGS_AS_ERRORS)
    target_compile_options(convoscope_warnings INTERFACE -Werror)
endif()
