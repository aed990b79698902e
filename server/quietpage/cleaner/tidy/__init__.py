"""The fine cut: inside the found content, make clean what is the story's and strike what is not, on BeautifulSoup."""

from __future__ import annotations

from collections.abc import Callable

from quietpage.article import Removed
from quietpage.cleaner.metadata import Metadata
from quietpage.cleaner.tidy.captions import caption_figures
from quietpage.cleaner.tidy.clutter import (
    drop_boxes,
    drop_lines,
    drop_opening,
    drop_players,
    drop_undisplayed,
    drop_widgets,
)
from quietpage.cleaner.tidy.code import keep_code
from quietpage.cleaner.tidy.content import Content
from quietpage.cleaner.tidy.drop_caps import rejoin_drop_caps
from quietpage.cleaner.tidy.embeds import link_embeds
from quietpage.cleaner.tidy.formulas import keep_formulas
from quietpage.cleaner.tidy.links import drop_contents_list, drop_heading_anchors, resolve_links, unlink_headings
from quietpage.cleaner.tidy.paragraphs import (
    drop_empty,
    level_headings,
    make_paragraphs,
    promote_headings,
    unwrap_lone_paragraphs,
)
from quietpage.cleaner.tidy.pictures import resolve_pictures
from quietpage.cleaner.tidy.related import drop_lone_links, drop_related
from quietpage.cleaner.tidy.tables import unwrap_layout_tables
from quietpage.cleaner.tidy.verse import keep_verse

Step = Callable[[Content], None]

TIDY: tuple[Step, ...] = (
    keep_formulas,  # TeX sits in scripts: before they are dropped
    keep_verse,  # which is no code, though it may be preformatted
    keep_code,  # before tables are judged: numbered code comes in them
    rejoin_drop_caps,  # some are pictures
    link_embeds,  # before the fallbacks and sources of pictures go, which players have as well
    resolve_pictures,  # the fallback for browsers without scripts holds the real one
    drop_undisplayed,
    drop_widgets,
    drop_players,
    drop_heading_anchors,
    drop_contents_list,
    unwrap_layout_tables,
    make_paragraphs,  # what follows looks at lines and their neighbors
    drop_related,  # while headings still stand above the lists they lead
    drop_boxes,
    drop_lines,
    drop_opening,
    drop_lone_links,
    caption_figures,
    unlink_headings,
    resolve_links,
    promote_headings,
    unwrap_lone_paragraphs,
    drop_empty,  # what earlier steps left hollow
    level_headings,
)


def tidy(html: str, metadata: Metadata, url: str, removed: list[Removed]) -> str:
    """Return found content made clean, and add to ``removed`` what was struck.

    ``html`` is well formed, as the page's parser writes it; ``url`` is what links are resolved against. The result is
    for the sanitiser: it is tidy, not safe. Linear in the content's size, never recursive.
    """
    content = Content.read(html, metadata, url, removed)
    for step in TIDY:
        step(content)
    tidied = content.html()
    content.close()
    return tidied
