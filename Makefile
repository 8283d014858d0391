# The front door. Every target gets what it needs first (tools/setup), so each works on a fresh machine.

PORT ?= 8080
JOBS ?= $(shell nproc 2>/dev/null || sysctl -n hw.ncpu)
NODE := .toolchain/bin/node
# Emscripten begins a Python for every file; version managers' own take five times as long to begin.
export EMSDK_PYTHON ?= $(wildcard /usr/bin/python3)

# Configures once and builds; Ninja runs CMake again by itself when a CMake file changes.
define build
	@[ -f build/$(2)/build.ninja ] || cmake --preset $(1)
	@cmake --build build/$(2) -j $(JOBS)$(if $(3), --target $(3))
endef

.DEFAULT_GOAL := help
.PHONY: help setup native wasm wasm-relaxed benchmarks site app data engines serve test bench screens lint format golden clean

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-12s %s\n", $$1, $$2 }'

setup: ## get everything that any target needs
	@tools/setup all

native: ## build/native/convoscope, unit tests, benchmark
	@tools/setup native
	$(call build,native,native)

wasm: ## build/wasm/convoscope.js for Node
	@tools/setup wasm
	$(call build,wasm,wasm)

wasm-relaxed: ## the same with relaxed SIMD, for the benchmark
	@tools/setup wasm
	$(call build,wasm-relaxed,wasm-relaxed)

benchmarks:
	$(call build,wasm,wasm,benchmarks)
	$(call build,wasm-relaxed,wasm-relaxed,benchmarks)

site: ## build/site/: the static page, complete
	@tools/setup site
	@$(MAKE) --no-print-directory data app engines
	@$(NODE) tools/assemble-site.mjs build

app:
	$(call build,site,app)

engines:
	$(call build,wasm,wasm,worker worker_relaxed)

data:
	@$(NODE) tools/data/pack.mjs build/data

serve: site ## build the site and serve it on http://localhost:$(PORT)
	@$(NODE) tools/serve.mjs build/site --port $(PORT)

test: ## all tests: native, sanitizers, WebAssembly, the page in real browsers
	@tools/setup test
	@tools/test

screens: site ## the pictures of docs/screens/
	@$(NODE) tests/page/screens.mjs

bench: ## the benchmark with its peers, as a table and in build/bench/
	@tools/setup bench
	@$(MAKE) --no-print-directory native wasm wasm-relaxed benchmarks site
	@$(NODE) bench/run.mjs

lint: ## clang-format, clang-tidy, cppcheck, eslint
	@tools/setup lint
	@tools/lint

format: ## rewrite our C++ files in the project's format
	@tools/setup lint
	@tools/lint --format

golden: ## make the golden numbers again (needs PyTorch)
	@python3 tests/golden/make_golden.py

clean: ## remove build/ (the toolchain in .toolchain/ stays)
	rm -rf build
