"""Reading: the same facts as the command prints."""

import json
import logging
import threading

import pytest

import diplograph


def lines(printed):
    return [json.loads(line) for line in printed.splitlines()]


def test_extract_gives_what_the_command_prints(program, articles, tmp_path):
    file = tmp_path / "articles.jsonl"
    file.write_text("".join(json.dumps(a) + "\n" for a in articles))
    printed = lines(program("extract", file))
    facts = [fact for of_one in diplograph.extract_many(articles) for fact in of_one]
    assert len(facts) > 300
    assert facts == printed
    assert [list(f) for f in facts] == [list(f) for f in printed], "the order of the keys, too"


def test_one_article_at_a_time_is_the_same(articles):
    many = diplograph.extract_many(articles[:3])
    assert [diplograph.extract(**a) for a in articles[:3]] == list(many)


def test_quotes_stand_in_their_articles(articles):
    for article, facts in zip(articles, diplograph.extract_many(articles)):
        for fact in facts:
            at = fact["evidence"]
            assert article[at["field"]][at["start"] : at["end"]] == at["text"]


def test_lists_are_lazy(articles):
    taken = []

    def endless():
        while True:
            taken.append(1)
            yield {"text": "Kenya recalled its ambassador to Somalia."}

    facts = diplograph.extract_many(endless())
    assert [next(facts)[0]["article"], next(facts)[0]["article"]] == ["article-1", "article-2"]
    assert len(taken) == 128


def test_repeated_ids_are_kept_apart():
    article = {"id": "a", "text": "Kenya recalled its ambassador to Somalia."}
    assert [f[0]["article"] for f in diplograph.extract_many([article, article])] == ["a", "a-2"]


def test_what_cannot_be_read_is_told(caplog):
    french = "Le président de la République a rencontré hier le chancelier allemand à Berlin pour parler de la guerre. " * 3
    with caplog.at_level(logging.WARNING, "diplograph"):
        assert list(diplograph.extract_many([french, "", "Kenya recalled its ambassador to Somalia."]))[:2] == [[], []]
    assert [r.message for r in caplog.records] == [
        "skipped: article-1: not English but French",
        "skipped: article-2: there is no text",
    ]


def test_wrong_use_is_told():
    with pytest.raises(diplograph.UsageError, match="'soon' is not a day") as told:
        diplograph.extract_many(["x"], date="soon").__next__()
    assert told.value.hint == "give it as 2022-05-08"
    with pytest.raises(diplograph.UsageError, match="no field 'text' among body"):
        list(diplograph.extract_many([{"body": "x"}]))
    with pytest.raises(diplograph.Error, match="nowhere"):
        diplograph.Engine(actors=["nowhere.csv"])


def test_other_threads_run_meanwhile(articles):
    rounds, done = 0, threading.Event()

    def read():
        list(diplograph.extract_many(articles * 2))
        done.set()

    diplograph.extract("Loads the model.")
    reading = threading.Thread(target=read)
    reading.start()
    while not done.wait(0.001):
        rounds += 1
    reading.join()
    assert rounds > 20, "Python's lock was held"
