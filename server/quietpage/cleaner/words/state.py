"""Names in the data that a web application keeps beside its page."""

from __future__ import annotations

import re

# What the state of a web application calls its texts, and what stands beside them. Keys in lower case, without
# "_" and "-".
CONTENT_KEYS = frozenset(
    "body bodyhtml bodytext html text content contenthtml contentrendered cooked articlebody rendered renderedbody message "
    "messagehtml description descriptionhtml post posttext value copy paragraph paragraphs story fulltext markup".split()
)
NO_CONTENT_KEY = re.compile(  # texts about a text, or of the application itself
    r"excerpt|teaser|summary|abstract|^(?:seo|meta|og|pin|twitter|social|share)|disclaimer|cookie|legal|consent|copyright|"
    r"tooltip|label|placeholder|error|query|css|style|^(?:java|embed)?scripts?$|^alt$|caption|credit|bio$"
)
CONTENT_KEY_MAX_CHARS = 24  # longer ones name messages of the application
TITLE_KEYS = frozenset("title headline name subject fancytitle heading seotitle".split())
ADDRESS_KEYS = frozenset(
    "url href link slug path permalink canonical canonicalurl uri guid mainentityofpage shareurl".split()
)
KIND_KEYS = frozenset("type nodetype tag style blocktype".split())
AUTHOR_KEYS = ("username", "author", "displayname", "login", "creator", "user", "postedby", "name")  # best first
DATE_KEYS = ("createdat", "datecreated", "datepublished", "publishedat", "postedat", "created", "date", "timestamp")
HEADING_KIND = re.compile(r"(?:h[1-6]|head(?:ing|er|line)|sub-?head(?:ing|line|er)?|header-\w+)(?![a-z])")
