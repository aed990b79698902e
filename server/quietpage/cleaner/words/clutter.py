"""Words of what stands beside a story: related links, promotions, buttons, boxes, players."""

from __future__ import annotations

from quietpage.cleaner.words.patterns import AnyCase, beginnings, branches, phrases, whole

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

# What a class or id says a piece is, inside the content.
PLAYER_CLASS = AnyCase(
    r"\baudio|audio\b|player|podcast|listen|\btts\b|text-?to-?speech|readaloud|speechkit|trinity|beyondwords",
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
HEADING_TOOL_CLASS = AnyCase(r"edit-?(?:section|link)|section-?edit")
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
