"""A page's language where it declares none: told by what it is written in, or not told."""

from __future__ import annotations

import pytest

from quietpage import clean
from quietpage.cleaner.metadata.detect import detect_language
from quietpage.cleaner.words.languages import FUNCTION_WORDS

PROSE = {
    "en": "The ferry was late this morning, and nobody on the pier could say when it would come. They had "
    "waited for an hour in the rain, with their bags under the roof of the ticket office, which was not "
    "open at that time of the year.",
    "de": "Die Fähre kam an diesem Morgen zu spät, und niemand auf dem Steg konnte sagen, wann sie kommen "
    "würde. Sie hatten eine Stunde im Regen gewartet, mit ihren Taschen unter dem Dach des Schalters, "
    "der in der Zeit nicht besetzt war.",
    "fr": "Le bac était en retard ce matin, et personne sur le quai ne pouvait dire quand il viendrait. Ils "
    "avaient attendu une heure sous la pluie, avec leurs sacs sous le toit du guichet, qui n’est pas "
    "ouvert dans cette saison de l’année.",
    "es": "El barco llegó tarde esta mañana y nadie en el muelle sabía decir cuándo iba a venir. Habían "
    "esperado una hora bajo la lluvia, con sus bolsas debajo del techo de la taquilla, que no se abre en "
    "los meses en que hay poca gente.",
    "pt": "A balsa chegou tarde naquela manhã, e ninguém no cais sabia dizer quando ela viria. Tinham esperado "
    "uma hora na chuva, com as suas malas sob o telhado da bilheteria, que não abre nos meses em que há "
    "pouca gente por ali.",
    "it": "Il traghetto era in ritardo quella mattina, e nessuno sul molo sapeva dire quando sarebbe arrivato. "
    "Avevano aspettato un’ora sotto la pioggia, con le borse al riparo della biglietteria, che non è "
    "aperta in quella parte dell’anno.",
    "nl": "De veerboot was die ochtend te laat, en niemand op de steiger kon zeggen wanneer hij zou komen. Zij "
    "hadden een uur in de regen gewacht, met hun tassen onder het dak van het loket, dat in die tijd van "
    "het jaar niet open is.",
    "pl": "Prom spóźnił się tego ranka i nikt na pomoście nie umiał powiedzieć, kiedy przypłynie. Czekali od "
    "godziny na deszczu, z torbami pod dachem kasy, która o tej porze roku nie jest otwarta, a do miasta "
    "było już za daleko.",
    "sv": "Färjan var sen den morgonen, och ingen på bryggan kunde säga när den skulle komma. De hade väntat "
    "en timme i regnet, med sina väskor under taket på biljettkontoret, som inte är öppet på den tiden "
    "av året.",
    "tr": "Vapur o sabah geç kaldı ve iskelede kimse ne zaman geleceğini bilmiyordu. Bir saat yağmurda bekledi "
    "herkes, ama gişe açık değil ve bu mevsimde ne kadar beklense de açılmaz, çünkü kasaba çok küçük ve "
    "yol da uzun.",
    "ru": "Паром в то утро опоздал, и никто на пристани не мог сказать, когда он придёт. Они ждали уже час под "
    "дождём, с сумками под крышей кассы, которая в это время года не работает, и до города было далеко.",
    "uk": "Пором того ранку запізнився, і ніхто на пристані не міг сказати, коли він прийде. Вони чекали вже "
    "годину під дощем, з торбами під дахом каси, яка в цю пору року не працює, а до міста було далеко.",
    "ja": "その朝、渡し船は遅れていて、桟橋にいる人は誰もいつ来るのかを知らなかった。一時間も雨の中で待っていた"
    "のに、切符売り場はまだ開いていない。季節外れの町はとても静かだった。",
    "zh": "那天早晨渡船来迟了，码头上没有一个人知道它什么时候会到。大家在雨里等了一个小时，行李放在售票处的屋檐"
    "下面，而售票处在这个季节并不开门，回城里去又太远了，只好继续等下去。",
    "ko": "그날 아침 나룻배는 늦었고 부두에 있던 누구도 배가 언제 올지 알지 못했다. 사람들은 빗속에서 한 "
    "시간을 기다렸지만 매표소는 이 계절에는 문을 열지 않는다고 했다.",
    "ar": "تأخرت العبارة في ذلك الصباح، ولم يستطع أحد على الرصيف أن يقول متى ستصل. انتظروا ساعة تحت المطر، "
    "وحقائبهم تحت سقف مكتب التذاكر الذي لا يفتح في هذا الوقت من السنة.",
    "fa": "کشتی آن روز صبح دیر کرد و هیچ‌کس روی اسکله نمی‌دانست چه زمانی می‌رسد. یک ساعت زیر باران ایستادند و "
    "چمدان‌ها را زیر سقف گیشه گذاشتند که در این فصل باز نیست.",
    "he": "המעבורת איחרה באותו בוקר, ואיש על הרציף לא ידע לומר מתי תגיע. הם חיכו שעה בגשם, והתיקים שלהם מתחת "
    "לגג של הקופה, שאינה פתוחה בעונה הזאת של השנה.",
    "el": "Το πλοίο άργησε εκείνο το πρωί και κανείς στην προβλήτα δεν ήξερε πότε θα έρθει. Περίμεναν μια ώρα "
    "στη βροχή, με τις βαλίτσες κάτω από τη στέγη.",
    "th": "เช้าวันนั้นเรือข้ามฟากมาสาย และไม่มีใครบนท่าเรือบอกได้ว่าเรือจะมาเมื่อไร พวกเขารอกันหนึ่งชั่วโมงกลาง"
    "สายฝน โดยวางกระเป๋าไว้ใต้หลังคาห้องขายตั๋ว",
}


@pytest.mark.parametrize("language", PROSE)
def test_prose_tells_its_language(language: str) -> None:
    assert detect_language([PROSE[language]] * 2) == language


@pytest.mark.parametrize("language", PROSE)
def test_a_page_that_declares_none_has_the_language_of_its_prose(language: str) -> None:
    page = f"<title>1971</title><article><p>{PROSE[language]}</p><p>{PROSE[language]}</p></article>"
    assert clean(page, "https://harbor.example/1971").language == language


def test_what_a_page_declares_is_believed() -> None:
    page = f"<html lang=nl><title>1971</title><article><p>{PROSE['de']}</p><p>{PROSE['de']}</p></article>"
    assert clean(page, "https://harbor.example/1971").language == "nl"


@pytest.mark.parametrize(
    "texts",
    [
        [],
        ["The ferry was late, and nobody on the pier could say when it would be there at last."],
        ["Home and news", "The weather", "All of the sport", "In the garden"] * 20,
        ["Lindholm Marstrand Skagen Varberg Halmstad Kiel Rostock Gdynia Klaipeda Ventspils Tallinn Helsinki " * 8],
        [PROSE["en"], PROSE["fr"]],
        ["0101010 1010 1111 0000 1010 1100 0011 1010 0101 0110 1010 1010 1100 0001 " * 9],
    ],
    ids=["nothing", "a sentence", "menus", "names", "two languages", "numbers"],
)
def test_what_is_short_or_mixed_or_no_prose_is_not_told(texts: list[str]) -> None:
    assert detect_language(texts) is None


def test_a_quotation_in_another_script_does_not_tell() -> None:
    assert detect_language([PROSE["en"], PROSE["en"], PROSE["ja"][:60]]) == "en"


def test_every_list_of_small_words_is_lower_case_and_long_enough() -> None:
    assert all(len(words) >= 35 and words == {word.lower() for word in words} for words in FUNCTION_WORDS.values())
