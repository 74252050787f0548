"""Every reason why a file cannot be read, with the sentence and the remedy a person sees."""

from __future__ import annotations

import re
from collections.abc import Mapping

from zyb.errors import ZybError

_SAVE_AS = "请用 Excel 或 WPS 打开该文件，另存为“Excel 工作簿（.xlsx）”后重新上传。"
_ORIGINAL = "请上传原始的电子表格（.xlsx、.xls 或 .csv）。"
_RESAVE = "请用 Excel 或 WPS 打开检查，能打开的另存为 .xlsx 后重新上传；打不开的请向填报单位重新索取。"
_UNPACK = "请先解压，再上传其中的电子表格。"
_PACK_LESS = "请分成几个压缩包，分别上传。"
_SPLIT = "请按地区或年度拆分成几个文件，分别上传。"
_STRAY = "请删除表格区域以外的多余行、列（选中整行或整列后右键“删除”），保存后重新上传。"

REFUSALS: Mapping[str, tuple[str, str]] = {
    "empty_file": ("文件是空的，没有任何内容。", "请确认选对了文件，并已保存后再上传。"),
    "too_large": ("文件大小为 {size} MB，超过 {limit} MB 的上限。", _SPLIT),
    "picture": ("这是一张图片，不是电子表格。", _ORIGINAL),
    "pdf": ("这是 PDF 文件，不是电子表格。", _ORIGINAL),
    "ofd": ("这是 OFD 版式文件，不是电子表格。", _ORIGINAL),
    "archive": ("这是压缩包，不是电子表格。", _UNPACK),
    "archive_nested": (
        "压缩包里还有压缩包。",
        "请先解压里面的压缩包，把电子表格放进一个压缩包，或直接上传电子表格。",
    ),
    "archive_too_many": ("压缩包里有 {count} 个文件，超过 {limit} 个的上限。", _PACK_LESS),
    "archive_too_large": ("压缩包解压后有 {size} MB，超过 {limit} MB 的上限。", _PACK_LESS),
    "word": (
        "这是 Word 文档，不是电子表格。",
        "请把文档中的表格复制到 Excel 或 WPS 表格，保存为 .xlsx 后上传。",
    ),
    "slides": ("这是演示文稿，不是电子表格。", _ORIGINAL),
    "html": ("这是网页格式的文件，只是扩展名写成了表格。", _SAVE_AS),
    "mhtml": ("这是单个文件网页（MHTML），只是扩展名写成了表格。", _SAVE_AS),
    "xml_2003": ("这是“XML 表格 2003”或其他 XML 格式的文件。", _SAVE_AS),
    "old_excel": ("这是 Excel 95 以前的老格式文件。", _SAVE_AS),
    "encrypted": (
        "文件设有打开密码或保护，无法读取。",
        "请在 Excel 或 WPS 中取消密码（文件—信息—保护工作簿），另存后重新上传。",
    ),
    "broken_zip": ("文件不完整或已损坏，可能没有传完。", _RESAVE),
    "not_a_workbook": ("文件里没有电子表格的内容。", _ORIGINAL),
    "zip_bomb": ("文件解压后大得异常，为保护系统没有打开。", _RESAVE),
    "xml_with_dtd": ("文件里含有不安全的外部声明，为保护系统没有打开。", _SAVE_AS),
    "no_sheet": ("工作簿里没有工作表。", _ORIGINAL),
    "empty_workbook": ("工作簿里的工作表都是空的。", "请确认数据已经填好并保存，再重新上传。"),
    "too_many_sheets": (
        "工作簿有 {count} 张工作表，超过 {limit} 张的上限。",
        "请删除无关的工作表后重新上传。",
    ),
    "too_many_columns": ("工作表“{sheet}”的内容一直延伸到第 {column} 列，超过 {limit} 列的上限。", _STRAY),
    "too_many_rows": ("工作表“{sheet}”有 {count} 行，超过 {limit} 行的上限。", _SPLIT),
    "range_too_large": ("工作表“{sheet}”的内容一直延伸到 {cell} 单元格，范围过大，无法读取。", _STRAY),
    "cell_too_long": (
        "工作表“{sheet}”的 {cell} 单元格超过 {limit} 个字，无法读取。",
        "请检查该单元格是否误粘贴了大段内容，或引号没有成对，改正后重新上传。",
    ),
    "line_too_long": (
        "文本第 {line} 行附近有一项内容超过 {limit} 个字，无法读取。",
        "请检查该处的双引号是否成对，改正后重新上传。",
    ),
    "damaged": ("文件内容已损坏或格式不规范，无法读取。", _RESAVE),
    "timeout": ("文件读取时间过长，已经停止。", _SPLIT),
    "out_of_memory": (
        "文件占用的内存过大，已经停止读取。",
        "请先删除表格区域以外的多余行、列；确有这么多数据的，请按地区或年度拆分后上传。",
    ),
    "understanding_timeout": (
        "文件里的内容识别时间过长，已经停止。",
        "请检查有没有误粘贴了大段文字的单元格；确有这么多数据的，请按地区或年度拆分成几个文件，分别上传。",
    ),
    "understanding_memory": (
        "识别文件里的内容占用的内存过大，已经停止。",
        "请先删除表格区域以外的多余内容；确有这么多数据的，请按地区或年度拆分后上传。",
    ),
    "understanding_broke": (
        "识别文件里的内容时程序意外中断，文件没有处理完。",
        "请重新上传一次；仍然如此的，请把文件交给管理员查看。",
    ),
    "unknown_encoding": (
        "文本文件的编码无法识别（支持 UTF-8、UTF-16 和 GB18030）。",
        "请用 Excel 或 WPS 打开，确认文字显示正常后另存为 .xlsx，再重新上传。",
    ),
    "unknown_content": ("无法识别文件的内容，它不是电子表格。", _ORIGINAL),
    "no_room": ("服务器的临时空间不足，文件没有读取。", "请联系管理员清理磁盘后再试。"),
    "short_of_handles": (
        "服务器同时打开的文件已达上限，文件没有读取。",
        "请稍后再试；仍不行的，请联系管理员。",
    ),
    "busy": ("系统正在读取其他人上传的文件。", "请过一两分钟再试。"),
}


class UnreadableFile(ZybError):
    """A file that was refused. `code` is stable; the sentences may be reworded."""

    def __init__(self, code: str, **details: object) -> None:
        message, remedy = REFUSALS[code]
        super().__init__(message.format(**{key: _plain(value) for key, value in details.items()}), remedy)
        self.code = code
        self.details = details


def _plain(value: object) -> str:
    """Names come from the file: only letters, digits, spaces and dashes of them reach the screen."""
    return re.sub(r"[^\w \-（）]", "", str(value)).replace("_", " ")[:31]
