"""The command line: `lienminh COMMAND`, each command a management command of its room."""

import os
import sys

from django.core.management import CommandError, ManagementUtility
from django.db import DatabaseError

from lienminh.rules.errors import Refused


def main() -> None:
    """Run one command; bad input and faults end in one sentence and exit status 1."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lienminh.config.settings")
    try:
        ManagementUtility(sys.argv).execute()
    except (Refused, CommandError) as refusal:
        sys.exit(f"lienminh: {refusal}")
    except DatabaseError as fault:
        sys.exit(f"lienminh: the database refused the command ({' '.join(str(fault).split())}).")
