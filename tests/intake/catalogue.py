"""The indicators of the catalogue as rows that no database has."""

from importlib import resources

import yaml

from lienminh.figures.models import Indicator

CATALOGUE = resources.files("lienminh.figures") / "catalogue"
DEFAULTS = {"counts": "units", "about": "place", "keys": [], "partitions": []}


def indicators() -> dict[str, Indicator]:
    told = yaml.safe_load((CATALOGUE / "indicators.yaml").read_text("utf-8"))
    names = ("unit", "measure", *DEFAULTS)
    made = {
        code: Indicator(pk=n, code=code, **{k: {**DEFAULTS, **one}[k] for k in names})
        for n, (code, one) in enumerate(told.items(), start=1)
    }
    for code, one in told.items():
        if "ratio" in one:
            made[code].numerator, made[code].denominator = (made[term] for term in one["ratio"])
    return made


INDICATORS = indicators()
