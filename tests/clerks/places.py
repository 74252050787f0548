"""Provinces, their reporting regions in the order of GB/T 2260, and counties; how clerks write them."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DIVISIONS = Path(__file__).parents[1] / "data" / "gbt2260-shaanxi-hebei.csv"


@dataclass(frozen=True)
class Region:
    """A reporting region: its full name, what people call it, its code where it is known here."""

    name: str
    short: str
    code: str = ""

    @property
    def office(self) -> str:
        """The name before 卫健委: 西安市, 凉山州."""
        return (
            self.name
            if len(self.name) <= 5
            else self.short
            if self.short[-1] in "州盟"
            else self.short + "州"
        )


CITIES = {
    "陕西省": "西安 宝鸡 咸阳 铜川 渭南 延安 榆林 汉中 安康 商洛 杨凌示范区 韩城",
    "河北省": "石家庄 承德 张家口 秦皇岛 唐山 廊坊 保定 沧州 衡水 邢台 邯郸 定州 辛集 雄安新区",
    "四川省": "成都 自贡 攀枝花 泸州 德阳 绵阳 广元 遂宁 内江 乐山 南充 眉山 宜宾 广安 达州 雅安 巴中 资阳 阿坝州 甘孜州 凉山州",
    "山东省": "济南 青岛 淄博 枣庄 东营 烟台 潍坊 济宁 泰安 威海 日照 临沂 德州 聊城 滨州 菏泽",
    "广东省": "广州 韶关 深圳 珠海 汕头 佛山 江门 湛江 茂名 肇庆 惠州 梅州 汕尾 河源 阳江 清远 东莞 中山 潮州 揭阳 云浮",
    "浙江省": "杭州 宁波 温州 嘉兴 湖州 绍兴 金华 衢州 舟山 台州 丽水",
    "江苏省": "南京 无锡 徐州 常州 苏州 南通 连云港 淮安 盐城 扬州 镇江 泰州 宿迁",
    "山西省": "太原 大同 阳泉 长治 晋城 朔州 晋中 运城 忻州 临汾 吕梁",
    "湖南省": "长沙 株洲 湘潭 衡阳 邵阳 岳阳 常德 张家界 益阳 郴州 永州 怀化 娄底 湘西州",
    "贵州省": "贵阳 六盘水 遵义 安顺 毕节 铜仁 黔西南州 黔东南州 黔南州",
    "云南省": "昆明 曲靖 玉溪 保山 昭通 丽江 普洱 临沧 楚雄州 红河州 文山州 西双版纳州 大理州 德宏州 怒江州 迪庆州",
    "广西壮族自治区": "南宁 柳州 桂林 梧州 北海 防城港 钦州 贵港 玉林 百色 贺州 河池 来宾 崇左",
    "内蒙古自治区": "呼和浩特 包头 乌海 赤峰 通辽 鄂尔多斯 呼伦贝尔 巴彦淖尔 乌兰察布 兴安盟 锡林郭勒盟 阿拉善盟",
    "甘肃省": "兰州 嘉峪关 金昌 白银 天水 武威 张掖 平凉 酒泉 庆阳 定西 陇南 临夏州 甘南州",
    "宁夏回族自治区": "银川 石嘴山 吴忠 固原 中卫",
    "安徽省": "合肥 芜湖 蚌埠 淮南 马鞍山 淮北 铜陵 安庆 黄山 滁州 阜阳 宿州 六安 亳州 池州 宣城",
}  # fmt: skip
LONG = {
    "阿坝州": "阿坝藏族羌族自治州", "甘孜州": "甘孜藏族自治州", "凉山州": "凉山彝族自治州",
    "湘西州": "湘西土家族苗族自治州", "黔西南州": "黔西南布依族苗族自治州", "黔东南州": "黔东南苗族侗族自治州",
    "黔南州": "黔南布依族苗族自治州", "楚雄州": "楚雄彝族自治州", "红河州": "红河哈尼族彝族自治州",
    "文山州": "文山壮族苗族自治州", "西双版纳州": "西双版纳傣族自治州", "大理州": "大理白族自治州",
    "德宏州": "德宏傣族景颇族自治州", "怒江州": "怒江傈僳族自治州", "迪庆州": "迪庆藏族自治州",
    "临夏州": "临夏回族自治州", "甘南州": "甘南藏族自治州",
}  # fmt: skip
SHORTER = {"杨凌示范区": "杨凌", "雄安新区": "雄安"}
# Counties of some cities elsewhere; those of Shaanxi and Hebei are read from the standard.
COUNTIES = {
    "成都市": "锦江区 青羊区 金牛区 武侯区 成华区 龙泉驿区 双流区 简阳市 金堂县",
    "济南市": "历下区 市中区 槐荫区 天桥区 历城区 长清区 章丘区 平阴县 商河县",
    "杭州市": "上城区 拱墅区 西湖区 滨江区 萧山区 余杭区 桐庐县 淳安县 建德市",
    "佛山市": "禅城区 南海区 顺德区 三水区 高明区",
    "扬州市": "广陵区 邗江区 江都区 宝应县 仪征市 高邮市",
    "太原市": "小店区 迎泽区 杏花岭区 尖草坪区 万柏林区 清徐县 阳曲县 古交市",
    "长沙市": "芙蓉区 天心区 岳麓区 开福区 雨花区 望城区 长沙县 浏阳市 宁乡市",
    "遵义市": "红花岗区 汇川区 播州区 桐梓县 绥阳县 湄潭县 赤水市 仁怀市",
    "昆明市": "五华区 盘龙区 官渡区 西山区 呈贡区 晋宁区 富民县 宜良县",
    "柳州市": "城中区 鱼峰区 柳南区 柳北区 柳江区 柳城县 鹿寨县",
    "包头市": "东河区 昆都仑区 青山区 石拐区 九原区 固阳县",
    "凉山彝族自治州": "西昌市 会理市 德昌县 会东县 宁南县 冕宁县",
}  # fmt: skip
APART = {"杨陵区": "杨凌示范区", "韩城市": "韩城市", "定州市": "定州市", "辛集市": "辛集市",
         "雄县": "雄安新区", "容城县": "雄安新区", "安新县": "雄安新区"}  # fmt: skip


def _region(word: str, code: str = "") -> Region:
    name = LONG.get(word) or (word if word[-1] in "区盟" else word + "市")
    return Region(name, SHORTER.get(word, word), code)


@cache
def _codes() -> dict[str, str]:
    with DIVISIONS.open(encoding="utf-8-sig") as file:
        return {row["名称"]: row["代码"] for row in csv.DictReader(file) if row["级别"] == "市"}


@cache
def regions_of(province: str) -> tuple[Region, ...]:
    found = [_region(word) for word in CITIES[province].split()]
    return tuple(Region(one.name, one.short, _codes().get(one.name, "")) for one in found)


@cache
def counties() -> dict[tuple[str, str], tuple[str, ...]]:
    """(province, region): its counties, for cities that have several."""
    found: dict[tuple[str, str], list[str]] = {}
    with DIVISIONS.open(encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            if row["级别"] == "县区":
                province = "陕西省" if row["代码"].startswith("61") else "河北省"
                found.setdefault((province, APART.get(row["名称"], row["上级"])), []).append(row["名称"])
    for city, names in COUNTIES.items():
        province = next(name for name in CITIES if any(one.name == city for one in regions_of(name)))
        found[province, city] = names.split()
    known = {(province, one.name) for province in CITIES for one in regions_of(province)}
    return {place: tuple(names) for place, names in found.items() if place in known and len(names) > 3}


Spelling = Callable[[Region, int, str], str]
CHINESE = [
    "一",
    "二",
    "三",
    "四",
    "五",
    "六",
    "七",
    "八",
    "九",
    "十",
    "十一",
    "十二",
    "十三",
    "十四",
    "十五",
    "十六",
    "十七",
    "十八",
    "十九",
    "二十",
    "二十一",
]
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑"


def _spelled(label: str, make: Spelling) -> Spelling:
    make.label = label  # type: ignore[attr-defined]
    return make


# Region, its place in the table from 0, the province: how the name stands in the cell.
SPELLINGS: tuple[Spelling, ...] = (
    _spelled("full", lambda one, at, of: one.name),
    _spelled("short", lambda one, at, of: one.short),
    _spelled("卫健委", lambda one, at, of: one.office + "卫健委"),
    _spelled("卫生健康委员会", lambda one, at, of: one.office + "卫生健康委员会"),
    _spelled("卫生健康委", lambda one, at, of: one.office + "卫生健康委"),
    _spelled("卫生健康局", lambda one, at, of: one.office + "卫生健康局"),
    _spelled("疾控局", lambda one, at, of: one.office + "疾控局"),
    _spelled("疾病预防控制局", lambda one, at, of: one.office + "疾病预防控制局"),
    _spelled("疾控中心", lambda one, at, of: one.office + "疾控中心"),
    _spelled("1.", lambda one, at, of: f"{at + 1}.{one.name}"),
    _spelled("1、", lambda one, at, of: f"{at + 1}、{one.short}"),
    _spelled("一、", lambda one, at, of: f"{CHINESE[at]}、{one.name}"),
    _spelled("（一）", lambda one, at, of: f"（{CHINESE[at]}）{one.name}"),
    _spelled("(1)", lambda one, at, of: f"({at + 1}){one.name}"),
    _spelled("01 ", lambda one, at, of: f"{at + 1:02d} {one.name}"),
    _spelled("①", lambda one, at, of: CIRCLED[at] + one.name),
    _spelled("：", lambda one, at, of: one.name + "："),
    _spelled("*some", lambda one, at, of: ("*" if at % 5 == 3 else "") + one.name),
    _spelled("some*", lambda one, at, of: one.name + ("*" if at % 4 == 1 else "")),
    _spelled("★some", lambda one, at, of: ("★" if at % 4 == 2 else "") + one.name),
    _spelled("some①", lambda one, at, of: one.short + ("①" if at % 6 == 2 else "")),
    _spelled("some注1", lambda one, at, of: one.name + ("（注1）" if at % 6 == 2 else "")),
    _spelled("spaced", lambda one, at, of: " ".join(one.short) if len(one.short) == 2 else one.short),
    _spelled("wide space", lambda one, at, of: "　".join(one.short) if len(one.short) == 2 else one.short),
    _spelled("indented", lambda one, at, of: "　　" + one.name),
    _spelled("nbsp behind", lambda one, at, of: one.short + "\xa0"),
    _spelled("line break", lambda one, at, of: one.name + "\n"),
    _spelled("province before", lambda one, at, of: of + one.name),
    _spelled("code before", lambda one, at, of: f"{one.code} {one.name}".strip()),
    _spelled("code behind", lambda one, at, of: one.name + (f"（{one.code}）" if one.code else "")),
    _spelled("mixed", lambda one, at, of: one.short if at % 3 else one.name),
    _spelled("县区数", lambda one, at, of: f"{one.name}（{5 + at % 7}个县区）"),
    _spelled("全市", lambda one, at, of: f"{one.name}（全市）" if one.name.endswith("市") else one.name),
    _spelled("本级及县区", lambda one, at, of: f"{one.short}（含县区）"),
    _spelled("市委", lambda one, at, of: f"{one.office}职业健康科"),
    _spelled("监督所", lambda one, at, of: f"{one.office}卫生监督所"),
    _spelled("职防院", lambda one, at, of: f"{one.office}职业病防治院"),
)  # fmt: skip
