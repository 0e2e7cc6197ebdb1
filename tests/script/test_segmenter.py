"""Segmenter: loaded once, whoever is first, however many ask at once."""

from __future__ import annotations

import subprocess
import sys

ALL_AT_ONCE = """
import threading
from reader.pronunciation.segment import cut_words
from reader.script.clauses import cut_clauses

text = "台北市政府今天宣布明年起調高托育津貼預計三千個家庭受惠" * 40
start, told = threading.Barrier(8), []

def cut(work):
    start.wait()
    try:
        work()
    except BaseException as error:
        told.append(repr(error))

works = [lambda: cut_words(text), lambda: cut_clauses(text, 60)] * 4
threads = [threading.Thread(target=cut, args=(work,)) for work in works]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(told)
"""


def test_it_is_whole_for_all_who_ask_at_once() -> None:
    for _ in range(3):
        done = subprocess.run(
            (sys.executable, "-c", ALL_AT_ONCE), capture_output=True, text=True, check=True
        )
        assert done.stdout.strip() == "[]"


def test_a_clause_is_cut_alike_before_and_after_readings() -> None:
    program = """
from reader.script.clauses import cut_clauses
text = "台灣大車隊與中華電信合作推出乘車優惠會員專屬方案即日起到年底為止" * 6
before = cut_clauses(text, 60)
from reader.pronunciation.segment import cut_words
cut_words(text)
print(before == cut_clauses(text, 60))
"""
    done = subprocess.run((sys.executable, "-c", program), capture_output=True, text=True)
    assert done.stdout.strip() == "True", done.stderr
