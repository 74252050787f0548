"""通报与文件: chosen, read, checked, judged, signed, fetched."""
