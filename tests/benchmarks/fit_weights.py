"""Fit the cleaner's weights on pages with known content, and say how well they do on sites they have not seen.

    pip install lightgbm scikit-learn
    python tests/benchmarks/fit_weights.py CORPUS --out server/quietpage/cleaner/weights.json

CORPUS is a folder with a folder for each dataset, holding ``truth.json`` ({id: {file, url, kind, truth}}, where truth
has ``text``, ``html``, ``markdown``, or the phrases ``with`` and ``without``) and ``pages/`` of gzipped HTML.

The model is additive. Words first: a logistic regression on the words that describe a block's element and everything
around it. Then one step function a measure: boosted stumps (LightGBM with two leaves), whose sum for each measure is a
step function. A page weighs one over the root of its dataset's size, so that a large set does not drown a small one.
Folds are by domain; the words' weights a stump sees come from other domains.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from multiprocessing import Pool
from pathlib import Path
from urllib.parse import urlsplit

import lightgbm
import numpy
from scipy.sparse import csr_matrix, vstack
from sklearn.linear_model import LogisticRegression

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "server"))

from quietpage.cleaner.blocks import Element
from quietpage.cleaner.decode import decode
from quietpage.cleaner.document import parse
from quietpage.cleaner.measures import MEASURES, measure
from quietpage.cleaner.weights import description

FOLDS = 5
INNER = 3
MIN_DOMAINS = 10  # a word seen on fewer sites is a site's own
ROUNDS, RATE = 500, 0.15
PARAMETERS = {
    "objective": "binary",
    "num_leaves": 2,
    "learning_rate": RATE,
    "min_data_in_leaf": 200,
    "lambda_l2": 5,
    "max_bin": 63,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "feature_fraction": 0.6,
    "seed": 1,
    "verbose": -1,
}
TOKEN = re.compile(r"[぀-ヿ㐀-䶿一-鿿豈-﫿฀-๿]|[^\W぀-ヿ㐀-䶿一-鿿豈-﫿฀-๿]+")
GRAM = 4


@dataclass
class Sample:
    """One page: a row of measures, a label (1 content, 0 not, NaN unknown) and a weight for each block."""

    domain: str
    dataset: str
    rows: list[list[float]] = field(default_factory=list)
    labels: list[float] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    words: list[tuple[str, ...]] = field(default_factory=list)


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
        words.update(description(current))
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
    tokens = [token.lower() for token in TOKEN.findall(gold)]
    grams = {tuple(tokens[at : at + GRAM]) for at in range(len(tokens) - GRAM + 1)}
    lines = {" ".join(TOKEN.findall(line.lower())) for line in gold.split("\n")}
    whole = " " + " ".join(tokens) + " "
    labels, doubtful = [], []
    for at, text in enumerate(texts):
        words = [token.lower() for token in TOKEN.findall(text)]
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


def read(job: tuple[Path, str, dict]) -> Sample:
    """Measure and label one page."""
    folder, page_id, item = job
    html = decode(gzip.decompress((folder / "pages" / item["file"]).read_bytes()))
    document = parse(html, item["url"])
    sample = Sample(domain_of(page_id, item["url"]), folder.name)
    title = next(iter(document.texts("title", 1)), "")
    sample.rows = measure(document, title, [0.0] * len(document.elements))
    texts = [block.text for block in document.blocks]
    truth = item["truth"]
    gold = gold_text(truth)
    sample.labels = label_by_text(texts, gold) if gold else label_by_phrases(texts, truth)
    sample.sizes = [block.chars for block in document.blocks]
    sample.words = [words_around(block.element) for block in document.blocks]
    return sample


def part_of(domain: str, parts: int, salt: str = "") -> int:
    return int(hashlib.md5((salt + domain).encode()).hexdigest(), 16) % parts


class Data:
    """All samples as arrays; ``page`` is each row's page."""

    def __init__(self, samples: list[Sample]) -> None:
        domains: dict[str, set[str]] = defaultdict(set)
        for sample in samples:
            for words in set(sample.words):
                for word in set(words):
                    domains[word].add(sample.domain)
        self.words = sorted(word for word, seen in domains.items() if len(seen) >= MIN_DOMAINS)
        self.page = numpy.concatenate([[at] * len(sample.rows) for at, sample in enumerate(samples)]).astype(int)
        self.rows = numpy.array([row for sample in samples for row in sample.rows])
        labels = numpy.array([label for sample in samples for label in sample.labels])
        self.known = ~numpy.isnan(labels)
        self.label = (labels > 0.5).astype(int)
        sizes = numpy.minimum(numpy.sqrt([size for sample in samples for size in sample.sizes]), 40.0)
        totals = numpy.bincount(self.page, weights=numpy.where(self.known, sizes, 0))
        pages = Counter(sample.dataset for sample in samples)
        shares = numpy.array([pages[sample.dataset] ** -0.5 for sample in samples])
        self.weight = sizes / numpy.maximum(totals[self.page], 1.0) * (shares / shares.mean())[self.page] * 1000
        self.fold = numpy.array([part_of(sample.domain, FOLDS) for sample in samples])[self.page]
        self.inner = numpy.array([part_of(sample.domain, INNER, "inner") for sample in samples])[self.page]
        self.group_words(samples)

    def group_words(self, samples: list[Sample]) -> None:
        """Blocks of one page described alike are one row of the regression: far fewer, the same fit."""
        index = {word: at for at, word in enumerate(self.words)}
        groups: dict[tuple[int, tuple[str, ...]], int] = {}
        group, starts, columns, values = [], [0], [], []
        for at, sample in enumerate(samples):
            for words in sample.words:
                key = (at, words)
                if key not in groups:
                    groups[key] = len(groups)
                    for word, count in Counter(words).items():
                        if word in index:
                            columns.append(index[word])
                            values.append(float(count))
                    starts.append(len(columns))
                group.append(groups[key])
        self.group = numpy.array(group)
        self.bags = csr_matrix((values, columns, starts), shape=(len(groups), len(self.words)))

    def fit_words(self, chosen: numpy.ndarray) -> LogisticRegression:
        chosen = chosen & self.known
        count = self.bags.shape[0]
        for_it = numpy.bincount(self.group[chosen], self.weight[chosen] * self.label[chosen], count)
        against = numpy.bincount(self.group[chosen], self.weight[chosen] * (1 - self.label[chosen]), count)
        pro, con = for_it > 0, against > 0

        bags = vstack([self.bags[pro], self.bags[con]])
        labels = numpy.concatenate([numpy.ones(pro.sum()), numpy.zeros(con.sum())])
        weights = numpy.concatenate([for_it[pro], against[con]])
        mean = self.weight[chosen].mean()
        return LogisticRegression(C=0.3, max_iter=60, solver="liblinear").fit(bags, labels, weights / mean)

    def described(self, model: LogisticRegression) -> numpy.ndarray:
        return (self.bags @ model.coef_[0])[self.group]


def fit(data: Data, chosen: numpy.ndarray) -> dict:
    """Fit words, then measures, on the chosen rows; answers what weights.json holds."""
    sums = numpy.zeros(len(data.page))
    for part in range(INNER):
        mine = chosen & (data.inner == part)
        sums[mine] = data.described(data.fit_words(chosen & (data.inner != part)))[mine]
    words = data.fit_words(chosen)
    rows = data.rows.copy()
    rows[:, 0] = sums
    use = chosen & data.known
    training = lightgbm.Dataset(rows[use], data.label[use], weight=data.weight[use])
    model = lightgbm.train(PARAMETERS, training, ROUNDS)
    start, steps = step_functions(model)
    weights = {word: round(float(w), 3) for word, w in zip(data.words, words.coef_[0], strict=True) if abs(w) >= 0.02}
    return {"measures": list(MEASURES), "start": start, "words": weights, "steps": steps}


def step_functions(model: lightgbm.Booster) -> tuple[float, list[dict[str, list[float]]]]:
    """Add the stumps up: for each measure its bounds, and a weight below, between and above them."""
    jumps: list[dict[float, float]] = [defaultdict(float) for _ in MEASURES]
    start = 0.0
    for tree in model.dump_model()["tree_info"]:
        root = tree["tree_structure"]
        if "split_feature" not in root:
            start += root["leaf_value"]
            continue
        left, right = root["left_child"]["leaf_value"], root["right_child"]["leaf_value"]
        start += left
        jumps[root["split_feature"]][round(root["threshold"], 4)] += right - left
    steps = []
    for one in jumps:
        bounds = sorted(one)
        level, weights = 0.0, [0.0]
        for bound in bounds:
            level += one[bound]
            weights.append(level)
        middle = sum(weights) / len(weights)  # so that a measure that says nothing adds nothing
        start += middle
        steps.append({"bounds": bounds, "weights": [round(weight - middle, 4) for weight in weights]})
    return round(start, 4), steps


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("corpus", type=Path)
    ask.add_argument("--out", type=Path, required=True)
    ask.add_argument("--folds", action="store_true", help="also write OUT.0 … OUT.4, each fitted without one fold")
    args = ask.parse_args()
    jobs = [
        (file.parent, page_id, item)
        for file in sorted(args.corpus.glob("*/truth.json"))
        for page_id, item in json.loads(file.read_text(encoding="utf-8")).items()
    ]
    with Pool() as pool:
        samples = [sample for sample in pool.imap(read, jobs, chunksize=8) if sample.rows]
    data = Data(samples)
    print(len(samples), "pages,", len(data.page), "blocks,", len(data.words), "words,", data.bags.shape, flush=True)
    write(args.out, fit(data, numpy.ones(len(data.page), dtype=bool)))
    for fold in range(FOLDS) if args.folds else ():
        write(args.out.with_name(f"{args.out.name}.{fold}"), fit(data, data.fold != fold))


def write(path: Path, weights: dict) -> None:
    path.write_text(json.dumps(weights, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    print(path.name, path.stat().st_size, "bytes", flush=True)


if __name__ == "__main__":
    main()
