# Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
"""What is seen while files move."""

import json
import shutil
import signal
import subprocess

import pytest

from conftest import FERRY, PATIENCE, code_of, until

MIB = 1 << 20


def test_each_transfer_has_a_line_and_all_together_a_total_and_both_move(ferry, mock):
    for name in ("a", "b"):
        ferry.write(f"tree/{name}.bin", 2 * MIB)
    ferry.run("push", "tree", "llamacloud:docs")
    mock.hold_downloads()
    child = ferry.on_terminal("pull", "llamacloud:docs", "copy")
    child.expect(r"a\.bin +\d%.*b\.bin +\d%.*\d% +0/2 files +[\d.]+ (Ki)?B/4\.0 MiB")
    # Redrawn in place: three rows up.
    child.expect(r"\x1b\[3Aa\.bin.*0/2 files")
    child.expect(r"KiB/s.*left")
    child.expect(r"[1-9]% +0/2 files")
    child.sendintr()
    assert code_of(child) == 130


def test_the_display_goes_on_where_nothing_moves(ferry, mock):
    ferry.write("tree/a.bin", 1000)
    mock.hold_uploads()
    child = ferry.on_terminal("push", "tree", "llamacloud:docs")
    for _ in range(4):
        child.expect(r"a\.bin.*0/1 file ")
    child.sendintr()
    assert code_of(child) == 130


def test_what_is_done_before_anything_moves_is_shown(ferry, mock):
    ferry.write("tree/a.bin", 1000)
    ferry.run("push", "tree", "llamacloud:docs")
    mock.fault(method="GET", path="/api/v1/beta/directories/*", stall=True)
    child = ferry.on_terminal("push", "tree", "llamacloud:docs")
    child.expect(r"listing llamacloud:docs +0 files +0:01")
    child.expect(r"listing llamacloud:docs +0 files +0:02")
    child.sendintr()
    child.expect("interrupted: nothing was moved")
    assert code_of(child) == 130


def test_comparing_contents_is_shown(ferry, mock):
    ferry.write("tree/a.bin", 1000)
    ferry.run("push", "tree", "llamacloud:docs")
    mock.fault(method="GET", path="/storage/*", stall=True)
    child = ferry.on_terminal("push", "tree", "llamacloud:docs", "--checksum")
    child.expect(r"comparing +0 files +1000 B")
    child.sendintr()
    child.expect("interrupted: nothing was moved")
    assert code_of(child) == 130


def test_a_single_upload_has_progress(ferry, mock):
    ferry.write("report.pdf", 1000)
    mock.fault(method="POST", path="/api/v1/beta/files", stall=True)
    child = ferry.on_terminal("llamacloud", "files", "create", "--file", "report.pdf", "--purpose", "parse")
    child.expect(r"report\.pdf +\d+% ")
    child.sendintr()
    assert code_of(child) == 130
    mock.fault(method="POST", path="/api/v2/files", stall=True)
    child = ferry.on_terminal("langflow", "files", "upload", "--file", "report.pdf")
    child.expect(r"report\.pdf +\d+% ")
    child.sendintr()
    assert code_of(child) == 130


def test_a_single_download_has_progress_and_the_result_comes_after_it(ferry, mock):
    ferry.write("report.pdf", 3000)
    made = ferry.run("llamacloud", "files", "create", "--file", "report.pdf", "--purpose", "parse", "--transform", "id", "-r")
    mock.fault(method="GET", path="/storage/*", drip_bytes_per_s=1000)
    child = ferry.on_terminal("llamacloud", "files", "content", made.out.strip(), "--output", "copy.pdf")
    child.expect(r"\d+% +[\d.]+ (Ki)?B/2\.9 KiB")
    child.expect(r'"path".*copy\.pdf')
    assert code_of(child) == 0
    assert (ferry.folder / "copy.pdf").stat().st_size == 3000


@pytest.mark.parametrize("words", [("--quiet",), ("--format", "jsonl")])
def test_quiet_is_quiet_and_records_have_no_progress_between_them(ferry, mock, words):
    ferry.write("tree/a.bin", 1000)
    mock.fault(method="POST", path="/api/v1/beta/directories/*", delay_ms=1500)
    child = ferry.on_terminal("push", "tree", "llamacloud:docs", *words)
    assert code_of(child) == 0
    assert "\x1b" not in child.before
    records = [json.loads(line)["type"] for line in child.before.splitlines()]
    assert records == ([] if words == ("--quiet",) else ["status", "file", "summary"])


def test_a_log_has_no_progress_of_short_work(ferry):
    ferry.write("tree/a.bin", 1000)
    done = ferry.run("push", "tree", "llamacloud:docs")
    assert done.returncode == 0
    assert done.out.startswith("uploaded  a.bin  dfl-") and done.out.count("\n") == 1
    assert done.err.startswith("complete: 1 moved; 1000 B in ") and done.err.count("\n") == 1


def test_sigusr1_prints_at_once_in_a_log(ferry):
    ferry.write("tree/a.bin", 1000)
    ferry.mock.hold_uploads()
    process = ferry.with_pipes("push", "tree", "llamacloud:docs")
    until(lambda: ferry.mock.asked("llamacloud.directories.create"))
    process.send_signal(signal.SIGUSR1)
    first = process.stderr.readline()
    assert "listing" in first or "0/1 file" in first
    until(lambda: ferry.mock.entries())
    process.send_signal(signal.SIGUSR1)
    assert process.stderr.readline() .endswith("%  0/1 file  0 B/1000 B\n")
    process.terminate()
    out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130
    assert err.startswith("interrupted: 1 not moved\n")


def test_sigusr1_is_a_record_for_programs(ferry):
    ferry.write("tree/a.bin", 1000)
    ferry.mock.hold_uploads()
    process = ferry.with_pipes("push", "tree", "llamacloud:docs", "--format", "jsonl")
    first = json.loads(process.stdout.readline())
    assert (first["type"], first["phase"], first["files_done"], first["files_total"], first["bytes_total"]) == (
        "status", "moving", 0, 1, 1000)
    process.send_signal(signal.SIGUSR1)
    assert json.loads(process.stdout.readline())["type"] == "status"
    process.terminate()
    out, err = process.communicate(timeout=PATIENCE)
    records = [json.loads(line) for line in out.splitlines()]
    assert [record["type"] for record in records] == ["file", "summary"]
    assert records[-1]["interrupted"] is True and records[-1]["exit_code"] == 130 and records[-1]["stopped"] == 1
    assert err == ""


class Screen:
    """A terminal that somebody looks at."""

    def __init__(self, ferry, columns, rows):
        self.ferry = ferry
        self.command = ["tmux", "-S", str(ferry.folder / "tmux"), "-f", "/dev/null"]
        self.columns, self.rows = columns, rows

    def tmux(self, *words):
        return subprocess.run([*self.command, *words], env=self.ferry.environment(), check=True, capture_output=True, text=True,
                              timeout=PATIENCE).stdout

    def start(self, line):
        self.tmux("new-session", "-d", "-x", str(self.columns), "-y", str(self.rows), "sh", "-c", line + "; read x")

    def lines(self):
        return [line for line in self.tmux("capture-pane", "-p").splitlines() if line.strip()]

    def resize(self, columns, rows):
        self.tmux("resize-window", "-x", str(columns), "-y", str(rows))

    def end(self):
        subprocess.run([*self.command, "kill-server"], env=self.ferry.environment(), capture_output=True)


@pytest.fixture
def screen(ferry):
    if not shutil.which("tmux"):
        pytest.skip("there is no tmux")
    made = Screen(ferry, 80, 10)
    yield made
    made.end()


def test_a_screen_that_is_made_narrower_and_wider_shows_each_line_once(ferry, screen):


    name = "a-file-with-a-name-that-is-too-long-for-a-narrow-terminal.bin"
    ferry.write("tree/" + name, 8 * MIB)
    ferry.run("push", "tree", "llamacloud:docs")
    ferry.mock.hold_downloads()
    screen.start(f"cd {ferry.folder}; {FERRY} pull llamacloud:docs copy")
    until(lambda: len(screen.lines()) == 2 and "0/1 file " in screen.lines()[1] and "left" in screen.lines()[1])
    assert screen.lines()[0].startswith(name[:20])
    for columns in (40, 100, 40):
        screen.resize(columns, 10)

        def is_drawn():
            lines = screen.lines()
            fits = len(lines) == 2 and lines[0].startswith("a-file") and "0/1 file" in lines[1]
            full = [line for line in lines if len(line) >= columns]
            return fits and not full and (("MiB" in lines[1]) == (columns == 100))

        until(is_drawn)
