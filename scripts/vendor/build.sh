#!/usr/bin/env bash
# Makes src/serve/assets/vendor anew: what the page takes from npm, in three files, with the licences of all that is in them.
set -euo pipefail
cd "$(dirname "$0")"
out=../../src/serve/assets/vendor
npm ci --silent
mkdir -p "$out"
npx esbuild network.js map.js editor.js --bundle --minify --format=esm --target=es2022 --legal-comments=none \
  --metafile=node_modules/meta.json --outdir="$out"
node licences.js node_modules/meta.json > "$out/LICENCES.txt"
wc -c "$out"/*
