"""Traditional or Simplified, by the characters of the text."""

from __future__ import annotations

# Frequent characters that exist in one script only; a few hundred characters of news hold
# dozens of them.
_TRADITIONAL_ONLY = frozenset(
    "這個們來時對國會說為過還發經無與點後從開關東車長門問間聞見現觀規視覺讓認議論記許設訪證評試該話語誤請"
    "調談識護變學寫實際陸陽隊階隨難雙電響頭題額風飛馬驗體鬥魚鳥點齊總統結給絕經網維緊線編練縣續華萬葉處號"
    "補裝複親計訊財責買費資賽質贊趕軍輕輸轉連運達違遠選適還邊鄉鎮錄鐘鐵錢銀錯"
)
_SIMPLIFIED_ONLY = (
    frozenset(
        "这个们来时对国会说为过还发经无与点后从开关东车长门问间闻见现观规视觉让认议论记许设访证评试该话语误请"
        "调谈识护变学写实际陆阳队阶随难双电响头题额风飞马验体斗鱼鸟齐总统结给绝网维紧线编练县续华万叶处号"
        "补装复亲计讯财责买费资赛质赞赶军轻输转连运达违远选适边乡镇录钟铁钱银错"
    )
    - _TRADITIONAL_ONLY
)


def script_of(text: str) -> str:
    """`zh-Hant` or `zh-Hans`; "" where no character tells."""
    traditional = sum(character in _TRADITIONAL_ONLY for character in text)
    simplified = sum(character in _SIMPLIFIED_ONLY for character in text)
    if traditional == simplified == 0:
        return ""
    return "zh-Hant" if traditional >= simplified else "zh-Hans"
