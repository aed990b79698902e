"""Look for bytes that the cleaner cannot take: mutated pages, guided by the lines of the cleaner they reach.

    python tests/benchmarks/fuzz.py --seconds 600       # at its best with atheris
    python tests/benchmarks/fuzz.py FILE                # one page again, say a crash-… that a run has left

The pages of ``tests/pages`` are where it begins. A crash is a page for which one of the promises in ``check`` fails.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any
from unicodedata import category

TESTS = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(TESTS.parent / "server"), str(TESTS)]

from benchmarks.fuzzing import Target, main  # noqa: E402

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


TARGET = Target(
    promises,
    {f"{page.parent.name}.html": page.read_bytes() for page in TESTS.glob("pages/*/source.html")},
    [word.encode() for word in SPOKEN],
    MAX_BYTES,
)

if __name__ == "__main__":
    sys.exit(main(__doc__, TARGET))
