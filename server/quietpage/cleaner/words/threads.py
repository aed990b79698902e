"""How threads, their posts and those who post are told."""

from __future__ import annotations

import re

from quietpage.cleaner.words.patterns import AnyCase, leading

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
