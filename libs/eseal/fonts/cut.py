#!/usr/bin/env python3
"""Cuts Noto Serif CJK SC down to the characters that names of companies and people need.

    apt-get install fonts-noto-cjk fonts-noto-cjk-extra        # 1:20220127+repack1-1, font version 2.001
    pip install fonttools==4.68.0
    python3 libs/eseal/fonts/cut.py /usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc

The result is HulianSealSong.otf beside this script; the same input gives the same bytes.

The rule of the list, each as far as the font has the character:
  1. the whole Unified Repertoire and Ordering, U+4E00..U+9FFF: it holds GB 2312, GBK, Big5 and what the
     General Standard Chinese Character Table (TGH 2013, 8105 characters) has in the basic block;
  2. the characters of that table outside the basic block, listed below (GB 18030-2022, implementation level 2);
  3. the ideographs of the Hong Kong Supplementary Character Set, by Python's codec `big5hkscs`;
  4. the 21 compatibility ideographs of GBK, by Python's codec `gbk`;
  5. ASCII, its full-width forms, and the punctuation that names carry.
Left out are the characters of Extension A and of higher planes that no list above names (two more megabytes).

Hints and layout tables go: outlines are scaled to a seal, never set as text. Glyph shapes are not changed.
The font is renamed, since the licence reserves names; copyright and licence lines stay in its name table.
"""

import os
import sys

from fontTools import subset
from fontTools.ttLib import TTCollection

NAME = "Hulian Seal Song"
SIMPLIFIED_CHINESE = 2  # the member of the collection: JP, KR, SC, TC, HK

TABLE_OUTSIDE_BASIC_BLOCK = (
    "㑇㑊㕮㘎㙍㙘㙦㛃㛚㛹㟃㠇㠓㤘㥄㧐㧑㧟㫰㬊㬎㬚㭎㭕㮾㰀㳇㳘㳚㴔㵐㶲㸆㸌㺄㻬㽏㿠䁖䂮"
    "䃅䃎䅟䌹䎃䎖䏝䏡䏲䐃䓖䓛䓨䓫䓬䗖䗛䗪䗴䜣䝙䢺䢼䣘䥽䦃䲟䲠䲢䴓䴔䴕䴖䴗䴘䴙䶮𠅤𠙶𠳐"
    "𡎚𡐓𣗋𣲗𣲘𣸣𤧛𤩽𤫉𥔲𥕢𥖨𥻗𦈡𦒍𦙶𦝼𦭜𦰡𧿹𨐈𨙸𨚕𨟠𨭉𨱇𨱏𨱑𨱔𨺙𩽾𩾃𩾌𪟝𪣻𪤗𪨰𪨶𪩘𪾢"
    "𫄧𫄨𫄷𫄸𫇭𫌀𫍣𫍯𫍲𫍽𫐄𫐐𫐓𫑡𫓧𫓯𫓶𫓹𫔍𫔎𫔶𫖮𫖯𫖳𫗧𫗴𫘜𫘝𫘦𫘧𫘨𫘪𫘬𫚕𫚖𫚭𫛭𫞩𫟅𫟦"
    "𫟹𫟼𫠆𫠊𫠜𫢸𫫇𫭟𫭢𫭼𫮃𫰛𫵷𫶇𫷷𫸩𬀩𬀪𬂩𬃊𬇕𬇙𬇹𬉼𬊈𬊤𬌗𬍛𬍡𬍤𬒈𬒔𬒗𬕂𬘓𬘘𬘡𬘩𬘫𬘬"
    "𬘭𬘯𬙂𬙊𬙋𬜬𬜯𬞟𬟁𬟽𬣙𬣞𬣡𬣳𬤇𬤊𬤝𬨂𬨎𬩽𬪩𬬩𬬭𬬮𬬱𬬸𬬹𬬻𬬿𬭁𬭊𬭎𬭚𬭛𬭤𬭩𬭬𬭯𬭳𬭶"
    "𬭸𬭼𬮱𬮿𬯀𬯎𬱖𬱟𬳵𬳶𬳽𬳿𬴂𬴃𬴊𬶋𬶍𬶏𬶐𬶟𬶠𬶨𬶭𬶮𬷕𬸘𬸚𬸣𬸦𬸪𬹼𬺈𬺓"
)
PUNCTUATION = "·•・—–―‘’“”…、。〇〈〉《》「」『』【】〔〕〖〗￥"


def wanted() -> set[int]:
    characters = {chr(c) for c in range(0x4E00, 0xA000)} | set(TABLE_OUTSIDE_BASIC_BLOCK) | set(PUNCTUATION)
    characters |= {chr(c) for c in range(0x20, 0x7F)} | {chr(c) for c in range(0xFF01, 0xFF5F)}
    characters |= {c for c in ideographs_of("big5hkscs", lead=range(0x81, 0xFF))}
    characters |= {c for c in ideographs_of("gbk", lead=range(0x81, 0xFF))}
    return {ord(c) for c in characters}


def ideographs_of(codec: str, lead: range) -> set[str]:
    found = set()
    for first in lead:
        for second in range(0x40, 0xFF):
            try:
                text = bytes([first, second]).decode(codec)
            except UnicodeDecodeError:
                continue
            if len(text) == 1 and is_ideograph(ord(text)):
                found.add(text)
    return found


def is_ideograph(code: int) -> bool:
    return 0x3400 <= code <= 0x4DBF or 0xF900 <= code <= 0xFAFF or 0x20000 <= code <= 0x3FFFF


def rename(font) -> None:
    postscript = NAME.replace(" ", "")
    version = font["name"].getDebugName(5).split(";")[0]
    new = {1: NAME, 2: "Regular", 3: f"{postscript}; cut from Noto Serif CJK SC Bold {version}", 4: NAME, 6: postscript}
    kept = {i: font["name"].getDebugName(i) for i in (0, 5, 13, 14)}  # copyright, version, licence, its address
    font["name"].names = []
    for name_id, text in sorted((new | kept).items()):
        font["name"].setName(text, name_id, 3, 1, 0x409)
    cff = font["CFF "].cff
    cff.fontNames = [postscript]
    cff[0].FullName = cff[0].FamilyName = NAME


def main(source: str) -> None:
    font = TTCollection(source, lazy=True).fonts[SIMPLIFIED_CHINESE]
    font.recalcTimestamp = False
    options = subset.Options()
    options.hinting = False
    options.layout_features = []
    options.notdef_outline = False
    options.name_IDs = ["*"]
    options.drop_tables += ["BASE", "DSIG", "GDEF", "GPOS", "GSUB", "VORG", "vhea", "vmtx"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted())
    cutter.subset(font)
    rename(font)
    target = os.path.join(os.path.dirname(os.path.abspath(__file__)), "HulianSealSong.otf")
    font.save(target)
    print(target, os.path.getsize(target), "bytes,", len(font.getBestCmap()), "characters")


if __name__ == "__main__":
    main(sys.argv[1])
