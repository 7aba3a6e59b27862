"""What the front matter of a report says: keys, their values, and what they mean (guidelines, section 1.1)."""

from __future__ import annotations

from typing import Final

# The province-level units of the mainland and 全国 for central bodies, with English names.
REGIONS: Final = {
    "全国": "national", "北京": "Beijing", "天津": "Tianjin", "河北": "Hebei", "山西": "Shanxi",
    "内蒙古": "Inner Mongolia", "辽宁": "Liaoning", "吉林": "Jilin", "黑龙江": "Heilongjiang", "上海": "Shanghai",
    "江苏": "Jiangsu", "浙江": "Zhejiang", "安徽": "Anhui", "福建": "Fujian", "江西": "Jiangxi", "山东": "Shandong",
    "河南": "Henan", "湖北": "Hubei", "湖南": "Hunan", "广东": "Guangdong", "广西": "Guangxi", "海南": "Hainan",
    "重庆": "Chongqing", "四川": "Sichuan", "贵州": "Guizhou", "云南": "Yunnan", "西藏": "Tibet",
    "陕西": "Shaanxi", "甘肃": "Gansu", "青海": "Qinghai", "宁夏": "Ningxia", "新疆": "Xinjiang",
}  # fmt: skip

# Keys in their order; the values each may have, None where any text will do.
FRONT_MATTER: Final[dict[str, tuple[str, ...] | None]] = {
    "id": None,
    "issuer": None,
    "year": None,
    "region": tuple(REGIONS),
    "level": ("central", "province", "city", "county", "township"),
    "body": ("government", "department", "vertical", "school", "hospital", "utility", "park"),
    "form": (
        "free-2008-2013",
        "free-2014-2018",
        "national-2019-2020",
        "national-2021",
        "plan",
        "guide",
    ),
    "condition": ("clean", "crawled"),
    "punctuation": ("full", "half", "mixed"),
    "split": ("train", "dev", "test"),
    "register": ("terse", "boastful", "boilerplate", "listing", "tabular"),
}
