"""Links inside the content: footnotes lead there and back, and no fragment leads nowhere."""

from __future__ import annotations

import re

import pytest

from quietpage.cleaner.metadata import Metadata
from quietpage.cleaner.sanitize import sanitize
from quietpage.cleaner.tidy import tidy

BEFORE = "<p>The council met on Tuesday evening and spoke for three hours about the bridge over the river.</p>"
AFTER = "<p>Nobody could say by midnight what the repair would cost, or which street would be closed for it.</p>"


def tidied(html: str) -> str:
    return tidy(f"<div>{BEFORE}{html}{AFTER}</div>", Metadata(title="T"), "https://news.example/bridge/", [])


@pytest.mark.parametrize(
    "notes",
    [
        '<p>a<sup id="r1"><a href="#n1">1</a></sup></p><ol><li id="n1">note <a href="#r1">↩</a></li></ol>',
        '<p>a<a href="#fn1" class="footnote-ref" id="fnref1" role="doc-noteref"><sup>1</sup></a></p><section '
        'class="footnotes"><hr><ol><li id="fn1"><p>note<a href="#fnref1">↩︎</a></p></li></ol></section>',
        '<p>a<sup><a href="#user-content-fn-1" id="user-content-fnref-1">1</a></sup></p><ol><li id="user-content-fn-1">'
        '<p>note <a href="#user-content-fnref-1">↩</a></p></li></ol>',
        '<p>a<sup id="cite_ref-1" class="reference"><a href="#cite_note-1">[1]</a></sup></p><ol><li id="cite_note-1">'
        '<span><b><a href="#cite_ref-1">^</a></b></span> <span>note</span></li></ol>',
        '<p>a<a href="https://news.example/bridge/#_ftn1" name="_ftnref1">[1]</a></p><p><a href="#_ftnref1" '
        'name="_ftn1">[1]</a> note</p>',
        '<p>a<span id="r1"><a href="#n1">1</a></span></p><ol><li><p id="n1">note <a href="#r1">up</a></p></li></ol>',
        '<p>a<a id="r1" href="#n1">1</a></p><table><tr><td><p id="n1">note <a href="#r1">up</a></p></td></tr></table>',
    ],
)
def test_footnotes_lead_there_and_back(notes: str) -> None:
    html = sanitize(tidied(notes))
    targets = re.findall(r'href="#([^"]+)"', html)
    assert len(targets) == 2
    assert set(targets) <= set(re.findall(r' id="([^"]+)"', html))
    assert "note" in html


def test_a_fragment_whose_place_was_cut_away_leads_to_the_page_it_was_on() -> None:
    assert '<a href="https://news.example/bridge/#map">map</a>' in tidied('<p>See the <a href="#map">map</a>.</p>')


def test_a_fragment_finds_its_place_under_the_prefix_a_site_puts_before_ids() -> None:
    html = '<p>See <a href="#cost">below</a>.</p><h2 id="user-content-cost">Cost</h2>'
    assert '<a href="#user-content-cost">below</a>' in tidied(html)


def test_a_mark_beside_a_heading_goes_and_its_place_stays() -> None:
    html = f'<p>See <a href="#cost">below</a>.</p><h2><a id="cost" href="#cost">#</a>Cost</h2>{BEFORE}'
    assert '<h2 id="cost">Cost</h2>' in tidied(html)


def test_what_edits_a_part_goes() -> None:
    html = f'<h2><span id="cost">Cost</span><span class="mw-editsection">[<a href="/edit">edit</a>]</span></h2>{BEFORE}'
    assert "<h2>Cost</h2>" in tidied(html)


def test_a_table_of_contents_goes_and_a_list_of_references_stays() -> None:
    contents = '<div><p>Contents</p><ul><li><a href="#a">One</a></li><li><a href="#b">Two</a></li></ul></div>'
    parts = f'<h2 id="a">One</h2>{AFTER}<h2 id="b">Two</h2>{AFTER}'
    notes = '<p>x<a id="r" href="#n">1</a></p><ol><li id="n"><a href="#r">Hall 1931</a></li></ol>'
    result = tidied(contents + parts + notes)
    assert "Contents" not in result
    assert result.count("One") == 1
    assert '<li id="n"><a href="#r">Hall 1931</a></li>' in result


@pytest.mark.parametrize(
    "heading",
    [
        '<h2 id="tolls"><a href="#tolls">Tolls</a></h2>',
        '<h2><a id="tolls" href="https://news.example/bridge/#tolls">Tolls</a></h2>',
        '<section id="tolls"><h2><a href="#tolls">Tolls</a></h2><p>They rise.</p></section>',
    ],
)
def test_a_heading_that_links_to_itself_is_no_link(heading: str) -> None:
    html = tidied(heading)
    assert "<a href" not in html
    assert 'id="tolls"' in html
    assert "Tolls" in html


@pytest.mark.parametrize("link", ['<a href="https://other.example/#tolls">Tolls</a>', '<a href="#end">Tolls</a>'])
def test_a_heading_that_links_elsewhere_is_a_link(link: str) -> None:
    assert "<a href" in tidied(f'<h2 id="tolls">{link}</h2><p id="end">They rise.</p>')
