"""Children: an answer where all is well, a named error where content misbehaves, and nothing to steal."""

import os
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.child import misbehaving
from workflow.child import ChildBusy, ChildCrashed, OutOfCpu, OutOfMemory, OutOfTime, ask, limits

ROOT = Path(__file__).parents[2]


def test_a_child_answers_about_what_it_is_given():
    assert ask(misbehaving.length, b"x" * 5_000_000) == 5_000_000


@pytest.mark.parametrize(
    ("function", "error"),
    [
        (misbehaving.crash, ChildCrashed),
        (misbehaving.fail, ChildCrashed),
        # On a machine that is busy with other things the wall clock comes first.
        (misbehaving.spin, (OutOfCpu, OutOfTime)),
        (misbehaving.want_eight_gigabytes, OutOfMemory),
        (misbehaving.sleep, OutOfTime),
    ],
)
def test_each_way_to_misbehave_is_named_and_the_next_question_is_answered(function, error):
    began = time.monotonic()
    with pytest.raises(error):
        ask(function, b"")
    assert time.monotonic() - began < limits.WALL_SECONDS + 5
    assert ask(misbehaving.length, b"abc") == 3


def test_a_child_that_ends_before_it_has_read_its_content_is_a_crash():
    with pytest.raises(ChildCrashed):
        ask(misbehaving.crash, b"x" * 20_000_000)


def test_a_child_has_nothing_to_steal(monkeypatch):
    monkeypatch.setenv("TRINH_SECRET_KEY", "canary")
    with open(os.devnull) as ours:  # noqa: PTH123 - a file that is open while the child runs
        assert ours.fileno() > 2
        seen = ask(misbehaving.surroundings, b"")
    assert "canary" not in str(seen)
    assert set(seen["variables"]) <= {"LC_CTYPE"}
    assert len(seen["files"]) <= 5
    assert seen["threads"] == 1
    assert seen["main"] is None


def test_a_child_writes_no_file(tmp_path):
    assert ask(misbehaving.write_a_file, str(tmp_path / "x").encode()) == "OSError"


def test_two_may_ask_at_once_and_a_third_is_refused():
    with ThreadPoolExecutor(3) as pool:
        sleeping = [pool.submit(ask, misbehaving.sleep, b"") for _ in range(limits.AT_ONCE)]
        time.sleep(0.5)
        with pytest.raises(ChildBusy):
            ask(misbehaving.length, b"")
        assert [type(future.exception()) for future in sleeping] == [OutOfTime] * limits.AT_ONCE
    assert ask(misbehaving.length, b"") == 0


def test_a_forked_process_asks_a_server_of_its_own():
    """As Gunicorn's processes do, whose master may have asked before they were forked."""
    program = (
        "import os, sys; sys.path.insert(0, '.')\n"
        "from tests.child import misbehaving\n"
        "from workflow.child import ask\n"
        "ask(misbehaving.length, b'1')\n"
        "pid = os.fork()\n"
        "print(ask(misbehaving.length, b'12' if pid else b'123'), flush=True)\n"
        "os._exit(0) if not pid else os.waitpid(pid, 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert sorted(done.stdout.split()) == ["2", "3"]


def test_a_server_that_was_killed_is_started_again():
    from workflow.child import runner

    ask(misbehaving.length, b"")
    process = runner._server.process
    process.kill()
    process.wait()
    assert ask(misbehaving.length, b"abcd") == 4


def test_threads_share_one_server():
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(ask(misbehaving.length, b"ab"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [2] * 8
