#!/usr/bin/env python3
"""Puts the real output of a built diplograph into README.md: python3 docs/tour.py target/release/diplograph [--check]

It runs every `$ diplograph ...` line of the README's console blocks in order, in a new folder that holds data/ and tests/, on a
terminal of 110 columns. A comment in front of a block, <!-- lines: 12 -->, keeps the first 12 lines of each output and puts "..."
for the rest. --check changes nothing and ends with 1 if the README is behind. POSIX only; Python's standard library is enough.
"""
import fcntl
import os
import pathlib
import pty
import re
import shlex
import struct
import subprocess
import sys
import tempfile
import termios

ROOT = pathlib.Path(__file__).resolve().parents[1]
BLOCK = re.compile(r"(?P<head>(?:<!-- lines: (?P<lines>\d+) -->\n)?```console\n)(?P<body>.*?)(?P<foot>```\n)", re.S)


def output(binary, command, folder):
    """What the command prints on a terminal."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 110, 0, 0))
    run = subprocess.Popen([binary, *shlex.split(command)[1:]], cwd=folder, stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs)
    os.close(theirs)
    said = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # Linux: the other end is closed
            piece = b""
        if not piece:
            break
        said += piece
    run.wait()
    os.close(ours)
    text = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", said.decode()).replace("\r\n", "\n").strip("\n")
    return [line.rsplit("\r", 1)[-1].rstrip() for line in text.split("\n")]


def remade(binary, folder, block, facts):
    limit, body = int(block["lines"] or 1000), []
    for command in re.findall(r"^\$ (diplograph .*)$", block["body"], re.M):
        asked = re.fullmatch(r"diplograph why (\w+)", command)
        if asked and facts and asked[1] not in facts:  # its text has changed: take another that was shown
            command = f"diplograph why {facts[0]}"
        lines = output(binary, command, folder)
        facts += re.findall(r"\bfact\s+([0-9a-f]{20})", "\n".join(lines[:limit]))
        body += [f"$ {command}", *lines[:limit], *(["..."] if len(lines) > limit else [])]
    return block["head"] + "".join(f"{line}\n" for line in body) + block["foot"] if body else block[0]


def main(binary, check=False):
    readme = ROOT / "README.md"
    before = readme.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        for name in ("data", "tests"):
            os.symlink(ROOT / name, pathlib.Path(folder) / name)
        program, facts = str(pathlib.Path(binary).resolve()), []
        after = BLOCK.sub(lambda block: remade(program, folder, block, facts), before)
    if check:
        return int(after != before)
    readme.write_text(after, encoding="utf-8")
    return 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], "--check" in sys.argv))
