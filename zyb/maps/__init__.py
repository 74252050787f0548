"""Polygons, where names stand on them, and maps and trends as Plotly figures. The only package that knows Plotly."""
