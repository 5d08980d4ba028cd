"""pyHanko, warm: FILE KEY CERTIFICATE PICTURE RUNS -> median milliseconds of one visible seal on page 1."""

import statistics
import sys
import time

from pyhanko import stamp
from pyhanko.pdf_utils.images import PdfImage
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers

path, key, certificate, picture, runs = sys.argv[1:]
signer = signers.SimpleSigner.load(key, certificate)
background = PdfImage(picture)
style = stamp.StaticStampStyle(border_width=0, background=background, background_opacity=1)
metadata = signers.PdfSignatureMetadata(field_name="Seal", md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES)
times = []
for _ in range(int(runs) + 1):
    began = time.perf_counter()
    with open(path, "rb") as source, open(path + ".peer", "wb+") as out:
        writer = IncrementalPdfFileWriter(source)
        field = fields.SigFieldSpec("Seal", on_page=0, box=(340, 85, 453, 198))
        pdf_signer = signers.PdfSigner(metadata, signer=signer, stamp_style=style, new_field_spec=field)
        pdf_signer.sign_pdf(writer, output=out)
    times.append((time.perf_counter() - began) * 1000)
print(statistics.median(times[1:]))
