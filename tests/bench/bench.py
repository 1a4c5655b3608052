#!/usr/bin/env python3
"""How long `pes` takes to verify and to sign, beside xmlsec1 and openssl in the same run.

Each command is a whole process. They run in turn, so that a machine that slows down does so
for all; figures are medians. Sizes above --peers-up-to are not given to xmlsec1, which holds
a document in memory several times over. Nothing is written outside of --place.
"""

import argparse
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import time

import generate

DSIG = "http://www.w3.org/2000/09/xmldsig#"
XADES = "http://uri.etsi.org/01903/v1.2.2#"
ALLER = "http://www.minefi.gouv.fr/cp/helios/pes_v2/Rev0/aller"


class Measure:
    """The runs of one command."""

    def __init__(self):
        self.seconds = []
        self.kilobytes = 0

    @property
    def median(self):
        return statistics.median(self.seconds)


class Workshop:
    """A folder with a home of pes, a key and a certificate, made for this run."""

    def __init__(self, place, pes):
        self.place, self.pes = place, pes
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        self.run([pes, "init", "home", "--sandbox", "--user", "bench", "--quiet"])
        self.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
                  "-subj", "/CN=bench", "-addext", "keyUsage=digitalSignature,nonRepudiation",
                  "-keyout", "key.pem", "-out", "certificate.pem"])
        both = (place / "key.pem").read_text() + (place / "certificate.pem").read_text()
        (place / "identity.pem").write_text(both)

    def run(self, words, folder=None):
        done = subprocess.run([str(word) for word in words], cwd=folder or self.place,
                              env=self.environment(), capture_output=True, check=False)
        if done.returncode != 0:
            sys.exit(f"{' '.join(map(str, words))}\n{done.stdout.decode()}{done.stderr.decode()}")
        return done.stdout.decode()

    def environment(self):
        # A dossier takes no flow that is larger than its TdT takes.
        return {"PATH": os.environ["PATH"], "HOME": str(self.place), "LC_ALL": "C.UTF-8",
                "PES_TDT_MAX_SIZE": str(4 << 30)}

    def document(self, shape, size, tool):
        file = self.place / f"{shape}-{size}.xml"
        if tool is None:
            generate.write(shape, size, file)
        else:
            pj = ["--pj-bytes", str(min(size * 9 // 10, 2_000_000) if shape == "pj" else 0)]
            self.run([sys.executable, tool, "--size", size, *pj, "--demat", file])
        return file

    def dossier(self, file):
        return self.run([self.pes, "create", file, "--objet", "bench", "--quiet"],
                        self.place / "home").strip()

    def signed(self, file):
        """The same document, signed by pes."""
        output = file.with_suffix(".signed.xml")
        self.run(self.sign("--in", file, "--out", output), self.place / "home")
        return output

    def sign(self, *what):
        return [self.pes, "sign", *what, "--key", self.place / "identity.pem", "--quiet"]

    def template(self, signed):
        """What xmlsec1 signs: the same document, with its digests and values taken out.

        Line by line, and our signatures are one: what this process holds in memory would count
        as the peak of those that it starts.
        """
        output = signed.with_suffix(".template.xml")
        with open(signed, "rb") as lines, open(output, "wb") as copy:
            for line in lines:
                for name in (b"DigestValue", b"SignatureValue"):
                    line = re.sub(rb"(<ds:%s[^>]*>)[^<]*(</ds:%s>)" % (name, name), rb"\1\2", line)
                copy.write(line)
        return output

    def xmlsec1(self, action, *files):
        ids = []
        for name in (f"{ALLER}:PES_Aller", "Bordereau", f"{XADES}:SignedProperties",
                     f"{DSIG}:Signature"):
            ids += ["--id-attr:Id", name]
        key = (["--pubkey-cert-pem", self.place / "certificate.pem"] if action == "--verify"
               else ["--privkey-pem", self.place / "key.pem", "--output", self.place / "out.xml"])
        return ["xmlsec1", action, *key, *ids, *files]

    def on_disk(self, words):
        """The same, and what it wrote is on the disk, as with pes."""
        return ["sh", "-c", '"$@" && sync "$0"', self.place / "out.xml", *words]


def timed(words, folder, env, measure):
    """One run. A child's peak memory is only told with the largest so far, so each is waited
    for by itself."""
    with open(os.devnull, "wb") as nowhere:
        begin = time.perf_counter()
        process = subprocess.Popen([str(word) for word in words], cwd=folder, env=env,
                                   stdin=subprocess.DEVNULL, stdout=nowhere, stderr=nowhere)
        _, status, usage = os.wait4(process.pid, 0)
        measure.seconds.append(time.perf_counter() - begin)
    process.returncode = os.waitstatus_to_exitcode(status)
    measure.kilobytes = max(measure.kilobytes, usage.ru_maxrss)
    if process.returncode != 0:
        sys.exit(f"exit {process.returncode}: {' '.join(map(str, words))}")


def measure_all(workshop, commands, runs, before_each=lambda: None):
    """@param commands name to a function that gives the words, called before each run"""
    measures = {name: Measure() for name in commands}
    for run in range(runs + 1):  # the first one fills the caches
        for name, words_of in commands.items():
            one = Measure()
            before_each()
            timed(words_of(), workshop.place / "home", workshop.environment(), one)
            if run > 0:
                measures[name].seconds += one.seconds
                measures[name].kilobytes = max(measures[name].kilobytes, one.kilobytes)
    return measures


def show(title, size, measures):
    print(f"\n{title}\n")
    print("| command | median s | MB/s | peak MiB | × pes |")
    print("| --- | ---: | ---: | ---: | ---: |")
    pes = measures["pes"].median
    for name, measure in measures.items():
        print(f"| {name} | {measure.median:.3f} | {size / 1e6 / measure.median:.0f} | "
              f"{measure.kilobytes / 1024:.0f} | {measure.median / pes:.1f} |")
    sys.stdout.flush()


def bench_one(workshop, shape, size, words):
    file = workshop.document(shape, size, words.make_pes)
    signed = workshop.signed(file)
    verify = {"pes": lambda: [workshop.pes, "verify", signed],
              "openssl dgst -sha256": lambda: ["openssl", "dgst", "-sha256", signed]}
    sign = {"pes": lambda: workshop.sign("--in", file, "--out", "out.xml", "--force"),
            "pes, a dossier": lambda: workshop.sign(workshop.dossier(file)),
            "openssl dgst -sha256": lambda: ["openssl", "dgst", "-sha256", file]}
    if size <= words.peers_up_to:
        template = workshop.template(signed)
        verify["xmlsec1"] = lambda: workshop.xmlsec1("--verify", signed)
        sign["xmlsec1"] = lambda: workshop.xmlsec1("--sign", template)
        sign["xmlsec1, on the disk"] = lambda: workshop.on_disk(workshop.xmlsec1("--sign", template))
    show(f"verify, {shape}, {size:,} bytes", size, measure_all(workshop, verify, words.runs))
    # What others left unwritten would be written by the next fsync, and counted with it.
    show(f"sign, {shape}, {size:,} bytes", size,
         measure_all(workshop, sign, words.runs, before_each=os.sync))
    for made in workshop.place.glob(f"{shape}-{size}*"):
        made.unlink()


def bench_many(workshop, count, size, words):
    signed = workshop.signed(workshop.document("lines", size, words.make_pes))
    copies = []
    for rank in range(count):
        copies.append(workshop.place / f"many-{rank}.xml")
        shutil.copy(signed, copies[-1])
    commands = {"pes": lambda: [workshop.pes, "verify", *copies],
                "xmlsec1": lambda: workshop.xmlsec1("--verify", *copies)}
    show(f"verify, {count} files of {size:,} bytes in one process", count * size,
         measure_all(workshop, commands, words.runs))


def machine():
    model = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())
    memory = re.search(r"MemTotal:\s*(\d+)", pathlib.Path("/proc/meminfo").read_text())
    return (f"{model.group(1) if model else 'processor unknown'}, {os.cpu_count()} processors, "
            f"{int(memory.group(1)) // 2**20} GiB, Linux {os.uname().release}")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pes", type=pathlib.Path, required=True)
    parser.add_argument("--place", type=pathlib.Path, required=True)
    parser.add_argument("--make-pes", type=pathlib.Path,
                        help="another generator, with the options --size, --pj-bytes and --demat")
    parser.add_argument("--sizes", type=int, nargs="+", default=[10**4, 10**6, 10**8])
    parser.add_argument("--shapes", nargs="+", default=["lines", "pj"])
    parser.add_argument("--peers-up-to", type=int, default=10**8)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--files", type=int, default=500)
    return parser.parse_args()


def main():
    words = arguments()
    if words.make_pes is not None and not words.make_pes.exists():
        sys.exit(f"there is no {words.make_pes}")
    workshop = Workshop(words.place.resolve(), words.pes.resolve())
    print(machine())
    version = {"pes": lambda: [workshop.pes, "--version"]}
    show("pes --version", 0, measure_all(workshop, version, words.runs))
    for shape in words.shapes:
        for size in words.sizes:
            bench_one(workshop, shape, size, words)
    if words.files > 0:
        bench_many(workshop, words.files, 50_000, words)
    return 0


if __name__ == "__main__":
    sys.exit(main())
