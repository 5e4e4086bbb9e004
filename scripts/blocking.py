#!/usr/bin/env python3
"""How the blocks of clustering grow, and what they cost on many workers: a simulation from the pairs of sides of real articles.

    python3 scripts/blocking.py ARTICLES.jsonl [--articles 100000000] [--workers 200] [--seed 1]

Needs the package. A block is all claims about one pair of sides: it is derived on one core. The articles are read, the sizes of
their blocks counted and the time measured that blocks of growing size take, which are made of the largest one: its claims with
other ids, on other days. Then as many claims as that many articles would have are dealt to the pairs by the shares that they have
here, and the pairs to workers at random, as Spark does. Pairs that these articles lack are left out; by their number (as many claims
as stand alone, after Good 1953) they are small.
"""
import argparse
import collections
import datetime
import json
import math
import pathlib
import random
import time

from diplograph import _native
from diplograph.reading import article_of, engine

SIZES = [1000, 2000, 4000, 8000, 16000, 32000]


def blocks(articles):
    """The claims of each pair, and how many pairs there were after each quarter of the articles."""
    claims, seen, intake = collections.defaultdict(list), [], _native.Intake(None, None)
    for start in range(0, len(articles), 256):
        told, _ = engine()._native.read_claims(intake, [article_of(a) for a in articles[start : start + 256]], False)
        for one in filter(None, told):
            for _, pair, claim in one[0]:
                claims[pair].append(claim)
        seen.append((min(start + 256, len(articles)), len(claims)))
    return claims, seen


def shifted(claim, days, number):
    """The same on another day, in another article."""
    claim = json.loads(claim)
    move = lambda day: (datetime.date.fromisoformat(day) + datetime.timedelta(days)).isoformat()
    claim["article"] += f"-{number}"
    claim["date"] = claim["date"] and [move(day) for day in claim["date"]]
    claim["issued"] = claim["issued"] and move(claim["issued"])
    claim["signature"] = None
    return json.dumps(claim)


def slope(points):
    """The exponent k and the factor a of y = a * x ** k, by least squares of logarithms."""
    xs, ys = ([math.log(p[i]) for p in points] for i in (0, 1))
    mx, my = sum(xs) / len(xs), sum(ys) / len(ys)
    k = sum((x - mx) * (y - my) for x, y in zip(xs, ys)) / sum((x - mx) ** 2 for x in xs)
    return k, math.exp(my - k * mx)


def main():
    wanted = argparse.ArgumentParser()
    wanted.add_argument("articles_file", type=pathlib.Path)
    wanted.add_argument("--articles", type=int, default=100_000_000)
    wanted.add_argument("--workers", type=int, default=200)
    wanted.add_argument("--seed", type=int, default=1)
    args = wanted.parse_args()
    dice = random.Random(args.seed)
    articles = [json.loads(line) for line in args.articles_file.open(encoding="utf-8")]
    claims, seen = blocks(articles)
    sizes = sorted(map(len, claims.values()), reverse=True)
    total = sum(sizes)
    print(f"{len(articles)} articles, {total} claims, {len(sizes)} pairs; the largest {sizes[0] / total:.1%}, the first ten "
          f"{sum(sizes[:10]) / total:.1%}, the first hundred {sum(sizes[:100]) / total:.1%} of the claims")
    growth, _ = slope([seen[i] for i in range(len(seen) // 8, len(seen))])
    alone = sum(size == 1 for size in sizes)
    print(f"pairs grow as articles ^ {growth:.2f}; {alone} claims stand alone: {alone / total:.2%} of new claims are of new pairs")

    largest = max(claims.values(), key=len)
    points = []
    for size in SIZES:
        block = [shifted(dice.choice(largest), dice.randrange(-3650, 0), n) for n in range(size)]
        best = math.inf
        for _ in range(2):
            start = time.perf_counter()
            found = len(_native.events(block))
            best = min(best, time.perf_counter() - start)
        points.append((size, best))
        print(f"a block of {size:>6} claims: {best:7.3f} s, {1e6 * best / size:6.1f} microseconds a claim, {found} events, "
              f"{sum(map(len, block)) / 1e6:.0f} MB", flush=True)
    power, factor = slope(points[1:])
    print(f"time grows as claims ^ {power:.2f}")

    many = total / len(articles) * args.articles
    cost = lambda size: factor * size**power if size > SIZES[0] else size * points[0][1] / SIZES[0]
    each = [cost(size / total * many) for size in sizes]
    load = [0.0] * args.workers
    for seconds in each:
        load[dice.randrange(args.workers)] += seconds
    print(f"{args.articles} articles: {many:.3g} claims, {many * 1e3 / 1e12:.1f} TB to shuffle; deriving {sum(each) / 3600:.0f} hours of a core; "
          f"the largest pair {sizes[0] / total * many:.3g} claims, {sizes[0] / total * many / 1e6:.0f} GB and {each[0] / 3600:.1f} hours; on {args.workers} "
          f"workers {max(load) / 3600:.1f} hours, of which none could be less than {max(each[0], sum(each) / args.workers) / 3600:.1f}")


main()
