# The two commands of a newcomer: `make demo` and `make test`.
SHELL := /bin/bash
# A compiler cache, where one is installed, makes RocksDB's second build a matter of minutes. (By PATH and not by CXX, so
# that a plain `cargo build` beside it finds the same artifacts.)
export PATH := $(wildcard /usr/lib/ccache):$(wildcard /usr/lib64/ccache):$(wildcard /opt/homebrew/opt/ccache/libexec):$(PATH)
BIN := target/release/diplograph
GRAPH := target/demo-graph

.PHONY: demo test build setup

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
