"""Two processes post at the same time, a third carries the copy forward between them."""

import json
import time

from tests.durability.homes import POSTINGS, Home

WAITING = 1.5  # seconds in which an unhindered posting would be long done


def test_a_second_writer_waits_and_numbers_follow_commits(home: Home) -> None:
    first = home.start("hold", "before-commit")
    first.expect("held")
    second = home.start("post", POSTINGS + 2)
    second.expect("begin")
    time.sleep(WAITING)
    assert second.popen.poll() is None
    assert home.answers() == home.recount() == [POSTINGS, POSTINGS]

    first.go_on()
    assert first.expect("posted") == str(POSTINGS + 1)
    assert second.expect("posted") == str(POSTINGS + 2)
    first.end()
    second.end()
    assert home.numbers() == list(range(1, POSTINGS + 3))


def test_a_compaction_between_two_writers_neither_loses_nor_doubles_an_entry(home: Home) -> None:
    reader = home.start("ask")
    assert json.loads(reader.expect("answers")) == [POSTINGS, POSTINGS]
    first = home.start("hold", "before-commit")
    first.expect("held")
    second = home.start("hold", "before-commit", POSTINGS + 2)
    home.run("compact")  # while the first is posted but not committed, and the second waits

    first.go_on()
    first.end()
    second.expect("held")  # it could post only after the first had committed
    home.run("compact")  # between the two commits
    reader.go_on()
    assert json.loads(reader.expect("answers")) == home.recount() == [POSTINGS + 1, POSTINGS + 1]

    second.go_on()
    second.end()
    reader.go_on()
    after = json.loads(reader.expect("answers"))
    reader.end()
    home.run("compact")
    assert after == home.answers() == home.recount() == [POSTINGS + 2, POSTINGS + 2]
    assert home.lienminh("check").stdout == ""


def test_a_writer_killed_while_another_waits_gives_its_number_to_the_other(home: Home) -> None:
    first = home.start("hold", "before-commit")
    first.expect("held")
    second = home.start("post")
    second.expect("begin")
    first.kill()
    assert second.expect("posted") == str(POSTINGS + 1)
    second.end()
    assert home.answers() == home.recount() == [POSTINGS + 1, POSTINGS + 1]
