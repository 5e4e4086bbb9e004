#!/usr/bin/env bash
# The tour of `make demo`: a graph from the sample articles, asked in three ways, and exported.
set -euo pipefail
bin=$1 graph=$2
run() {
  printf '\n$ diplograph'; printf ' %q' "$@"; printf '\n'
  "$bin" "$@" || [ $? = 1 ] # 1: nothing found, which is an answer
}
rm -rf "$graph"
export DIPLOGRAPH_GRAPH=$graph # every command below asks this graph
run build data/articles
run stats
run between Syria Iran
run query met --who Assad
run export demo.graphml
printf '\nThe graph lies in %s (give it with --graph, or set DIPLOGRAPH_GRAPH); open demo.graphml in Gephi.\n' "$graph"
