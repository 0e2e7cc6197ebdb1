"""`tingwen`: thin commands over the same pipeline that the service uses."""

from reader.cli.launch import main

__all__ = ["main"]
