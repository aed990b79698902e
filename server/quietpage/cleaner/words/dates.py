"""Words of dates and times."""

from __future__ import annotations

import re

from quietpage.cleaner.words.patterns import AnyCase, leading, stating

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
PUBLISHED_LINE = stating(PUBLISHED)
MODIFIED_LINE = stating(MODIFIED)
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
