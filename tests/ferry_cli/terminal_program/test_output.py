# Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
"""Where the output goes: pager, pipes, colours."""

import os
import signal
import subprocess

import pytest

from conftest import code_of, is_pending, plain, until

LIST = ("llamacloud", "files", "list", "--format", "jsonl", "--transform", "name", "-r")


@pytest.fixture
def many(mock, ferry):
    """Forty files, and a pager that says so."""
    project = "11111111-1111-4111-8111-111111111111"
    files = [{"id": f"f0000000-0000-4000-8000-{i:012}", "name": f"{i:03}.txt", "project_id": project, "content": {"text": "x"}}
             for i in range(40)]
    entries = [{"id": f"dfl-{i}", "project_id": project, "directory_id": "dir-1", "unique_id": f"{i:03}.txt", "display_name": "x",
                "file_id": files[i]["id"]} for i in range(40)]
    mock.call("POST", "/_ferry/state", {"llamacloud": {
        "files": files, "directories": [{"id": "dir-1", "project_id": project, "name": "docs"}], "directory_files": entries}})
    return ferry


def pager(ferry, script):
    path = ferry.folder / "pager"
    path.write_text("#!/bin/sh\n" + script + "\n")
    path.chmod(0o700)
    return str(path)


@pytest.mark.parametrize("words", [LIST, ("ls", "llamacloud:docs"), ("ls", "-l", "llamacloud:docs"), ("push", "--help")])
def test_what_is_longer_than_the_screen_goes_through_the_pager(many, words):
    child = many.on_terminal(*words, PAGER=pager(many, "echo '<'; cat; echo '>'"))
    assert code_of(child) == 0
    lines = child.before.split("\r\n")
    assert lines[0] == "<" and lines[-2] == ">"
    assert len(lines) > 24


@pytest.mark.parametrize("words", [LIST, ("ls", "llamacloud:docs"), ("push", "--help")])
def test_the_pager_is_not_started_without_a_terminal(many, words):
    done = many.run(*words, environment={"PAGER": pager(many, "echo paged")})
    assert done.returncode == 0 and "paged" not in done.out and done.out.count("\n") > 24


@pytest.mark.parametrize("variables", [{"PAGER": "cat"}, {"PAGER": ""}, {"PAGER": "no", "FERRY_PAGER": "cat"}])
def test_the_pager_can_be_turned_off(many, variables):
    child = many.on_terminal(*LIST, **variables)
    assert code_of(child) == 0
    assert child.before.split("\r\n")[:2] == ["000.txt", "001.txt"]


def test_what_fits_on_the_screen_is_not_paged(many):
    child = many.on_terminal(*LIST, rows=50, PAGER=pager(many, "echo paged"))
    assert code_of(child) == 0
    assert "paged" not in child.before and "039.txt" in child.before


def test_who_leaves_the_pager_early_has_not_failed(many, mock):
    child = many.on_terminal(*LIST, "--page-size", "1", rows=5, PAGER=pager(many, "read line; echo $line; exec 0<&-; exit 3"))
    assert code_of(child) == 0
    assert child.before == "000.txt\r\n"


def test_ctrl_c_in_the_pager_is_for_the_pager(many):
    child = many.on_terminal(*LIST, PAGER=pager(many, "trap '' INT; cat; echo ready; read x </dev/tty; echo left"))
    child.expect("ready")
    # Had ferry ended with the second one, the shell would be back while the pager still has the terminal.
    for _ in range(3):
        child.kill(signal.SIGINT)
        until(lambda: not is_pending(child.pid, signal.SIGINT))
    child.sendline("")
    child.expect("left")
    assert code_of(child) == 0


def test_a_reader_that_has_gone_ends_the_work_quietly(many, mock):
    reading, writing = os.pipe()
    os.close(reading)
    done = many.run(*LIST, "--page-size", "2", stdout=writing)
    os.close(writing)
    assert (done.returncode, done.err) == (0, "")
    assert mock.asked("llamacloud.files.list") == 1


def test_head_gets_its_line(many):
    from conftest import FERRY

    done = subprocess.run(["bash", "-c", f"set -o pipefail; '{FERRY}' {' '.join(LIST)} | head -1"], env=many.environment(),
                          capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "000.txt\n", "")


def test_a_push_goes_on_where_nobody_reads_its_lines(many, mock):
    for i in range(3):
        many.write(f"tree/{i}", 10)
    reading, writing = os.pipe()
    os.close(reading)
    done = many.run("push", "tree", "llamacloud:docs/new", stdout=writing)
    os.close(writing)
    assert done.returncode == 0 and done.err.startswith("complete: 3 moved")
    assert mock.entries()[-3:] == ["new/0", "new/1", "new/2"]


def test_a_file_goes_to_a_reader_that_has_gone(many):
    reading, writing = os.pipe()
    os.close(reading)
    for words in (("cat", "llamacloud:docs/000.txt"), ("llamacloud", "files", "content", "f0000000-0000-4000-8000-000000000000", "--output", "-")):
        done = many.run(*words, stdout=writing)
        assert (done.returncode, done.err) == (0, "")
    os.close(writing)


@pytest.mark.parametrize("words", [LIST, ("ls", "llamacloud:docs"), ("push", "tree", "llamacloud:new"), ("cat", "llamacloud:docs/000.txt"),
                                   ("--version",)])
def test_a_full_disk_is_an_error(many, words):
    many.write("tree/a", 10)
    with open("/dev/full", "w") as full:
        done = many.run(*words, stdout=full)
    assert done.returncode == 1
    assert "cannot write the output: No space left on device" in done.err


@pytest.mark.parametrize("variables, coloured", [
    ({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True), ({"CLICOLOR": "0"}, False), ({"FORCE_COLOR": "0"}, False),
    ({"TERM": "dumb"}, False), ({"NO_COLOR": "1", "CLICOLOR_FORCE": "1"}, False)])
def test_colours_on_a_terminal(many, variables, coloured):
    child = many.on_terminal("llamacloud", "files", "list", "--max-items", "1", **variables)
    assert code_of(child) == 0
    assert ("\x1b[" in child.before) == coloured
    assert '"name": "000.txt"' in plain(child.before)


@pytest.mark.parametrize("variables, coloured", [({}, False), ({"CLICOLOR_FORCE": "1"}, True), ({"CLICOLOR_FORCE": "0"}, False),
                                                 ({"FORCE_COLOR": "1"}, True)])
def test_colours_elsewhere(many, variables, coloured):
    done = many.run("llamacloud", "files", "list", "--max-items", "1", environment=variables)
    assert ("\x1b[" in done.out) == coloured
