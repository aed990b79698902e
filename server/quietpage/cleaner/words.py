"""Every word list of the cleaner, by meaning; each holds many languages. No word is spelt anywhere else."""

from __future__ import annotations

import re


def phrases(*lists: str) -> str:
    """Comma-separated phrases as one alternation, longest first, spaces flexible."""
    words = sorted({word.strip() for text in lists for word in text.split(",") if word.strip()}, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in words)


def whole(*lists: str) -> re.Pattern[str]:
    """A line that is one of these phrases, with a colon, a number or a mark around it at most."""
    return re.compile(rf"[\W\d]*(?:{phrases(*lists)})[\W\d]*", re.IGNORECASE)


def leading(*lists: str) -> re.Pattern[str]:
    """A line that begins with one of these phrases."""
    return re.compile(rf"[^\w]*(?:{phrases(*lists)})(?!\w)", re.IGNORECASE)


# A link to another story, put between the paragraphs of this one.
RELATED_LEAD = leading(
    "see also, read also, also read, read more, read next, read on, related, related story, related stories, "
    "related article, related articles, related posts, related post, related news, related content, related coverage, "
    "related reading, related topics, related video, more on this, more on this story, more stories, more from, "
    "more like this, more news, more to read, you may also like, you might also like, you might like, "
    "you may be interested in, you might also enjoy, recommended, recommended reading, recommended for you, "
    "recommended stories, don't miss, don’t miss, must read, further reading on our site, keep reading, "
    "continue reading, next up, up next, what to read next, editor's picks, editor’s picks, editors' picks, "
    "trending, trending now, most read, most popular, popular now, popular posts, latest news, latest stories, "
    "also on, also in, watch, watch now, watch also, listen, listen now, explore more, in case you missed it, icymi",
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

# Lines that promote: the audio player, sharing, following, subscribing, advertising.
PROMOTION = re.compile(
    r"[\W\d]*(?:"
    r"press play to listen.*|voiced by (?:artificial intelligence|ai)|listen to (?:this|the) (?:article|story|post).*|"
    r"this (?:article|audio|story) (?:is|was) (?:voiced|auto-?generated|generated|read) by.*|"
    r"your browser does not support the (?:audio|video).*|play audio|audio player|listen \d.*|"
    r"artikel anhören|diesen artikel (?:vorlesen|anhören).*|écouter (?:l'|cet )article.*|escuchar (?:el |este )?artículo.*|"
    r"ascolta (?:l'|questo )articolo.*|ouça (?:este |o )?artigo.*|luister naar dit artikel.*|"
    r"advertisement|advertisements|advertising|sponsored(?: content)?|promoted(?: content)?|ad|ads|"
    r"continue reading below.*|story continues(?: below.*)?|article continues (?:below|after).*|"
    r"(?:scroll|continue) (?:down )?to (?:continue|read).*|anzeige|werbung|publicité|publicidad|publicidade|pubblicità|"
    r"advertentie|reklama|reklam|annons|реклама|διαφήμιση|广告|廣告|広告|스폰서|광고|إعلان|פרסומת|"
    r"share|share this.*|share on .*|share via .*|share (?:article|story|post)|tweet|pin it|print|email|copy link|"
    r"link copied!?|facebook|twitter|whatsapp|linkedin|telegram|reddit|pinterest|"
    r"teilen|artikel teilen.*|auf \w+ teilen|drucken|partager|partager (?:sur|cet) .*|imprimer|compartir.*|compartilhar.*|"
    r"condividi.*|stampa|delen|udostępnij|dela|поделиться.*|分享.*|シェア.*|공유.*|مشاركة|שתפו|"
    r"follow us(?: on .*)?|follow .{1,40} on (?:twitter|x|facebook|instagram|google news|linkedin|threads).*|"
    r"join (?:us|our) (?:on|channel|whatsapp|telegram).*|folgen sie uns.*|suivez-nous.*|síguenos.*|siga-nos.*|seguici.*|"
    r"subscribe(?: (?:now|today|here|to (?:our|the) .{1,60}))?|sign up (?:for|to) (?:our|the|my) .{1,80}|sign up|"
    r"get (?:our|the) (?:\w+ )?newsletter.*|newsletter(?: sign-?up)?|subscribe to (?:our )?newsletter.*|"
    r"zum newsletter.*|newsletter abonnieren.*|jetzt abonnieren.*|inscrivez-vous.*newsletter.*|suscríbete.*|"
    r"assine .{0,60}newsletter.*|iscriviti .{0,60}newsletter.*|"
    r"(?:\d+|no|add a|leave a|post a|view|show|hide|see all|read|join the) (?:comments?|responses?|conversation)|comments?|"
    r"leave a (?:reply|comment)|your email address will not be published.*|required fields are marked.*|"
    r"post comment|cancel reply|log in to (?:reply|comment).*|you must be logged in.*|"
    r"kommentare?|kommentar (?:schreiben|verfassen|hinterlassen).*|commentaires?|laisser un commentaire|"
    r"deja (?:un comentario|una respuesta)|deixe um comentário|lascia un commento|"
    r"skip to (?:main )?content|back to top|nach oben|retour en haut|load more.*|show more|read more|"
    r"\d+ min(?:ute)?s? read|reading time.*|lesezeit.*|temps de lecture.*|tiempo de lectura.*"
    r")\W*",
    re.IGNORECASE,
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
    "by, written by, posted by, author, words by, story by, report by, published by, from",
    "von, autor, autorin, ein beitrag von, ein artikel von, par, écrit par, auteur, por, escrito por, da, di, "
    "a cura di, scritto da, door, geschreven door, autor:, av, af, текст, автор, 作者, 文, 記者, 记者, 著者, 글, بقلم, מאת",
)
CREDIT = re.compile(
    r"(?:photo|photograph|picture|image|credit|courtesy|illustration|foto|bild|bildquelle|quelle|crédit|photo by|"
    r"pool photo|getty|afp|reuters|ap photo|epa|dpa|shutterstock|istock|unsplash|pexels|wikimedia|alamy|imago|©|\(c\))",
    re.IGNORECASE,
)

# What a class or id says a piece is, inside the content.
PLAYER_CLASS = re.compile(r"audio|player|podcast|listen|tts|text-?to-?speech|readaloud|speech", re.IGNORECASE)
CAPTION_CLASS = re.compile(r"caption|credit|copyright|cutline|legend|bildunterschrift|legende", re.IGNORECASE)
SITE_SEPARATORS = re.compile(r"\s+[|\-–—·•:»«/~]+\s+|\s*[|»«•]\s*|:\s+")
