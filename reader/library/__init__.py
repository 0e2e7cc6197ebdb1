"""The pipeline for Python programs; `import reader` hands out its names."""
