"""Other formats than the canonical MP3, for those who insist: one transcode, at the end.

WAV, FLAC and Opus are written by libsndfile, MP3 of 44.1 kHz by LAME, AAC by PyAV (the
optional extra `formats`). Memory does not grow with the length.
"""

from reader.formats.files import (
    FORMATS,
    FileFormat,
    HostsMp3,
    Transcoder,
    format_of,
    require_format,
    transcoder,
)
from reader.formats.pcm import pcm_of
from reader.formats.tagged import tag_file

__all__ = [
    "FORMATS",
    "FileFormat",
    "HostsMp3",
    "Transcoder",
    "format_of",
    "pcm_of",
    "require_format",
    "tag_file",
    "transcoder",
]
