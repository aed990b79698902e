"""Words around the names of those who wrote it, and of the site it stands on."""

from __future__ import annotations

import re

from quietpage.cleaner.words.patterns import leading

# "By", before a byline; and what is no name.
BYLINE_LEAD = leading(
    "by, written by, posted by, post by, guide by, review by, all posts by, published by, via, author, words by, story by, report by, published by, from, "
    "view all posts by, show all posts by, interview, reporter, written and photographed by",
    "von, geschrieben von, verfasst von, erstellt von, gepostet von, eingestellt von, zeige alle beiträge von, veröffentlicht von, beitrag von, beitragvon, alle beiträge von, autor, autorin, ein beitrag von, ein artikel von, par, écrit par, publié par, auteur, por, escrito por, publicado por, da, di, "
    "a cura di, scritto da, door, geschreven door, autor:, av, af, текст, автор, 作者, 文, 記者, 记者, 著者, 글, بقلم, מאת",
)
SITE_SEPARATORS = re.compile(r"\s+[|\-–—·•:»«›‹/~]+\s+|\s*[|»«•›‹]\s*|:\s+")
BYLINE_TAIL = re.compile(  # what goes on after a name where the page parts the two by nothing
    r"[\s,]+(?:(?:last )?(?:updated|published|posted|modified|reviewed)|aktualisiert|veröffentlicht|publié|mis à jour|"
    r"actualizado|publicado|pubblicato|all articles|alle artikel|(?:on )?(?:mon|tues?|wed|thu|fri|sat|sun)[a-z]*,?\s+\w+\s+\d|"
    r"\d+(?:[–-]\d+)? min(?:ute)?s?\b|former |"
    r"(?:on |am )?(?:jan|feb|mar|apr|may|ju[nl]|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d).*$",
    re.IGNORECASE,
)
BYLINE_LINE = re.compile(  # a line in which a byline stands: the word, then names
    r"(?:^|[|•·⋅–—»>~]\s*|\d,?\s+|\d\s?uhr\s+|"
    r"\b(?:posted|published|updated|written|created|veröffentlicht|erstellt|publié|publicado|pubblicato)\b[^|•·]{0,40}?\s)"
    r"(?:by|von|vom|par|por|di|door|av|af|(?:written|posted|published|created|words|story|report) by|"
    r"(?:ein |dieser )?(?:artikel|beitrag) von|(?:geschrieben|erstellt|verfasst|veröffentlicht|gepostet) von|"
    r"(?:écrit|publié|rédigé) par|(?:escrito|publicado) por|(?:scritto|pubblicato) da|a cura di|geschreven door|"
    r"text|autor(?:in)?|author|redaktion|reporter|auteur|texte|interview|текст|автор|بقلم|מאת)"
    r"\s*:?\s+(?P<names>\S.{1,79})",
    re.IGNORECASE,
)
SIGNED_LINE = re.compile(  # nobody would write this for anything but a byline, wherever in a page it stands
    r"(?:^(?:written by|authored by|posted by|escrito por|scritto da|geschreven door|écrit par|geschrieben von|verfasst von|"
    r"erstellt von)\s*:?|(?<!\w)(?:text|autor(?:in)?|author|auteur|texte|текст|автор|作者|記者|记者|글|بقلم|מאת)\s*[:：])"
    r"\s*(?P<names>\S.{1,59})",
    re.IGNORECASE,
)
BY_LINE = re.compile(r"(?:by|von|par|por|di|door|av|af)\s*:?\s+(?P<names>\S.{2,39})", re.IGNORECASE)
HOUSE = re.compile(  # says that a name is no person's
    r"\b(?:redaktion|redaction|redacción|redazione|redactie|team|editors?|editorial|staff|newsroom|desk|news|agency|gmbh|ag|"
    r"inc|llc|ltd|e\.\s?v|verlag|magazin|magazine|online|university|institute|clinic|blog)\b|\.[a-z]{2,4}\b",
    re.IGNORECASE,
)
AND = "and|und|et|y|e|en|og|och|ja|i|и|و"  # between the names of two authors
NAME_PARTICLES = frozenset(
    "de del della di da dos das do du des van von vom den der ter ten zu zum zur le la el al bin ibn ben bint y e and und "
    "et of the".split()
)
NO_NAMES = frozenset(
    "admin, administrator, author, authors, the author, guest author, editor, guest, user, none, null".split(", ")
)
NAME_END = re.compile(  # what ends a name in a line
    r"\s+[|•·⋅»–—~-]\s+|\s[|•·⋅]|\s{2,}|,?\s+(?:on|am|le|el|at|om|den)\s+(?:the\s+)?\d|\s+\d{1,2}[./ :]|\b\d{4}\b|https?:|"
    r"\s+(?:on behalf of|in collaboration with|posted (?:in|on|at))\s|\s\w+:\s",
    re.IGNORECASE,
)
BYLINE_END = re.compile(r"\s+(?:in|for|für|pour|para|with|mit)\s(?!['’]t\b).*", re.IGNORECASE)  # in a line for readers
ROLE_TAIL = re.compile(
    r"(?:\s+(?:staff|freelance|contributing|senior|tech|guest))*\s+(?:writer|editor|reporter|correspondent|columnist)s?\b.*$",
    re.IGNORECASE,
)
