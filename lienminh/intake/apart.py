"""A file opened in a process of its own, with bounds of time and memory.

`python -m lienminh.intake.apart SUFFIX` takes the file on its input and writes, as JSON, its text
or why it is not read. Whatever a hostile file does, it does to that process alone.
"""

import json
import resource
import subprocess
import sys
from typing import Final

from lienminh.intake.refusing import Unreadable

SECONDS, MEMORY = 60, 2**31
_HEAVY: Final = "the file is damaged or too heavy to read; send its text alone."


def text_in(content: bytes, suffix: str = "") -> str:
    """The text in the bytes of a file; Unreadable where there is none to be had."""
    done = run("lienminh.intake.apart", content, suffix)
    if done is None or done.returncode:
        raise Unreadable("heavy", _HEAVY)
    told = json.loads(done.stdout)
    if "text" not in told:
        raise Unreadable(told["why"], told["sentence"])
    return str(told["text"])


def run(
    module: str, content: bytes, *arguments: str
) -> "subprocess.CompletedProcess[bytes] | None":
    """Run a module of ours on the bytes of a file; None when it took too long."""
    try:
        return subprocess.run(  # noqa: S603 - our own module, nothing of the file in the command
            [sys.executable, "-m", module, *arguments],
            input=content,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None


def bounded() -> None:
    """Bound this process, before it opens anything."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def main(suffix: str) -> None:
    """Write the text of the file on the input, or why there is none."""
    bounded()
    from lienminh.intake import texts  # noqa: PLC0415 - under the bounds, and in this process alone

    try:
        told = {"text": texts.text_in(sys.stdin.buffer.read(), suffix)}
    except Unreadable as fault:
        told = {"why": fault.why, "sentence": str(fault)}
    except (MemoryError, RecursionError):
        told = {"why": "heavy", "sentence": _HEAVY}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
