# Sourced by tools/setup: the operating system's own packages.

# Installs the packages that are missing, in one go. An entry "PACKAGE:COMMAND" is satisfied by COMMAND.
install_packages() {
    local entry package command missing=() wanted
    for entry in $(unique "$@"); do
        package=${entry%%:*} command=${entry#"$package"} command=${command#:}
        if [ -n "$command" ] && command -v "$command" >/dev/null; then continue; fi
        wanted+=" $package"
    done
    [ -n "${wanted:-}" ] || return 0
    # shellcheck disable=SC2086  # package names have no spaces
    for package in $wanted; do
        if ! dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed; then
            missing+=("$package")
        fi
    done
    [ ${#missing[@]} -gt 0 ] || return 0

    local as_root=()
    if [ "$(id -u)" != 0 ]; then
        command -v sudo >/dev/null ||
            fail "not root and no sudo; run as root: apt-get install --no-install-recommends ${missing[*]}"
        as_root=(sudo)
    fi
    say "installing with apt-get: ${missing[*]}"
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -q --no-install-recommends "${missing[@]}" >"$toolchain/apt-get.log" 2>&1 9>&- ||
        { tail -n 20 "$toolchain/apt-get.log" >&2; fail "apt-get install failed (.toolchain/apt-get.log)"; }
}

version_at_least() { [ "$(printf '%s\n' "$1" "$2" | sort -V | head -n 1)" = "$1" ]; }  # WANTED FOUND

emcc_version() { "$1" --version 2>/dev/null | grep -oE '[0-9]+\.[0-9]+\.[0-9]+' | head -n 1; }

# Not Debian: nothing is installed; either everything is there, or one screen says what is not.
require_tools() {  # PART...
    local missing=() found
    found=$(cmake --version 2>/dev/null | grep -oE '[0-9]+\.[0-9]+' | head -n 1 || true)
    version_at_least 3.25 "${found:-0}" || missing+=("CMake >= 3.25 (found: ${found:-none})")
    command -v ninja >/dev/null || missing+=("Ninja")
    command -v clang++ >/dev/null || command -v g++ >/dev/null || missing+=("clang++ or g++ with C++20")
    command -v python3 >/dev/null || missing+=("Python 3 (for the site also its fonttools package)")
    case " $* " in *" emscripten "*)
        found=$(emcc_version "$(find_emscripten)/emcc" || true)
        version_at_least 3.1.69 "${found:-0}" || missing+=("Emscripten >= 3.1.69 (found: ${found:-none}), on PATH or by EMSDK")
        [ "$(node_major)" -ge 20 ] || missing+=("Node.js >= 20 with npm (found: $(node_major))")
    esac
    [ ${#missing[@]} -eq 0 ] || {
        say "this is not Debian, so please install:"
        printf '         %s\n' "${missing[@]}" >&2
        say "and run the same command again. The C++ libraries are fetched by CMake."
        exit 1
    }
}
