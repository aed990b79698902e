"""Words of what a story is made of: captions, code, verse, embeds."""

from __future__ import annotations

import re

from quietpage.cleaner.words.patterns import AnyCase

# A picture's credit, as it stands in captions; loose agency names alone also stand in prose.
CREDIT = AnyCase(
    r"\b(?:photo(?:graph|graphy|s)?|pictures?|images?|illustration|foto|bild(?:er)?|bildquelle|crédits?(?: photo)?|"
    r"photo credits?|image credits?|credits?|courtesy|fotograf|fotografie|zdjęcie|фото|写真|图|圖)\s*(?:by|von|:|：|©|/|credit)|"
    r"\bpool photo\b|\bcourtesy of\b|[/|(]\s*(?:afp|reuters|ap|epa|dpa|efe|ansa|getty|shutterstock|pool)\b|"
    r"\bvia (?:getty|afp|reuters|ap|epa|shutterstock|wikimedia|flickr)\b|\bgetty images\b|©|\(c\)\s|"
    r"\b(?:istock(?:photo)?|unsplash|pexels|pixabay|alamy|imago images|picture alliance|depositphotos)\b",
)
CAPTION_MAX_CHARS = 300  # a longer line below a picture is the story going on
# Editors and highlighters that show code without <pre>: an element a line, in a box of the program's own class.
CODE_BOX_CLASS = re.compile(
    r"(?:^|\s)(?:syntaxhighlighter|CodeMirror(?:-code)?|cm-content|[\w-]*crayon-(?:syntax|table)|view-lines|ace_editor|"
    r"ace_text-layer|js-file-line-container|hljs-ln|blob-wrapper)(?:\s|$)"
)
# Verse; large first letters; words for those who listen alone. The signs are parts of these names, whatever their case.
VERSE_CLASS = AnyCase(r"\b(?:verses?|poems?|poetry|stanza|strophe|gedicht|po[eè]me|poes[ií]a|lyrics)\b")
VERSE_SIGNS = ("verse", "oem", "oetry", "tanza", "trophe", "edicht", "oème", "oesi", "yrics")
DROP_CAP_CLASS = AnyCase(r"\b(?:drop[-_]?cap(?:ital)?s?|first-?letter|initial-?letter|lettrine|initiale)\b")
DROP_CAP_SIGNS = (
    "ropcap",
    "ropCap",
    "rop-cap",
    "rop_cap",
    "irst-letter",
    "irstLetter",
    "nitial-letter",
    "ettrine",
    "nitiale",
)
ONE_LETTER_WORDS = {  # by language; where it is not known, those of English
    "en": "ai", "fr": "aàyôo", "es": "aeouy", "pt": "aeoàéó", "it": "aeioè", "pl": "aiouwz", "cs": "aikosuvz",
    "sk": "aiksuvoz", "ru": "авиксоуя", "uk": "аівзуоєяйж", "sv": "iåö", "da": "iå", "no": "iå", "hu": "aeőó", "ro": "aeo",
}  # fmt: skip
UNSEEN_CLASS = AnyCase(r"\b(?:sr-only|screen-?reader(?:-text)?|visually-?hidden|a11y-hidden|assistive-text)\b")
UNSEEN_SIGNS = (
    "sr-only",
    "screen-reader",
    "isually-hidden",
    "isuallyhidden",
    "isuallyHidden",
    "a11y-hidden",
    "ssistive-text",
)
EMBEDDED_POST = AnyCase(  # the classes by which social sites' own scripts know a quotation of a post
    r"\b(?:twitter-(?:tweet|video)|instagram-media|tiktok-embed|bluesky-embed|mastodon-embed|reddit-(?:embed|card)|"
    r"fb-post|threads-media|text-post-media)\b",
)
PLAYS_MARK = "▶"  # before the link to what plays
EMBED_UNTITLED = AnyCase(  # a frame's title that says only what kind of thing it is
    r"[\W\d]*(?:(?:the )?(?:youtube|vimeo|twitter|facebook|instagram|spotify|google|embedded|embed|external|"
    r"(?:rd|third)[- ]party|ad|advertisement|responsive|html|post|media|podcast|audio|video|interactive|live|x)[\s-]*)*"
    r"(?:video|player|embed|frame|iframe|content|map|maps|post|tweet|widget|media|viewer|document|untitled)?[\W\d]*",
)
CAPTION_CLASS = AnyCase(r"caption|credit|copyright|cutline|legend\b|bildunterschrift|legende")
