# Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
"""Ctrl-C, signals, and going on afterwards."""

import fcntl
import os
import signal
import struct
import termios

import pytest

from conftest import PATIENCE, code_of, until

MIB = 1 << 20


ONE = ("--jobs", "1")


def one_is_there_and_one_is_held(ferry, mock):
    ferry.write("tree/a.txt", 10)
    ferry.run("push", "tree", "llamacloud:docs")
    ferry.write("tree/b.bin", 8 * MIB)
    ferry.write("tree/c.txt", 10)
    mock.hold_uploads()


def test_ctrl_c_says_what_was_done_and_the_next_run_goes_on(ferry, mock):
    one_is_there_and_one_is_held(ferry, mock)
    child = ferry.on_terminal("push", "tree", "llamacloud:docs", *ONE)
    until(lambda: "b.bin" in mock.entries())
    child.expect(r"b\.bin.*0/2 files")
    child.sendintr()
    child.expect(r"interrupted: 1 already there, 2 not moved\r\nRun it again to go on")
    assert code_of(child) == 130
    # The service has it, although it never said so.
    assert mock.entries() == ["a.txt", "b.bin"]

    mock.heal()
    again = ferry.run("push", "tree", "llamacloud:docs")
    assert again.returncode == 0
    assert again.err.startswith("complete: 1 moved, 2 already there; 10 B in ")
    assert mock.entries() == ["a.txt", "b.bin", "c.txt"] and mock.files() == 3


def test_a_push_that_was_killed_is_gone_on_with_and_doubles_nothing(ferry, mock):
    one_is_there_and_one_is_held(ferry, mock)
    process = ferry.with_pipes("push", "tree", "llamacloud:docs", *ONE)
    until(lambda: "b.bin" in mock.entries())
    process.kill()
    process.wait()
    mock.heal()
    again = ferry.run("push", "tree", "llamacloud:docs")
    assert again.returncode == 0
    assert mock.entries() == ["a.txt", "b.bin", "c.txt"] and mock.files() == 3


def test_an_upload_whose_answer_never_came_is_not_sent_twice(ferry, mock):
    ferry.write("tree/a.txt", 10)
    ferry.run("mkdir", "llamacloud:docs")
    mock.hold_uploads()
    process = ferry.with_pipes("push", "tree", "llamacloud:docs")
    until(lambda: mock.entries() == ["a.txt"])
    process.kill()
    process.wait()
    mock.heal()
    again = ferry.run("push", "tree", "llamacloud:docs", "--fail-on-nothing")
    assert again.returncode == 9
    assert mock.entries() == ["a.txt"] and mock.files() == 1


def test_a_pull_that_was_killed_leaves_nothing_behind(ferry, mock):
    ferry.write("tree/a.bin", 3 * MIB)
    ferry.run("push", "tree", "llamacloud:docs")
    mock.fault(method="GET", path="/storage/*", drip_bytes_per_s=1000, times=100)
    copy = ferry.folder / "copy"
    process = ferry.with_pipes("pull", "llamacloud:docs", "copy")
    until(lambda: copy.exists() and os.listdir(copy))
    process.kill()
    process.wait()
    assert not (copy / "a.bin").exists()
    assert len(os.listdir(copy)) == 1

    mock.heal()
    # Nobody wants half a file at the service.
    pushed = ferry.run("push", "copy", "llamacloud:other", "--fail-on-nothing")
    assert pushed.returncode == 9 and "of a download that was cut short" in pushed.err
    assert ferry.run("pull", "llamacloud:docs", "copy").returncode == 0
    assert os.listdir(copy) == ["a.bin"]
    assert (copy / "a.bin").stat().st_size == 3 * MIB


def test_ctrl_c_during_a_pull_leaves_nothing_behind(ferry, mock):
    ferry.write("tree/a.bin", 3 * MIB)
    ferry.run("push", "tree", "llamacloud:docs")
    mock.fault(method="GET", path="/storage/*", drip_bytes_per_s=1000, times=100)
    child = ferry.on_terminal("pull", "llamacloud:docs", "copy")
    child.expect(r"a\.bin +\d+%")
    child.sendintr()
    assert code_of(child) == 130
    assert os.listdir(ferry.folder / "copy") == []


def test_ctrl_c_ends_an_upload_that_waits_for_a_pipe(ferry):
    fifo = ferry.folder / "fifo"
    os.mkfifo(fifo)
    child = ferry.on_terminal("llamacloud", "files", "create", "--file", "fifo", "--purpose", "parse")
    writing = until(lambda: opened(fifo))
    child.sendintr()
    assert code_of(child) == 130
    os.close(writing)


def test_a_second_ctrl_c_ends_at_once_whatever_it_waits_for(ferry):
    fifo = ferry.folder / "fifo"
    os.mkfifo(fifo)
    child = ferry.on_terminal("llamacloud", "files", "query", "--input", "fifo")
    writing = until(lambda: opened(fifo))
    # Once it has taken a byte it waits for the rest of a block, and nothing interrupts that.
    os.write(writing, b"x")
    until(lambda: unread(writing) == 0)
    child.sendintr()
    child.expect("stopping; Ctrl-C again ends it at once")
    child.sendintr()
    assert code_of(child) == 130
    os.close(writing)


def opened(fifo):
    """The end to write to, once somebody reads."""
    try:
        return os.open(fifo, os.O_WRONLY | os.O_NONBLOCK)
    except OSError:
        return None


def unread(fifo):
    return struct.unpack("i", fcntl.ioctl(fifo, termios.FIONREAD, b"    "))[0]


def test_ctrl_c_is_an_answer_to_a_question(ferry, mock):
    ferry.write("tree/a.txt", 10)
    ferry.write("tree/b.txt", 10)
    ferry.run("push", "tree", "llamacloud:docs")
    (ferry.folder / "tree/b.txt").unlink()
    child = ferry.on_terminal("push", "tree", "llamacloud:docs", "--delete")
    child.expect(r"Delete 1 file in llamacloud:docs\? \[y/N\] ")
    child.sendintr()
    assert code_of(child) == 130
    child = ferry.on_terminal("rm", "llamacloud:docs/b.txt")
    child.expect(r"Delete b\.txt\? \[y/N\] ")
    child.sendintr()
    assert code_of(child) == 130
    assert mock.entries() == ["a.txt", "b.txt"]
    child = ferry.on_terminal("push", "tree", "llamacloud:docs", "--delete")
    child.expect(r"Delete 1 file in llamacloud:docs\? \[y/N\] ")
    child.sendline("y")
    assert code_of(child) == 0
    assert mock.entries() == ["a.txt"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_other_signals_that_end_programs_do_as_ctrl_c(ferry, mock, number):
    one_is_there_and_one_is_held(ferry, mock)
    process = ferry.with_pipes("push", "tree", "llamacloud:docs", *ONE)
    until(lambda: "b.bin" in mock.entries())
    process.send_signal(number)
    out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130 and err.startswith("interrupted: 1 already there, 2 not moved")


def test_signals_that_somebody_ignores_stay_ignored(ferry, mock):
    one_is_there_and_one_is_held(ferry, mock)
    ignore = lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN)  # as nohup does
    process = ferry.with_pipes("push", "tree", "llamacloud:docs", *ONE, preexec_fn=ignore)
    until(lambda: "b.bin" in mock.entries())
    process.send_signal(signal.SIGHUP)
    process.send_signal(signal.SIGUSR1)
    assert "0/2 files" in process.stderr.readline()
    process.terminate()
    process.communicate(timeout=PATIENCE)
    assert process.returncode == 130
