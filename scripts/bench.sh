#!/usr/bin/env bash
# Benchmarks: reading speed on the article pools, and the cold start of a look-up on a graph of 2,000 articles.
#   scripts/bench.sh DIR      DIR holds articles/*.jsonl.xz
set -euo pipefail
dir=${1:?usage: scripts/bench.sh DIR}
bin=${BIN:-target/release/diplograph}
for pool in wikinews_2019_2020 state_dept_2021_2022; do
  echo "== $pool"
  "$bin" bench "$dir/articles/$pool.jsonl.xz"
done
graph=$(mktemp -d)
trap 'rm -rf "$graph"' EXIT
echo "== 60 articles of each pool"
python3 - "$dir" > "$graph/mixed.jsonl" <<'PY'
import glob, lzma, sys
for pool in sorted(glob.glob(sys.argv[1] + "/articles/*.xz")):
    rows = list(lzma.open(pool, "rt", encoding="utf-8"))
    sys.stdout.writelines(rows[::max(1, len(rows) // 60)][:60])
PY
"$bin" bench "$graph/mixed.jsonl"
echo "== a graph of the State Department's articles"
time "$bin" build "$dir/articles/state_dept_2021_2022.jsonl.xz" --graph "$graph/g"
echo "== cold start of between, 20 runs (ms)"
python3 - "$bin" "$graph/g" <<'PY'
import subprocess, sys, time
runs = []
for _ in range(20):
    start = time.perf_counter()
    subprocess.run([sys.argv[1], "between", "USA", "UKR", "--graph", sys.argv[2]], stdout=subprocess.DEVNULL, check=True)
    runs.append((time.perf_counter() - start) * 1000)
runs.sort()
print(f"min {runs[0]:.0f}  median {runs[len(runs) // 2]:.0f}  max {runs[-1]:.0f}")
PY
