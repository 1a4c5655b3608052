"""The documents of pes-json(5) are those that pes writes, key by key."""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

import manual

TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
DIGEST = re.compile(r"[0-9a-f]{4}…[0-9a-f]{4}")


def values(text):
    """The JSON values of a text, one after the other."""
    decoder = json.JSONDecoder()
    found = []
    rest = text.strip()
    while rest:
        value, end = decoder.raw_decode(rest)
        found.append(value)
        rest = rest[end:].lstrip()
    return found


def examples(page):
    """(command, JSON shown below it or nothing), in the order of the page."""
    found = []
    within = False
    for line in page.shown("DESCRIPTION"):
        if line.startswith("$ "):
            found.append([line[2:], ""])
            within = True
        elif not line:
            within = False
        elif within:
            found[-1][1] += line + "\n"
    return found


def differences(shown, real, place="$"):
    """Where the page does not show what pes writes. `…` stands for anything of its kind."""
    if isinstance(shown, dict) and isinstance(real, dict):
        return in_objects(shown, real, place)
    if isinstance(shown, list) and isinstance(real, list):
        return in_arrays(shown, real, place)
    if isinstance(shown, str) and isinstance(real, str):
        return [] if may_be(shown, real) else [f"{place}: {shown!r} in the page, {real!r} written"]
    long = 1000  # sizes and the like: their value tells nothing
    if isinstance(shown, int) and isinstance(real, int) and shown >= long and real >= long:
        return []
    same = shown == real and isinstance(shown, bool) == isinstance(real, bool)
    return [] if same else [f"{place}: {shown!r} in the page, {real!r} written"]


def in_objects(shown, real, place):
    keys = [key for key in shown if key != "…"]
    written = [key for key in real if key in keys] if "…" in shown else list(real)
    if keys != written:
        return [f"{place}: keys {keys} in the page, {written} written"]
    return [line for key in keys for line in differences(shown[key], real[key], f"{place}.{key}")]


def in_arrays(shown, real, place):
    elided = bool(shown) and shown[-1] == "…"
    items = shown[:-1] if elided else shown
    if len(real) < len(items) or (len(real) > len(items)) != elided:
        return [f"{place}: {len(items)} items in the page, {len(real)} written"]
    return [line for i, item in enumerate(items)
            for line in differences(item, real[i], f"{place}[{i}]")]


def may_be(shown, real):
    if TIME.fullmatch(shown):
        return TIME.fullmatch(real) is not None
    if DIGEST.fullmatch(shown):
        return re.fullmatch(r"[0-9a-f]+", real) is not None
    pattern = ".*".join(re.escape(part) for part in shown.split("…"))
    return re.fullmatch(pattern, real, re.S) is not None


def keys_of(value):
    if isinstance(value, dict):
        return set(value) | {key for item in value.values() for key in keys_of(item)}
    if isinstance(value, list):
        return {key for item in value for key in keys_of(item)}
    return set()


def described_keys(page, macro):
    """What `Cm` marks: at the head of an item it is a key, elsewhere also a command or null."""
    marked = re.findall(rf"^\.{macro} (.*)$", page.source, re.M)
    return {word for line in marked for word in line.split() if re.fullmatch("[a-z_0-9]+", word)}


def schemas_of(page):
    return set(re.findall(r"^\.Ss (pes\.\S+)$", page.source, re.M))


def main():
    if not manual.has_mandoc():
        manual.skip("mandoc is not there")
    page = manual.pages(sys.argv[1])["pes-json.5"]
    shutil.copy(sys.argv[2], os.getcwd())
    folder = pathlib.Path()
    for command in re.findall(r'^\.\\" first: (.*)$', page.source, re.M):
        subprocess.run(["sh", "-c", command], check=True)
    faults, seen, schemas = [], set(), set()
    for command, shown in examples(page):
        if command.startswith("cd "):
            folder = folder / command[len("cd "):]
            continue
        done = subprocess.run(["bash", "-c", command], cwd=folder, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8")
        if not shown:
            if done.returncode != 0:
                faults.append(f"$ {command}\n  {done.stderr}")
            continue
        written = values(done.stdout)
        for fault in differences(values(shown), written):
            faults.append(f"$ {command}\n  {fault}\n  {done.stderr}")
        seen |= keys_of(written)
        schemas |= {value["schema"] for value in written}
    print(f"{len(schemas)} schemas, {len(seen)} keys")

    faults += [f"key {key} is not described"
               for key in sorted(seen - described_keys(page, "(?:It )?Cm"))]
    faults += [f"key {key} is described and not written"
               for key in sorted(described_keys(page, "It Cm") - seen)]
    faults += [f"schema {schema} has no example" for schema in sorted(schemas_of(page) - schemas)]
    faults += [f"schema {schema} is not described"
               for schema in sorted(schemas - schemas_of(page))]
    print("\n".join(faults))
    return 1 if faults else 0


sys.exit(main())
