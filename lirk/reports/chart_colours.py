"""The colours of the charts, the same on paper and screen; nothing is told by them alone."""

from lirk.reports.charts import Fill, Tone

TONES = {
    Tone.INK: "#1a1a1a",
    Tone.SOFT: "#5b5b5b",
    Tone.FAINT: "#d3d8df",
    Tone.PAPER: "#ffffff",
    Tone.ACCENT: "#003972",
}
GROUNDS = {
    Fill.DARK: "#003972",
    Fill.HATCHED: "#b9d0e8",
    Fill.WHITE: "#ffffff",
    Fill.DOTTED: "#f4f5f7",
    Fill.LINED: "#dfe1e5",
}
#: Thickness of the line around every bar, in points.
OUTLINE = 0.7
