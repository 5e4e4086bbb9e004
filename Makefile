# The two commands of a newcomer: `make demo` and `make test`; and `make wheel` and `make test-python` for the Python package.
SHELL := /bin/bash
# A compiler cache, where one is installed, makes RocksDB's second build a matter of minutes. (By PATH and not by CXX, so
# that a plain `cargo build` beside it finds the same artifacts.)
export PATH := $(wildcard /usr/lib/ccache):$(wildcard /usr/lib64/ccache):$(wildcard /opt/homebrew/opt/ccache/libexec):$(PATH)
BIN := target/release/diplograph
GRAPH := target/demo-graph

.PHONY: demo test build setup wheel test-python

build: setup
	@scripts/announce.sh
	cargo build --release

setup:
	@scripts/setup.sh

demo: build
	@scripts/demo.sh $(BIN) $(GRAPH)

test: setup
	@scripts/announce.sh
	cargo test --release

wheel: setup
	@scripts/announce.sh
	@scripts/wheel.sh

test-python: build
	@scripts/wheel.sh test
