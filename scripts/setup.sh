#!/usr/bin/env bash
# Installs what the build lacks: a C++ compiler and libclang. RocksDB, in which the graph is kept, is C++; its Rust
# bindings are made by bindgen, which reads C++ headers through libclang.
set -euo pipefail

have_libclang() {
  [ -n "${LIBCLANG_PATH:-}" ] && return 0
  ldconfig -p 2>/dev/null | grep -q 'libclang[-.][0-9.]*so\|libclang\.so' && return 0
  compgen -G '/usr/lib/llvm-*/lib/libclang*.so*' | grep -qv 'libclang-cpp\|rt' && return 0
  compgen -G '/usr/lib*/libclang.so*' >/dev/null && return 0
  compgen -G '/usr/lib64/llvm*/lib*/libclang.so*' >/dev/null && return 0
  compgen -G '/opt/homebrew/opt/llvm/lib/libclang.dylib' >/dev/null && return 0
  compgen -G '/Library/Developer/CommandLineTools/usr/lib/libclang.dylib' >/dev/null && return 0
  return 1
}

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

missing=()
have_libclang || missing+=(libclang)
command -v c++ >/dev/null || missing+=(c++)
command -v cargo >/dev/null || { echo "cargo is not here: install Rust with rustup first (https://rustup.rs)" >&2; exit 2; }
[ ${#missing[@]} = 0 ] && exit 0

echo "The build needs ${missing[*]} (RocksDB's bindings are made with libclang). Installing through the system's packages."
if command -v apt-get >/dev/null; then
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq libclang-dev g++
elif command -v dnf >/dev/null; then
  as_root dnf install -y clang-devel gcc-c++
elif command -v brew >/dev/null; then
  brew install llvm
  echo "If the build does not find libclang: export LIBCLANG_PATH=\"$(brew --prefix llvm)/lib\""
else
  echo "No apt, dnf or brew here. Install libclang and a C++ compiler, or build without RocksDB:" >&2
  echo "  cargo build --release --no-default-features" >&2
  exit 2
fi
