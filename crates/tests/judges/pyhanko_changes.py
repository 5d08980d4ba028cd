#!/usr/bin/env python3
"""Tells what pyHanko 0.38 makes of later revisions: pyhanko_changes.py FILE...

Prints one JSON object per file, with the modification level and the DocMDP verdict of every embedded signature by its
field. Certificates are not looked at. A file or signature that cannot be judged has an "error".
"""
import json
import logging
import sys

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DiffResult


def judge(signature):
    signature.compute_integrity_info()
    result = signature.diff_result
    level = result.modification_level.name if isinstance(result, DiffResult) else "OTHER"
    allowed = signature.summarise_integrity_info()["docmdp_ok"]
    return {"level": level, "allowed": allowed, "why": None if isinstance(result, DiffResult) else str(result)}


def main(arguments):
    logging.disable(logging.CRITICAL)
    for path in arguments:
        report = {"file": path, "signatures": {}}
        try:
            with open(path, "rb") as file:
                for signature in PdfFileReader(file, strict=False).embedded_signatures:
                    try:
                        report["signatures"][signature.field_name] = judge(signature)
                    except Exception as error:
                        report["signatures"][signature.field_name] = {"error": f"{type(error).__name__}: {error}"}
        except Exception as error:  # whatever it is, the file is unreadable for pyHanko
            report["error"] = f"{type(error).__name__}: {error}"
        print(json.dumps(report, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
