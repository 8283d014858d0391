# The warnings of our own code; third-party headers are SYSTEM and stay silent.

add_library(convoscope_warnings INTERFACE)
target_compile_options(convoscope_warnings INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wdouble-promotion -Wold-style-cast
    -Wnon-virtual-dtor -Woverloaded-virtual -Wcast-align -Wimplicit-fallthrough)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
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
