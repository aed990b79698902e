"""What a person does in the library, as forms: who may, what is refused, and what the pages say afterwards."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from flask.testing import FlaskClient

from quietpage.library.facets import Value
from quietpage.library.library import Library
from quietpage.web.charts import months
from quietpage.web.narrowing import toggled

from .conftest import BASE, Extension
from .test_web_pages import keep

POSTS = ("/articles", "/tags", "/searches", "/read/1/tags", "/read/1/progress")


@pytest.fixture
def ids(library: Library) -> list[int]:
    return [keep(library, number) for number in range(3)]


def listed(me: FlaskClient, path: str = "/") -> list[int]:
    return [int(found) for found in re.findall(r'<li class="hit[^>]* id="a(\d+)"', me.get(path).text)]


# Who may


@pytest.mark.parametrize("path", POSTS)
def test_a_form_needs_the_session(stranger: FlaskClient, path: str) -> None:
    assert stranger.post(path).status_code == 401


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Origin": BASE, "Sec-Fetch-Site": "cross-site"}],
)
def test_another_site_sends_no_form(
    me: FlaskClient, library: Library, ids: list[int], path: str, headers: dict[str, str]
) -> None:
    data = {"do": "delete", "id": ids, "name": "x", "q": "x"}
    assert me.post(path, data=data, headers=headers).status_code == 403
    assert library.recent().total == 3


# Acts


@pytest.mark.parametrize(
    ("act", "query"),
    [("archived", "is:archived"), ("read", "is:read"), ("reading", "is:reading"), ("favorite", "is:favorite")],
)
def test_the_selected_are_marked(me: FlaskClient, ids: list[int], act: str, query: str) -> None:
    assert me.post("/articles", data={"do": act, "id": ids[:2], "back": "/?q=tide"}).headers["Location"] == "/?q=tide"
    assert listed(me, f"/?q={query}") == [ids[1], ids[0]]


def test_the_button_of_a_row_acts_on_it_alone(me: FlaskClient, library: Library, ids: list[int]) -> None:
    me.post("/articles", data={"one": f"favorite-{ids[0]}", "id": ids})
    assert [library.get(one).favorite for one in ids] == [True, False, False]
    me.post("/articles", data={"one": f"unfavorite-{ids[0]}"})
    assert not library.get(ids[0]).favorite


def test_all_that_a_search_finds_is_changed_and_put_back(me: FlaskClient, library: Library, ids: list[int]) -> None:
    library.shelf.mark(ids[:1], state="read")
    form = {"all": "is:unread", "do": "tag", "tags": "sea", "back": "/?q=is%3Aunread&changed=9&act=9"}
    after = me.post("/articles", data=form).headers["Location"]
    told = re.fullmatch(r"/\?q=is%3Aunread&changed=2&act=(\d+)", after)
    assert told
    assert [library.get(one).tags for one in ids] == [(), ("sea",), ("sea",)]
    undone = me.post("/articles", data={"undo": told[1], "back": after})
    assert undone.headers["Location"] == "/?q=is%3Aunread"
    assert [library.get(one).tags for one in ids] == [(), (), ()]
    assert me.post("/articles", data={"undo": told[1]}).status_code == 404


def test_what_changes_nothing_offers_nothing_to_undo(me: FlaskClient, ids: list[int]) -> None:
    assert me.post("/articles", data={"all": "", "do": "unread", "back": "/"}).headers["Location"] == "/?changed=0"


@pytest.mark.parametrize(
    ("form", "status"),
    [({"all": "", "do": "purge"}, 400), ({"all": ""}, 400), ({"undo": "x"}, 404), ({"undo": "1"}, 404)],
)
def test_what_cannot_be_done_to_all_is_refused(
    me: FlaskClient, ids: list[int], form: dict[str, str], status: int
) -> None:
    assert me.post("/articles", data=form).status_code == status


def test_the_selected_are_tagged_and_untagged(me: FlaskClient, library: Library, ids: list[int]) -> None:
    me.post("/articles", data={"do": "tag", "id": ids[:2], "tags": "Sea, slow reading,"})
    assert library.get(ids[0]).tags == ("Sea", "slow reading")
    page = me.get("/").text
    assert 'href="/?q=tag:%22slow+reading%22"' in page
    assert '<option value="Sea">' in page
    me.post("/articles", data={"do": "untag", "id": ids[:1], "tags": "sea"})
    assert library.get(ids[0]).tags == ("slow reading",)


def test_a_deletion_of_several_is_undone_at_once(me: FlaskClient, ids: list[int]) -> None:
    after = me.post("/articles", data={"do": "delete", "id": ids[:2], "back": "/?q=tide&deleted=9"}).headers["Location"]
    assert after == f"/?q=tide&deleted={ids[0]}%2C{ids[1]}"
    page = me.get(after).text
    assert "2 articles deleted" in page
    data = {"do": "restore", "id": re.findall(r'type="hidden" name="id" value="(\d+)"', page), "back": after}
    assert me.post("/articles", data=data).headers["Location"] == "/?q=tide"
    assert len(listed(me)) == 3


def test_nothing_selected_changes_nothing(me: FlaskClient, ids: list[int]) -> None:
    assert me.post("/articles", data={"do": "delete"}).headers["Location"] == "/"
    assert len(listed(me)) == 3


@pytest.mark.parametrize("bad", ["99", "x", "-1", "9" * 18, "9" * 30, "²"])
def test_an_article_that_is_not_there_is_not_found(me: FlaskClient, ids: list[int], bad: str) -> None:
    assert me.post("/articles", data={"do": "delete", "id": [ids[0], bad]}).status_code == 404
    assert me.post("/articles", data={"one": f"delete-{bad}"}).status_code == 404
    assert len(listed(me)) == 3


@pytest.mark.parametrize("data", [{}, {"do": "explode"}, {"one": "read"}])
def test_an_unknown_act_is_refused(me: FlaskClient, ids: list[int], data: dict[str, str]) -> None:
    assert me.post("/articles", data={"id": ids, **data}).status_code == 400


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "/open?code=x", "javascript:alert(1)"])
def test_a_form_leads_to_own_pages_only(me: FlaskClient, ids: list[int], back: str) -> None:
    assert me.post("/articles", data={"do": "read", "id": ids, "back": back}).headers["Location"] == "/"


# The trash


def test_the_trash_lists_restores_and_deletes_for_good(me: FlaskClient, library: Library, ids: list[int]) -> None:
    assert "Nothing is in the trash" in me.get("/trash").text
    me.post("/articles", data={"do": "delete", "id": ids[:2]})
    page = me.get("/trash").text
    assert "Title 0" in page
    assert "Title 2" not in page
    assert me.post("/articles", data={"one": f"restore-{ids[0]}", "back": "/trash"}).headers["Location"] == "/trash"
    me.post("/articles", data={"one": f"purge-{ids[1]}"})
    assert sorted(listed(me)) == [ids[0], ids[2]]
    assert "Nothing is in the trash" in me.get("/trash").text
    assert me.post("/articles", data={"one": f"purge-{ids[0]}"}).status_code == 404


# Tags


def test_a_tag_is_renamed_merged_and_dropped(me: FlaskClient, library: Library, ids: list[int]) -> None:
    assert "No article has a tag yet" in me.get("/tags").text
    library.shelf.tag(ids, add=["sea"])
    library.shelf.tag(ids[:1], add=["ocean"])
    assert me.post("/tags", data={"name": "sea", "new": "Ocean"}).status_code == 303
    assert [(one.value, one.articles) for one in library.tags.all()] == [("ocean", 3)]
    assert me.post("/tags", data={"name": "sea", "new": "x"}).status_code == 404
    assert me.post("/tags", data={"name": "ocean", "new": " # "}).status_code == 422
    me.post("/tags", data={"name": "ocean", "do": "drop"})
    assert library.tags.all() == ()


def test_markup_in_tags_titles_and_searches_is_text(me: FlaskClient, library: Library) -> None:
    article = keep(library, title="<b>bold", language="<i>", site="<u>x")
    me.post("/articles", data={"do": "tag", "id": article, "tags": "<script>alert(1)</script>"})
    me.post("/searches", data={"name": "<b>bold name", "q": "<b>tide"})
    me.post("/articles", data={"do": "delete", "id": keep(library, 2, title="<b>gone")})
    for path in ("/", "/tags", "/trash", "/?q=tag:%22%3Cscript%3Ealert(1)%3C/script%3E%22"):
        page = me.get(path).text
        assert "<script>alert" not in page
        assert not re.search("<b>(bold|gone|tide)|<u>x|<i>", page)


# Kept searches


def test_a_search_is_kept_by_a_name(me: FlaskClient, ids: list[int]) -> None:
    data = {"name": "Low tides", "q": "tide is:unread", "sort": "longest", "back": "/?q=tide"}
    assert me.post("/searches", data=data).headers["Location"] == "/?q=tide"
    assert 'href="/?q=tide+is:unread&amp;sort=longest"' in me.get("/").text
    me.post("/searches", data={"name": "Low tides", "do": "drop"})
    assert "Low tides" not in me.get("/").text
    assert me.post("/searches", data={"name": "x", "q": " "}).status_code == 400


# Facets and orders


def test_the_side_narrows_the_search_down(me: FlaskClient, library: Library, ids: list[int]) -> None:
    keep(library, 7, language="de")
    page = me.get("/?q=tide").text
    assert 'href="/?q=tide+site:harbor.example"' in page
    assert 'href="/?q=tide+is:unread"' in page
    assert "Deutsch" in page
    assert 'href="/?q=tide" aria-current="true"' in me.get("/?q=tide+lang:de").text


def test_while_typing_a_last_word_may_be_a_beginning(me: FlaskClient, library: Library) -> None:
    keep(library, text="Lighthouses at noon.")
    assert "1 article for <b>lighth*</b>" in me.get("/?q=lighth&typing=1").text
    assert 'href="/?q=lighth*+is:unread"' in me.get("/?q=lighth&typing=1").text
    assert "1 article for <b>noon</b>" in me.get("/?q=noon&typing=1").text
    assert "Nothing found" in me.get("/?q=lighth").text
    assert "Nothing found" in me.get("/?q=site:nowhere&typing=1").text


def test_counts_of_a_part_say_so(me: FlaskClient, ids: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    assert "<small>3<span" in me.get("/?q=tide").text
    monkeypatch.setattr("quietpage.library.facets.COUNTED_MOST", 2)
    monkeypatch.setattr("quietpage.library.inquiry.COUNTED_MOST", 2)
    assert "<small>2+<span" in me.get("/?q=tide").text


@pytest.mark.parametrize(
    ("query", "name", "value", "after", "had"),
    [
        ("", "is", "unread", "is:unread", False),
        ("tide is:unread", "is", "read", "tide is:read", False),
        ("tide is:unread", "is", "favorite", "tide is:unread is:favorite", False),
        ("tide is:unread", "is", "unread", "tide", True),
        ('a "b c" tag:"two words"', "tag", "two words", 'a "b c"', True),
        ("#Sea x", "tag", "sea", "x", True),
        ("#sea", "tag", "two words", '#sea tag:"two words"', False),
        ("lang:en", "lang", "de", "lang:de", False),
        ("low OR high", "saved", "2026", "(low OR high) saved:2026", False),
    ],
)
def test_a_filter_is_added_or_taken_away(query: str, name: str, value: str, after: str, had: bool) -> None:
    assert toggled(query, name, value) == (after, had)


def test_a_list_keeps_its_order_over_its_pages(me: FlaskClient, library: Library) -> None:
    for number in range(25):
        keep(library, number, word_count=number)
    page = me.get("/?sort=shortest").text
    assert '<option value="shortest" selected>' in page
    following = page.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    assert "sort=shortest" in following
    assert listed(me, following) == [21, 22, 23, 24, 25]
    assert me.get("/?sort=nonsense").status_code == 200


def test_a_page_of_twenty_long_entries_is_light(me: FlaskClient, library: Library) -> None:
    for number in range(20):
        article = keep(library, number, title="A title of a usual length " * 3, excerpt="x " * 150, byline="A. Writer")
        library.shelf.tag([article], add=[f"tag {number}", f"other {number}"])
    assert len(me.get("/?q=tide").data) < 60_000


def test_an_empty_list_teaches_how_something_comes_into_it(me: FlaskClient, ids: list[int]) -> None:
    assert "the key f" in me.get("/?q=is:favorite").text
    assert "the key e" in me.get("/?q=is:archived").text


# Statistics


def test_the_statistics_are_pictures_that_lead_to_the_articles(me: FlaskClient, library: Library) -> None:
    assert "as soon as something is kept" in me.get("/statistics").text
    for number in range(3):
        keep(library, number, word_count=700 * number + 100, language="de", site="<b>x")
    page = me.get("/statistics").text
    now = datetime.now(UTC)
    assert f'href="/?q=saved:{now:%Y-%m}" aria-label="{now:%B %Y}: 3 articles"' in page
    assert "Under 500 words" in page
    assert 'href="/?q=words:1000..1999"' in page
    assert "10 minutes" in page
    assert "Deutsch" in page
    for link in re.findall(r'href="(/\?q=[^"]+)"', page):
        assert listed(me, link.replace("&amp;", "&")) or "0 article" in page, link
    assert "style=" not in page


def test_months_without_articles_keep_their_place() -> None:
    bars = months([Value("2026-01", 4), Value("2025-12", 2)], date(2026, 2, 3))
    assert [bar.size for bar in bars[-3:]] == [50.0, 100.0, 0.0]
    assert [bar.label for bar in bars if bar.peak] == ["January 2026"]
    even = months([Value("2026-01", 4), Value("2025-12", 4)], date(2026, 2, 3))
    assert [bar.label for bar in even if bar.peak] == ["January 2026"]
    assert not any(bar.peak for bar in months([], date(2026, 2, 3)))
    assert (bars[0].label, len(bars)) == ("March 2024", 24)
    assert [bar.mark for bar in bars if bar.mark] == ["Jul 2024", "Jan 2025", "Jul 2025", "Jan 2026"]


# The API


def test_an_article_is_marked_by_programs(extension: Extension) -> None:
    article = extension.save().json["id"]
    marks = {"state": "reading", "favorite": True, "progress": 0.4, "tags": ["Sea", "#slow"]}
    marked = extension.client.patch(f"/api/articles/{article}", json=marks, headers=extension.headers).json
    assert {name: marked[name] for name in marks} == {**marks, "tags": ["Sea", "slow"]}
    same = extension.client.patch(f"/api/articles/{article}", json={"tags": []}, headers=extension.headers).json
    assert (same["tags"], same["state"]) == ([], "reading")
    hit = extension.client.get("/api/articles?sort=longest", headers=extension.headers).json["hits"][0]
    assert (hit["favorite"], hit["progress"]) == (True, 0.4)


@pytest.mark.parametrize("marks", [{"state": "gone"}, {"progress": 2}, {"favorite": "yes"}, {"tags": "sea"}])
def test_a_mark_that_cannot_be_is_refused(extension: Extension, marks: dict[str, object]) -> None:
    article = extension.save().json["id"]
    answer = extension.client.patch(f"/api/articles/{article}", json=marks, headers=extension.headers)
    assert (answer.status_code, answer.json["type"]) in {(400, "/problems/validation"), (422, "/problems/validation")}
    assert extension.client.patch("/api/articles/99", json={}, headers=extension.headers).status_code == 404


# Where it is read


def test_the_reader_offers_what_can_be_done(me: FlaskClient, library: Library, ids: list[int]) -> None:
    page = me.get(f"/read/{ids[0]}").text
    assert all(f'value="{act}-{ids[0]}"' in page for act in ("favorite", "read", "archived", "delete"))
    done = me.post("/articles", data={"one": f"archived-{ids[0]}", "back": f"/read/{ids[0]}"})
    assert done.headers["Location"] == f"/read/{ids[0]}"
    assert "Unarchive" in me.get(f"/read/{ids[0]}").text


def test_tags_are_given_and_taken_where_it_is_read(me: FlaskClient, library: Library, ids: list[int]) -> None:
    assert me.post(f"/read/{ids[0]}/tags", data={"add": "sea, <b>slow"}).status_code == 303
    assert library.get(ids[0]).tags == ("<b>slow", "sea")
    page = me.get(f"/read/{ids[0]}").text
    assert 'value="&lt;b&gt;slow"' in page
    assert 'href="/?q=tag:sea"' in page
    me.post(f"/read/{ids[0]}/tags", data={"drop": "sea", "add": "not this"})
    assert library.get(ids[0]).tags == ("<b>slow",)


def test_how_far_one_has_read_is_kept(me: FlaskClient, library: Library, ids: list[int]) -> None:
    assert me.post(f"/read/{ids[0]}/progress", data={"share": "0.4321"}).status_code == 204
    assert (library.get(ids[0]).progress, library.get(ids[0]).state) == (0.4321, "reading")
    me.post(f"/read/{ids[0]}/progress", data={"share": "1"})
    assert library.get(ids[0]).state == "read"
    me.post(f"/read/{ids[0]}/progress", data={"share": "0.1"})
    assert (library.get(ids[0]).progress, library.get(ids[0]).state) == (0.1, "read")
    assert 'data-progress="0.1"' in me.get(f"/read/{ids[0]}").text


def test_reading_what_is_archived_leaves_it_there(me: FlaskClient, library: Library, ids: list[int]) -> None:
    library.shelf.mark(ids, state="archived")
    me.post(f"/read/{ids[0]}/progress", data={"share": "0.5"})
    assert library.get(ids[0]).state == "archived"


@pytest.mark.parametrize("share", ["", "-1", "2", "nan", "1e-3", "0.1234567", "<b>"])
def test_no_other_progress_is_taken(me: FlaskClient, library: Library, ids: list[int], share: str) -> None:
    assert me.post(f"/read/{ids[0]}/progress", data={"share": share}).status_code == 400
    assert library.get(ids[0]).progress == 0


@pytest.mark.parametrize("path", ["/read/999/progress", "/read/999/tags"])
def test_what_is_not_there_is_not_read(me: FlaskClient, path: str) -> None:
    assert me.post(path, data={"share": "1", "add": "x"}).status_code == 404


# All that a search finds


def test_the_list_offers_to_act_on_all_when_there_are_more_than_it_shows(me: FlaskClient, library: Library) -> None:
    for number in range(25):
        keep(library, number)
    page = me.get("/").text
    assert '<input type="checkbox" name="all" value=""> All 25' in page
    assert 'name="all"' not in me.get("/?cursor=x&q=nothing").text
    done = me.post("/articles", data={"all": "", "do": "archived", "id": "1", "back": "/?sort=longest"})
    shown = me.get(done.headers["Location"]).text
    assert "25 articles changed." in shown
    undo = re.search(r'name="undo" value="(\d+)"', shown)
    assert undo
    assert me.post("/articles", data={"undo": undo[1], "back": "/"}).headers["Location"] == "/"
    assert library.search("is:unread").total == 25


def test_the_button_of_a_row_acts_on_that_row_though_all_are_selected(me: FlaskClient, library: Library) -> None:
    ids = [keep(library, number) for number in range(3)]
    me.post("/articles", data={"all": "", "one": f"archived-{ids[1]}", "back": "/"})
    assert [hit.id for hit in library.search("is:archived").hits] == [ids[1]]
