# Sourced by tools/setup: node_modules of the folders that have a lock file.

install_npm_folder() {  # FOLDER
    local stamp version
    [ -f "$1/package-lock.json" ] || return 0
    stamp=$1/node_modules/.installed  # beside what it speaks of: a toolchain may be shared by several clones
    version=$(sha256sum <"$1/package-lock.json" | cut -c 1-32)
    if [ "$(cat "$stamp" 2>/dev/null)" = "$version" ]; then return 0; fi
    say "npm ci in $1"
    (cd "$1" && npm ci --ignore-scripts --no-audit --no-fund --loglevel error >&2)
    echo "$version" >"$stamp"
}
