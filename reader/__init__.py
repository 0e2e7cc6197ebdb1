"""聽聞: an article is cleaned, scripted, spoken sentence by sentence, and stitched."""
