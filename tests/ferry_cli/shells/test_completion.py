"""Completion in bash, zsh and fish: each shell on a terminal of its own, with the program's script, against the mock server.

Run by ctest with the folder of the programs in FERRY_BIN.
"""
import os
import re
import shutil
import subprocess

import pytest

pexpect = pytest.importorskip("pexpect")

BIN = os.environ["FERRY_BIN"]
TAB = "\t"
MARK = "ready>"


@pytest.fixture(scope="module")
def mock():
    server = subprocess.Popen(
        [f"{BIN}/ferry-mock-server", "--port", "0", "--log", "quiet"], stdout=subprocess.PIPE, text=True
    )
    yield server.stdout.readline().split()[-1]
    server.terminate()
    server.wait()


@pytest.fixture
def environment(mock, tmp_path):
    """The program's, with nothing of whoever runs the tests."""
    return {
        "PATH": f"{BIN}:/usr/bin:/bin",
        "HOME": str(tmp_path),
        "TERM": "dumb",
        "LANG": "C.UTF-8",
        "LLAMA_CLOUD_API_KEY": "llx-alice",
        "LLAMA_CLOUD_BASE_URL": mock,
        "LANGFLOW_API_KEY": "sk-alice",
        "LANGFLOW_URL": mock,
    }


class Bash:
    def __init__(self, environment, folder):
        self.shell = pexpect.spawn("bash --norc --noprofile -i", env=environment, cwd=str(folder), encoding="utf-8", dimensions=(40, 200))
        self.send(f"PS1='{MARK}'; bind 'set bell-style none'; bind 'set enable-bracketed-paste off'\r")
        self.shell.expect_exact("\n" + MARK)
        self.send("source <(ferry completion bash); source <(ferry llp @completion bash | sed 's/(llp __/(ferry llp __/')\r")
        self.shell.expect_exact("\n" + MARK)

    def send(self, text):
        self.shell.send(text)

    def completed(self, line):
        """The line as it stands after TAB and return; `: ` in front keeps the shell from running it."""
        self.send(line + TAB + " END\r")
        self.shell.expect(re.escape(line.split(" ")[0]) + ".*?END")
        # zsh takes the space back that it has put behind a whole word.
        return re.sub(r"[\s\b]*END$", "", self.shell.after)


class Zsh(Bash):
    def __init__(self, environment, folder):
        self.shell = pexpect.spawn("zsh -f -i", env=environment, cwd=str(folder), encoding="utf-8", dimensions=(40, 200))
        self.send(f"PS1='{MARK}'; unsetopt prompt_cr prompt_sp zle_bracketed_paste; setopt no_beep\r")
        self.shell.expect_exact("\n" + MARK)
        self.send("autoload -Uz compinit; compinit -u -D; source <(ferry completion zsh)\r")
        self.shell.expect_exact("\n" + MARK)


def fish_candidates(environment, line):
    script = "ferry completion fish | source; complete -C " + "'" + line.replace("'", "\\'") + "'"
    done = subprocess.run(["fish", "--no-config", "-c", script], env=environment, capture_output=True, text=True, timeout=60)
    return [candidate.split("\t")[0] for candidate in done.stdout.splitlines()]


def upload(environment, name, tmp_path):
    path = tmp_path / name
    path.write_text("bytes")
    done = subprocess.run(
        ["ferry", "llamacloud", "files", "create", "--file", str(path), "--purpose", "parse", "--transform", "id", "-r"],
        env=environment, capture_output=True, text=True, check=True,
    )
    return done.stdout.strip()


LINES = [
    ("ferry lla", "ferry llamacloud"),
    ("ferry llamacloud fi", "ferry llamacloud files"),
    ("ferry llamacloud files cr", "ferry llamacloud files create"),
    ("ferry llamacloud files create --pur", "ferry llamacloud files create --purpose"),
    ("ferry llamacloud files create --purpose ex", "ferry llamacloud files create --purpose extract"),
    ("ferry llamacloud files create --purpose=ex", "ferry llamacloud files create --purpose=extract"),
    ("ferry llamacloud files create --file rep", "ferry llamacloud files create --file report.pdf"),
    ("ferry push rep", "ferry push report.pdf"),
    ("ferry push report.pdf lang", "ferry push report.pdf langflow:"),
    ("ferry completion zs", "ferry completion zsh"),
]


@pytest.mark.parametrize("shell", [Bash, Zsh])
@pytest.mark.parametrize("line, wanted", LINES, ids=[line for line, _ in LINES])
def test_words(environment, tmp_path, shell, line, wanted):
    if not shutil.which(shell.__name__.lower()):
        pytest.skip(f"{shell.__name__.lower()} is not installed")
    (tmp_path / "report.pdf").write_text("bytes")
    assert shell(environment, tmp_path).completed(line) == wanted


@pytest.mark.parametrize("line, wanted", LINES, ids=[line for line, _ in LINES])
def test_words_in_fish(environment, tmp_path, line, wanted):
    if not shutil.which("fish"):
        pytest.skip("fish is not installed")
    (tmp_path / "report.pdf").write_text("bytes")
    environment = {**environment, "PWD": str(tmp_path)}
    script_folder = os.getcwd()
    os.chdir(tmp_path)
    try:
        candidates = fish_candidates(environment, line)
    finally:
        os.chdir(script_folder)
    assert wanted.split(" ")[-1] in candidates


def test_remote_ids_and_places(environment, tmp_path):
    identifier = upload(environment, "a.txt", tmp_path)
    assert Bash(environment, tmp_path).completed("ferry llamacloud files get " + identifier[:8]) == "ferry llamacloud files get " + identifier
    subprocess.run(["ferry", "mkdir", "llamacloud:reports"], env=environment, check=True, capture_output=True)
    assert Bash(environment, tmp_path).completed("ferry ls llamacloud:rep") == "ferry ls llamacloud:reports/"


def test_official_words_with_colons(environment, tmp_path):
    assert Bash(environment, tmp_path).completed("llp beta:directories:fi") == "llp beta:directories:files"


def test_a_service_that_cannot_be_reached_is_no_hindrance(environment, tmp_path):
    environment = {**environment, "LLAMA_CLOUD_BASE_URL": "http://127.0.0.1:1"}
    done = subprocess.run(["ferry", "__complete", "--", "llamacloud", "files", "get", ""], env=environment, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (11, "", "")
