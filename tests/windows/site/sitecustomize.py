"""Python imports this by itself at its start where its folder is on PYTHONPATH."""

from tests.windows.simulation import install

install()
