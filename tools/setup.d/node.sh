# Sourced by tools/setup: .toolchain/bin/node, a Node.js of version 20 or newer.

node_package_version=20.19.5

set_up_node() {
    local node; node=$(command -v node || true)
    if [ "$(node_major)" -lt 20 ]; then
        # Debian 12's own is 18. Its npm can bring the official program, packed as an npm package.
        install_private_node
        node=../node/bin/node  # relative: the checkout can be moved
    fi
    [ "$(readlink "$toolchain/bin/node" || true)" = "$node" ] || ln -sfn "$node" "$toolchain/bin/node"
}

install_private_node() {
    local machine; machine=$(uname -m)
    case $machine in x86_64) machine=x64 ;; aarch64) machine=arm64 ;; *) fail "no Node.js >= 20 for $machine" ;; esac
    ! have node "$node_package_version" || return 0
    say "getting Node.js $node_package_version"
    rm -rf "$toolchain/node.part"
    mkdir -p "$toolchain/node.part/fetch"
    npm install --prefix "$toolchain/node.part/fetch" --ignore-scripts --no-audit --no-fund --no-save \
        --loglevel error "node-linux-$machine@$node_package_version" >&2
    mv "$toolchain/node.part/fetch/node_modules/node-linux-$machine/bin" "$toolchain/node.part/bin"
    rm -rf "$toolchain/node.part/fetch"
    replace_folder "$toolchain/node.part" "$toolchain/node"
    mark node "$node_package_version"
}
