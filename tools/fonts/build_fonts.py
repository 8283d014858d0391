#!/usr/bin/env python3
"""Makes the page's fonts: the faces and weights of the design, only the signs it uses, as TrueType.

Writes one C++ source with all faces as arrays:  build_fonts.py --out font_data.cpp
Inter ships cubic (CFF) outlines, which Dear ImGui's rasteriser cannot always read: they become
quadratic. The vertical metrics are set so that ascent minus descent is one em, because the
rasteriser takes a font's size as that distance and the design takes it as the em.
"""

import argparse
import io
import sys
from pathlib import Path

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable

FOLDERS = ["/usr/share/fonts", "/usr/local/share/fonts", str(Path.home() / ".fonts"), "/Library/Fonts"]

SIGNS = "−×·÷±≤≥≠≈←→↑↓↔∂∇Σ√∞∈⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺₀₁₂₃₄₅₆₇₈₉ᵀ“”‘’…–—⌊⌋⌈⌉"
ASCII = set(range(0x20, 0x7F))
GREEK = set(range(0x3B1, 0x3CA))
ALL = ASCII | set(range(0xA0, 0x100)) | GREEK | {ord(c) for c in SIGNS}
# What web/widgets/font_signs.cpp takes of the faces of numbers and of variables.
NUMBERS = ASCII | {ord(c) for c in "±²³·¹×÷⁰⁴⁵⁶⁷⁸⁹–—‘’“”…−∞"}
VARIABLES = ASCII | GREEK | {ord(c) for c in "∂∇"}

FACES = [
    ("InterRegular", "Inter-Regular", ALL),
    ("InterMedium", "Inter-Medium", ALL),
    ("InterSemiBold", "Inter-SemiBold", ALL),
    ("MonoMedium", "JetBrainsMono-Medium", ALL),
    ("MonoSemiBold", "JetBrainsMono-SemiBold", NUMBERS),
    ("MonoMediumItalic", "JetBrainsMono-MediumItalic", VARIABLES),
]

MAX_ERROR_EM = 0.001  # of the quadratic outline, in em


def find(stem, folders):
    for folder in folders:
        for suffix in (".ttf", ".otf"):
            for path in sorted(Path(folder).rglob(stem + suffix)):
                return path
    sys.exit(f"{stem}: no such font in {', '.join(folders)}; Debian: apt-get install fonts-inter fonts-jetbrains-mono")


def to_quadratic(font):
    """CFF outlines to glyf ones."""
    glyphs = font.getGlyphSet()
    error = MAX_ERROR_EM * font["head"].unitsPerEm
    outlines = {}
    for name in font.getGlyphOrder():
        pen = TTGlyphPen(glyphs)
        glyphs[name].draw(Cu2QuPen(pen, error, reverse_direction=True))
        outlines[name] = pen.glyph()
    font["loca"] = newTable("loca")
    font["glyf"] = glyf = newTable("glyf")
    glyf.glyphOrder = font.getGlyphOrder()
    glyf.glyphs = outlines
    del font["CFF "]
    if "VORG" in font:
        del font["VORG"]
    font["maxp"] = maxp = newTable("maxp")
    maxp.tableVersion = 0x00010000
    for field in ("maxZones", "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs",
                  "maxStackElements", "maxSizeOfInstructions", "maxComponentElements", "maxComponentDepth",
                  "maxPoints", "maxContours", "maxCompositePoints", "maxCompositeContours"):
        setattr(maxp, field, 1 if field == "maxZones" else 0)
    maxp.numGlyphs = len(outlines)
    font["post"].formatType = 3.0
    font.sfntVersion = "\000\001\000\000"
    glyf.compile(font)
    font["hmtx"].metrics = {
        name: (width, getattr(outlines[name], "xMin", 0)) for name, (width, _) in font["hmtx"].metrics.items()
    }


def one_em_high(font):
    em = font["head"].unitsPerEm
    hhea = font["hhea"]
    height = hhea.ascent - hhea.descent
    hhea.ascent = round(em * hhea.ascent / height)
    hhea.descent = hhea.ascent - em
    hhea.lineGap = 0


def subset(path, characters):
    font = TTFont(path, lazy=False)
    missing = sorted(c for c in characters if c not in font.getBestCmap())
    options = Options()
    options.layout_features = []
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = []
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "kern", "DSIG", "BASE", "STAT", "meta", "gasp"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    if "CFF " in font:
        to_quadratic(font)
    one_em_high(font)
    buffer = io.BytesIO()
    font.save(buffer)
    return buffer.getvalue(), missing


def array(name, data):
    lines = [",".join(str(b) for b in data[i:i + 32]) for i in range(0, len(data), 32)]
    return f"constexpr unsigned char k{name}Bytes[] = {{\n" + ",\n".join(lines) + "};\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", required=True, type=Path, help="the C++ source to write")
    parser.add_argument("--folder", action="append", default=[], help="where to look for fonts first")
    arguments = parser.parse_args()

    parts = ['#include "web/widgets/font_data.h"\n\nnamespace convoscope::widgets {\nnamespace {\n']
    total = 0
    for name, stem, characters in FACES:
        data, missing = subset(find(stem, arguments.folder + FOLDERS), characters)
        parts.append(array(name, data))
        total += len(data)
        absent = "".join(chr(c) for c in missing)
        print(f"{stem}: {len(data):,} bytes" + (f", without {absent}" if absent else ""))
    parts.append("}  // namespace\n")
    for name, _, _ in FACES:
        parts.append(f"const FontFile k{name}{{k{name}Bytes, sizeof k{name}Bytes}};\n")
    parts.append("}  // namespace convoscope::widgets\n")
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    arguments.out.write_text("".join(parts))
    print(f"{total:,} bytes in all")


if __name__ == "__main__":
    main()
