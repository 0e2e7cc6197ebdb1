"""Scripts, readings and the lexicon."""

from __future__ import annotations

from typing import Final

from reader.messages.message import Message, Rows, Wording

ROWS: Final[Rows] = {
    "max-chars-bad": Message(
        Wording("max_chars is {max_chars}: give 1 or more"),
        Wording("max_chars 是 {max_chars}：請給 1 以上"),
    ),
    "article-too-long": Message(
        Wording("the article has {n_chars:,} characters, more than {most:,}; give it in parts"),
        Wording("文章有 {n_chars:,} 字，超過 {most:,} 字：請分次給"),
    ),
    "lexicon-unreadable": Message(
        Wording("{path}: the lexicon cannot be read ({reason}); check the path"),
        Wording("{path}：詞典讀不了（{reason}），請檢查路徑"),
    ),
    "lexicon-not-toml": Message(
        Wording('{path}: not TOML ({reason}); write each word as "詞" = "ㄘˊ"'),
        Wording('{path}：不是 TOML（{reason}），每個詞請寫成 "詞" = "ㄘˊ"'),
    ),
    "in-lexicon": Message(
        Wording("{path}, line {line}: {cause}"),
        Wording("{path} 第 {line} 行：{cause}"),
    ),
    "word-empty": Message(
        Wording("{word!r} has nothing to look for; give a word of letters or Han characters"),
        Wording("{word!r} 沒有可找的字：請給英文字或漢字"),
    ),
    "syllable-bad": Message(
        Wording("{word!r}: {syllable!r} is no syllable; write ㄊㄞˊ or tai2, one a character"),
        Wording("{word!r}：{syllable!r} 不是音節，請寫 ㄊㄞˊ 或 tai2，一字一個"),
    ),
    "syllables-miscounted": Message(
        Wording(
            "{word!r} has {n_characters} characters and {n_syllables} syllables; "
            "give one for each character",
        ),
        Wording("{word!r} 有 {n_characters} 個字、{n_syllables} 個音節：請一字給一個"),
    ),
    "nothing-to-say": Message(
        Wording("the article has no text that could be spoken; send another"),
        Wording("文章裡沒有可以唸的文字：請換一篇"),
    ),
    "sentence-limit-bad": Message(
        Wording(
            "max_chars is {max_chars}: a sentence cannot be cut finer than {least} "
            "characters; give {least} or more",
        ),
        Wording("max_chars 是 {max_chars}：一句不能切得比 {least} 字更短，請給 {least} 以上"),
    ),
    "brackets-bad": Message(
        Wording("foreign_in_brackets is {value!r}: give 'once' or 'both'"),
        Wording("foreign_in_brackets 是 {value!r}：請給 'once' 或 'both'"),
    ),
    "pause-bad": Message(
        Wording("{name} is {value}: give 0 to {most} milliseconds"),
        Wording("{name} 是 {value}：請給 0 到 {most} 毫秒"),
    ),
    "rule-open": Message(
        Wording("rules.toml: a look-behind of {pattern!r} is never closed; close it"),
        Wording("rules.toml：{pattern!r} 的 look-behind 沒有關上，請關上"),
    ),
    "reading-unspeakable": Message(
        Wording(
            "The voice cannot say {reading!r}, asked for in {line!r}: write pinyin "
            "with a tone digit 1–5 in the lexicon, such as lv4",
        ),
        Wording(
            "聲音唸不出「{line}」要的 {reading!r}：請在詞典裡寫帶聲調數字 1–5 的拼音，例如 lv4",
        ),
    ),
    "lexicon-no-text": Message(
        Wording('{word!r} has no text; write it as "{word}" = "ㄘˊ"'),
        Wording('「{word}」沒有讀音，請寫成 "{word}" = "ㄘˊ"'),
    ),
    "readings-missing": Message(
        Wording(
            "the package {package}, which readings come from, is not installed; "
            "run `pip install {package}`",
            page="The service lacks a part: ask who runs it",
        ),
        Wording(
            "讀音要用的套件 {package} 沒有安裝：請執行 `pip install {package}`",
            page="服務少裝了東西：請告訴管理者",
        ),
    ),
    "word-twice": Message(
        Wording(
            "{word!r} is the same word as {twin!r} in line {line}, said otherwise there; keep one",
        ),
        Wording("{word!r} 和第 {line} 行的 {twin!r} 是同一個詞，讀音卻不同：請留一個"),
    ),
    "word-said-twice": Message(
        Wording("{word!r} is the same word as {twin!r}, said otherwise there; keep one"),
        Wording("{word!r} 和 {twin!r} 是同一個詞，讀音卻不同：請留一個"),
    ),
    "lexicon-too-many": Message(
        Wording("the lexicon has {n_words} words, more than {most}; send fewer"),
        Wording("詞典有 {n_words} 個詞，超過 {most} 個：請少送一些"),
    ),
    "lexicon-entry-long": Message(
        Wording(
            "{word!r}: a word has at most {most_word} characters, what is said for it at most "
            "{most_said}; shorten it"
        ),
        Wording("{word!r}：詞最多 {most_word} 字，唸法最多 {most_said} 字，請縮短"),
    ),
    "several-wrong": Message(
        Wording("{causes}"),
        Wording("{causes}"),
    ),
    "surname-bad": Message(
        Wording('{word!r} is no surname of one character; write "單" = "ㄕㄢˋ"'),
        Wording('{word!r} 不是單姓：請寫成 "單" = "ㄕㄢˋ"'),
    ),
    "pinyin-toneless": Message(
        Wording("{word!r}: {value!r} is pinyin without tones; write them (hang2 ku4, háng kù)"),
        Wording("{word!r}：{value!r} 是沒有聲調的拼音，請標聲調（hang2 ku4、háng kù）"),
    ),
}
