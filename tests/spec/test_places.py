"""地名: what officials write for a place, and which place the program takes it for; “-” is none: it asks."""

from __future__ import annotations

import pytest

from tests.books import table
from zyb.rulebook.regions import load_roster

NONE = "-"


@pytest.mark.parametrize(
    ("province", "written", "region"),
    table("""
        陕西   | 1.西安市                                   | 西安市
        陕西   | 02、西安                                   | 西安市
        陕西   | （一）西安市                               | 西安市
        陕西   | 一、西安市                                 | 西安市
        陕西   | ①西安市                                    | 西安市
        陕西   | ⒈西安市                                    | 西安市
        陕西   | 1西安市                                    | 西安市
        陕西   | *杨凌示范区                                | 杨凌示范区
        陕西   | ※韩城市                                    | 韩城市
        陕西   | 西安市：                                   | 西安市
        陕西   | 西安市²                                    | 西安市
        陕西   | 西安市[1]                                  | 西安市
        陕西   | 【西安市】                                 | 西安市
        陕西   | 610100西安市                               | 西安市
        陕西   | 西安市（610100）                           | 西安市
        陕西   | 610100000000 西安市                        | 西安市
        陕西   | 610300西安市                               | -
        陕西   | 西安市（2023年）                           | -
        陕西   | 西安市疾病预防控制中心                     | 西安市
        陕西   | 西安市卫生健康委员会职业健康科             | 西安市
        陕西   | 填报单位：西安市卫健委                     | 西安市
        陕西   | 西安市卫健委（市疾控局）                   | 西安市
        陕西   | 西安市卫健委、疾控局                       | 西安市
        陕西   | 杨凌示范区公共服务局                       | 杨凌示范区
        陕西   | 陕西省卫健委                               | -
        陕西   | 西安市雁塔区卫健局                         | -
        陕西   | 西安市第一医院                             | -
        陕西   | 西安市合计                                 | 西安市
        陕西   | 1.全省合计                                 | -
        陕西   | 西安市（含西咸新区）                       | 西安市
        陕西   | 西安市（12个县区）                         | 西安市
        陕西   | 西安市（雁塔区）                           | -
        陕西   | 西安市（市本级）                           | -
        陕西   | 西安高新区                                 | -
        陕西   | 西安市、咸阳市                             | -
        陕西   | 咸阳市（不含杨凌）                         | 咸阳市
        陕西   | 咸阳市（杨凌示范区除外）                   | 咸阳市
        陕西   | 咸阳市（含杨凌示范区）                     | -
        陕西   | 渭南市（韩城）                             | -
        陕西   | 渭南韩城                                   | 韩城市
        陕西   | 杨凌（示范区）                             | 杨凌示范区
        河北   | 省直管定州市                               | 定州市
        河北   | 辛集市（省直管县级市）                     | 辛集市
        河北   | 雄安新区（三县）                           | 雄安新区
        河北   | 雄安新区（雄县、容城、安新）               | 雄安新区
        河北   | 雄安新区（雄县）                           | -
        河北   | 保定市（不含定州、雄安）                   | 保定市
        河北   | 保定市（不含定州市和雄安新区三县）         | 保定市
        河北   | 保定市（除定州、雄安外）                   | 保定市
        河北   | 保定市不含定州市、雄县、容城县、安新县     | 保定市
        河北   | 保定市（不含定州）                         | -
        河北   | 保定市（不含定州、雄安、涿州）             | -
        河北   | 承德县卫健局                               | -
        河北   | 石市                                       | 石家庄市
        新疆   | 1.博州                                     | 博尔塔拉蒙古自治州
        新疆   | 巴州卫健委                                 | 巴音郭楞蒙古自治州
        新疆   | 克州                                       | 克孜勒苏柯尔克孜自治州
        新疆   | 第八师石河子市                             | 石河子市
        新疆   | 八师                                       | 石河子市
        新疆   | 石河子市（第八师）                         | 石河子市
        新疆   | 新疆生产建设兵团第一师阿拉尔市             | 阿拉尔市
        新疆   | 兵团                                       | -
        新疆   | 第十二师                                   | -
        新疆   | 阿克苏地区（不含兵团）                     | 阿克苏地区
        新疆   | 阿克苏地区（含兵团）                       | -
        新疆   | 伊犁州直                                   | 伊犁哈萨克自治州
        新疆   | 伊犁州（不含塔城、阿勒泰）                 | 伊犁哈萨克自治州
        新疆   | 伊犁州（含塔城、阿勒泰）                   | -
        四川   | 凉山彝族州                                 | 凉山彝族自治州
        内蒙古 | 锡盟                                       | 锡林郭勒盟
        内蒙古 | 呼伦贝尔盟                                 | 呼伦贝尔市
        贵州   | 黔东南州                                   | 黔东南苗族侗族自治州
        湖北   | 襄阳市（原襄樊市）                         | 襄阳市
        湖北   | 恩施市                                     | -
        海南   | 儋州市（洋浦）                             | 儋州市
        海南   | 洋浦                                       | -
        重庆   | 开县                                       | 开州区
        重庆   | 两江新区                                   | -
        安徽   | 马鞍山市（含山县）                         | -
        吉林   | 1.吉林                                     | 吉林市
        吉林   | 吉林卫健委                                 | -
        北京   | 朝阳市                                     | -
    """),
)
def test_a_region_as_officials_write_it(province, written, region):
    found = load_roster(province).find(written)
    assert (found.name if found else NONE) == region


@pytest.mark.parametrize(
    ("province", "region", "written", "county", "since"),
    table("""
        陕西 | -      | 户县                 | 鄠邑区           | 2016
        陕西 | -      | 西安市户县卫健局     | 鄠邑区           | 2016
        陕西 | 榆林   | 神木县               | 神木市           | 2017
        陕西 | -      | 鄠邑区（原户县）     | 鄠邑区           | -
        陕西 | -      | 1.雁塔区疾控中心     | 雁塔区           | -
        陕西 | -      | 雁塔区（西安市）     | 雁塔区           | -
        陕西 | -      | 610113 雁塔区        | 雁塔区           | -
        陕西 | -      | 雁塔区（高新）       | -                | -
        陕西 | 宝鸡   | 户县                 | -                | -
        河北 | 邢台   | 桥西区               | 信都区           | 2020
        河北 | 石家庄 | 桥西区               | 桥西区           | -
        河北 | 张家口 | 桥西区               | 桥西区           | -
        河北 | -      | 桥西区               | -                | -
        河北 | -      | 邢台市桥西区         | 信都区           | 2020
        河北 | -      | 承德市               | -                | -
        四川 | -      | 峨边县               | 峨边彝族自治县   | -
        山东 | -      | 即墨市               | 即墨区           | 2017
    """),
)
def test_a_county_as_officials_write_it(province, region, written, county, since):
    roster = load_roster(province)
    read = roster.county_read(written, roster.find(region) if region != NONE else None)
    assert (read.county.name if read.county else NONE) == county
    assert (str(read.former.year) if read.former else NONE) == since


@pytest.mark.parametrize(
    "written", ["合计", "1.合计", "*全省合计", "（一）合计", "合计：", "合计（家）", "一、陕西省", "总计*"]
)
def test_a_total_stays_one_with_numbers_and_marks(written):
    shaanxi = load_roster("陕西")
    assert shaanxi.is_total(written)
    assert shaanxi.find(written) is None
