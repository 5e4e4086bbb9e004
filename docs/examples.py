#!/usr/bin/env python3
"""Puts the real answers behind the `>>>` examples of Markdown files: python3 docs/examples.py README.md docs/python.md

Needs the package installed. Runs in a new folder that holds the sample articles and starts with `graph`, their graph. The tests
of the package run the same examples and compare; UPDATE_EXPECT=1 make test-python calls this first.
"""
import contextlib
import doctest
import io
import os
import pathlib
import sys
import tempfile

import diplograph

ROOT = pathlib.Path(__file__).resolve().parents[1]


def answer(example, names):
    if example.exc_msg:
        return example.want
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(compile(example.source, "<example>", "single"), names)
    return printed.getvalue()


def remade(text, names):
    lines, made, done = text.split("\n"), [], 0
    for example in doctest.DocTestParser().get_examples(text):
        end = example.lineno + example.source.count("\n")
        made += lines[done:end] + answer(example, names).splitlines()
        done = end + example.want.count("\n")
    return "\n".join(made + lines[done:])


def main(files):
    files = [pathlib.Path(file).resolve() for file in files]
    for file in files:
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            os.symlink(ROOT / "data", "data")
            graph = diplograph.Graph("samples")
            graph.build("data/articles")
            file.write_text(remade(file.read_text(encoding="utf-8"), {"graph": graph}), encoding="utf-8")
            os.chdir(ROOT)


main(sys.argv[1:])
