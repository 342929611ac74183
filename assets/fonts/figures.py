#!/usr/bin/env python3
"""Makes Waxwing Figures from Inter: the same letters, but every digit of the same width, so that times and sizes do not jump.

JavaFX cannot switch a font's `tnum` feature on, so the feature is applied here once: the digits' code points are pointed at their tabular
glyphs and the font is cut down to Latin. Inter has no reserved font name; the result keeps its licence (OFL.txt).

    python3 figures.py Inter-Regular.otf WaxwingFigures-Regular.otf Regular
"""
import sys
from fontTools import subset
from fontTools.ttLib import TTFont

source, target, style = sys.argv[1:4]
font = TTFont(source)
gsub = font["GSUB"].table
tabular = {}
for feature in gsub.FeatureList.FeatureRecord:
    if feature.FeatureTag == "tnum":
        for index in feature.Feature.LookupListIndex:
            for table in gsub.LookupList.Lookup[index].SubTable:
                table = getattr(table, "ExtSubTable", table)
                tabular.update(getattr(table, "mapping", {}))
for table in font["cmap"].tables:
    for code, glyph in list(table.cmap.items()):
        if glyph in tabular:
            table.cmap[code] = tabular[glyph]
options = subset.Options(layout_features=["kern", "mark", "mkmk", "ccmp"], name_IDs=["*"], notdef_outline=True, hinting=True)
cutter = subset.Subsetter(options)
cutter.populate(unicodes=[*range(0x20, 0x250), *range(0x2010, 0x2030), 0x2212, 0x2248, 0x2026, 0x00D7, 0x2192])
cutter.subset(font)
for record in font["name"].names:
    if record.nameID in (1, 16):
        record.string = "Waxwing Figures" if style == "Regular" else f"Waxwing Figures {style}"
    elif record.nameID in (2, 17):
        record.string = "Regular"
    elif record.nameID == 4:
        record.string = f"Waxwing Figures {style}"
    elif record.nameID == 6:
        record.string = f"WaxwingFigures-{style}"
if "CFF " in font:
    top = font["CFF "].cff
    top.fontNames = [f"WaxwingFigures-{style}"]
font.save(target)
print(target, {chr(c): font.getBestCmap()[c] for c in range(0x30, 0x3A)})
