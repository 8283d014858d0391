# Sourced by tools/setup: third-party C++ sources in .toolchain/deps/<library>/, where
# cmake/Dependencies.cmake looks first. Elsewhere than on Debian CMake fetches them from their repositories.
# Never /usr/include itself: a WebAssembly build must not see the system's headers.

# Raise it when the list or the layout below changes.
libraries_version=1

# What the engine, the command line and the tests use: headers only.
set_up_libraries() {
    is_debian || return 0
    ! have libraries "$libraries_version" || return 0
    local names=(libxsimd-dev doctest-dev nlohmann-json3-dev libstb-dev)
    local part=$toolchain/libraries.part
    fetch_packages "${names[@]}"
    rm -rf "$part"
    unpack_packages "$part" "${names[@]}"
    mkdir -p "$toolchain/deps"
    place_headers "$part" xsimd xsimd
    place_headers "$part" doctest doctest
    place_headers "$part" nlohmann json
    place_headers "$part" stb stb
    rm -rf "$part"
    discard_downloads "${names[@]}"
    mark libraries "$libraries_version"
}

place_headers() {  # UNPACKED INCLUDE_FOLDER LIBRARY
    rm -rf "$toolchain/deps/$3.part"
    mkdir -p "$toolchain/deps/$3.part/include"
    mv "$1/usr/include/$2" "$toolchain/deps/$3.part/include/"
    replace_folder "$toolchain/deps/$3.part" "$toolchain/deps/$3"
}

# What only the page's program uses: sources, compiled by our own build.
set_up_interface_libraries() {
    is_debian || return 0
    ! have interface_libraries "$libraries_version" || return 0
    mkdir -p "$toolchain/deps"
    place_source imgui imgui '*/'
    # ImPlot has no Debian package; this one carries its sources whole.
    place_source satdump implot '*/src-core/imgui/implot/'
    discard_downloads imgui satdump
    mark interface_libraries "$libraries_version"
}

place_source() {  # SOURCE_PACKAGE LIBRARY FOLDER_IN_ARCHIVE
    local part=$toolchain/deps/$2.part depth
    depth=$(tr -dc / <<<"$3" | wc -c)
    fetch_source "$1"
    rm -rf "$part"
    mkdir -p "$part"
    tar -xf "$toolchain/downloads/$1.orig.tar" -C "$part" --wildcards --strip-components="$depth" "$3*"
    replace_folder "$part" "$toolchain/deps/$2"
}
