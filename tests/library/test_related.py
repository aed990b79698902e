"""Related articles: who is near, who is not, and why."""

from __future__ import annotations

import random
from itertools import product

import pytest

from quietpage.library.library import Library

from .conftest import Save

COMMON = "the of and a to in is that it was for on are as with his they at be this have from or one had".split()
SYLLABLES = "ara elo ini osu upe ydo ban gik lun".split()
OTHERS = ["".join(parts) for parts in product(SYLLABLES, repeat=3)]
HARBOUR = "The lighthouse keeper rows to the lighthouse. Each keeper counts the herring boats; herring is scarce."
BANK = "Every herring boat passes the lighthouse at night, and the keeper waves. Herring sells well on the quay."
LOAVES = "Sourdough needs a warm oven. The oven stone keeps the sourdough crisp, and rye makes sourdough dense."


@pytest.fixture
def filled(save: Save) -> int:
    """Forty articles about something else each; how many."""
    source = random.Random(1)
    for number in range(40):
        words = source.choices(COMMON, k=120) + OTHERS[8 * number : 8 * number + 8] * 2
        save(" ".join(words), url=f"https://other.example/{number}", title=" ".join(words[-3:]))
    return 40


def spread(text: str) -> str:
    """The text with ordinary words around it, in an order of their own."""
    return f"{text} {' '.join(random.Random(text).sample(COMMON * 3, 60))}"


def test_an_article_about_the_same_things_is_related_and_says_why(library: Library, save: Save, filled: int) -> None:
    harbour = save(spread(HARBOUR), url="https://harbour.example/", title="The keeper")
    bank = save(spread(BANK), url="https://bank.example/", title="Herring at night")
    save(spread(LOAVES), url="https://loaves.example/", title="Sourdough")
    (one,) = library.related(harbour.id)
    assert one.id == bank.id
    assert set(one.terms) == {"lighthouse", "herring", "keeper"}
    assert [other.id for other in library.related(bank.id)] == [harbour.id]


def test_nothing_is_related_where_nothing_is_near(library: Library, save: Save, filled: int) -> None:
    loaves = save(spread(LOAVES), url="https://loaves.example/", title="Sourdough")
    save(spread(HARBOUR), url="https://harbour.example/", title="The keeper")
    assert library.related(loaves.id) == ()
    assert all(library.related(number + 1) == () for number in range(filled) if number % 7 == 0)


def test_one_word_in_common_is_a_coincidence(library: Library, save: Save, filled: int) -> None:
    one = save(spread("Herring, herring and herring."), url="https://one.example/", title="Herring")
    save(spread("Once more herring, herring."), url="https://two.example/", title="Herring")
    assert library.related(one.id) == ()


def test_copies_and_the_trash_are_not_related(library: Library, save: Save, filled: int) -> None:
    harbour = save(spread(HARBOUR), url="https://harbour.example/", title="The keeper")
    save(spread(HARBOUR), url="https://copy.example/", title="The keeper, printed")
    bank = save(spread(BANK), url="https://bank.example/", title="Herring at night")
    copy = save(spread(BANK), url="https://bank.example/amp", title="Herring at night")
    (one,) = library.related(harbour.id)
    assert one.id in (bank.id, copy.id)
    library.delete(bank.id)
    library.delete(copy.id)
    assert library.related(harbour.id) == ()


def test_forms_of_one_word_are_named_once(library: Library, save: Save, filled: int) -> None:
    text = "The keeper keeps keepers. Keepers of lighthouses, a keeper of the lighthouse; herring and more herring."
    one = save(spread(text), url="https://one.example/", title="Keepers")
    again = "A lighthouse has keepers, and the keepers of lighthouses fry herring; one keeper, more herring."
    save(spread(again), url="https://two.example/", title="Keepers of a lighthouse")
    (other,) = library.related(one.id)
    assert len({term.lower()[:6] for term in other.terms}) == len(other.terms)


def test_terms_are_shown_as_the_article_writes_them(library: Library, save: Save, filled: int) -> None:
    one = save(
        spread("À Orléans, la marée. Orléans sans marée, marée haute."), url="https://fr.example/", title="Marée"
    )
    save(spread("La marée d'Orléans. Marée basse à Orléans."), url="https://fr.example/2", title="La marée")
    (other,) = library.related(one.id)
    assert set(other.terms) >= {"Orléans", "marée"}


def test_scripts_without_spaces_are_related_by_runs_of_characters(library: Library, save: Save) -> None:
    source = random.Random(3)
    characters = [chr(0x5000 + 11 * number) for number in range(300)]

    def article(number: int, *said: str) -> int:
        pieces = [*said * 3, *("".join(source.choices(characters, k=5)) for _ in range(20))]
        text = "".join(f"{piece}{source.choice(characters)}的時候。" for piece in pieces)
        return save(text, url=f"https://zh.example/{number}", title="的時候").id

    for number in range(30):
        article(number, "".join(source.choices(characters, k=4)))
    one, two = article(98, "灯台守", "鰊漁船"), article(99, "鰊漁船", "灯台守")
    (other,) = library.related(one)
    assert other.id == two
    assert set(other.terms) == {"灯台守", "鰊漁船"}


def test_a_library_of_one_has_nothing_related(library: Library, save: Save) -> None:
    assert library.related(save(HARBOUR).id) == ()
    assert library.related(99) == ()
