# Copyright the ferry authors. Distributed under the Boost Software License, Version 1.0 (see LICENSE).
"""A mock server for each test, and ferry on a pseudo-terminal or with pipes.

Run by ctest with the folder of the programs in FERRY_BIN.
"""

import json
import os
import re
import signal
import subprocess
import time
import urllib.request

import pytest

try:
    import pexpect
except ModuleNotFoundError:
    pexpect = None

BIN = os.environ["FERRY_BIN"]
FERRY = f"{BIN}/ferry"
MOCK = f"{BIN}/ferry-mock-server"
PATIENCE = 60  # for what comes in a moment on a machine that is not busy


def pytest_configure():
    if pexpect is None:
        pytest.exit("skipped: this Python has no module pexpect; install python3-pexpect", returncode=77)


def usual_signals():
    """Whoever runs the tests in the background may ignore what ends programs, and ferry leaves ignored what is."""
    for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(one, signal.SIG_DFL)


class Mock:
    def __init__(self):
        self.process = subprocess.Popen([MOCK, "--port", "0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.url = self.process.stdout.readline().split()[-1]

    def call(self, method, path, document=None):
        data = None if document is None else json.dumps(document).encode()
        request = urllib.request.Request(self.url + path, data=data, method=method, headers={"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            body = answer.read()
            return json.loads(body) if body else None

    def fault(self, **rule):
        self.call("POST", "/_ferry/faults", rule)

    def hold_uploads(self):
        """Uploads arrive and are never answered."""
        self.fault(method="POST", path="/api/v1/beta/directories/*", times=1000, stall=True)

    def hold_downloads(self):
        self.fault(method="GET", path="/storage/*", times=1000, drip_bytes_per_s=20000)

    def heal(self):
        self.call("DELETE", "/_ferry/faults")

    def asked(self, operation):
        return self.call("GET", f"/_ferry/journal?operation={operation}&limit=0")["count"]

    def entries(self):
        """The names of all entries of LlamaCloud's directories."""
        state = self.call("GET", "/_ferry/state?largest_content=0")["llamacloud"]
        return sorted(entry["unique_id"] for entry in state.get("directory_files", []) if not entry.get("deleted_at"))

    def files(self):
        return len(self.call("GET", "/_ferry/state?largest_content=0")["llamacloud"].get("files", []))

    def stop(self):
        self.process.kill()
        self.process.wait()


@pytest.fixture
def mock():
    server = Mock()
    yield server
    server.stop()


class Program:
    def __init__(self, mock, folder):
        self.mock = mock
        self.folder = folder
        self.running = []

    def environment(self, **more):
        made = {"PATH": os.environ["PATH"], "HOME": str(self.folder), "LC_ALL": "C.UTF-8", "TERM": "xterm-256color",
                "LLAMA_CLOUD_API_KEY": "llx-alice", "LLAMA_CLOUD_BASE_URL": self.mock.url,
                "LANGFLOW_API_KEY": "sk-alice", "LANGFLOW_URL": self.mock.url}
        # Sanitizers, and libraries of the one who runs this.
        made.update({name: value for name, value in os.environ.items() if name.endswith("SAN_OPTIONS") or name == "LD_LIBRARY_PATH"})
        made.update(more)
        return {name: value for name, value in made.items() if value is not None}

    def on_terminal(self, *words, rows=24, columns=80, **environment):
        child = pexpect.spawn(FERRY, [str(word) for word in words], env=self.environment(**environment), cwd=self.folder,
                              dimensions=(rows, columns), timeout=PATIENCE, encoding="utf-8", echo=False,
                              preexec_fn=usual_signals)
        self.running.append(child)
        return child

    def with_pipes(self, *words, **how):
        how = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True,
               "preexec_fn": usual_signals, **how}
        environment = how.pop("environment", {})
        process = subprocess.Popen([FERRY, *map(str, words)], env=self.environment(**environment), cwd=self.folder, **how)
        self.running.append(process)
        return process

    def run(self, *words, **how):
        process = self.with_pipes(*words, **how)
        process.out, process.err = process.communicate(timeout=PATIENCE)
        return process

    def write(self, name, size):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x" * size)
        return path

    def clean_up(self):
        for one in self.running:
            if isinstance(one, subprocess.Popen):
                one.kill()
                one.communicate()
            else:
                one.close(force=True)


@pytest.fixture
def ferry(mock, tmp_path):
    program = Program(mock, tmp_path)
    yield program
    program.clean_up()


def code_of(child):
    """How a program on a terminal ended."""
    child.expect(pexpect.EOF)
    child.wait()
    return child.exitstatus if child.signalstatus is None else -child.signalstatus


def until(is_so):
    """Waits until something is so."""
    end = time.monotonic() + PATIENCE
    while True:
        if found := is_so():
            return found
        assert time.monotonic() < end, "it never was so"
        time.sleep(0.02)


def is_pending(pid, number):
    """Whether a signal has not been taken yet."""
    status = open(f"/proc/{pid}/status").read()
    return int(status.split("ShdPnd:")[1].split()[0], 16) >> (number - 1) & 1


def plain(text):
    """Without what moves the cursor."""
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text)
