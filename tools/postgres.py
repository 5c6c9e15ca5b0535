"""Run a command beside a PostgreSQL of its own: `python tools/postgres.py COMMAND ARGUMENT…`.

The server lives in a temporary folder on a free port of 127.0.0.1; the command finds it in
DATABASE_URL. When the command ends, however it ends, server and folder are gone.
"""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

USER = "lienminh"
SERVER_ACCOUNT = "postgres"  # the server refuses to run as root
WAIT = 60  # seconds to start, and to stop before it is stopped at once
# What a test must not pay for: the data never outlive the command.
FAST = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")


def main(command: Sequence[str]) -> int:
    """Start the server, run the command, end the server; the command's own exit status."""
    if not command:
        sys.exit("Say which command to run: python tools/postgres.py COMMAND ARGUMENT…")
    signal.signal(signal.SIGTERM, _exit)
    with tempfile.TemporaryDirectory(prefix="lienminh-") as folder, server(Path(folder)) as url:
        environment = os.environ | {"DATABASE_URL": url}
        return subprocess.run(command, env=environment, check=False).returncode


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """Give the URL of a fresh server whose data lie in the folder, until the block ends."""
    programs = find_programs()
    password = secrets.token_hex(16)
    account = SERVER_ACCOUNT if os.getuid() == 0 else None
    if account:
        shutil.chown(folder, account)
    data, port = folder / "data", free_port()
    _make_cluster(programs, data, password=password, account=account)
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            [programs / "postgres", "-D", data, *_settings(port=port, folder=folder)],
            cwd=folder,
            user=account,
            group=account,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        _wait_until_ready(programs, process, port, folder / "log")
        yield f"postgresql://{USER}:{password}@127.0.0.1:{port}/postgres"
    finally:
        _end(process)


def find_programs() -> Path:
    """Where PostgreSQL's server programs lie: on the path, or where Debian keeps them."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    kept = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_version)
    if not kept:
        sys.exit(
            "PostgreSQL's initdb is not installed (Debian and Ubuntu: apt install postgresql)."
        )
    return kept[-1].parent


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _settings(*, port: int, folder: Path) -> list[str]:
    places = (f"port={port}", "listen_addresses=127.0.0.1", f"unix_socket_directories={folder}")
    return [part for setting in (*places, *FAST) for part in ("-c", setting)]


def _version(program: Path) -> int:
    return int(program.parts[-3].split(".")[0])


def _make_cluster(programs: Path, data: Path, *, password: str, account: str | None) -> None:
    with tempfile.NamedTemporaryFile("w", dir=data.parent) as secret:
        secret.write(password)
        secret.flush()
        if account:
            shutil.chown(secret.name, account)
        options = ("--no-locale", "--encoding=UTF8", "--auth=scram-sha-256", "--no-sync")
        subprocess.run(
            [programs / "initdb", "-D", data, "-U", USER, f"--pwfile={secret.name}", *options],
            cwd=data.parent,
            user=account,
            group=account,
            check=True,
            stdout=subprocess.DEVNULL,
        )


def _wait_until_ready(
    programs: Path, process: "subprocess.Popen[bytes]", port: int, log: Path
) -> None:
    deadline = time.monotonic() + WAIT
    ask = [str(programs / "pg_isready"), "--quiet", "--host=127.0.0.1", f"--port={port}"]
    while subprocess.run(ask, check=False).returncode:
        if process.poll() is not None or time.monotonic() > deadline:
            sys.exit(f"PostgreSQL did not start:\n{log.read_text()}")
        time.sleep(0.1)


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.send_signal(signal.SIGINT)  # ends its connections, then itself
    try:
        process.wait(WAIT)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _exit(number: int, _: FrameType | None) -> None:
    sys.exit(128 + number)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
