#!/usr/bin/env python3
"""Judges a PDF by pyHanko 0.38: pyhanko_judge.py [--password=P] FILE ROOT.pem...

Validates every embedded signature against the given roots, with the difference policy for later revisions, and
prints one JSON object per signature. Exit 0 only when there is a signature and all are intact, valid, trusted and
followed by nothing but allowed changes; 1 when not; 2 when the file cannot be read.
"""
import json
import logging
import sys

from pyhanko.keys import load_certs_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext


def judge(signature, roots):
    context = ValidationContext(trust_roots=roots, allow_fetching=False, revocation_mode="soft-fail")
    status = validate_pdf_signature(
        signature, signer_validation_context=context, ts_validation_context=context
    )
    stamp = status.timestamp_validity
    report = {
        "field": signature.field_name,
        "intact": status.intact,
        "valid": status.valid,
        "trusted": status.trusted,
        "coverage": status.coverage.name,
        "modification": status.modification_level.name if status.modification_level else None,
        "docmdp_ok": status.docmdp_ok,
        "signer": status.signing_cert.subject.human_friendly,
        "time_stamp": None if stamp is None else {"valid": stamp.valid, "trusted": stamp.trusted},
        "bottom_line": status.bottom_line,
    }
    return report


def main(arguments):
    logging.disable(logging.CRITICAL)
    password = None
    if arguments[0].startswith("--password="):
        password = arguments.pop(0).partition("=")[2]
    path, roots = arguments[0], list(load_certs_from_pemder(arguments[1:]))
    with open(path, "rb") as file:
        try:
            # In strict mode pyHanko validates no signature in a hybrid-reference file, whoever wrote it, and does not
            # read one in which a hidden object was written again; all others are read strictly.
            reader = PdfFileReader(file, strict=False)
            if not reader.xrefs.hybrid_xrefs_present:
                reader = PdfFileReader(file, strict=True)
            if reader.encrypted:
                reader.decrypt(password or "")
            signatures = reader.embedded_signatures
        except Exception as error:  # whatever it is, the file is unreadable for pyHanko
            print(json.dumps({"error": f"{type(error).__name__}: {error}"}))
            return 2
        good = bool(signatures)
        for signature in signatures:
            try:
                report = judge(signature, roots)
            except Exception as error:
                report = {"field": signature.field_name, "error": f"{type(error).__name__}: {error}"}
            print(json.dumps(report, ensure_ascii=False))
            good = good and report.get("bottom_line") is True
        return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
