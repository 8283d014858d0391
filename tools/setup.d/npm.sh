# Sourced by tools/setup: node_modules of the folders that have a lock file.

install_npm_folder() {  # FOLDER
    local stamp version
    [ -f "$1/package-lock.json" ] || return 0
    stamp=npm-${1//\//-}
    version=$(sha256sum <"$1/package-lock.json" | cut -c 1-32)
    if have "$stamp" "$version" && [ -d "$1/node_modules" ]; then return 0; fi
    say "npm ci in $1"
    (cd "$1" && npm ci --ignore-scripts --no-audit --no-fund --loglevel error >&2)
    mark "$stamp" "$version"
}
