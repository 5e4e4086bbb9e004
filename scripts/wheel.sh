#!/usr/bin/env bash
# Builds the Python package into target/wheels; `wheel.sh test` then installs it into a clean virtual environment and tries it
# there. Installs Python with its venv through the system's packages, where it is lacking.
set -euo pipefail
cd "$(dirname "$0")/.."
target=${CARGO_TARGET_DIR:-target}
tools=$target/python-tools clean=$target/python-clean

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

have_venv() { python3 -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 9))' 2>/dev/null; }

if ! have_venv; then
  echo "The Python package needs Python 3.9 or later with venv. Installing through the system's packages."
  if command -v apt-get >/dev/null; then
    as_root apt-get update -qq
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3 python3-venv
  elif command -v dnf >/dev/null; then
    as_root dnf install -y python3
  elif command -v brew >/dev/null; then
    brew install python
  fi
  have_venv || { echo "No Python 3.9 with venv here: install it, then again" >&2; exit 2; }
fi

[ -x "$tools/bin/maturin" ] || { python3 -m venv "$tools" && "$tools/bin/pip" install --quiet 'maturin>=1.9,<2'; }
rm -rf "$target/wheels"
"$tools/bin/maturin" build --release --locked --manifest-path python/Cargo.toml --out "$target/wheels"
[ "${1:-}" = test ] || exit 0

# The package alone, then with the packages that it knows how to feed.
python3 -m venv --clear "$clean"
"$clean/bin/pip" install --quiet --no-index "$target"/wheels/*.whl
(cd "$target" && "$OLDPWD/$clean/bin/python" -c 'import diplograph; print("diplograph", diplograph.__version__, len(diplograph.extract(
    "President Ebrahim Raisi received Bashar al-Assad in Tehran.", date="2022-05-08")), "facts")')
"$clean/bin/pip" install --quiet -r python/tests/requirements.txt
(cd python && "../$clean/bin/mypy" --config-file pyproject.toml -p diplograph)
[ -z "${UPDATE_EXPECT:-}" ] || "$clean/bin/python" docs/examples.py README.md docs/python.md
"$clean/bin/python" -m pytest -q -p no:cacheprovider --rootdir python python/tests README.md docs/python.md --doctest-glob='*.md'
