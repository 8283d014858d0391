# What a WebAssembly build adds. Native builds get empty targets, so that nobody has to ask.

add_library(convoscope_wasm INTERFACE)
# For programs that Node runs as if they were native: real files, real exit code, blocking main thread.
add_library(convoscope_node_program INTERFACE)
if(NOT EMSCRIPTEN)
    return()
endif()

target_compile_options(convoscope_wasm INTERFACE -msimd128)
if(CONVOSCOPE_RELAXED_SIMD)
    target_compile_options(convoscope_wasm INTERFACE -mrelaxed-simd)
endif()
target_link_options(convoscope_wasm INTERFACE
    -sALLOW_MEMORY_GROWTH=1 -sSTACK_SIZE=1048576)
if(CONVOSCOPE_THREADS)
    # Growing shared memory slows JavaScript's own access to it; ours copies whole blocks.
    target_link_options(convoscope_wasm INTERFACE
        -Wno-pthreads-mem-growth -sDEFAULT_PTHREAD_STACK_SIZE=1048576)
endif()

target_link_options(convoscope_node_program INTERFACE
    -sENVIRONMENT=node,worker -sNODERAWFS=1 -sEXIT_RUNTIME=1)
if(CONVOSCOPE_THREADS)
    # main() runs in a worker, so that it may start threads and wait for them at once.
    target_link_options(convoscope_node_program INTERFACE -sPROXY_TO_PTHREAD=1)
endif()
