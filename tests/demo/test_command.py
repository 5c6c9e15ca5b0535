import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings

LIENMINH = Path(sys.executable).with_name("lienminh")


def lienminh(home: str, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "LIENMINH_HOME": home}
    if settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        environment["DATABASE_URL"] = ""  # the demo of this test keeps to its own home
    return subprocess.run(
        [str(LIENMINH), *words], env=environment, capture_output=True, text=True, check=False
    )


def test_the_demo_makes_a_home_and_fifteen_dossiers(other_home: str) -> None:
    made = lienminh(other_home, "demo", "--no-serve")
    assert made.returncode == 0, made.stderr
    assert "1 tỷ 456 triệu đồng" in made.stdout
    written = sorted((Path(other_home) / "reviews").iterdir())
    assert len(written) == 15
    assert {path.suffix for path in written} == {".docx", ".pdf", ".xlsx"}
    again = lienminh(other_home, "review", "004", "--formats", "xlsx")
    assert (again.returncode, again.stdout.strip()) == (0, str(written[-1]))
    unknown = lienminh(other_home, "review", "009")
    assert unknown.returncode == 1
    assert unknown.stderr.startswith("lienminh: There is no review “009”")
    assert len(unknown.stderr.splitlines()) == 1
