"""Every word list of the cleaner, by meaning; each holds many languages. No word is spelt anywhere else."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator


class AnyCase:
    """A pattern, written in lower case, that matches texts in any case; it answers as a compiled pattern does.

    The text is lowered instead of the pattern ignoring case: ``re`` then skips at once the places where no alternative
    can begin, and takes a quarter of the time. Matches have the places they have in the text, but its lower case.
    """

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        compiled = re.compile(pattern)
        self._match, self._fullmatch, self._search = compiled.match, compiled.fullmatch, compiled.search

    def match(self, text: str) -> re.Match[str] | None:
        return self._match(lowered(text))

    def fullmatch(self, text: str) -> re.Match[str] | None:
        return self._fullmatch(lowered(text))

    def search(self, text: str) -> re.Match[str] | None:
        return self._search(lowered(text))


def lowered(text: str) -> str:
    """A text in lower case, as long as it was: the Turkish capital İ is the only letter that would become two."""
    return (text.replace("İ", "i") if "İ" in text else text).lower()


def phrases(*lists: str) -> str:
    """Comma-separated phrases as one pattern that finds the longest, spaces flexible."""
    return branches({word.strip() for text in lists for word in text.split(",") if word.strip()})


def branches(words: Collection[str]) -> str:
    """One pattern for many words that parts where they do, and so fails at the first letter that none goes on with."""
    ways: dict[str, set[str]] = {}
    for word in sorted(words):
        if word:
            ways.setdefault(word[0], set()).add(word[1:])
    written = [(r"\s+" if first == " " else re.escape(first)) + branches(rest) for first, rest in ways.items()]
    if "" in words:
        return f"(?:{'|'.join(written)})?" if written else ""
    return written[0] if len(written) == 1 else f"(?:{'|'.join(written)})"


def whole(*lists: str) -> AnyCase:
    """A line that is one of these phrases, with a colon, a number or a mark around it at most."""
    return AnyCase(rf"[\W\d]*{phrases(*lists)}[\W\d]*")


def leading(*lists: str) -> re.Pattern[str]:
    """A line that begins with one of these phrases."""
    return re.compile(rf"[^\w]*{phrases(*lists)}(?!\w)", re.IGNORECASE)


def beginnings(pattern: str) -> Iterator[str]:
    """The letters that each alternative of a pattern begins with; ValueError where one begins with something else."""
    for alternative in alternatives(pattern):
        literal = re.match(r"(?:\\b)?((?:[\w-](?![?*]))+)", alternative)
        group = re.match(r"\(\?:((?:[^()]|\([^()]*\))*)\)(?![?*])", alternative)
        if literal:
            yield literal[1]
        elif group:
            yield from beginnings(group[1])
        else:
            raise ValueError(f"{alternative!r} begins with no letters.")


def alternatives(pattern: str) -> list[str]:
    """A pattern's outermost alternatives."""
    found, depth = [""], 0
    for character in pattern:
        depth += (character == "(") - (character == ")")
        if character == "|" and not depth:
            found.append("")
        else:
            found[-1] += character
    return found


def stating(*lists: str) -> re.Pattern[str]:
    """A line in lower case in which one of these phrases stands, and ``rest``, what goes on behind it."""
    return re.compile(rf"(?<!\w)(?:{phrases(*lists)})(?P<rest>(?!\w).*)")


# A link to another story, put between the paragraphs of this one.
RELATED_LEADS = (
    "see also, read also, also read, read more, read next, read on, related, related story, related stories, "
    "related article, related articles, related posts, related post, related news, related content, related coverage, "
    "related reading, related topics, related video, more on this, more on this story, more stories, more from, "
    "more like this, more news, more to read, you may also like, you might also like, you might like, "
    "you may be interested in, you might also enjoy, recommended, recommended reading, recommended for you, "
    "recommended stories, don't miss, don’t miss, must read, further reading on our site, keep reading, "
    "continue reading, next up, up next, what to read next, editor's picks, editor’s picks, editors' picks, "
    "trending, trending now, most read, most popular, popular now, popular posts, latest news, latest stories, "
    "watch now, watch also, listen now, explore more, in case you missed it, icymi",
    "siehe auch, lesen sie auch, lesen sie hier, lesen sie mehr, lesen sie dazu, lesen sie weiter, mehr zum thema, "
    "mehr dazu, mehr lesen, auch interessant, das könnte sie auch interessieren, das könnte dich auch interessieren, "
    "weitere artikel, weitere themen, weiterlesen, zum thema, lesetipp, meistgelesen, ähnliche artikel, "
    "passend dazu, interessant dazu, empfohlen",
    "lire aussi, à lire aussi, a lire aussi, lire également, à lire, voir aussi, à voir aussi, sur le même sujet, "
    "pour aller plus loin, plus d'articles, articles liés, articles similaires, les plus lus, notre sélection, "
    "à découvrir, à ne pas manquer, lire la suite",
    "ver también, vea también, lea también, lee también, leer más, lea más, te puede interesar, "
    "le puede interesar, te recomendamos, también te puede interesar, noticias relacionadas, "
    "artículos relacionados, más noticias, más información, no te pierdas, lo más leído",
    "leia também, leia mais, veja também, veja mais, saiba mais, notícias relacionadas, mais lidas, "
    "artigos relacionados, recomendado",
    "leggi anche, leggi tutto, vedi anche, guarda anche, potrebbe interessarti, ti potrebbe interessare, "
    "articoli correlati, per approfondire, i più letti, continua a leggere",
    "lees ook, lees meer, lees verder, bekijk ook, gerelateerd, meer over dit onderwerp, meest gelezen",
    "czytaj także, czytaj też, czytaj więcej, zobacz także, zobacz też, zobacz również, przeczytaj także, "
    "polecamy, najczęściej czytane, powiązane",
    "läs också, läs även, läs mer, läs mera, les også, les mer, læs også, læs mere, lue myös, lue lisää, katso myös, "
    "mest lästa, mest leste",
    "читайте также, читать также, смотрите также, читать далее, по теме, материалы по теме, похожие статьи, "
    "читайте також, дивіться також, вижте още, прочетете още, čtěte také, přečtěte si také, související články, "
    "čítajte tiež, citiți și, citește și, olvassa el, kapcsolódó cikkek, διαβάστε επίσης, διαβάστε ακόμα, "
    "pročitajte i, preberite tudi, опширније",
    "ayrıca okuyun, ayrıca bkz, ilgili haberler, bunlar da ilginizi çekebilir, baca juga, lihat juga, "
    "xem thêm, đọc thêm, tin liên quan",
    "相关阅读, 相关文章, 相关新闻, 延伸阅读, 推荐阅读, 相關閱讀, 相關文章, 相關新聞, 延伸閱讀, 推薦閱讀, 関連記事, 関連リンク, あわせて読みたい, "
    "おすすめ記事, 관련기사, 관련 기사, 추천기사, اقرأ أيضا, اقرأ أيضاً, اقرا أيضا, مواضيع ذات صلة, ذات صلة, شاهد أيضا, "
    "קראו גם, ראו גם, כתבות נוספות, อ่านเพิ่มเติม, ข่าวที่เกี่ยวข้อง, यह भी पढ़ें, और पढ़ें",
)
RELATED_LEAD = AnyCase(rf"[^\w]*{phrases(*RELATED_LEADS)}(?!\w)")
RELATED_WHOLE = whole(*RELATED_LEADS)

# Lines that promote: the audio player, sharing, following, subscribing, advertising; the whole line says so.
PROMOTION = AnyCase(
    r"[\W\d]*(?:"
    r"press play to listen.*|voiced by (?:artificial intelligence|ai)|listen to (?:this|the) (?:article|story|post).*|"
    r"this (?:article|audio|story) (?:is|was) (?:voiced|auto-?generated|generated|read) by.*|"
    r"(?:your|this) browser does not support .*|play audio|audio player|listen \(?\d.*|listening\.{3}|"
    r"(?:please )?(?:enable|turn on) javascript.*|this (?:video|content) (?:is not available|can not be played).*|"
    r"artikel anhören|diesen artikel (?:vorlesen|anhören).*|écouter (?:l['’]|cet )article.*|"
    r"escuchar (?:el |este )?artículo.*|ascolta (?:l['’]|questo )articolo.*|ouça (?:este |o )?artigo.*|"
    r"luister naar dit artikel.*|"
    r"advertisement(?:s)?(?: - scroll to continue)?|sponsored content|promoted content|"
    r"(?:story|article) continues (?:below|after).*|continue reading below.*|"
    r"(?:scroll|continue) (?:down )?to (?:continue|read).*|anzeige|werbung|publicité|publicidad|publicidade|pubblicità|"
    r"advertentie|reklama|annons|реклама|διαφήμιση|广告|廣告|広告|광고|إعلان|פרסומת|"
    r"share (?:this|on|via|the) .{0,80}|share (?:this|article|story|post)|sharing is caring.*|pin it|copy link|"
    r"link copied!?|click to (?:share|print|email).*|"
    r"(?:artikel |beitrag )?teilen(?: auf .*| mit .*)?|auf \w+ teilen|partager (?:sur|cet|l['’]article).*|"
    r"compartir (?:en|este|esta|artículo).*|compartilhar (?:no|em|este).*|condividi (?:su|questo|l['’]articolo).*|"
    r"udostępnij.{0,30}|dela på .*|поделиться.{0,40}|分享(?:到|至).*|シェアする|공유하기|شارك.{0,30}|"
    r"follow us(?: on .*)?|follow .{1,40} on (?:twitter|x|facebook|instagram|google news|linkedin|threads|bluesky).*|"
    r"join (?:us on|our) (?:\w+ )?(?:channel|whatsapp|telegram|facebook|newsletter|community).*|"
    r"(?:like|find) us on (?:facebook|twitter|instagram).*|folgen sie uns.*|suivez-nous.*|síguenos.*|siga-nos.*|"
    r"seguici.*|volg ons.*|"
    r"subscribe(?: (?:now|today|here|to (?:our|the) .{1,80}))?|sign up (?:for|to) (?:our|the|my) .{1,80}|sign up(?: now)?|"
    r"get (?:our|the) (?:\w+ ){0,2}newsletter.*|newsletter sign-?up|(?:subscribe to )?(?:our |the )?newsletter|"
    r"zum newsletter.*|newsletter (?:abonnieren|bestellen).*|jetzt abonnieren.*|inscrivez-vous.*newsletter.*|"
    r"suscríbete.{0,80}|assine .{0,60}newsletter.*|iscriviti .{0,60}newsletter.*|"
    r"(?:\d+|no|add a|leave a|post a|view|show|hide|see all|read|join the) (?:comments?|responses?|conversation)|"
    r"leave a (?:reply|comment)|your email address will not be published.*|required fields are marked.*|"
    r"post comment|cancel reply|log in to (?:reply|comment).*|you must be logged in.*|"
    r"kommentar (?:schreiben|verfassen|hinterlassen).*|laisser un commentaire|"
    r"deja (?:un comentario|una respuesta)|deixe um comentário|lascia un commento|"
    r"skip to (?:main )?content|skip advert(?:isement)?|back to top|nach oben|retour en haut|load more.*|show more|"
    r"\d+ min(?:ute)?s? read|(?:estimated )?reading time.{0,30}|lesezeit.{0,30}|temps de lecture.{0,30}|"
    r"tiempo de lectura.{0,30}|we use cookies.{0,100}|accept (?:all )?cookies|view gallery|open image modal|"
    r"(?:previous|next|older|newer) (?:post|article|story|page)s?|page \d+ of \d+|all rights reserved|"
    r"(?:copyright|©|\(c\)) .{0,60}\b(?:19|20)\d\d\b.{0,60}"
    r")\W*",
)
# Words on buttons: clutter where nothing but such words stands together, since each may also be somebody's word.
WIDGET_WORD = AnyCase(
    r"[\W\d]*(?:share|tweet|print|e-?mail|save|copy|bookmark|facebook|twitter|x|whatsapp|linkedin|telegram|reddit|"
    r"pinterest|instagram|messenger|flipboard|pocket|tumblr|xing|vk|viber|line|weibo|threads|bluesky|mastodon|youtube|"
    r"drucken|teilen|merken|imprimer|partager|compartir|compartilhar|condividi|stampa|delen|dela|分享|シェア|공유|"
    r"مشاركة|שתפו|ad|ads|advertising|sponsored|comments?|kommentare?|commentaires?|comentarios|like|follow|subscribe|"
    r"quote|ツイート|つぶやく|いいね|はてブ|送る|赞|收藏|微博|微信|트윗|تغريد|فيسبوك|تويتر|واتساب|"
    r"previous|next|zurück|weiter|précédent|suivant|anterior|siguiente|edit|reply|report|permalink|pause|play|mute|"
    r"listen|close|menu|search|login|log in|more|\d+)\W*",
)
PROMOTION_MAX_CHARS = 160  # a longer line that begins like this is prose

# Headings after which the story is over.
COMMENTS_LEAD = whole(
    "leave a reply, leave a comment, leave a response, post a comment, add a comment, write a comment, "
    "join the discussion, join the conversation, what do you think, "
    "schreibe einen kommentar, kommentar verfassen, kommentar hinterlassen, schreiben sie einen kommentar, "
    "laisser un commentaire, poster un commentaire, deja un comentario, deja una respuesta, "
    "dejar un comentario, deixe um comentário, deixe uma resposta, lascia un commento, lascia una risposta, "
    "geef een reactie, plaats een reactie, dodaj komentarz, napisz komentarz, lämna ett svar, skriv en kommentar, "
    "добавить комментарий, оставить комментарий, оставьте комментарий, 发表评论, 發表評論, コメントを残す, コメントする, "
    "댓글 남기기, اترك تعليقا, اترك ردا, להגיב, bir yanıt yazın",
)

# "By", before a byline; and what is no name.
BYLINE_LEAD = leading(
    "by, written by, posted by, post by, guide by, review by, all posts by, published by, via, author, words by, story by, report by, published by, from, "
    "view all posts by, show all posts by, interview, reporter, written and photographed by",
    "von, geschrieben von, verfasst von, erstellt von, gepostet von, eingestellt von, zeige alle beiträge von, veröffentlicht von, beitrag von, beitragvon, alle beiträge von, autor, autorin, ein beitrag von, ein artikel von, par, écrit par, publié par, auteur, por, escrito por, publicado por, da, di, "
    "a cura di, scritto da, door, geschreven door, autor:, av, af, текст, автор, 作者, 文, 記者, 记者, 著者, 글, بقلم, מאת",
)
# A picture's credit, as it stands in captions; loose agency names alone also stand in prose.
CREDIT = AnyCase(
    r"\b(?:photo(?:graph|graphy|s)?|pictures?|images?|illustration|foto|bild(?:er)?|bildquelle|crédits?(?: photo)?|"
    r"photo credits?|image credits?|credits?|courtesy|fotograf|fotografie|zdjęcie|фото|写真|图|圖)\s*(?:by|von|:|：|©|/|credit)|"
    r"\bpool photo\b|\bcourtesy of\b|[/|(]\s*(?:afp|reuters|ap|epa|dpa|efe|ansa|getty|shutterstock|pool)\b|"
    r"\bvia (?:getty|afp|reuters|ap|epa|shutterstock|wikimedia|flickr)\b|\bgetty images\b|©|\(c\)\s|"
    r"\b(?:istock(?:photo)?|unsplash|pexels|pixabay|alamy|imago images|picture alliance|depositphotos)\b",
)
CAPTION_MAX_CHARS = 300  # a longer line below a picture is the story going on

# What a class or id says a piece is, inside the content.
PLAYER_CLASS = AnyCase(
    r"\baudio|audio\b|player|podcast|listen|\btts\b|text-?to-?speech|readaloud|speechkit|trinity|beyondwords",
)
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
# An audio version of the article; and embeds that say nothing to a reader.
LISTEN_CLASS = AnyCase(
    r"listen|\btts\b|text-?to-?speech|read-?aloud|speechkit|trinity|beyondwords|audio-?(?:article|version|native)|"
    r"(?:article|story|post)-?audio|narrat",
)
EMBED_CLUTTER = AnyCase(  # in the address of a frame
    r"[/._-]ads?[/._-]|advert|adserv|adsystem|doubleclick|syndication|captcha|tag-?manager|"
    r"like\.php|plugins/(?:like|page|share|follow|comments|group)|/likes?/|/(?:connect|login|signin|oauth|checkout)\b|"
    r"subscri|newsletter|sign-?up|\bpixel|\bcookies?\b|consent|privacy|\bcomments?\b|track(?:ing|er)?[/.?]|sync|analytics|"
    r"\bweather\b|donat|survey|/widgets?/(?:follow|tweet_button|like)|beyondwords|trinity|speechkit",
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
HEADING_TOOL_CLASS = AnyCase(r"edit-?(?:section|link)|section-?edit")
CAPTION_CLASS = AnyCase(r"caption|credit|copyright|cutline|legend\b|bildunterschrift|legende")
RELATED_CLASS = AnyCase(
    r"related|recommended|read-?(?:more|also|next)|see-?also|also-?read|more-?(?:stories|articles|posts)|"
    r"further-?reading|most-?(?:read|popular)|trending|outbrain|taboola|crosslink|you-?may-?(?:also|like)|"
    r"up-?next|lesetipp|a-?lire|lire-?aussi|lea-?tambien|leggi-?anche|inline-?links|internal-?link-?box",
)
# Boxes around the story, and what each is called in the record.
BOX_CLASSES = (
    (
        AnyCase(r"newsletter|subscri|sign-?up|mailing-?list|optin|mc4wp|mailchimp|paywall-?prompt"),
        "newsletter",
    ),
    (
        AnyCase(r"\bshar(?:e|ing|e-?daddy|e-?bar|ebar)\b|share-|-share|social|addtoany|addthis|jp-relatedposts"),
        "sharing",
    ),
    (AnyCase(r"comment-?(?:form|respond)|\brespond\b|reply-?form|commentform|disqus"), "comment form"),
    (
        AnyCase(r"author-?(?:box|bio|info|card|profile|about)|about-?(?:the-?)?author|bio-?box|post-?author"),
        "author box",
    ),
    (
        AnyCase(r"\btags?\b|tag-?(?:list|s|cloud)|tags-|post-?tags|entry-?tags|keywords|topics-?list|article-?tags"),
        "tag list",
    ),
    (
        AnyCase(r"pagination|pager\b|page-?(?:nav|links|numbers)|post-?navigation|nav-?links|prev-?next|breadcrumb"),
        "pagination",
    ),
    (AnyCase(r"\bad\b|\bads\b|advert|\bad-|-ad\b|adslot|sponsor|dfp|\bgpt-|promotion"), "advertisement"),
    (AnyCase(r"cookie|consent|gdpr"), "cookie notice"),
    (AnyCase(r"(?:post(?:er)?|user|member)-?(?:profile|info|details|stats)\b|signature\b"), "profile"),
    (AnyCase(r"(?:read|reading)-?time|time-?to-?read"), "reading time"),
)
BOX_HINT = AnyCase(branches({begin for pattern, _ in BOX_CLASSES for begin in beginnings(pattern.pattern)}))
TAGS_LEAD = whole(
    "tags, tag, tagged, tagged with, tagged as, topics, topic, filed under, categories, category, keywords, more on",
    "schlagwörter, schlagworte, themen, mots-clés, étiquettes, sujets, etiquetas, temas, palavras-chave, assuntos, "
    "tag correlati, trefwoorden, tagi, nyckelord, ämnen, теги, метки, 标签, 標籤, タグ, キーワード, 태그, الوسوم, תגיות",
)
SITE_SEPARATORS = re.compile(r"\s+[|\-–—·•:»«›‹/~]+\s+|\s*[|»«•›‹]\s*|:\s+")
# What stands in a line that is only a date: months, days of the week, "published", clock words. Abbreviations by stem.
DATE_WORD = AnyCase(
    r"jan\w*|feb\w*|mar(?:ch|zo|s|t|ts|ço|ca)?|apr(?:il|ile)?|abril|avril|may|mai|maio|mayo|maggio|mei|maj|ju[nl]\w*|"
    r"giu\w*|lug\w*|aug\w*|août|ago\w*|sep\w*|set\w*|o[ck]t\w*|out\w*|ott\w*|nov\w*|de[czs]\w*|dic\w*|déc\w*|fév\w*|"
    r"mär\w*|jän\w*|gen\w*|"
    r"янв\w*|фев\w*|мар\w*|апр\w*|ма[йя]|июн\w*|июл\w*|авг\w*|сен\w*|окт\w*|ноя\w*|дек\w*|"
    r"mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:r|rs|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?|"
    r"montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|"
    r"lunes|martes|miércoles|jueves|viernes|sábado|domingo|"
    r"published|posted|updated|modified|last|first|created|date|on|at|by|and|veröffentlicht|aktualisiert|stand|am|um|uhr|"
    r"vom|von|erstellt|publié|mis|à|jour|le|modifié|publicado|actualizado|el|em|às|atualizado|pubblicato|aggiornato|alle|"
    r"a|ore|h|min|[ap]\.?m|st|nd|rd|th|t|z|gmt|utc|est|edt|cst|cdt|pst|pdt|bst|cet|cest|ist|de|del|of|the|"
    r"年|月|日|時|分|时|发布|更新|公開|опубликовано|обновлено|г|в",
)

# Months by how their names begin, in the order of the year.
MONTHS = (
    "jan, ene, gen, jän, янв, ocak, sty, led, يناير",
    "feb, fév, fev, фев, şub, lut, úno, فبراير",
    "mar, mär, mrz, maa, мар, břez, مارس",
    "apr, avr, abr, апр, nis, kwi, dub, أبريل, ابريل",
    "may, mai, mei, maj, mag, май, мая, kvě, مايو",
    "jun, juin, giu, июн, haz, cze, čer, يونيو",
    "jul, juil, lug, июл, tem, lip, červenc, يوليو",
    "aug, aoû, ago, авг, ağu, sie, srp, أغسطس",
    "sep, set, сен, eyl, wrz, zář, سبتمبر",
    "oct, okt, out, ott, окт, eki, paź, říj, أكتوبر",
    "nov, ноя, kas, lis, نوفمبر",
    "dec, dez, déc, dic, des, дек, ara, gru, pro, ديسمبر",
)
BYLINE_TAIL = re.compile(  # what goes on after a name where the page parts the two by nothing
    r"[\s,]+(?:(?:last )?(?:updated|published|posted|modified|reviewed)|aktualisiert|veröffentlicht|publié|mis à jour|"
    r"actualizado|publicado|pubblicato|all articles|alle artikel|(?:on )?(?:mon|tues?|wed|thu|fri|sat|sun)[a-z]*,?\s+\w+\s+\d|"
    r"\d+(?:[–-]\d+)? min(?:ute)?s?\b|former |"
    r"(?:on |am )?(?:jan|feb|mar|apr|may|ju[nl]|aug|sep|oct|nov|dec)[a-z]*\.?\s+\d).*$",
    re.IGNORECASE,
)
MODIFIED = (
    "updated, last updated, last modified, last reviewed, modified, edited, last edited, aktualisiert, "
    "zuletzt aktualisiert, zuletzt geändert, geändert, letzte änderung, stand, mis à jour, mis à jour le, modifié, "
    "actualizado, última actualización, atualizado, aggiornato, bijgewerkt, zaktualizowano, aktualizacja, uppdaterad, "
    "обновлено, 更新, 最終更新, 最近更新, 수정, تحديث, עודכן"
)
PUBLISHED = (
    "published, first published, originally published, posted, created, release date, date published, publication date, "
    "veröffentlicht, erschienen, erstellt, geschrieben, gepostet, veröffentlichung, publié, paru, mis en ligne, "
    "publicado, publicada, pubblicato, gepubliceerd, geplaatst, opublikowano, dodano, publicerad, publisert, udgivet, "
    "julkaistu, опубликовано, дата публикации, yayınlanma, 发布, 发表, 發布, 發表, 公開, 投稿, 등록, 입력, نشر, פורסם"
)
MODIFIED_LEAD = leading(MODIFIED)
PUBLISHED_LINE, MODIFIED_LINE = stating(PUBLISHED), stating(MODIFIED)
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

# What the address of a discussion looks like, and the programs that run discussions.
THREAD_ADDRESS = re.compile(
    r"//(?:[\w-]+\.)*(?:forums?|foren|boards?|community|discuss|discussions?|answers|users|bbs)\.|"
    r"/(?:forums?|foren|threads?|topics?|showthread|viewtopic|discussions?|questions|boards?|bbs|t|comments)(?:[/.?-]|$)|"
    r"showthread|viewtopic|showtopic|[?;&]topic=\d",
    re.IGNORECASE,
)
THREAD_SOFTWARE = re.compile(
    r"discourse|phpbb|vbulletin|xenforo|nodebb|flarum|mybb|simple machines|invision|ip\.board|vanilla|question2answer|"
    r"fluxbb|punbb|woltlab|burning board|jive|khoros|lithium|discuz|bbpress|asgaros|wpforo",
    re.IGNORECASE,
)

# Who wrote a post of a thread, and when: by class, by the address of a profile, by what the line says.
POST_AUTHOR_CLASS = AnyCase(
    r"(?:^|[\s_-])(?:author|user-?name|full-?name|display-?name|nick-?(?:name)?|screen-?name|poster|creator|member-?name|"
    r"user-?(?:link|details|info|id)|posted-?by|byline|post-?(?:left|profile)|poster-?info)(?:[_-]*(?:name|link|url|id|title))?(?=[\s_]|--|$)|"
    r"(?:post|topic|comment|message|reply|answer)[_-]?(?:author|user|poster)(?:[_-]*(?:name|link))?(?=\s|--|$)",
)
NO_NAME_CLASS = AnyCase(r"avatar|rank|badge|stats|count|role|reputation|signature|status|mention|quote|edit|last-?post")
PROFILE_ADDRESS = re.compile(
    r"/(?:u|users?|members?|profiles?|people|nutzer|mitglied(?:er)?|utilisateurs?|membres?|usuarios?|utenti)/[^/?#]|"
    r"(?:memberlist|member|profile|user|userinfo)(?:\.php)?\?|action=profile|mode=viewprofile|/author/[^/?#]|/@[^/?#]",
    re.IGNORECASE,
)
POST_TIME_CLASS = AnyCase(
    r"(?:^|[\s_-])(?:post|message|comment)?[_-]?(?:date|time|posted|age|timestamp|date-?time|relative-?time|time-?ago|when)"
)
RELATIVE_TIME = re.compile(
    r"\b\d+\s?(?:s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|wks?|weeks?|mos?|months?|y|yrs?|years?)\b|"
    r"\b(?:today|yesterday|just now|last (?:week|month|year)|an? (?:minute|hour|day|week|month|year) ago)\b|"
    r"\b(?:vor|il y a|hace|há|fa|geleden|sedan|siden|temu|назад|önce)\b|\b(?:heute|gestern|hier|ayer|ontem|ieri|"
    r"gisteren|igår|вчера|сегодня|dün|bugün)\b|前$|전$",
    re.IGNORECASE,
)
TIME_OF_DAY = (
    r"(?:,?\s*(?:-|–|at|um|à|a las|às|alle|om|kl\.?|o|в)?\s*\d{1,2}[:.]\d\d(?::\d\d)?(?:\s?[ap]\.?m\b\.?)?(?:\s?uhr)?)?"
)
NO_POSTER = leading(  # what else stands in links to a profile, and on the buttons beside a name
    "view, show all, send, find, private message, profile, pictures, visit, website, see all, joined, posts, threads, replies, "
    "lost password, "
    "sign up, log in, login, register, advertisement, anzeige, profil, nachricht, alle beiträge, voir, envoyer, ver, enviar, visualizza, bekijk, zobacz, "
    "читать, посмотреть"
)
MEMBER_SINCE = re.compile(
    r"join|registr|member since|beigetreten|mitglied seit|dabei seit|inscri|membre depuis|miembro desde|membro dal|"
    r"lid sinds|dołączył|регистр|注册|登録|edited|bearbeitet|modifi|last (?:post|visit|seen|active)",
    re.IGNORECASE,
)
POST_WORD = AnyCase(  # what else stands in the line above a post
    r"by|posted|said|wrote|says|writes|on|at|in|re|reply|replied|asked|answered|commented|post|comment|message|author|op|"
    r"user|member|von|schrieb|am|um|uhr|par|le|por|el|di|il|door|op|av|ago|the|nr|no|link|permalink|points?"
)
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

# The commonest small words of each language that is written in Latin or Cyrillic letters: a quarter to a half of any
# prose are such words. One that two languages share counts for both.
FUNCTION_WORDS = {
    language: frozenset(words.split())
    for language, words in {
        "en": "the of and to in is that it for was with as on are this be by at from have which not you but they or an "
        "were has had been their would there his her we can more when what if will who into out so up",
        "de": "der die und das den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er "
        "hat dass sind war bei noch nach wie einem einen einer nur über aber sie so zum zur kann oder wird hatte "
        "ich wir wenn haben diese durch unter",
        "fr": "de la le les et des en un une du est que qui dans pour pas par sur au plus ce se sont avec il ne cette "
        "aux mais nous vous ils elle son sa ses été être fait comme on leur tout ou si même sans deux où y",
        "es": "de la que el en y los del se las por un para con una su al lo como más pero sus le ya fue este ha entre "
        "es a no esta hay muy sin sobre también cuando donde desde todo hasta nos son está porque ser cada ni esto",
        "pt": "de que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele das tem à seu sua "
        "ou nos até isso ela entre depois sem mesmo aos seus quem nas me esse eles você essa num nem suas às pela "
        "pelo",
        "it": "di che e il la per un in è non una del si con da sono le i della alla dei nel più anche come gli ha al ma "
        "lo era quando quella questo questa dal alle degli delle all dell su se nella tra loro essere hanno stato "
        "o ed sul",
        "nl": "de van het een en in is dat op te zijn met voor niet aan er om die ook als bij maar door naar worden "
        "heeft uit ik je we zij hun dan kan nog wel tot geen over wordt was had dit hij uw onder of deze veel",
        "sv": "och att det i som en på är av för med den till inte har de ett om var jag men sig från vi så kan han när "
        "eller hade skulle under alla mycket där här bli vid efter nu ut mot kommer vad vara detta sina dem ska",
        "da": "og at det i er en til på som med for den af ikke der de har et om var jeg men sig fra vi så kan han blev "
        "efter hvor når eller været ved under også mere kun nu ud ind hun hans havde skulle vil over bliver hvad",
        "nb": "og å det i er en til på som med for den av ikke de har et om var jeg men seg fra vi så kan han ble etter "
        "hva hvor når eller vært ved under også mer bare nå ut inn hun hans hadde skulle vil over blir",
        "fi": "ja on ei se että oli hän mutta ovat joka tai kun myös sen niin ole kuin hänen olla mukaan jo siitä nyt "
        "sitä minä sinä olen olet sekä ennen vielä vain jos koska voi kanssa jälkeen mitä kaikki eivät ollut",
        "pl": "w i na z się do nie że jest o to jak po za od a są ale przez dla co jego ma tym tego jej oraz który było "
        "jako która które tej już pod kiedy gdy był była być tylko bardzo czy może przy bez lub tak więc u",
        "cs": "a se v na je že to s z do o i k ve pro za by jsou jako po jeho ale který jsem tak od byl při také bylo "
        "jen která které než ani před nebo jsme být jejich ze už pod jak až či mezi tím pouze podle ten ta",
        "sk": "a sa v na je že to s z do o i k vo pre za by sú ako po jeho ale ktorý som tak od bol pri tiež bolo len aj "
        "ktorá ktoré než ani pred alebo sme byť ich zo už pod až či medzi tým podľa ten tá keď",
        "hu": "a az és hogy nem is egy ez meg volt csak de van már mint ha el még aki vagy kell lehet azt szerint amely "
        "lesz mert nagyon pedig így majd ezt több után alatt minden olyan között fel ki be",
        "ro": "și de în a la cu pe că nu este din o un pentru mai care se au fost ce fi am al lui sunt sau prin după ale "
        "despre are era dar ca când ei ea noi acest această doar între foarte până",
        "tr": "ve bir bu da de için ile olarak daha olan çok gibi en ne var kadar sonra ama her o ki değil göre ise oldu "
        "zaman çünkü hiç bunu onun kendi şey böyle şu ya biz ben sen iki herkes yani önce üzerinde çıktı yok",
        "id": "yang dan di dari untuk dengan pada ini itu tidak dalam akan adalah ke juga oleh sebagai karena ada bisa "
        "telah anda kami saya mereka lebih sudah hanya tersebut seperti saat atau para kita bahwa dapat namun "
        "setelah secara",
        "vi": "và của là có các cho không được trong một người những với để này đã khi từ đến về ra cũng như tôi trên "
        "nhiều năm vào thì mà lại rất nên sẽ bị theo nhưng hay còn phải đó nếu sau trước",
        "hr": "i u je se na da su za od s što a o kao koji ali iz to bi nije po koja će bio te koje ili sam do biti više "
        "kada samo već jer gdje kako još prema između nakon jedan ova ovo smo ste mogu uz",
        "ca": "de la i que el en els a per les un del amb una al no es va és dels més com ha seva però són aquest pel "
        "també hi era aquesta quan on sobre fins molt sense tot pels ens ja si mentre des dins",
        "ru": "и в не на что с по как это он к из у за но для от так его же о было или бы до все также который они был "
        "при то под уже когда чтобы время мы вы она только ещё их нет может быть во даже где есть если очень",
        "uk": "і в не на що з та до як це у за він по але для від які є про його було або який вона також ще при цього "
        "бо того вже коли яка цю під а щоб вони ми ви тільки їх може бути де якщо дуже років",
        "bg": "и на да се в за от не с е че по са като до при това си или към който има през още може след той но един "
        "които когато много само както беше бяха няма съм му ги го ни ще те тя им все едно тази този",
        "sr": "и у је се на да су за од с што а о као који али из то би није по која ће био те које или сам до бити више "
        "када само већ јер где како још према између након један ова ово смо сте могу уз",
    }.items()
}
# Letters that only some languages of a script have.
ONLY_PERSIAN, ONLY_URDU = frozenset("پچژگ"), frozenset("ٹڈڑےں")
