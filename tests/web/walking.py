"""Where the walk through the English pages goes: addresses, and forms that are refused or shown."""

from tests.figures.browsing import TYPED
from tests.registry.registering import ASKING, COMMUNE, KEPT, UNION

REVIEW = "004-so-ket-2-de-an-hop-tac-xa-tinh-binh-phuoc"
NOT_PAGES = {
    "set_language",
    "sign-out",
    "review-file",
    "review-resume",
    "review-seen",
    "registry-filter",
    "registry-export",
}
NOT_PAGES |= {f"registry-import-{step}" for step in ("sheet", "take", "drop")}
# What no link leads to: searches, other borders, and addresses with a word that means nothing.
ASKED = [
    "/",
    "/look/",
    "/sign-in/",
    "/nothing/",
    "/registry/import/",
    *(f"/find/?q={text}" for text in ("226", "4.12", "%234", "binh phuoc", "hop tac xa", "zzz")),
    *(f"/places/?q={text}" for text in ("binh", "zzz")),
    "/places/g-phia-nam/",
    "/places/p75-2025/?geography=2025-07-01&finer=1",
    "/indicators/?place=p70-2008&period=2023",
    "/indicators/cooperatives.founded/?place=p70-2008&period=2023",
    "/indicators/cooperatives.founded/?place=d689-2008&period=2023",
    "/indicators/cooperatives.total/?place=p75-2025&period=2023&geography=2026-01-01",
    "/matrix/?place=vn&period=2023&geography=2026-01-01",
    "/matrix/?place=p70-2008&period=2023",
    "/journal/?place=p70-2008&period=2022..2023",
    "/figures/cooperatives.total/p75-2025?period=2023&geography=2026-01-01",
    "/figures/cooperatives.active_share/p70-2008?period=2023",
    "/figures/training.classes/p70-2008?period=2022..2023",
    "/figures/loans.lent/p70-2008?period=2022..2023&known_at=%231",
    "/figures/loans.lent/p70-2008?period=zzz",
    "/figures/loans.lent/p70-2008?geography=zzz",
    "/figures/loans.lent/p70-2008?known_at=zzz",
    "/figures/loans.lent/p70-2008?where=zzz",
    "/indicators/?place=binh",
    "/indicators/?place=vn&period=zzz",
    "/matrix/?period=&geography=zzz",
    "/matrix/?geography=&indicator=zzz",
    f"/reviews/{REVIEW}/?known_at=zzz",
    f"/reviews/{REVIEW}/?known_at=%233",
    "/journal/?known_at=&place=binh",
    "/registry/?place=&founded=zzz&q=dong",
    "/registry/?place=&q=zzz",
    "/registry/?place=&ended=on&confirm=on",
    "/find/?q=dong tam",
    *(f"/registry/{KEPT}/acts/?kind={kind}" for kind in ("change", "status", "merger", "leaving")),
]
NEW = {
    "kind": "cooperative",
    "name": "HTX Một",
    "beginning": "founding",
    "day": "05/03/2024",
    "place": COMMUNE,
}
STARTED = {"day": "05/01/2024", "title": "x"}
SENT = [
    ("/registry/import/", {}),
    ("/sign-in/", {"username": "x", "password": "y"}),
    ("/account/", {"old_password": "x", "new_password1": "y", "new_password2": "z"}),
    ("/figures/add/?indicator=loans.disbursed", {**TYPED, "step": "preview"}),
    ("/figures/add/?indicator=loans.disbursed", {"place": "binh", "period": "x", "value": "1.2.3"}),
    ("/figures/add/?indicator=cooperatives.total", {"place": "x", "as_of": "1", "value": "1e9"}),
    ("/figures/add/?indicator=training.trainees", {**TYPED, "period": "2999", "place": "75"}),
    ("/entries/4.3/correct/", {"value": "hai", "step": "preview"}),
    ("/entries/4.3/correct/", {"step": "withdraw"}),
    (
        "/entries/4.3/correct/",
        {"value": "250", "reason": "x", "basis_document": "y", "step": "preview"},
    ),
    ("/registry/add/", {}),
    (
        "/registry/add/",
        {**NEW, "place": "loc ninh", "tax_code": "1", "email": "x", "kind": "branch"},
    ),
    ("/registry/add/", {**NEW, "name": "HTX NN Đồng Tâm", "step": "preview"}),
    (f"/registry/{KEPT}/edit/", {"email": "x", "tax_code": "1"}),
    (f"/registry/{KEPT}/acts/?kind=change", {"place": "loc ninh", "day": "1", "reason": "x"}),
    (f"/registry/{KEPT}/acts/?kind=change", {"day": "01/02/2024", "reason": "x"}),
    (f"/registry/{KEPT}/acts/?kind=suspension", {"day": "01/02/2024", "reason": "x"}),
    (f"/registry/{KEPT}/acts/?kind=suspension", {"day": "01/02/2014", "reason": "x"}),
    (f"/registry/{KEPT}/acts/?kind=merger", {"other": "zzz", "day": "01/02/2024", "reason": "x"}),
    (f"/registry/{KEPT}/acts/act0000001/", {"step": "preview"}),
    (f"/registry/{KEPT}/seat/", {"place": "zzz"}),
    (f"/registry/{KEPT}/certificates/1/", {"last_day": "01/01/2001"}),
    (f"/registry/{UNION}/members/add/", {"member": "zzz"}),
    *ASKING,
    ("/registry/books/open/", {"family": "groups", "place": "p70-2008", "first_day": "01/02/2024"}),
    ("/registry/books/open/", {"place": "zzz", "first_day": "01/02/2999"}),
    (f"/reviews/{REVIEW}/start/", {"scope": "zzz", "span": "2023", **STARTED}),
    (f"/reviews/{REVIEW}/start/", {"scope": "p70-2008", "span": "zzz", "day": "1", "title": ""}),
]
