"""Words keep which of them are Vietnamese, and are plain text wherever text is wanted."""

import copy

import pytest
from django.template import Context, Template
from django.utils.html import format_html
from django.utils.translation import override

from lienminh.web.words import Vietnamese, Words, capital, filled, joined

PLACE = Words([Vietnamese("Đắk <b>"), " province"])
MARKED = '<span lang="vi">Đắk &lt;b&gt;</span> province'


def drawn(template: str, **context: object) -> str:
    return str(Template(template).render(Context(context)))


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{{ place }}", MARKED),
        ('{{ place|default:"–" }}', MARKED),
        ("{{ place|capital }}", MARKED),
        ('{{ places|join:", " }}', f"{MARKED}, x"),
        ("{{ place|plain }}", "Đắk &lt;b&gt; province"),
        ("{{ name|vi }}", '<span lang="vi">vùng &amp; cụm</span>'),
        ("{{ nothing|vi }}", ""),
        ("{% blocktranslate %}At {{ place }}{% endblocktranslate %}", f"At {MARKED}"),
    ],
)
def test_templates_mark_what_is_vietnamese_in_an_english_page(template: str, said: str) -> None:
    with override("en"):
        context = {"place": PLACE, "places": [PLACE, "x"], "name": "vùng & cụm"}
        assert drawn(template, **context) == said


def test_nothing_is_marked_in_a_vietnamese_page() -> None:
    assert drawn("{{ place }}", place=PLACE) == "Đắk &lt;b&gt; province"


def test_sentences_and_lists_keep_their_pieces() -> None:
    with override("en"):
        sentence = filled("<%(n)d%%> of %(place)s.", n=7, place=PLACE)
        assert sentence == "<7%> of Đắk <b> province."
        assert format_html("{}", sentence) == f"&lt;7%&gt; of {MARKED}."
        assert joined("; ", ["", PLACE, "2023"]) == "Đắk <b> province; 2023"
        assert format_html("{}", joined("; ", ["", PLACE])) == MARKED


def test_a_capital_is_given_to_the_first_piece_and_keeps_its_language() -> None:
    raised = capital(Words([Vietnamese("vùng cao"), " region"]))
    assert raised == "Vùng cao region"
    with override("en"):
        assert format_html("{}", raised) == '<span lang="vi">Vùng cao</span> region'
        assert format_html("{}", capital(Vietnamese("đất"))) == '<span lang="vi">Đất</span>'
    assert capital("") == ""


def test_a_copy_says_the_same() -> None:
    with override("en"):
        assert format_html("{}", copy.deepcopy(PLACE)) == MARKED
