from reader.script.model import HEADLINE, Line, Reading, Script, Utterance

__all__ = ["HEADLINE", "Line", "Reading", "Script", "Utterance"]
