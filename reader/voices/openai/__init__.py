"""`openai`: any server that speaks OpenAI's `POST /audio/speech`."""

from reader.voices.openai.settings import OpenAISettings
from reader.voices.openai.voice import OpenAIVoice

__all__ = ["OpenAISettings", "OpenAIVoice"]
