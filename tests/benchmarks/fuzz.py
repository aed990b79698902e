"""Look for bytes that the cleaner cannot take: mutated pages, guided by the lines of the cleaner they reach.

    python tests/benchmarks/fuzz.py -max_total_time=600          # needs atheris; its options are libFuzzer's
    python tests/benchmarks/fuzz.py FILE                         # one page again, say a crash-… that a run has left

The pages of ``tests/pages`` are where it begins. A crash is a page for which one of the promises in ``check`` fails.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any
from unicodedata import category

TESTS = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS.parent / "server"))

URL = "https://example.org/news/rain"
LAID_OUT = frozenset("\n\t")  # the control characters that a text may hold: lines and cells
MAX_BYTES = 60_000  # libFuzzer's limit for a page, above most of the pages it begins with
SPOKEN = """p div span a ul li h1 table tr td figure figcaption img pre code br noscript template svg math script style
iframe select option details summary blockquote ruby rt <!-- --> ]]> </ class= id= href= src= srcset= hidden data-
related comment share caption byline &amp; &nbsp; &#0; application/ld+json datePublished og:title charset=""".split()


def promises() -> Callable[[bytes], None]:
    """Load the cleaner, and return the check of one page."""
    quietpage, sanitizer, writer = (
        import_module(name) for name in ("quietpage", "quietpage.cleaner.sanitize", "quietpage.cleaner.markdown")
    )
    import_module("quietpage.cleaner.pipeline")  # which is loaded late, else uninstrumented

    def check(page: bytes) -> None:
        """Clean a page: it raises NotAnArticle or nothing, its HTML is sanitised, its texts have no controls."""
        try:
            article: Any = quietpage.clean(page, URL)
        except quietpage.NotAnArticle as no:
            article = no.remains
        assert sanitizer.sanitize(article.html) == article.html, "sanitising changes what was sanitised"
        for name in ("text", "html", "title", "byline", "site", "excerpt", "lead_image", "canonical_url"):
            odd = {one for one in set(getattr(article, name) or "") - LAID_OUT if category(one) in ("Cc", "Cs")}
            assert not odd, f"control characters in its {name}: {sorted(odd)!r}"
        assert isinstance(writer.markdown(article.html), str)

    return check


def fuzz() -> None:
    """Mutate the pages until the time is over."""
    import atheris  # type: ignore[import-not-found,unused-ignore]

    with atheris.instrument_imports(include=["quietpage"]):
        check = promises()
    with tempfile.TemporaryDirectory() as folder:
        seeds, words = Path(folder, "seeds"), Path(folder, "words")
        seeds.mkdir()
        for page in sorted(TESTS.glob("pages/*/source.html")):
            (seeds / f"{page.parent.name}.html").write_bytes(page.read_bytes())
        words.write_text("".join(f'"{word}"\n' for word in SPOKEN), encoding="utf-8")
        atheris.Setup([*sys.argv, f"-dict={words}", f"-max_len={MAX_BYTES}", os.fspath(seeds)], check)
        atheris.Fuzz()


def main() -> None:
    """Check the files named, or fuzz."""
    files = [Path(name) for name in sys.argv[1:] if not name.startswith("-")]
    if not files:
        fuzz()
    for file in files:
        promises()(file.read_bytes())
        print(f"{file}: kept its promises")


if __name__ == "__main__":
    main()
