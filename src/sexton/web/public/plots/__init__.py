"""Plots drawn by the server: SVG that prints, translates and needs no script.

One style: at most 380 units wide, so that a phone shows it nearly as large as it is drawn. Series
differ by pattern as well as by tone; the table under each plot holds the same numbers.
"""

from sexton.web.public.plots.bars import columns, stacked
from sexton.web.public.plots.lines import lines
from sexton.web.public.plots.parts import SERIES, Bar, Plot
from sexton.web.public.plots.ranges import Span, ranges

__all__ = ["SERIES", "Bar", "Plot", "Span", "columns", "lines", "ranges", "stacked"]
