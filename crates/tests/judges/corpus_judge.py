#!/usr/bin/env python3
"""Seals every PDF below a folder and lets programs that know nothing of us judge the result.

corpus_judge.py SEALER DIR WORK [--sample N] [--json OUT] [--limit SECONDS]

SEALER is the example `corpus` of pdf-seal. For every distinct file: two seals, then pyHanko on all signatures of ours
after the last of them, pdfsig, mutool and qpdf (whose complaints about the base file do not count), and the answer to
"could pyHanko have signed it?". Prints counts; exit 1 when something came out broken.
"""
import argparse
import collections
import hashlib
import io
import json
import logging
import pathlib
import select
import signal
import subprocess
import sys
import time

from pyhanko.keys import load_certs_from_pemder
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

FILE_BYTES = 80 << 20


class TooLong(Exception):
    """The time for one file is over."""


class within:
    """A limit in seconds on what pyHanko does with one file."""

    def __init__(self, seconds):
        self.seconds = seconds

    def __enter__(self):
        def over(*_):
            raise TooLong("time limit")
        signal.signal(signal.SIGALRM, over)
        signal.alarm(self.seconds)

    def __exit__(self, *_):
        signal.alarm(0)


class Sealer:
    """The sealing program, one process for all files, started again when it hangs or dies."""

    def __init__(self, command, limit):
        self.command, self.limit, self.process = command, limit, None

    def seal(self, source, target):
        if self.process is None or self.process.poll() is not None:
            self.process = subprocess.Popen(
                self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, bufsize=1
            )
        try:
            self.process.stdin.write(f"{source}\t{target}\n")
            self.process.stdin.flush()
            ready, _, _ = select.select([self.process.stdout], [], [], self.limit)
            line = self.process.stdout.readline() if ready else ""
        except BrokenPipeError:
            line = ""
        if line:
            return json.loads(line)
        ended = self.process.poll() is not None
        self.process.kill()
        _, errors = self.process.communicate()
        return {"outcome": "crashed" if ended else "hung", "message": errors[-500:]}


def identity(work):
    key, certificate = work / "key.pem", work / "cert.pem"
    if not key.exists():
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "3650",
             "-subj", "/C=CN/O=Test/CN=Corpus", "-addext", "keyUsage=critical,digitalSignature,nonRepudiation",
             "-keyout", key, "-out", certificate],
            check=True, capture_output=True,
        )
    return key, certificate


def tool(arguments, limit):
    try:
        done = subprocess.run(arguments, capture_output=True, timeout=limit)
        return done.returncode, (done.stdout + done.stderr).decode("utf-8", "replace")
    except subprocess.TimeoutExpired:
        return None, "time limit"


def can_sign(path, signer, limit):
    """Whether pyHanko signs the file, twice as we do; leniently, which is the wider of its modes."""
    try:
        with within(limit):
            data = path.read_bytes()
            for field in ("PeerSeal1", "PeerSeal2"):
                writer = IncrementalPdfFileWriter(io.BytesIO(data), strict=False)
                if writer.prev.encrypted:
                    writer.encrypt(b"")
                metadata = signers.PdfSignatureMetadata(field_name=field, md_algorithm="sha256")
                place = fields.SigFieldSpec(sig_field_name=field, on_page=0, box=(50, 50, 150, 100))
                data = signers.sign_pdf(writer, metadata, signer=signer, new_field_spec=place).getvalue()
            return "signs", data
    except Exception as error:
        return f"{type(error).__name__}: {str(error)[:120]}", None


def pyhanko(data, roots, own, strict, limit):
    """None when every signature made with `own` is valid; else what is wrong."""
    try:
        with within(limit):
            reader = PdfFileReader(io.BytesIO(data), strict=strict)
            if reader.encrypted:
                reader.decrypt(b"")
            count = 0
            for signature in reader.embedded_signatures:
                if signature.signer_cert.dump() != own:
                    continue
                count += 1
                context = ValidationContext(trust_roots=roots, allow_fetching=False, revocation_mode="soft-fail")
                status = validate_pdf_signature(signature, signer_validation_context=context)
                if not status.bottom_line:
                    level = status.modification_level.name if status.modification_level else None
                    return f"{signature.field_name}: intact {status.intact}, changes {level}, coverage {status.coverage.name}"
            return None if count else "sees no signature of ours"
    except Exception as error:
        return f"{type(error).__name__}: {str(error)[:160]}"


def pdfsig(path, limit):
    code, text = tool(["pdfsig", path], limit)
    if code is None:
        return "time limit"
    blocks = [block for block in text.split("Signature #") if "CN=Corpus" in block or "Common Name: Corpus" in block]
    bad = [block for block in blocks if "Signature is Valid" not in block]
    if not blocks:
        return "sees no signature of ours: " + text[-160:]
    return bad[0][:200] if bad else None


def mutool(path, limit):
    code, text = tool(["mutool", "sign", "-v", path], limit)
    if code is None:
        return "time limit"
    bad = [line for line in text.splitlines() if "igest error" in line or "cannot" in line.lower()]
    return bad[0][:200] if bad or code != 0 and not bad and "ertificate error" not in text else None


def qpdf(path, limit):
    return tool(["qpdf", "--check", path], limit)


class Court:
    """Everything that one run needs to judge files."""

    def __init__(self, arguments):
        self.work, self.limit = arguments.work, arguments.limit
        self.work.mkdir(parents=True, exist_ok=True)
        key, certificate = identity(self.work)
        self.roots = list(load_certs_from_pemder([str(certificate)]))
        self.signer = signers.SimpleSigner.load(str(key), str(certificate))
        self.sealer = Sealer([arguments.sealer, str(key), str(certificate), str(int(time.time()))], self.limit)

    def pyhanko(self, data, strict=False):
        return pyhanko(data, self.roots, self.roots[0].dump(), strict, self.limit)

    def peer(self, path, row):
        """What pyHanko's own signatures on the same file are worth: asked when ours are missing or doubted."""
        row["peer"], data = can_sign(path, self.signer, self.limit)
        if data is None:
            return
        copy = self.work / "peer.pdf"
        copy.write_bytes(data)
        verdicts = (
            ("pyhanko", self.pyhanko(data)), ("pyhanko_strict", self.pyhanko(data, True)),
            ("pdfsig", pdfsig(copy, self.limit)), ("mutool", mutool(copy, self.limit)),
        )
        row["peer_wrong"] = {name: said for name, said in verdicts if said}

    def judge(self, path):
        row = {"file": str(path), "bytes": path.stat().st_size}
        target = self.work / "sealed.pdf"
        target.unlink(missing_ok=True)
        row.update(self.sealer.seal(path, target))
        if row["outcome"] != "sealed":
            self.peer(path, row)
            return row
        data = target.read_bytes()
        verdicts = [("pyhanko", self.pyhanko(data)), ("pdfsig", pdfsig(target, self.limit)), ("mutool", mutool(target, self.limit))]
        # The strict reader reads few of the odd files, whoever signed them: it counts where it takes the peer's.
        verdicts.append(("pyhanko_strict", None if verdicts[0][1] else self.pyhanko(data, True)))
        code, said = qpdf(target, self.limit)
        rank = {0: 0, 3: 1, 2: 2}
        if code != 0:
            # What qpdf says of the base file is not the seal's fault.
            row["qpdf_before"] = qpdf(path, self.limit)[0]
            if rank.get(code, 3) > rank.get(row["qpdf_before"], 3):
                verdicts.append(("qpdf", said[-300:]))
        if not row["intact"] or row["ours"] != ["Passed", "Passed"]:
            verdicts.append(("ours", str(row["ours"])))
        row["wrong"] = {name: said for name, said in verdicts if said}
        if row["wrong"]:
            self.peer(path, row)
            if row["wrong"].keys() == {"pyhanko_strict"} and "pyhanko_strict" in row.get("peer_wrong", {"pyhanko_strict": 1}):
                row["wrong"] = {}
        return row


def verdict(row):
    if row["outcome"] == "sealed":
        return "sealed, judges disagree" if row["wrong"] else (
            "repaired and valid" if row.get("repaired") else "sealed and valid")
    if row["outcome"] == "refused":
        return "refused: " + row["code"]
    return row["outcome"]


def distinct(folder, sample):
    files, seen = [], set()
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() != ".pdf" or not path.is_file() or path.stat().st_size > FILE_BYTES:
            continue
        digest = hashlib.sha256(path.read_bytes()).digest()
        if digest not in seen:
            seen.add(digest)
            files.append(path)
    if sample and len(files) > sample:
        step = len(files) / sample
        files = [files[int(index * step)] for index in range(sample)]
    return files


def report(rows):
    counts = collections.Counter(verdict(row) for row in rows)
    print(f"{len(rows)} distinct files")
    for name, count in sorted(counts.items()):
        print(f"{count:6} {name}")
    missed = [row for row in rows if row["outcome"] != "sealed" and row["peer"] == "signs" and "pyhanko" not in row["peer_wrong"]]
    print(f"{len(missed):6} pyHanko signs and holds valid, we do not seal")
    for row in missed:
        print(f"       {row['file']}: {row.get('code', row['outcome'])}: {row.get('message', '')[:140]}")
    broken = [row for row in rows if row.get("wrong")]
    alone = [row for row in broken if row["peer"] == "signs" and row["wrong"].keys() - row["peer_wrong"].keys()]
    print(f"{len(alone):6} where the judges take pyHanko's own file and not ours")
    for row in broken:
        print(f"     {'!' if row in alone else ' '} {row['file']}: {row['wrong']} (peer's file: {row.get('peer_wrong', row['peer'])})")
    return 1 if alone or any(row["outcome"] in ("crashed", "hung", "failed") for row in rows) else 0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("sealer")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("work", type=pathlib.Path)
    parser.add_argument("--sample", type=int)
    parser.add_argument("--json", type=pathlib.Path)
    parser.add_argument("--limit", type=int, default=20)
    arguments = parser.parse_args()
    logging.disable(logging.CRITICAL)
    court, rows = Court(arguments), []
    files = distinct(arguments.folder, arguments.sample)
    for number, path in enumerate(files, 1):
        rows.append(court.judge(path))
        if number % 50 == 0:
            print(f"{number} of {len(files)}", file=sys.stderr, flush=True)
            if arguments.json:
                arguments.json.write_text(json.dumps(rows, indent=1, ensure_ascii=False))
    if arguments.json:
        arguments.json.write_text(json.dumps(rows, indent=1, ensure_ascii=False))
    return report(rows)


if __name__ == "__main__":
    sys.exit(main())
