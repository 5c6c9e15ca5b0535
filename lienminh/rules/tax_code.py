"""The tax code: ten digits of which the last checks the others, three more for a dependent unit.

The check digit is computed by the weights and the modulus of `parameters/tax_code.yaml`, which
names its source; organisations registered since Decree 92/2024/NĐ-CP use the code as their number.
"""

import re

from lienminh.rules.errors import Refused
from lienminh.rules.parameters import table

_CODE = re.compile(r"([0-9]{9})([0-9])(?:-?([0-9]{3}))?")


def tax_code(written: str) -> str:
    """The code as it is kept, `0123456789` or `0123456789-001`; Refused when it is none."""
    digits = re.sub(r"[\s.]", "", written)
    found = _CODE.fullmatch(digits)
    if found is None:
        raise Refused(
            f"“{written}” is not a tax code; write ten digits, or ten, a hyphen and three."
        )
    payer, check, unit = found.groups()
    if int(check) != check_digit(payer):
        raise Refused(
            f"The tax code {written} cannot be right: its tenth digit does not fit the nine "
            "before; compare it with the certificate."
        )
    return f"{payer}{check}-{unit}" if unit else f"{payer}{check}"


def check_digit(payer: str) -> int:
    """The tenth digit of nine; 10 for those to which no code is given."""
    rule = table("tax_code")
    total = sum(weight * int(digit) for weight, digit in zip(rule["weights"], payer, strict=True))
    difference: int = rule["from"] - total % rule["modulus"]
    return difference
