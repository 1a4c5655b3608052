#!/usr/bin/env python3
"""A night's work: thousands of flows that were dropped in a folder are created, signed and sent.

For each number of connections: files a second, processor time of the tool with the sandbox's
services in it, memory at the highest; and, for one of them, how much each stage takes. The last
column is how many waits for the disk (fsync) one file could have in that time, on this disk.
"""

import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import time

FLOW = pathlib.Path(__file__).resolve().parent.parent / "data" / "pes" / "test-032022.xml"
NAME = b"220302_001"
STAGES = ("created", "signed", "sent")


def padded(size):
    """The test flow with as much more text in it as makes its size: a comment, which every reader
    has to pass over and every digest leaves out or takes in as the rules want."""
    flow = FLOW.read_bytes()
    end = flow.rindex(b"</")
    filling = b"<!--" + b" Mandats de mars, lot" * max(0, (size - len(flow)) // 21) + b"-->\n"
    return flow[:end] + filling + flow[end:]


def drop(folder, count, size):
    folder.mkdir()
    template = padded(size)
    if template.count(NAME) == 0:
        sys.exit(f"{NAME} is not in {FLOW}")
    for rank in range(count):
        (folder / f"{rank:06}.xml").write_bytes(template.replace(NAME, b"22%08d" % rank))


def environment(place):
    return {"PATH": os.environ["PATH"], "HOME": str(place), "LC_ALL": "C.UTF-8"}


def timed(words, cwd, place):
    """Seconds, seconds of processor, MiB at the highest."""
    begin = time.perf_counter()
    process = subprocess.Popen([str(word) for word in words], cwd=cwd, env=environment(place),
                               stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                               stderr=subprocess.PIPE)
    err = process.stderr.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"{' '.join(map(str, words))}: status {process.returncode}\n{err[-2000:]}")
    return (time.perf_counter() - begin, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def syncs_per_second(place):
    """What one thread gets of this disk, one small file after the other."""
    file = place / "sync"
    count = 200
    begin = time.perf_counter()
    for _ in range(count):
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT, 0o600)
        os.write(descriptor, b"x" * 500)
        os.fsync(descriptor)
        os.close(descriptor)
    seconds = time.perf_counter() - begin
    file.unlink()
    return count / seconds


def night(options, jobs, until):
    """A new home and a new folder, so that nothing is known of the last one."""
    place = options.place / "night"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    timed([options.pes, "init", "home", "--sandbox", "--user", "nuit"], place, place)
    drop(place / "depot", options.files, options.size)
    result = timed([options.pes, "deposit", place / "depot", "--stable", "0", "--yes", "--until",
                    until, "--jobs", jobs], place / "home", place)
    shutil.rmtree(place)
    return result


def show(what, jobs, files, measured, syncs):
    seconds, processor, memory = measured
    print(f"| {what} | {jobs} | {files / seconds:.1f} | {1000 * processor / files:.1f} | "
          f"{memory:.0f} | {syncs * seconds / files:.0f} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pes", type=pathlib.Path, required=True)
    parser.add_argument("--place", type=pathlib.Path, required=True)
    parser.add_argument("--files", type=int, default=5000)
    parser.add_argument("--size", type=int, default=50_000, help="bytes of each")
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 16])
    options = parser.parse_args()
    options.pes = options.pes.resolve()
    options.place = options.place.resolve()
    options.place.mkdir(parents=True, exist_ok=True)

    syncs = syncs_per_second(options.place)
    print(f"{options.files} files of {options.size} bytes, {os.cpu_count()} processors, "
          f"{syncs:.0f} fsync a second by one thread\n")
    print("| how far | connections | files/s | ms of processor each | MiB | fsyncs in the time |\n"
          "| --- | ---: | ---: | ---: | ---: | ---: |")
    for jobs in options.jobs:
        for until in STAGES:
            show(until, jobs, options.files, night(options, jobs, until), syncs)


if __name__ == "__main__":
    main()
