"""The alphabet of Kokoro's phonemes: which model input stands for which sign.

As published with the weights (`config.json` of Kokoro-82M v1.0), without the signs of
languages that are not said here.
"""

from __future__ import annotations

from typing import Final

_FIRST_IDS: Final = (
    (1, ";:,.!?"),
    (9, '—…"()“” '),
    (20, "ʦʨ"),
    (23, "ꭧAI"),
    (31, "O"),
    (39, "W"),
    (41, "Yᵊabcdef"),
    (50, "hijklmnopqrstuvwxyzɑɐɒæ"),
    (76, "ɔɕç"),
    (81, "ðʤə"),
    (85, "ɚɛɜ"),
    (92, "ɡ"),
    (99, "ɥ"),
    (101, "ɨɪ"),
    (112, "ŋ"),
    (119, "θ"),
    (123, "ɹ"),
    (125, "ɾɻ"),
    (130, "ʂʃ"),
    (133, "ʧ"),
    (135, "ʊ"),
    (138, "ʌ"),
    (140, "ɤ"),
    (147, "ʒʔ"),
    (156, "ˈˌː"),
    (162, "ʰ"),
    (169, "↓"),
    (171, "→↗↘"),
    (177, "ᵻ"),
)

PHONEME_IDS: Final[dict[str, int]] = {
    sign: first + at for first, signs in _FIRST_IDS for at, sign in enumerate(signs)
}
EDGE_ID: Final = 0
"""What stands at both ends of every row."""
