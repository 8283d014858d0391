# Sourced by tools/setup: .toolchain/emscripten, a link to the folder that holds em++ and
# cmake/Modules/Platform/Emscripten.cmake, and .toolchain/bin/em++ and its relatives.

# Raise it when what is unpacked or patched below changes.
emscripten_part_version=1

set_up_emscripten() {
    local root
    if is_debian && debian_is_12; then
        unpack_emscripten
        root=emscripten-debian/usr/share/emscripten
    else
        root=$(find_emscripten)
        [ -n "$root" ] || fail "no Emscripten found"
    fi
    if [ "$(readlink "$toolchain/emscripten" || true)" != "$root" ]; then ln -sfn "$root" "$toolchain/emscripten"; fi
    local name
    for name in emcc em++ emar emranlib emcmake; do
        [ ! -L "$toolchain/bin/$name" ] || continue
        printf '#!/bin/sh\nexec "$(dirname "$(readlink -f "$0")")/../emscripten/%s" "$@"\n' "$name" \
            >"$toolchain/bin/$name.part"
        chmod +x "$toolchain/bin/$name.part"
        mv "$toolchain/bin/$name.part" "$toolchain/bin/$name"
    done
}

# The folder of an Emscripten that is already on this machine, or nothing.
find_emscripten() {
    local place
    for place in "${EMSCRIPTEN_ROOT:-}" "${EMSDK:+$EMSDK/upstream/emscripten}" \
        "$(dirname "$(readlink -f "$(command -v emcc || true)")" 2>/dev/null || true)" /usr/share/emscripten; do
        if [ -f "$place/cmake/Modules/Platform/Emscripten.cmake" ]; then echo "$place"; return; fi
    done
}

# Debian 13's Emscripten on Debian 12. It is Python and prebuilt libraries, for which Debian 12's
# clang 19 is the right compiler; only binaryen's programs need a newer C library, brought beside them.
unpack_emscripten() {
    local folder=$toolchain/emscripten-debian
    local names=(emscripten binaryen libc6 libstdc++6 libgcc-s1 node-acorn)
    ! have emscripten "$emscripten_part_version" || return 0
    say "Emscripten from Debian 13's packages: 250 MB to download, 1.7 GB unpacked in .toolchain/"
    fetch_packages "${names[@]}"
    rm -rf "$folder.part"
    unpack_packages "$folder.part" "${names[@]}"
    wrap_binaryen "$folder.part"
    # Emscripten's optimiser looks for acorn in its own node_modules.
    ln -sfn ../nodejs "$folder.part/usr/share/emscripten/node_modules"
    write_emscripten_config "$folder.part/usr/share/emscripten/.emscripten"
    replace_folder "$folder.part" "$folder"
    discard_downloads "${names[@]}"
    mark emscripten "$emscripten_part_version"
}

# Each program is started through the C library's loader that came with it, by relative paths, so that
# the checkout can be moved.
wrap_binaryen() {
    local program bin=$1/usr/bin
    mkdir -p "$1/usr/libexec/binaryen"
    for program in "$bin"/wasm*; do
        mv "$program" "$1/usr/libexec/binaryen/"
        cat >"$program" <<'WRAPPER'
#!/bin/sh
usr=$(dirname "$(readlink -f "$0")")/..
set -- "$usr/libexec/binaryen/${0##*/}" "$@"
for loader in "$usr"/lib/*/ld-linux-*.so.*; do
    exec "$loader" --library-path "${loader%/*}:${loader%/*}/binaryen" "$@"
done
WRAPPER
        chmod +x "$program"
    done
}

write_emscripten_config() {
    cat >"$1" <<'CONFIG'
# Written by tools/setup. Every path is relative to this file, whose own path Emscripten puts in EM_CONFIG.
import os
_here = os.path.dirname(os.path.abspath(os.environ['EM_CONFIG']))
LLVM_ROOT = '/usr/bin'
LLVM_ADD_VERSION = '19'
CLANG_ADD_VERSION = '19'
BINARYEN_ROOT = os.path.normpath(os.path.join(_here, '../..'))
NODE_JS = os.path.normpath(os.path.join(_here, '../../../../bin/node'))
CACHE = os.path.join(_here, 'cache')
FROZEN_CACHE = True
CONFIG
}
