"""What elements are called that hold a site's chrome or its comments."""

from __future__ import annotations

# What an element is called, by class, id (with "#"), role or tag, that holds a site's chrome.
CHROME_WORDS = (
    "menu submenu megamenu menus nav navbar navigation footer header sidebar masthead breadcrumb breadcrumbs dropdown "
    "flyout drawer toolbar topbar social share sharing related archives popup modal pagination pager cookie cookies "
    "offcanvas colophon banner"
).split()
CHROME_NAMES = frozenset(
    {*CHROME_WORDS, *(f"#{word}" for word in CHROME_WORDS), "<footer>", "<aside>", "<nav>"}
    | {f"role:{role}" for role in ("navigation", "banner", "contentinfo", "menu", "menubar", "complementary")}
)


# Words of a class or, with "#", of an id that name a comment section.
COMMENT_NAMES = frozenset(
    "comment comments commentlist commentarea commentary-list disqus respond replies reactions kommentar kommentare "
    "commentaire commentaires comentario comentarios reacties komentarze komentarz kommentarer "
    "#comment #comments #commentlist #disqus #respond #replies #kommentare #commentaires #comentarios "
    "itemprop:comment".split()
)
