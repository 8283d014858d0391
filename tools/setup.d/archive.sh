# Sourced by tools/setup: packages of Debian 13 without installing them, whichever Debian this is.
# A private apt state keeps the system's own package sources untouched, and apt checks every signature.

archive_release=trixie
archive_state=$toolchain/apt

# The system's own sources with the release's name replaced, so that the same mirror is used.
make_archive_sources() {
    local here; here=$(debian_codename)
    local names="$here|oldstable|stable|testing|unstable|sid"
    local wanted='\.debian\.|/debian(-security)?/?([[:space:]]|$)'
    mkdir -p "$archive_state/lists/partial" "$archive_state/cache/archives/partial"
    : >"$archive_state/archive.list"; : >"$archive_state/archive.sources"
    local file
    for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
        [ -f "$file" ] || continue
        { grep -E "^deb .*($wanted)" "$file" || true; } |
            sed -E "s#([[:space:]])($names)([-/[:space:]])#\1$archive_release\3#g" |
            sed -E 'p; s#^deb #deb-src #' >>"$archive_state/archive.list"
    done
    for file in /etc/apt/sources.list.d/*.sources; do
        [ -f "$file" ] || continue
        grep -qE "^URIs:.*($wanted)" "$file" || continue
        sed -E "/^Suites:/s#([[:space:]])($names)(-|[[:space:]]|\$)#\1$archive_release\3#g; /^Suites:/s#([[:space:]])($names)(-|[[:space:]]|\$)#\1$archive_release\3#g
                s#^Types:.*#Types: deb deb-src#" "$file" >>"$archive_state/archive.sources"
        echo >>"$archive_state/archive.sources"
    done
    mkdir -p "$archive_state/sources.d"
    mv "$archive_state/archive.list" "$archive_state/archive.sources" "$archive_state/sources.d/"
}

archive_apt() {
    apt-get -qq -o Dir::Etc::sourcelist=/dev/null -o Dir::Etc::sourceparts="$archive_state/sources.d" \
        -o Dir::State::lists="$archive_state/lists" -o Dir::Cache="$archive_state/cache" \
        -o APT::Sandbox::User=root -o APT::Get::List-Cleanup=false "$@"
}

# Reads the package lists once a run of setup, and only when something is to be fetched.
open_archive() {
    [ -z "${archive_is_open:-}" ] || return 0
    say "reading Debian $archive_release's package lists"
    make_archive_sources
    archive_apt update
    archive_is_open=1
}

# Downloads packages to .toolchain/downloads/PACKAGE.deb.
fetch_packages() {
    local package folder=$toolchain/downloads
    for package in "$@"; do
        [ ! -f "$folder/$package.deb" ] || continue
        open_archive
        say "downloading $package"
        mkdir -p "$folder/$package.part"
        (cd "$folder/$package.part" && archive_apt download "$package")
        mv "$folder/$package.part/"*.deb "$folder/$package.deb"
        rm -rf "$folder/$package.part"
    done
}

# Downloads a source package's original archive to .toolchain/downloads/SOURCE.orig.tar.
fetch_source() {
    local folder=$toolchain/downloads
    [ ! -f "$folder/$1.orig.tar" ] || return 0
    open_archive
    say "downloading the source of $1"
    mkdir -p "$folder/$1.part"
    (cd "$folder/$1.part" && archive_apt source --download-only --tar-only "$1")
    mv "$folder/$1.part/"*.orig.tar.* "$folder/$1.orig.tar"
    rm -rf "$folder/$1.part"
}

unpack_packages() {  # FOLDER PACKAGE...
    local folder=$1 package; shift
    mkdir -p "$folder"
    for package in "$@"; do
        say "unpacking $package"
        dpkg -x "$toolchain/downloads/$package.deb" "$folder"
    done
}

discard_downloads() { local name; for name in "$@"; do rm -f "$toolchain/downloads/$name".{deb,orig.tar}; done; }
