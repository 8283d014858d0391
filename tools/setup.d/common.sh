# Sourced by tools/setup: paths, messages, stamps, and what each group is made of.

toolchain=$PWD/.toolchain

say() { printf 'setup: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }
unique() { [ $# -eq 0 ] || printf '%s\n' "$@" | sort -u; }

# --- stamps: `have NAME VERSION` is true once `mark NAME VERSION` was reached -----------------------

have() { [ "$(cat "$toolchain/stamps/$1" 2>/dev/null)" = "$2" ]; }
mark() { printf '%s\n' "$2" >"$toolchain/stamps/$1"; }

# Puts a finished folder in its place in one step, so that nobody ever sees half of it.
replace_folder() {  # FROM TO
    rm -rf "$2.old"
    if [ -e "$2" ]; then mv "$2" "$2.old"; fi
    mv "$1" "$2"
    rm -rf "$2.old"
}

# --- the machine -----------------------------------------------------------------------------------

# Ubuntu and the like also have dpkg, but other releases and packages: they are "elsewhere".
is_debian() { (. /etc/os-release 2>/dev/null && [ "${ID:-}" = debian ]); }
debian_codename() { (. /etc/os-release && echo "${VERSION_CODENAME:-sid}"); }
debian_is_12() { [ "$(debian_codename)" = bookworm ]; }
# The native compiler is pinned by name where Debian has it: clang-format and clang-tidy change their
# minds between versions.
llvm_suffix() { apt-cache show clang-19 >/dev/null 2>&1 && echo -19 || true; }

node_major() {  # [PROGRAM]
    "${1:-node}" -p 'process.versions.node.split(".")[0]' 2>/dev/null || echo 0
}

# --- groups ----------------------------------------------------------------------------------------
# packages: "PACKAGE" or "PACKAGE:COMMAND" (not installed where COMMAND is already on PATH)
# parts:    functions set_up_<part>       folders: npm packages with a lock file

add_group_native() {
    local v; v=$(is_debian && llvm_suffix || true)
    packages+=(cmake:cmake ninja-build:ninja ccache:ccache python3:python3
               "clang$v:clang++$v" "lld$v:ld.lld$v" "llvm$v:llvm-symbolizer$v" "libclang-rt$v-dev")
    parts+=(libraries)
}

add_group_wasm() {
    add_group_native
    packages+=(curl:curl xz-utils:xz ca-certificates)
    if [ "$(node_major)" -lt 20 ]; then packages+=(nodejs npm); fi
    if ! is_debian || debian_is_12; then :; else packages+=(emscripten:emcc); fi
    parts+=(node emscripten)
}

add_group_site() {
    add_group_wasm
    packages+=(python3-fonttools fonts-inter fonts-jetbrains-mono)
    parts+=(interface_libraries)
    folders+=(tools/data web/npm)
}

add_group_page_tests() {
    # Firefox draws WebGL2 only on a display, which xvfb gives it, through Mesa.
    packages+=(chromium firefox-esr xvfb xauth:xauth libegl1 libgl1 libgl1-mesa-dri)
    folders+=(tests/page)
}

add_group_test() {
    add_group_site
    add_group_page_tests
    folders+=(tests/exchange)
}

add_group_bench() {
    add_group_site
    add_group_page_tests
    folders+=(bench/peers)
}

add_group_lint() {
    local v; v=$(is_debian && llvm_suffix || true)
    add_group_native
    add_group_wasm
    packages+=("clang-format$v:clang-format$v" "clang-tidy$v:clang-tidy$v" cppcheck:cppcheck)
    parts+=(interface_libraries)
    folders+=(tools/lint-js tests/page tests/exchange)  # the tests' packages for their types
}
