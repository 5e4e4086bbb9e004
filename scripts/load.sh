#!/usr/bin/env bash
# How many small SPARQL look-ups a second the server answers, and how long `between` takes at 50 a second. Bounded, on the loopback:
#
#   scripts/load.sh DIPLOGRAPH GRAPH [OXIGRAPH]
#
# With the program `oxigraph` (cargo install oxigraph-cli) the same queries go to its server, over the same store, in turns: over
# the union of its graphs, as here, and over its default graph alone, which takes one scan of the two.
# Needs wrk and python3.
set -euo pipefail
diplograph=$1 graph=$2 oxigraph=${3:-}
seconds=${SECONDS_EACH:-10}
work=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null; rm -rf "$work"' EXIT

cat > "$work/small.lua" <<'LUA'
-- Each request asks for the name of another actor.
local ids = {}
for id in io.lines(os.getenv("IDS")) do ids[#ids + 1] = id end
local i = 0
request = function()
  i = i % #ids + 1
  local query = "SELECT%20?name%20WHERE%20%7B%20%3C" .. ids[i] .. "%3E%20%3Chttp://www.w3.org/2000/01/rdf-schema%23label%3E%20?name%20%7D"
  return wrk.format("GET", "/query?query=" .. query)
end
LUA
export IDS=$work/ids
"$diplograph" query --graph "$graph" --format csv -e 'SELECT ?s WHERE { ?s a dg:Actor } LIMIT 500' | tail -n +2 | tr -d '\r' > "$IDS"

"$diplograph" serve --graph "$graph" --bind 127.0.0.1:7897 &
if [ -n "$oxigraph" ]; then
  store=$(awk '{print $NF}' "$graph/FORMAT")
  "$oxigraph" serve-read-only --location "$graph/$store" --union-default-graph --bind 127.0.0.1:7898 &
  "$oxigraph" serve-read-only --location "$graph/$store" --bind 127.0.0.1:7899 &
fi
sleep 3

rate() { wrk -t 1 -c 4 -d "${seconds}s" -s "$work/small.lua" "http://127.0.0.1:$1/" | awk '/Requests\/sec|Non-2xx/'; }
for turn in 1 2 3; do
  echo "diplograph $(rate 7897)"
  [ -z "$oxigraph" ] || echo "oxigraph   $(rate 7898), default graph $(rate 7899)"
done

python3 - "http://127.0.0.1:7897" "$seconds" <<'PY'
import json, sys, threading, time, urllib.request
base, seconds = sys.argv[1], int(sys.argv[2])
states = [n["id"] for n in json.load(urllib.request.urlopen(base + "/api/network"))["nodes"] if n["entity_type"] == "state"]
pairs = [(a, b) for a in states for b in states if a < b]
times, lock = [], threading.Lock()
def ask(a, b, due):
    urllib.request.urlopen(f"{base}/api/between?a={a}&b={b}&limit=20").read()
    with lock:
        times.append(time.perf_counter() - due)
start, threads = time.perf_counter(), []
for i in range(seconds * 50):
    due = start + i / 50
    time.sleep(max(0, due - time.perf_counter()))
    threads.append(threading.Thread(target=ask, args=(*pairs[i * 37 % len(pairs)], due)))
    threads[-1].start()
for thread in threads:
    thread.join()
times.sort()
at = lambda share: 1000 * times[min(len(times) - 1, int(share * len(times)))]
print(f"between, 50 a second, {len(times)} requests: median {at(.5):.1f} ms, p99 {at(.99):.1f} ms, longest {at(1):.1f} ms")
PY
