#!/usr/bin/env bash
# Says beforehand how long the build takes, where RocksDB is not compiled yet.
set -euo pipefail
target=${CARGO_TARGET_DIR:-target}
if ! compgen -G "$target/release/build/oxrocksdb-sys-*/out/librocksdb.a" >/dev/null; then
  echo "First build: RocksDB's 340 C++ files take an estimated 40 minutes of one core, shared by all cores here ($(getconf _NPROCESSORS_ONLN 2>/dev/null || echo '?'));"
  echo "afterwards a build takes about two minutes. (Without RocksDB: cargo build --release --no-default-features, about five minutes.)"
fi
