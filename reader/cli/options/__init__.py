"""The words of each command: what imports nothing heavy, so that `--help` costs nothing.

Each module's `add_to` adds a command's options to its parser and names the coroutine that runs
it, as `module:function`: that one is imported when the command is chosen.
"""
