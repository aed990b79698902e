"""Each program's export, as its documentation or its source has it, becomes entries; what is broken is refused."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from quietpage.formats.imports.recognition import Found, entries, of_source
from quietpage.formats.imports.source import BadFile, Skipped, of_bytes
from quietpage.library.incoming import Incoming, Quote

from .samples import MHTML, NETSCAPE, OMNIVORE, POCKET, WALLABAG, warc_record, zipped

AT = datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)  # 1,700,000,000


def found(content: str | bytes, name: str = "export") -> list[Found]:
    """All that a file of this content holds."""
    return list(of_source(of_bytes(name, content.encode() if isinstance(content, str) else content)))


def only(content: str | bytes, name: str = "export") -> Incoming:
    """The one entry of a file."""
    (one,) = found(content, name)
    assert isinstance(one.entry, Incoming), one.entry
    return one.entry


# Tables


def test_pocket_has_seconds_and_tags_between_bars() -> None:
    assert only(POCKET) == Incoming(
        "row 2", "https://a.example/tides", title="The tides", saved_at=AT, tags=("sea", "moon"), state="archived"
    )


def test_pocket_writes_the_address_where_it_knows_no_title() -> None:
    assert (
        only("title,url,time_added,tags,status\nhttps://a.example/,https://a.example/,1700000000,,unread").title == ""
    )


def test_pockets_zip_of_parts_is_one_export() -> None:
    header, row = POCKET.splitlines()
    parts = {f"part_00000{n}.csv": f"{header}\n{row.replace('/tides', f'/{n}')}" for n in range(3)}
    urls = [one.entry.url for one in found(zipped(parts)) if isinstance(one.entry, Incoming)]
    assert urls == ["https://a.example/0", "https://a.example/1", "https://a.example/2"]


def test_instapapers_folders_are_states_stars_or_tags() -> None:
    rows = "\n".join(
        f'https://a.example/{folder},A,{folder} said,{folder},1700000000,"[""x y""]"'
        for folder in ("Unread", "Archive", "Starred", "Cooking")
    )
    unread, archive, starred, own = (one.entry for one in found(f"URL,Title,Selection,Folder,Timestamp,Tags\n{rows}"))
    assert isinstance(unread, Incoming) and unread.tags == ("x y",) and unread.excerpt == "Unread said"
    assert isinstance(archive, Incoming) and archive.state == "archived"
    assert isinstance(starred, Incoming) and starred.favorite and starred.state is None
    assert isinstance(own, Incoming) and own.tags == ("x y", "Cooking")


def test_an_older_instapaper_export_has_no_tags() -> None:
    assert only("URL,Title,Selection,Folder,Timestamp\nhttps://a.example/,A,,Unread,1700000000").saved_at == AT


def test_wallabags_table_holds_bodies() -> None:
    one = only(
        'Title;URL;Content;Tags;"MIME Type";Language;"Creation date"\n'
        '"The; tides";https://a.example/;"<p>High ""water""</p>";"sea, moon";text/html;en_GB;"14/11/2023 22:13:20"'
    )
    assert (one.title, one.html, one.tags, one.language) == (
        "The; tides",
        '<p>High "water"</p>',
        ("sea", "moon"),
        "en-GB",
    )
    assert (one.saved_at, one.more) == (AT, {"mime type": "text/html"})


def test_readwise_writes_tags_as_python_does() -> None:
    one = only(
        "Title,URL,ID,Document tags,Saved date,Reading progress,Location,Seen\n"
        "A,https://a.example/,01h,\"['sea', 'moon tide']\",2023-11-14 22:13:20+00:00,0.4,later,True"
    )
    assert (one.tags, one.saved_at, one.progress, one.state) == (("sea", "moon tide"), AT, 0.4, "reading")
    assert one.more == {"id": "01h", "location": "later", "seen": "True"}


def test_raindrop_has_notes_and_highlights() -> None:
    one = only(
        "id,title,note,excerpt,url,folder,tags,created,cover,highlights,favorite\n"
        '7,A,Read it again,About tides,https://a.example/,Sea,"x, y",2023-11-14T22:13:20.000Z,,'
        '"Highlight:High water\nNote:when?\nHighlight:Low water",true'
    )
    assert (one.note, one.excerpt, one.tags, one.favorite) == ("Read it again", "About tides", ("x", "y", "Sea"), True)
    assert one.quotes == (Quote("High water", note="when?"), Quote("Low water"))
    assert one.saved_at == AT and one.more == {"id": "7", "folder": "Sea"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_table_is_read_in_the_encoding_it_is_written_in(encoding: str) -> None:
    assert only(POCKET.replace("tides,https", "Gezeiten für alle,https").encode(encoding)).title.endswith("für alle")


def test_a_bad_row_is_skipped_and_the_others_come_in() -> None:
    one, two, three = (one.entry for one in found(f"{POCKET}B,javascript:alert(1),1,,unread\nC,D,E,F,G,H,I\n"))
    assert isinstance(one, Incoming)
    assert two == Skipped("row 3", "“javascript:alert(1)” is no address of a page")
    assert three == Skipped("row 4", "it has 7 fields instead of 5")


# JSON


def test_wallabag_has_bodies_states_and_annotations() -> None:
    one = only(WALLABAG)
    assert (one.html, one.is_body, one.state, one.favorite) == ("<p>High water.</p>", True, "archived", False)
    assert (one.tags, one.byline, one.language, one.saved_at) == (("sea", "moon"), "Ada, Ben", "en-GB", AT)
    assert one.quotes == (Quote("High water", note="when?", created_at=AT),)
    assert one.more == {"id": 4, "domain_name": "a.example"}


def test_what_wallabag_could_not_fetch_is_no_body() -> None:
    text = "wallabag can't retrieve contents for this article. Please troubleshoot this issue."
    assert only(json.dumps([{"url": "https://a.example/", "content": text, "is_archived": 0}])).html is None


def test_karakeep_has_links_and_notes_of_its_own() -> None:
    link = {
        "createdAt": 1700000000,
        "title": "A",
        "tags": ["sea"],
        "content": {"type": "link", "url": "https://a.example/"},
        "note": "again",
        "archived": True,
    }
    text = link | {"content": {"type": "text", "text": "only words"}}
    one, two = (one.entry for one in found(json.dumps({"bookmarks": [link, text]})))
    assert isinstance(one, Incoming) and (one.saved_at, one.note, one.state) == (AT, "again", "archived")
    assert isinstance(two, Skipped)


def test_pinboard_parts_tags_by_spaces() -> None:
    one = only(
        json.dumps(
            [
                {
                    "href": "https://a.example/",
                    "description": "The tides",
                    "extended": "my note",
                    "time": "2023-11-14T22:13:20Z",
                    "toread": "yes",
                    "tags": "sea moon",
                    "hash": "x",
                }
            ]
        )
    )
    assert (one.title, one.note, one.saved_at, one.tags, one.state) == (
        "The tides",
        "my note",
        AT,
        ("sea", "moon"),
        None,
    )
    assert one.more == {"hash": "x"}


@pytest.mark.parametrize("cut", [100, 150])
def test_json_that_is_cut_off_is_refused_whole(cut: int) -> None:
    whole = json.dumps([{"href": f"https://a.example/{n}", "description": "A", "toread": "no"} for n in range(3)])
    with pytest.raises(BadFile, match="not a whole JSON file"):
        found(whole[:cut])


def test_an_object_whose_fields_are_wrong_is_skipped() -> None:
    whole = '[{"href": "https://a.example/", "description": "A", "toread": "no"}, 7, {"href": {"a": 1}}]'
    assert [type(one.entry) for one in found(whole)] == [Incoming, Skipped, Skipped]


# Bookmarks


def test_bookmarks_have_folders_tags_and_notes() -> None:
    one, two, tool, last = (one.entry for one in found(NETSCAPE))
    assert one == Incoming(
        "bookmark 1",
        "https://a.example/?x=1&y=2",
        title="The <tides>",
        note="a note",
        saved_at=AT,
        tags=("sea", "moon tide"),
    )
    assert isinstance(two, Incoming) and two.tags == ("Cooking",)
    assert isinstance(tool, Skipped)
    assert isinstance(last, Incoming) and (last.title, last.tags) == ("Last", ())


def test_pockets_list_has_two_parts() -> None:
    page = """<!DOCTYPE html><html><head><title>Pocket Export</title></head><body><h1>Unread</h1><ul>
      <li><a href="https://a.example/1" time_added="1700000000" tags="sea,moon">One</a></li></ul>
      <h1>Read Archive</h1><ul><li><a href="https://a.example/2" time_added="1700000000" tags="">Two</a></li></ul>"""
    one, two = (one.entry for one in found(page))
    assert isinstance(one, Incoming) and (one.state, one.tags, one.saved_at) == (None, ("sea", "moon"), AT)
    assert isinstance(two, Incoming) and (two.state, two.tags) == ("archived", ())


# Pages


def test_a_page_of_singlefile_says_where_it_is_from_and_when() -> None:
    page = (
        "<!DOCTYPE html> <html><!--\n Page saved with SingleFile \n url: https://a.example/tides \n"
        " saved date: Tue Nov 14 2023 23:13:20 GMT+0100 (CET)\n--><head><title>T</title>"
    )
    one = only(page, "tides.html")
    assert (one.url, one.saved_at, one.html) == ("https://a.example/tides", AT, page.encode())


@pytest.mark.parametrize(
    "head",
    [
        '<link rel="canonical" href="https://a.example/tides">',
        "<link href='https://a.example/tides' rel=canonical>",
        '<meta property="og:url" content="https://a.example/tides">',
    ],
)
def test_any_other_page_is_from_where_it_says_it_is(head: str) -> None:
    assert only(f"<!doctype html><html><head>{head}</head><p>Text").url == "https://a.example/tides"


def test_a_page_that_does_not_say_where_it_is_from_is_skipped() -> None:
    assert [type(one.entry) for one in found("<html><p>Text")] == [Skipped]


def test_mhtml_holds_a_page() -> None:
    one = only(MHTML, "tides.mhtml")
    assert (one.url, one.title, one.saved_at) == ("https://a.example/tides", "The tides", AT)
    assert isinstance(one.html, bytes) and '<p class="x">High water\u00a0!</p>' in one.html.decode()


def test_markdown_says_the_rest_in_front_of_it() -> None:
    one = only(
        "---\ntitle: The tides\nsource: https://a.example/tides\nauthor:\n  - Ada\n  - Ben\ntags: [sea, moon]\n"
        "created: 2023-11-14T22:13:20Z\nmood: calm\n---\n# Tides\n\nHigh *water* <script>alert(1)</script>.\n"
    )
    assert (one.url, one.byline, one.tags, one.saved_at) == ("https://a.example/tides", "Ada, Ben", ("sea", "moon"), AT)
    assert one.more == {"mood": "calm"}
    assert isinstance(one.html, str) and "<em>water</em> &lt;script&gt;" in one.html


def test_front_matter_that_is_no_yaml_is_refused() -> None:
    with pytest.raises(BadFile, match="not YAML"):
        found("---\nsource: https://a.example/\ntitle: [\n---\nText")


def test_a_warc_gives_its_pages() -> None:
    records = (
        ("https://a.example/tides", "200 OK", "text/html"),
        ("https://a.example/gone", "404 Not Found", "text/html"),
        ("https://a.example/picture", "200 OK", "image/png"),
    )
    written = b"".join(gzip.compress(warc_record(*record)) for record in records)
    one = only(written, "crawl.warc.gz")
    assert (one.url, one.html, one.saved_at) == ("https://a.example/tides", b"<p>High water", AT)


# Archives and folders


@pytest.mark.parametrize("packed", [True, False])
def test_omnivore_has_pages_and_highlights_beside_its_lists(packed: bool, tmp_path: Path) -> None:
    if packed:
        one = only(zipped(OMNIVORE), "omnivore.zip")
    else:
        for name, content in OMNIVORE.items():
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text(content, encoding="utf-8")
        (entry,) = entries(tmp_path)
        assert isinstance(entry.entry, Incoming)
        one = entry.entry
    assert (one.html, one.is_body, one.state, one.progress) == (b"<p>High water.</p>", True, "archived", 0.4)
    assert one.quotes == (Quote("High water", note="when?"), Quote("Low\nwater"))
    assert (one.tags, one.byline, one.saved_at, one.excerpt) == (("sea",), "Ada", AT, "About tides")


def test_a_folder_gives_all_its_files_and_names_those_it_cannot_read(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(POCKET, encoding="utf-8")
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "b.html").write_text('<html><link rel=canonical href="https://a.example/b">', encoding="utf-8")
    (tmp_path / "c.bin").write_bytes(b"\x00\x01")
    csv, binary, page = (one.entry for one in entries(tmp_path))
    assert isinstance(csv, Incoming) and isinstance(page, Incoming)
    assert binary == Skipped("c.bin", "it is in no format that Quietpage knows")


def test_names_in_an_archive_lead_nowhere(tmp_path: Path) -> None:
    packed = zipped({"../../outside.csv": POCKET, "/etc/absolute.csv": POCKET})
    assert [one.format for one in found(packed)] == ["Pocket", "Pocket"]
    assert list(tmp_path.rglob("*")) == []


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(BadFile, match="that is refused"):
        found(zipped({"bomb.csv": b"0" * (32 * 1024 * 1024)}))


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04 no archive", b"%PDF-1.7", b"\x00" * 100])
def test_what_is_none_of_these_is_refused(content: bytes) -> None:
    with pytest.raises(BadFile):
        found(content)
