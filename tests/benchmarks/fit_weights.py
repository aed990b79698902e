"""Fit the cleaner's weights on pages with known content, and say how well they do on sites they have not seen.

    pip install lightgbm scikit-learn
    python tests/benchmarks/fit_weights.py CORPUS --out server/quietpage/cleaner/weights.json

The shape of CORPUS is in corpus.py.

In four steps, each on what the one before says of sites that it has not seen (INNER parts, by domain):
1. described: a logistic regression on the words that describe a block's element and everything around it;
2. said: one on the words of short texts;
3. first: a forest of small trees (LightGBM) on the measures of each block;
4. second: another on its surroundings, as the first judges them.
A page weighs one over the root of its dataset's size, so that a large set does not drown a small one.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import lightgbm
import numpy
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "server"))

from corpus import Sample, read_corpus
from figures import WORD

from quietpage.article import Page
from quietpage.cleaner.content import HARDLY, about_page
from quietpage.cleaner.decode import decode
from quietpage.cleaner.document import Document, parse
from quietpage.cleaner.elements import Element
from quietpage.cleaner.measures import MEASURES, About, measure, sayings
from quietpage.cleaner.metadata import read_metadata
from quietpage.cleaner.surroundings import SURROUNDINGS, look_around

Array = numpy.ndarray
FOLDS = 5
INNER = 3
DESCRIBED_MIN_DOMAINS, SAID_MIN_DOMAINS = 10, 15  # a word seen on fewer sites is a site's own
DESCRIBED_C, SAID_C = 0.3, 0.1  # inverse strength of the regressions' penalties
LEAST_WEIGHT = 0.02  # of a word: less says nothing
FIRST_ROUNDS, SECOND_ROUNDS = 80, 80
PARAMETERS = {
    "objective": "binary",
    "num_leaves": 8,
    "learning_rate": 0.2,
    "min_data_in_leaf": 200,
    "lambda_l2": 5,
    "max_bin": 63,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "feature_fraction": 0.6,
    "seed": 1,
    "verbose": -1,
}
GRAM = 4


@dataclass(frozen=True)
class Labelled:
    """One page, with a label for each block: the share of it that is content, NaN where it is not known."""

    domain: str
    dataset: str
    document: Document
    about: About
    labels: list[float]


def domain_of(page_id: str, url: str) -> str:
    """The site a page is from; a page without one is its own."""
    if "::" in url:  # a saved file's name begins with its domain
        return url.split("::")[1].split("-")[0].removesuffix(".html")
    host = urlsplit(url).hostname
    if not host or "." not in host:
        return page_id
    *_, second, top = names = host.split(".")
    return ".".join(names[-3:] if len(second) <= 3 and len(top) <= 3 and len(names) > 2 else names[-2:])  # co.uk


def words_around(element: Element) -> tuple[str, ...]:
    """Every word that describes an element or anything around it, once."""
    words: set[str] = set()
    current: Element | None = element
    while current is not None:
        words.update(current.description)
        current = current.parent
    return tuple(sorted(words))


def gold_text(truth: dict[str, str]) -> str:
    """The known content as text; "" where only phrases of it are known."""
    if "text" in truth:
        return truth["text"]
    if "html" in truth:
        return "\n".join(block.text for block in parse(truth["html"], "").blocks)
    return truth.get("markdown", "")


def label_by_phrases(texts: list[str], truth: dict[str, list[str]]) -> list[float]:
    """Blocks holding a wanted phrase are content, those holding an unwanted one are not, the rest unknown."""
    labels = [float("nan")] * len(texts)
    for wanted, phrases in ((1.0, truth["with"]), (0.0, truth["without"])):
        for phrase in (" ".join(phrase.split()) for phrase in phrases):
            for at, text in enumerate(texts):
                if phrase in text and labels[at] != 1.0 and (wanted or len(text) < 8 * len(phrase)):
                    labels[at] = wanted
    return labels


def label_by_text(texts: list[str], gold: str) -> list[float]:
    """The share of a block's 4-grams that stand in the known content; short blocks must be a line of it, or stand
    in it among other blocks of it."""
    tokens = [token.lower() for token in WORD.findall(gold)]
    grams = {tuple(tokens[at : at + GRAM]) for at in range(len(tokens) - GRAM + 1)}
    lines = {" ".join(WORD.findall(line.lower())) for line in gold.split("\n")}
    whole = " " + " ".join(tokens) + " "
    labels, doubtful = [], []
    for at, text in enumerate(texts):
        words = [token.lower() for token in WORD.findall(text)]
        if not words:
            labels.append(float("nan"))
        elif len(words) < GRAM + 2:
            line = " ".join(words)
            labels.append(float(line in lines))
            if line not in lines and f" {line} " in whole:
                doubtful.append(at)
        else:
            own = [tuple(words[i : i + GRAM]) for i in range(len(words) - GRAM + 1)]
            labels.append(sum(gram in grams for gram in own) / len(own))
    for at in doubtful:
        near = [labels[i] for i in (at - 2, at - 1, at + 1, at + 2) if 0 <= i < len(labels) and i not in doubtful]
        mean = sum(near) / len(near) if near else 0.0
        labels[at] = 1.0 if mean > 0.7 else 0.0 if mean < 0.2 else float("nan")
    return labels


def read(sample: Sample) -> Labelled:
    """Read and label one page."""
    html = decode(sample.html).replace("\0", "\ufffd")
    document = parse(html, sample.url)
    about = about_page(document, read_metadata(document, Page(url=sample.url, html=html)))
    texts = [block.text for block in document.blocks]
    truth = sample.truth
    gold = gold_text(truth)
    labels = label_by_text(texts, gold) if gold else label_by_phrases(texts, truth)
    document.tree = document.body = None  # no longer needed, and large
    return Labelled(domain_of(sample.id, sample.url), sample.dataset, document, about, labels)


def part_of(domain: str, parts: int, salt: str = "") -> int:
    return int(hashlib.md5((salt + domain).encode()).hexdigest(), 16) % parts


class Words:
    """A bag of words for every block, and the regression that weighs them. Blocks of one bag in a page are one row."""

    def __init__(
        self, samples: list[Labelled], bags_of: Callable[[Labelled], Iterable[tuple[str, ...]]], least: int
    ) -> None:
        domains: dict[str, set[str]] = defaultdict(set)
        groups: dict[tuple[int, tuple[str, ...]], int] = {}
        group = []
        for at, sample in enumerate(samples):
            for bag in bags_of(sample):
                group.append(groups.setdefault((at, bag), len(groups)))
                for word in bag:
                    domains[word].add(sample.domain)
        self.words = sorted(word for word, seen in domains.items() if len(seen) >= least)
        index = {word: at for at, word in enumerate(self.words)}
        starts, columns = [0], []
        for _, bag in groups:
            columns += [index[word] for word in bag if word in index]
            starts.append(len(columns))
        self.group = numpy.array(group)
        self.bags = csr_matrix((numpy.ones(len(columns)), columns, starts), shape=(len(groups), len(self.words)))

    def fit(self, data: Data, chosen: Array, penalty: float) -> Array:
        """The weight of each word, fitted on the chosen blocks."""
        count = self.bags.shape[0]
        pro = numpy.bincount(self.group[chosen], data.weight[chosen] * data.label[chosen], count)
        con = numpy.bincount(self.group[chosen], data.weight[chosen] * (1 - data.label[chosen]), count)
        rows = numpy.concatenate([numpy.flatnonzero(pro), numpy.flatnonzero(con)])
        labels = numpy.repeat([1, 0], [numpy.count_nonzero(pro), numpy.count_nonzero(con)])
        weights = numpy.concatenate([pro[pro > 0], con[con > 0]]) / data.weight[chosen].mean()
        model = LogisticRegression(C=penalty, max_iter=60, solver="liblinear").fit(self.bags[rows], labels, weights)
        return numpy.where(abs(model.coef_[0]) < LEAST_WEIGHT, 0.0, model.coef_[0].round(3))

    def sums(self, weights: Array) -> Array:
        """The summed weights of each block's words."""
        return (self.bags @ weights)[self.group]

    def weights_by_word(self, weights: Array) -> dict[str, float]:
        return {word: float(weight) for word, weight in zip(self.words, weights, strict=True) if weight}


class Data:
    """All samples as arrays, a row for each block; ``page`` is its page's number."""

    def __init__(self, samples: list[Labelled]) -> None:
        self.samples = samples
        counts = [len(sample.labels) for sample in samples]
        self.page = numpy.repeat(numpy.arange(len(samples)), counts)
        self.starts = numpy.concatenate([[0], numpy.cumsum(counts)])
        labels = numpy.array([label for sample in samples for label in sample.labels])
        self.known = ~numpy.isnan(labels)
        self.label = (labels > 0.5).astype(int)
        sizes = numpy.minimum([block.chars**0.5 for sample in samples for block in sample.document.blocks], 40.0)
        totals = numpy.bincount(self.page, weights=numpy.where(self.known, sizes, 0))
        pages = Counter(sample.dataset for sample in samples)
        shares = numpy.array([pages[sample.dataset] ** -0.5 for sample in samples])
        self.weight = sizes / numpy.maximum(totals[self.page], 1.0) * (shares / shares.mean())[self.page] * 1000
        self.fold = numpy.array([part_of(sample.domain, FOLDS) for sample in samples])[self.page]
        self.inner = numpy.array([part_of(sample.domain, INNER, "inner") for sample in samples])[self.page]
        self.described = Words(samples, bags_of_elements, DESCRIBED_MIN_DOMAINS)
        self.said = Words(samples, bags_of_texts, SAID_MIN_DOMAINS)
        nothing: dict[str, float] = {}
        rows = [measure(s.document, s.about, [0.0] * len(s.document.elements), nothing) for s in samples]
        self.rows = numpy.array([row for page in rows for row in page])

    def nested(self, chosen: Array, fit: Callable[[Array], Array]) -> Array:
        """What ``fit`` says of each chosen block, having learned from other domains than its own.

        ``fit`` learns on the blocks of a mask and answers a figure for every block.
        """
        honest = numpy.zeros(len(self.page))
        for part in range(INNER):
            mine = chosen & (self.inner == part)
            honest[mine] = fit(chosen & (self.inner != part) & self.known)[mine]
        return honest


def bags_of_elements(sample: Labelled) -> Iterable[tuple[str, ...]]:
    """For each block every word that describes its element or anything around it, once."""
    known: dict[int, tuple[str, ...]] = {}
    for block in sample.document.blocks:
        if block.element.at not in known:
            known[block.element.at] = words_around(block.element)
        yield known[block.element.at]


def bags_of_texts(sample: Labelled) -> Iterable[tuple[str, ...]]:
    return (tuple(sorted(sayings(block.text))) for block in sample.document.blocks)


def grow(data: Data, rows: Array, chosen: Array, rounds: int) -> lightgbm.Booster:
    """A forest fitted on the chosen rows."""
    training = lightgbm.Dataset(rows[chosen], data.label[chosen], weight=data.weight[chosen])
    return lightgbm.train(PARAMETERS, training, rounds)


def look_again(data: Data, rows: Array, scores: Array) -> tuple[Array, Array]:
    """Each block's surroundings by the first judgement, and which blocks get a second one."""
    found = numpy.zeros((len(rows), len(SURROUNDINGS)))
    asked = numpy.zeros(len(rows), dtype=bool)
    chances = 1 / (1 + numpy.exp(-scores))
    for at, sample in enumerate(data.samples):
        begin, end = data.starts[at], data.starts[at + 1]
        likely = numpy.flatnonzero(chances[begin:end] >= HARDLY)
        asked[begin + likely] = True
        if len(likely):
            mine = rows[begin:end].tolist(), scores[begin:end].tolist(), chances[begin:end].tolist()
            found[begin + likely] = list(look_around(sample.document, *mine, likely.tolist()))
    return found, asked


def fit(data: Data, chosen: Array) -> dict:
    """Fit all four on the chosen rows; answers what weights.json holds."""
    parts: dict[str, object] = {"measures": MEASURES, "surroundings": SURROUNDINGS}
    rows = data.rows.copy()
    for name, measure_name, words, penalty in (
        ("described", "described as", data.described, DESCRIBED_C),
        ("said", "says", data.said, SAID_C),
    ):
        column = MEASURES.index(measure_name)
        rows[:, column] = data.nested(chosen, lambda mask, w=words, c=penalty: w.sums(w.fit(data, mask, c)))
        parts[name] = words.weights_by_word(words.fit(data, chosen & data.known, penalty))
    scores = data.nested(chosen, lambda mask: grow(data, rows, mask, FIRST_ROUNDS).predict(rows, raw_score=True))
    surroundings, asked = look_again(data, rows, scores)
    parts["first"] = trees(grow(data, rows, chosen & data.known, FIRST_ROUNDS))
    parts["second"] = trees(grow(data, surroundings, chosen & data.known & asked, SECOND_ROUNDS))
    return parts


def trees(model: lightgbm.Booster) -> list:
    """A forest's trees as weights.json holds them (see forest.py)."""
    return [tree(one["tree_structure"]) for one in model.dump_model()["tree_info"]]


def tree(node: dict) -> object:
    if "split_feature" not in node:
        return round(node["leaf_value"], 4)
    bound = float(f"{node['threshold']:.5g}")
    return [node["split_feature"], bound, tree(node["left_child"]), tree(node["right_child"])]


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("corpus", type=Path)
    ask.add_argument("--out", type=Path, required=True)
    ask.add_argument("--folds", action="store_true", help="also write OUT.0 … OUT.4, each fitted without one fold")
    args = ask.parse_args()
    data = Data([labelled for labelled in map(read, read_corpus(args.corpus)) if labelled.labels])
    print(len(data.samples), "pages,", len(data.page), "blocks", flush=True)
    write(args.out, fit(data, numpy.ones(len(data.page), dtype=bool)))
    for fold in range(FOLDS) if args.folds else ():
        write(args.out.with_name(f"{args.out.name}.{fold}"), fit(data, data.fold != fold))


def write(path: Path, weights: dict) -> None:
    path.write_text(json.dumps(weights, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    print(path.name, path.stat().st_size, "bytes", flush=True)


if __name__ == "__main__":
    main()
