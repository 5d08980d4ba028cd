"""The peer of `cargo xtask bench ocr`: rapidocr, warm in one process, as it comes out of the box.

Reads one path per line and answers each with {"seconds", "peak_kib", "size", "lines": [[text, score, corners]]}. Reading
the file is inside the clock, as on the other side.
"""
import json
import logging
import sys
import time

from rapidocr import RapidOCR


def peak_kib():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM:"))


def main():
    logging.disable(logging.CRITICAL)
    engine = RapidOCR()
    for path in sys.stdin:
        try:
            began = time.perf_counter()
            found = engine(path.strip())
            seconds = time.perf_counter() - began
            boxes = [] if found.boxes is None else found.boxes.tolist()
            lines = list(zip(found.txts or (), (float(it) for it in found.scores or ()), boxes))
            height, width = found.img.shape[:2]
            answer = {"seconds": seconds, "peak_kib": peak_kib(), "size": [width, height], "lines": lines}
        except Exception as error:  # told to the other side, which fails
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
