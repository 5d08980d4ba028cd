"""The peer of `cargo xtask bench pdf`: pyHanko, warm in one process.

peer.py FOLDER BBOX: reads one JSON object per line ({"task": "seal"|"verify", "file"}) and answers each with
{"seconds": ...}. Key, certificate, signer and drawing are prepared before the clock starts; files are read and written
inside it, as on the other side.
"""
import json
import logging
import os
import sys
import time

from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.content import RawContent
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator import ValidationContext


class Peer:
    def __init__(self, folder, bbox):
        self.folder = folder
        self.out = os.path.join(folder, "peer.pdf")
        key, certificate = (os.path.join(folder, f"p256.{end}") for end in ("key", "pem"))
        self.root = load_cert_from_pemder(certificate)
        signer = signers.SimpleSigner.load(key, certificate)
        left, bottom, right, top = (float(number) for number in bbox.split(","))
        with open(os.path.join(folder, "seal.content"), "rb") as file:
            box = BoxConstraints(width=right - left, height=top - bottom)
            drawing = RawContent(data=file.read(), box=box)
        millimetre = 72 / 25.4
        place = tuple(round(number * millimetre) for number in (100, 30, 140, 70))
        self.signer = signers.PdfSigner(
            signers.PdfSignatureMetadata(
                field_name="Seal", md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES
            ),
            signer=signer,
            stamp_style=StaticStampStyle(background=drawing, background_opacity=1, border_width=0),
            new_field_spec=fields.SigFieldSpec("Seal", on_page=0, box=place),
        )

    def seal(self, file):
        with open(os.path.join(self.folder, file), "rb") as read, open(self.out, "w+b") as write:
            self.signer.sign_pdf(IncrementalPdfFileWriter(read), output=write)

    def verify(self, file):
        with open(os.path.join(self.folder, file), "rb") as read:
            context = ValidationContext(trust_roots=[self.root], allow_fetching=False)
            (signature,) = PdfFileReader(read).embedded_signatures
            status = validate_pdf_signature(signature, signer_validation_context=context)
            if not status.bottom_line:
                raise RuntimeError(status.pretty_print_details())


def main(arguments):
    logging.disable(logging.CRITICAL)
    peer = Peer(*arguments)
    for line in sys.stdin:
        request = json.loads(line)
        task = getattr(peer, request["task"])
        try:
            if os.path.exists(peer.out):
                os.remove(peer.out)
            began = time.perf_counter()
            task(request["file"])
            answer = {"seconds": time.perf_counter() - began}
        except Exception as error:  # told to the other side, which fails
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
