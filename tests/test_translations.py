"""English is complete: every text has its translation, and English pages keep no Vietnamese."""

import gettext
import importlib.util
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from types import ModuleType

import pytest
from django.test import Client

from lienminh.demo.actions import load_cast
from tests.people.acting import department

ROOT = Path(__file__).parent.parent
# What stands for a variable: %(name)s, %d, {name}; and a written per cent sign.
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w+\}")
VIETNAMESE = re.compile(r"[^\x00-\x7f–—…·×“”’ ]")
SAID = ("aria-label", "placeholder", "data-done")
LONG = 20  # characters of a text that no title or name happens to hold
NAMES = {"Việt Nam"}  # also said of the page itself, as what an empty field means
EMPTY = {"meta", "link", "input", "img", "br", "hr"}  # elements without an end
FIGURE = "/figures/cooperatives.total/p70-2008?period=2023"
PUBLIC = [
    "/",
    "/indicators/",
    "/indicators/cooperatives.total/",
    "/matrix/?period=2023",
    FIGURE,
    "/figures/loans.lent/p70-2008?period=2023",
    "/places/",
    "/places/p70-2008/",
    "/places/?q=binh",
    "/reviews/",
    "/reviews/004-so-ket-2-de-an-hop-tac-xa-tinh-binh-phuoc/",
    "/sign-in/",
    "/journal/",
    "/entries/1.1/",
    "/find/?q=226",
    "/look/",
    "/nothing/",
]
FOR_STAFF = [
    "/",
    FIGURE,
    "/account/",
    "/figures/add/",
    "/figures/add/?indicator=loans.disbursed",
    "/entries/1.1/correct/",
    "/reviews/004-so-ket-2-de-an-hop-tac-xa-tinh-binh-phuoc/start/",
]


def _tool() -> ModuleType:
    """The script that lists the messages; a script is in no package."""
    spec = importlib.util.spec_from_file_location("messages", ROOT / "tools" / "messages.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


tool = _tool()
USED = tool.messages_in_use()
TRANSLATED = tool.messages_translated()


def test_every_text_in_use_is_translated() -> None:
    missing = [message for message in USED if not all(TRANSLATED.get(message, ("",)))]
    assert not missing


def test_no_translation_is_left_over() -> None:
    assert not [message for message in TRANSLATED if message not in USED]


def test_a_translation_has_the_placeholders_of_its_text() -> None:
    for message, texts in TRANSLATED.items():
        for said, text in zip(filter(None, message), texts, strict=True):
            assert sorted(PLACEHOLDER.findall(text)) == sorted(PLACEHOLDER.findall(said))


def test_a_translation_keeps_the_spaces_around_its_text() -> None:
    for message, texts in TRANSLATED.items():
        for text in texts:
            assert _edges(text) == _edges(message.text)


def _edges(text: str) -> tuple[bool, bool]:
    return text.startswith(" "), text.endswith(" ")


def test_the_compiled_catalogue_says_what_the_written_one_says() -> None:
    compiled = tool.CATALOGUE.with_suffix(".mo")
    assert compiled.exists(), "make it: make demo SERVE=0, or pybabel compile (see the Makefile)"
    with compiled.open("rb") as file:
        read = gettext.GNUTranslations(file)
    for message, texts in TRANSLATED.items():
        if message.plural:
            given = tuple(read.ngettext(message.text, message.plural, n) for n in (1, 2))
            assert given == texts
        else:
            assert read.gettext(message.text) == texts[0]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("{% translate \"Nơi\" %} {% translate 'Kỳ' as x %}", [("Nơi", ""), ("Kỳ", "")]),
        ('{% translate "7%" %}', [("7%%", "")]),
        ("{% translate item.label %} {# {% translate 'Không' %} #}", []),
        ('{{ name|default:_("không có") }}', [("không có", "")]),
        ("{% blocktrans with n=a|length %}Còn {{ n }}%{% endblocktrans %}", [("Còn %(n)s%%", "")]),
        ("{% blocktrans trimmed %}\n  Một\n  hai\n{% endblocktrans %}", [("Một hai", "")]),
        ("{% blocktrans count n=a %}Một{% plural %}{{ n }}{% endblocktrans %}", [("Một", "%(n)s")]),
    ],
)
def test_templates_are_read_as_django_looks_them_up(
    source: str, found: list[tuple[str, str]]
) -> None:
    assert [message for _line, message in tool.in_template(source)] == found


def test_python_is_read_through_its_imports() -> None:
    source = (
        "from django.utils.translation import gettext as _, ngettext\n"
        "from elsewhere import gettext_lazy as other\n"
        'one = _("Một " "hai")\n'
        'two = ngettext("%d nơi", "%d các nơi", 2) + _(name) + other("Không")\n'
    )
    found = [message for _line, message in tool.in_python(source, Path("here.py"))]
    assert found == [("Một hai", ""), ("%d nơi", "%d các nơi")]


def test_a_text_filled_in_before_it_is_looked_up_is_refused() -> None:
    source = 'from django.utils.translation import gettext\ngettext(f"Còn {n} nơi")\n'
    with pytest.raises(tool.Untranslatable):
        list(tool.in_python(source, Path("here.py")))


class _Words(HTMLParser):
    """The words of a page, but for what is marked as Vietnamese: dossiers and their titles."""

    def __init__(self) -> None:
        super().__init__()
        self.marked: list[bool] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        marked = any(self.marked[-1:]) or (given.get("lang") == "vi" and tag != "html")
        self.words += [] if marked else [given[name] or "" for name in SAID if name in given]
        if tag not in EMPTY:
            self.marked.append(marked)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A shape of a drawing: it holds nothing."""

    def handle_endtag(self, tag: str) -> None:
        if self.marked:
            self.marked.pop()

    def handle_data(self, data: str) -> None:
        if not any(self.marked[-1:]):
            self.words.append(" ".join(data.split()))


def _words(page: str) -> list[str]:
    reader = _Words()
    reader.feed(page)
    return [word for word in reader.words if word]


def _chrome() -> Iterator[re.Pattern[str]]:
    """What Vietnamese pages say of themselves: a long text anywhere, a short one standing alone.

    Qualifiers also stand in words quoted as written.
    """
    for message, places in USED.items():
        own = any(not place.endswith("qualifiers.yaml") for place in places)
        if own and message.text not in NAMES and VIETNAMESE.search(message.text):
            parts = map(re.escape, PLACEHOLDER.split(message.text.strip()))
            said = ".+".join(parts)
            yield re.compile(f".*{said}.*" if len(message.text) >= LONG else said)


def _kept(client: Client, address: str) -> list[str]:
    """The Vietnamese texts of ours that stand alone in an English page."""
    answered = client.get(address)
    page = answered.content.decode()
    assert '<html lang="en">' in page, (address, answered.status_code)
    words = _words(page)
    return [word for word in words for said in CHROME if said.fullmatch(word)]


CHROME = list(_chrome())


@pytest.mark.django_db
def test_english_pages_keep_no_vietnamese_of_ours(client: Client) -> None:
    load_cast()
    staff = Client()
    staff.force_login(department())
    for visitor, addresses in ((client, PUBLIC), (staff, FOR_STAFF)):
        visitor.post("/language/", {"language": "en", "next": "/"})
        kept = {address: found for address in addresses if (found := _kept(visitor, address))}
        assert not kept


@pytest.mark.django_db
def test_a_page_in_vietnamese_says_them(client: Client) -> None:
    page = client.get("/sign-in/").content.decode()
    assert '<html lang="vi">' in page
    assert [word for word in _words(page) for said in CHROME if said.fullmatch(word)]
