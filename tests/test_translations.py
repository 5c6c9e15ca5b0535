"""English is complete: every text has its translation, and English pages keep no Vietnamese."""

import gettext
import importlib.util
import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from datetime import date
from html.parser import HTMLParser
from http import HTTPStatus
from itertools import product
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import Resolver404, get_resolver, resolve

from lienminh.figures.models import Posting
from lienminh.people.actions import give_mandate
from lienminh.people.models import User
from lienminh.places.models import Place
from lienminh.registry.workbooks import taking_in
from lienminh.reviews.actions import issue_review, start_review
from lienminh.reviews.models import Review
from lienminh.rules.periods import Period
from tests.figures.telling import say
from tests.intake.giving import told_in_a_text
from tests.people.acting import department
from tests.people.test_rights import names
from tests.registry.registering import KEPT, small_registry, speaks
from tests.registry.sheets import HEADS, begun, row, xlsx
from tests.reviews.correcting import correct
from tests.web.walking import ASKED, NOT_PAGES, REVIEW, SENT

ROOT = Path(__file__).parent.parent
# What stands for a variable: %(name)s, %d, {name}; and a written per cent sign.
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w+\}")
VIETNAMESE = re.compile(r"[^\x00-\x7f–—−…·×÷‹›→←“”’ \u00a0]")
SAID = ("aria-label", "placeholder", "data-done", "alt", "data-qualifier")
LONG = 20  # characters of a text that no title or name happens to hold
EMPTY = {"meta", "link", "input", "img", "br", "hr"}  # elements without an end
SAME = 2  # addresses of one kind that are walked: one url, the same names in the query
BAR = {"place", "period", "geography", "known_at"}  # asked in any mixture of every page alike


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


class _Page(HTMLParser):
    """The words of a page, but for what is marked as Vietnamese; its attributes; its links."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.words: list[str] = []
        self.said: list[str] = []  # where nothing can be marked
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        lang = given.get("lang") if tag != "html" else None
        marked = lang == "vi" if lang else any(marked for _tag, marked in self.open[-1:])
        self.said += [] if marked else [given[name] or "" for name in SAID if name in given]
        self.links += [given["href"] or ""] if tag == "a" and "href" in given else []
        if tag not in EMPTY:
            self.open.append((tag, marked))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A shape of a drawing: it holds nothing."""

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass  # what HTML closes by itself

    def handle_data(self, data: str) -> None:
        tag, marked = self.open[-1] if self.open else ("", False)
        if tag == "title":
            self.said.append(data.removesuffix(" – Liên Minh"))
        elif not marked and tag not in ("script", "style"):
            self.words.append(" ".join(data.split()))


def _read(answered: Any) -> _Page:
    page = _Page()
    page.feed(answered.content.decode())
    return page


def _chrome() -> Iterator[re.Pattern[str]]:
    """What Vietnamese pages say of themselves: a long text anywhere, a short one standing alone."""
    for message in USED:
        if VIETNAMESE.search(message.text):
            parts = map(re.escape, PLACEHOLDER.split(message.text.strip()))
            said = ".+".join(parts)
            yield re.compile(f".*{said}.*" if len(message.text) >= LONG else said)


CHROME = list(_chrome())


def _ours(texts: Iterable[str]) -> list[str]:
    vietnamese = [text for text in texts if VIETNAMESE.search(text)]
    return [text for text in vietnamese for said in CHROME if said.fullmatch(text)]


def _wrong(page: _Page) -> list[str]:
    """Vietnamese that nothing marks; of what cannot be marked, only what is ours; stray marks."""
    stray = [text for text in (*page.said, *page.words) if "<span" in text]
    return [word for word in page.words if VIETNAMESE.search(word)] + _ours(page.said) + stray


def _walk(client: Client, addresses: Iterable[str]) -> Iterator[tuple[str, _Page]]:
    """Every page that links lead to, a few of each kind, after these."""
    waiting, walked = deque(addresses), set[str]()
    asked = len(waiting)
    kinds: Counter[tuple[str, ...]] = Counter()
    while waiting:
        address, asked = waiting.popleft().partition("#")[0], asked - 1
        parts = urlsplit(address)
        names_asked = set(dict(parse_qsl(parts.query)))
        barred = "bar" if names_asked & BAR else ""
        kind = (_name(parts.path), barred, *sorted(names_asked - BAR))
        if address in walked or kind[0] in NOT_PAGES or (asked < 0 and kinds[kind] >= SAME):
            continue
        walked.add(address)
        kinds[kind] += 1
        _forget_bar(client)
        answered = client.get(address)
        if answered.status_code == HTTPStatus.FOUND:
            continue
        page = _read(answered)
        yield address, page
        waiting.extend(
            link if link.startswith("/") else parts.path + link
            for link in page.links
            if link.startswith(("/", "?"))
        )


def _forget_bar(client: Client) -> None:
    """So that a word of the bar that means nothing does not refuse the pages after it."""
    session = client.session
    session.pop("bar", None)
    session.save()


def _name(path: str) -> str:
    try:
        return resolve(path).url_name or ""
    except Resolver404:
        return ""


def imports(user: User) -> None:
    """Two workbooks of an account: one being looked into, with mistakes, and one taken in."""
    wrong = begun(xlsx(HEADS, row(1, founded="31/02/2015"), row(2)), by=user)
    taking_in.check(wrong, by=user)
    taking_in.take_in(begun(xlsx(HEADS, row(1)), by=user), good_only=False, by=user)


@pytest.fixture
def everybody(five_reviews: None, db: None) -> tuple[Client, Client]:
    """A visitor, and somebody with every right, before a ledger with a draft, an issued dossier
    and a correction; both read English."""
    origin = Review.objects.get(slug=REVIEW)
    user = department()
    nation = Place.objects.get(ref="vn")
    give_mandate(account=user, role="leader", place=nation, first_day=date(2023, 1, 1), by=None)
    drafts = [
        start_review(
            origin,
            title="Tổng kết công tác hợp tác xã",
            scope=origin.scope,
            period=Period.parse(period),
            day=date(2024, 1, 5),
            key=period,
            by=user,
        )
        for period in ("2023", "2022..2023", "2021")
    ]
    for draft in drafts[:2]:
        issue_review(draft, posting=Posting.objects.count(), seen=draft.edited_at, by=user)
    correct(300)
    small_registry()
    speaks(user, KEPT)
    for ref, year in product(("d688-2008", "d689-2008", "d690-2008"), ("2021", "2022", "2023")):
        say(ref, year, int(year) - int(ref[1:4]))
    imports(user)
    told_in_a_text(user)
    clients = Client(), Client()
    clients[1].force_login(user)
    for client in clients:
        client.post("/language/", {"language": "en", "next": "/"})
    return clients


def test_english_pages_keep_no_vietnamese_but_what_is_marked(
    everybody: tuple[Client, Client],
) -> None:
    wrong: dict[str, list[str]] = {}
    seen = set()
    for client in everybody:
        for address, page in _walk(client, ASKED):
            seen.add(_name(urlsplit(address).path))
            wrong |= {address: found} if (found := _wrong(page)) else {}
    assert not wrong
    assert set(names(get_resolver().url_patterns)) <= seen | NOT_PAGES


def test_forms_in_english_refuse_and_preview_in_english(everybody: tuple[Client, Client]) -> None:
    visitor, staff = everybody
    wrong: dict[str, list[str]] = {}
    for address, typed in SENT:
        answered = (visitor if address == "/sign-in/" else staff).post(address, typed)
        assert answered.status_code in (200, 422), (address, answered.status_code)
        wrong |= {f"{address} {typed}": found} if (found := _wrong(_read(answered))) else {}
    started = f"/reviews/{REVIEW}/start/?scope=vn&span=2024&day=05/01/2024&title=x"
    wrong |= {started: found} if (found := _wrong(_read(staff.get(started)))) else {}
    assert not wrong


def test_what_is_printed_stays_vietnamese(everybody: tuple[Client, Client]) -> None:
    said = []
    for client in (everybody[0], Client()):
        cache.clear()
        page = client.get(f"/reviews/{REVIEW}/").content.decode()
        paper = re.findall(r'<article lang="vi" class="paper">.*</article>', page, re.DOTALL)[0]
        said.append(re.sub(r"<button [^>]*>[^<]*</button>", "", paper))
    assert said[0] == said[1]


@pytest.mark.django_db
def test_a_page_in_vietnamese_says_them(client: Client) -> None:
    answered = client.get("/sign-in/")
    assert '<html lang="vi">' in answered.content.decode()
    assert _ours(_read(answered).words)
