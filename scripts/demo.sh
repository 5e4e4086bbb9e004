#!/usr/bin/env bash
# The tour of `make demo`: a graph from the sample articles, asked in three ways, and exported.
set -euo pipefail
bin=$1 graph=$2
run() { printf '\n$ diplograph'; printf ' %q' "$@"; printf '\n'; "$bin" "$@"; }
rm -rf "$graph"
run build data/articles --graph "$graph"
run stats --graph "$graph"
run between Syria Iran --graph "$graph"
run query met --who Khamenei --graph "$graph"
run export demo.graphml --graph "$graph"
printf '\nThe graph lies in %s; open demo.graphml in Gephi.\n' "$graph"
