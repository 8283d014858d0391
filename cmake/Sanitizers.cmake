# CONVOSCOPE_SANITIZE: address;undefined or thread; with fuzzer-no-link for the fuzzers. Any finding ends the program, so that a test fails.

add_library(convoscope_sanitizers INTERFACE)
if(CONVOSCOPE_SANITIZE)
    string(REPLACE ";" "," convoscope_sanitize_list "${CONVOSCOPE_SANITIZE}")
    set(convoscope_sanitize_flags "-fsanitize=${convoscope_sanitize_list}" -fno-sanitize-recover=all)
    target_compile_options(convoscope_sanitizers INTERFACE
        ${convoscope_sanitize_flags} -fno-omit-frame-pointer)
    target_link_options(convoscope_sanitizers INTERFACE ${convoscope_sanitize_flags})
endif()
