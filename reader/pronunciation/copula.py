"""為 between two nouns and before a deed: ㄨㄟˊ (is, becomes) or ㄨㄟˋ (for).

為 is "for" where the rest of its clause goes on to do something (為病童說故事), or is itself a deed
(為備戰決賽); it is "is" where the rest is a noun (為目前山區最長的一座). Parts of speech are the
segmenter's, and its words for deeds that are nouns in titles are known by what stands before.
"""

from __future__ import annotations

import re

from reader.pronunciation.segment import tagged_words

IS, FOR = "wei2", "wei4"
_DEEDS = frozenset(("v", "vd", "vi", "vg", "vq"))
_NAMES = frozenset(("ns", "nr", "nrt", "nz", "r", "m", "vn"))
_EQUALS = re.compile(
    r"(?:目的|原因|主因|任務|重點|用途|方式|方法|內容|主題|主軸|作者|後者|前者|其餘|其中|"
    r"分別|依序|多|則|即|乃|僅|雖|應|均|皆|原|曾|現|亦|便|同|係|是否|事故|影片|截圖.{0,6}|"
    r"一段"
    r"|[率值價量額數幅期比度高寬重]|[全身總時]長|金額|人數|名稱|地點|時間|日期|對象|機率|"
    r"目前|此舉|此|其次|喻|做|減|縮|稱呼.{0,4}|定位|接納.{0,6}|提拔|批|不啻|蔚|"
    r"疑|誤導|發展|成長|受雇|移除)$"
)
_FOR_BEFORE = re.compile(
    r"(?:願|願意|意願|繼續|持續|紛紛|努力|挺身|專門|停止|必須|可能|能|能夠|可|可以|會|"
    r"將|要|想|需|須|不|(?<!分)別|都在|正在|正|也|還|並|且|只|全是|是|本來是|還是|就是|不是|"
    r"一起|一同|共同|聯手|攜手|拒絕|來|前來|特地|特別|專程|主動|同時|不斷|長年|甘願|誰|我們|大家|親自|積極|"
    r"才)$"
)
_NAMED_SO = re.compile(
    r"(?:[以引拿奉視稱喻][^的為]{1,9}(?<!長)|華|至|蔚|預|深|用.{1,5}|下|[轉反化變易][一-龥])$"
)
_QUANTITY = re.compile(
    r"(?:超過|逾|近|約|達|僅|第|[〇零一二三四五六七八九十百千萬億兩幾半])(?!年.{2,}|屆.{2,}|"
    r"[個名位].{3,})"
)
_PURPOSES = [
    "評估",
    "安撫",
    "因應",
    "聲援",
    "落實",
    "備戰",
    "感謝",
    "慶祝",
    "鼓勵",
    "應對",
    "捍衛",
    "擴大",
    "減少",
    "擊敗",
    "打入",
    "敦促",
    "防",
    "提供",
    "提升",
    "提高",
    "維護",
    "確保",
    "強化",
    "加強",
    "促進",
    "推動",
    "改善",
    "解決",
    "爭取",
    "協助",
    "配合",
    "迎接",
    "避免",
    "降低",
    "方便",
    "保障",
    "保護",
    "紀念",
    "響應",
    "拓展",
    "延續",
    "支持",
    "照顧",
    "追求",
    "滿足",
    "符合",
    "籌",
    "搶",
    "救",
    "吸引",
    "表達",
    "逃離",
    "鎮壓",
    "贖罪",
    "加速",
    "加快",
    "增加",
    "增進",
    "節省",
    "節約",
    "打造",
    "打擊",
    "遏止",
    "遏阻",
    "杜絕",
    "嚴防",
    "預防",
    "釐清",
    "查明",
    "瞭解",
    "了解",
    "掌握",
    "完成",
    "實現",
    "達成",
    "挽救",
    "挽回",
    "搶救",
    "籌措",
    "籌辦",
    "準備",
    "安",
    "求",
    "躲",
    "逃",
    "討",
    "找",
    "看",
    "買",
    "賺",
    "讓",
    "使",
    "把",
    "給",
    "替",
]
_PURPOSE = re.compile("(?:" + "|".join(_PURPOSES) + ")(?!者|率|案|法|人|員|金|費|性)")
_PERSON = re.compile(
    r"(?:[你妳您我他她它咱]|自己|大家|人民|民眾|百姓|孩子|病童|球迷|旅客|乘客|消費者|"
    r"客戶|學生|勞工|長輩|弱勢|家人|家屬|國家|彼此|對方|社會|愛|啥|誰|哪樁|那樁|何|什麼)"
)
_ABSTRACT = re.compile(
    r"^(?:名|利|錢|愛|情|名利|面子|私利|政績|選票|生計|生活|民主|自由|正義|公平|信仰|"
    r"興趣|夢想|理想|人民|台灣|國家|戲|升學)$"
)
_DEEDS_OF_GOOD = re.compile(
    r"(?:鋪路|打氣|加油|祈福|祈禱|辯護|發聲|代言|站台|助陣|助選|負責|努力|奮鬥|奮戰|布局|"
    r"佈局|服務|著想|慶生|道歉|致歉|默哀|喝采|操心|擔心|背書|護航|把關|解套|說情|抱屈|"
    r"抱不平|叫屈"
    r"|宣傳|造勢|授證|授旗|義診|看診|訂定|訂製|制定|獻唱|取名|解說|導覽|頒獎|募得|募集|籌得|籌募|熱身|暖身|剪綵|揭幕|募款|送行|餞行|撐腰|喊冤|平反|翻案|解圍|紓困|降溫|"
    r"升溫|定調|接風|發言|催票|開路|把脈|畫下|留下|埋下|寫下|增色|加分|得分|進球|效力|"
    r"犧牲|打仗|而戰|而行|而來|而生|而死|而愛|加溫|助力|添|帶來|提供|營造|創造|注入|爭取|贏得|奠定|開設|造成|引來|敲響|盡力|留有|導航|辯護|辯)"
)


_MADE_FOR = re.compile(r".(?:設計|打造|準備|量身訂做|開發|興建|設置|保留)$")
_RANK = re.compile(r"(?:最[一-龥]{1,6}|之一|關鍵|首例|主力|第[一二三四五六七八九十]+[一-龥]{0,4})$")
"""What something is among others: 將為終戰指導的最大變數."""
_DONE = re.compile(r"[^的是]{2,10}[一-龥]了.")
"""Someone or something, and what was done for it: 為世界營造了."""
_SOMEONE = re.compile(
    r"[^的最]{0,4}?(?:[者員民生工人迷友童嬰婦翁患商戶隊校徒兵警眾客農]|員工|孩子|家屬|"
    r"同仁|偶像|粉絲|企業|店家|社區|業者|新人|家鄉|學子|親友|病人)"
    r"(?P<rest>[^的之中最兼等與和及、主隊長史形名權數].{1,12})$"
)
"""Someone, and what is done for them: not what someone is (球隊隊長, 居民主要道路)."""


def wei_reading(before: str, after: str) -> str | None:
    """The reading of 為 between `before` and `after`, its clause's rest; None: cannot be told."""
    if not after:
        return FOR if _FOR_BEFORE.search(before) else IS
    if _ABSTRACT.match(after) and _FOR_BEFORE.search(before):
        return FOR
    if len(after) == 1 or after[0] in "之本":
        return IS
    if _NAMED_SO.search(before) and not _FOR_BEFORE.search(before):
        return IS
    if _QUANTITY.match(after) and not _DEEDS_OF_GOOD.search(after):
        return IS
    if _MADE_FOR.search(after) or _DONE.match(after):
        return FOR
    if _RANK.search(after) and "的" in after and not _DEEDS_OF_GOOD.search(after):
        return IS
    words = tagged_words(after)
    if _PURPOSE.match(after) and not _EQUALS.search(before):
        return FOR
    if "而" in after[:8] or _DEEDS_OF_GOOD.search(after):
        return FOR
    if _ABSTRACT.match(after) and not _EQUALS.search(before):
        return FOR
    someone = _SOMEONE.match(after)
    if someone and someone["rest"][-1] not in "長員者人民生一種個" and not _EQUALS.search(before):
        return FOR
    deed = _has_deed(words)
    if _EQUALS.search(before) and not (_FOR_BEFORE.search(before) and deed):
        return IS
    if _FOR_BEFORE.search(before):
        return FOR
    return FOR if deed else IS


def _has_deed(words: list[tuple[str, str]]) -> bool:
    """Whether the words begin with a deed, or end in one after the last 的."""
    if words[0][1] in _DEEDS and words[0][0] not in _NO_DEEDS:
        return True
    if words[0][1] == "vn" and len(words) > 1 and words[1][1] in _NAMES:
        return True  # 應付中國, but not 合作夥伴
    last = max((i for i, (word, _) in enumerate(words) if word == "的"), default=-1)
    return any(
        tag in _DEEDS and word not in _NO_DEEDS for word, tag in words[max(last + 1, 1) :]
    ) or _deed_with_object(words[:last])


def _deed_with_object(words: list[tuple[str, str]]) -> bool:
    """Whether 為 someone do something: a person first, then a deed, before any 的."""
    return (
        len(words) > 1
        and _PERSON.match(words[0][0]) is not None
        and any(tag in _DEEDS for _, tag in words[1:])
    )


_NO_DEEDS = frozenset(
    (
        "是",
        "有",
        "為",
        "到",
        "以上",
        "以下",
        "以來",
        "以前",
        "以後",
        "可能",
        "高",
        "低",
        "迄今",
        "主",
    )
)
