"""See run: measures the programs below a build tree."""
import filecmp
import json
import os
import pathlib
import random
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

build = pathlib.Path(sys.argv[1])
parts = sys.argv[2:]
ferry = str(build / "bin/ferry")
files = int(os.environ.get("FERRY_FILES", 10000))
mib = int(os.environ.get("FERRY_MIB", 2048))
rounds = int(os.environ.get("FERRY_ROUNDS", 21))
rows = []


class Used:
    """A program that has run: seconds, peak memory in MiB, exit code, standard output."""

    def __init__(self, words, environment, output=subprocess.DEVNULL):
        with tempfile.NamedTemporaryFile() as report:
            # What Python starts itself counts Python's own memory as its peak; time(1) is small.
            timed = ["/usr/bin/time", "-f", "%M", "-o", report.name, *words]
            began = time.monotonic()
            done = subprocess.run(timed, env=environment, stdout=output, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)
            self.seconds = time.monotonic() - began
            self.memory = int(report.read().split()[-1]) / 1024
        self.out = done.stdout or b""
        self.err = done.stderr.decode()
        self.code = done.returncode


def good(words, environment, output=subprocess.DEVNULL):
    used = Used(words, environment, output)
    if used.code != 0:
        sys.exit(f"{' '.join(words)}: exit code {used.code}\n{used.err}")
    return used


def row(what, figure, bar, holds):
    rows.append((what, figure, bar, holds))
    print(f"{what}: {figure} (bar: {bar}){'' if holds else '   MISSED'}", flush=True)


def push(tree, place):
    return [ferry, "push", str(tree), place, "--no-pace", "--jobs", "8", "--format", "jsonl", "--quiet"]


def make_tree(folder):
    random.seed(1)
    for number in range(files):
        directory = folder / f"{number % 100:02}"
        directory.mkdir(parents=True, exist_ok=True)
        (directory / f"{number:06}.bin").write_bytes(random.randbytes(10_000))
    with open(folder / "large.bin", "wb") as large:
        for _ in range(mib):
            large.write(random.randbytes(1 << 20))


def killed_after(words, environment, count, log):
    """Runs it until it has reported so many files, and kills it. Returns the ids that it has reported."""
    with open(log, "wb") as output:
        program = subprocess.Popen(words, env=environment, stdout=output, stderr=subprocess.DEVNULL)
    while log.read_bytes().count(b'"uploaded"') < count:
        if program.poll() is not None:
            sys.exit(f"the push ended before {count} files were reported")
        time.sleep(0.02)
    program.send_signal(signal.SIGKILL)
    program.wait()


def same(left, right):
    compared = filecmp.dircmp(left, right)
    if compared.left_only or compared.right_only or compared.funny_files:
        return False
    _, differ, errors = filecmp.cmpfiles(left, right, compared.common_files, shallow=False)
    return not differ and not errors and all(same(pathlib.Path(left) / name, pathlib.Path(right) / name) for name in compared.common_dirs)


def tree(environment, work):
    idle = good([ferry, "--version"], environment).memory
    source, copy = work / "tree", work / "copy"
    make_tree(source)
    words = push(source, "llamacloud:big")
    killed_after(words, environment, files // 5, work / "log")
    killed_after(words, environment, files // 5, work / "log")
    last = good(words, environment, subprocess.PIPE)
    summary = json.loads(last.out.splitlines()[-1])
    row("after two kills: found there already", f"{summary['kept']} of {files + 1}", "at least 2 in 5", summary["kept"] >= files * 2 // 5)
    stored = good([ferry, "llamacloud", "files", "list", "--page-size", "1000", "--transform", "id"], environment, subprocess.PIPE)
    listed = good([ferry, "ls", "llamacloud:big"], environment, subprocess.PIPE).out.decode().splitlines()
    row("entries in the directory", f"{len(listed)}, {len(set(listed))} of them different", f"{files + 1}",
        len(listed) == len(set(listed)) == files + 1)
    count = len(stored.out.splitlines())
    row("files that are stored", str(count), f"{files + 1}", count == files + 1)
    pulled = good([ferry, "pull", "llamacloud:big", str(copy), "--jobs", "8", "--quiet"], environment)
    row("pulled and compared", "the same" if same(source, copy) else "not the same", "the same", same(source, copy))
    row("peak memory of the push above idle", f"{last.memory - idle:.1f} MiB", "< 32 MiB", last.memory - idle < 32)
    row("peak memory of the pull above idle", f"{pulled.memory - idle:.1f} MiB", "< 32 MiB", pulled.memory - idle < 32)
    again = Used(push(source, "llamacloud:big") + ["--fail-on-nothing"], environment)
    row("pushed again", f"exit code {again.code} after {again.seconds:.1f} s", "9", again.code == 9)
    shutil.rmtree(copy)
    (source / "large.bin").unlink()


def rate(environment, work):
    source = work / "tree"
    if not source.exists():
        make_tree(source)
        (source / "large.bin").unlink()
    made = good([ferry, "llamacloud", "directories", "create", "--name", "curl", "--transform", "id", "-r"], environment, subprocess.PIPE)
    url = f"{environment['LLAMA_CLOUD_BASE_URL']}/api/v1/beta/directories/{made.out.decode().strip()}/files/upload"
    config = work / "curl"
    with open(config, "w") as to:
        for path in sorted(source.rglob("*.bin")):
            to.write(f'next\nsilent\nfail\nurl = "{url}"\nheader = "Authorization: Bearer llx-alice"\noutput = "/dev/null"\n')
            to.write(f'form = "upload_file=@{path}"\nform = "unique_id={path.relative_to(source)}"\n')
    times = {"ferry": [], "curl": []}
    for turn in range(3):
        times["ferry"].append(good(push(source, f"llamacloud:rate-{turn}"), environment).seconds)
        times["curl"].append(good(["curl", "--parallel", "--parallel-max", "8", "--noproxy", "*", "-K", str(config)], environment).seconds)
        subprocess.run(["curl", "-s", "-X", "POST", "--noproxy", "*", environment["LLAMA_CLOUD_BASE_URL"] + "/_ferry/reset"], check=True,
                       stdout=subprocess.DEVNULL)
        made = good([ferry, "llamacloud", "directories", "create", "--name", "curl", "--transform", "id", "-r"], environment, subprocess.PIPE)
        config.write_text(config.read_text().replace(url, url := url.replace(url.split("/")[-3], made.out.decode().strip())))
    ratio = statistics.median(c / f for f, c in zip(times["ferry"], times["curl"]))
    row(f"{files} files of 10 KB, 8 at a time, beside curl --parallel",
        f"{files / statistics.median(times['ferry']):.0f} files/s, {ratio:.2f} times curl's rate", "≥ 1", ratio >= 1)


def start(environment, work):
    upload = work / "a.txt"
    upload.write_text("bytes")
    for _ in range(10):
        good([ferry, "llamacloud", "files", "create", "--file", str(upload), "--purpose", "parse"], environment)
    node = ["node", str(build / "node/list.mjs")]
    pairs = {
        "--version": ([ferry, "--version"], ["node", "--version"]),
        "files list": ([ferry, "llamacloud", "files", "list"], node),
    }
    for name, (ours, theirs) in pairs.items():
        both = [(good(ours, environment), good(theirs, environment)) for _ in range(rounds)]
        seconds = statistics.median(ours.seconds for ours, _ in both)
        times = statistics.median(ours.seconds / theirs.seconds for ours, theirs in both)
        memory = statistics.median(ours.memory / theirs.memory for ours, theirs in both)
        row(f"ferry {name}: wall time", f"{seconds * 1000:.1f} ms, {times:.2f} of Node's", "< 20 ms" if name == "--version" else "< 0.5",
            seconds < 0.020 if name == "--version" else times < 0.5)
        row(f"ferry {name}: peak memory", f"{memory:.2f} of Node's", "< 0.5", memory < 0.5)


with tempfile.TemporaryDirectory() as folder:
    work = pathlib.Path(folder)
    server = subprocess.Popen([str(build / "bin/ferry-mock-server"), "--port", "0", "--log", "quiet", "--journal-entries", "0", "--max-upload-mb", str(mib + 1)],
                              stdout=subprocess.PIPE, text=True)
    try:
        url = server.stdout.readline().split()[-1]
        environment = {"PATH": os.environ["PATH"], "HOME": folder, "LLAMA_CLOUD_API_KEY": "llx-alice", "LLAMA_CLOUD_BASE_URL": url}
        for part in parts:
            {"tree": tree, "rate": rate, "start": start}[part](environment, work)
    finally:
        server.terminate()
        server.wait()

table = ["| what | measured | bar | |", "|---|---|---|---|"]
table += [f"| {what} | {figure} | {bar} | {'' if holds else 'missed'} |" for what, figure, bar, holds in rows]
pathlib.Path(os.environ["FERRY_TABLE"]).write_text("\n".join(table) + "\n")
print("\n" + "\n".join(table))
sys.exit(0 if all(holds for *_, holds in rows) else 1)
