"""What a check of a bundle finds, in plain words: what is wrong, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

UNUSABLE: dict[str, str | Promise] = {
    "unreadable": _("读不了这个文件。请检查路径和权限。"),
    "not_a_zip": _("这不是证据包，或文件已损坏。请向出具单位要原文件。"),
    "cut_off": _("文件不完整，或末尾被加了内容。请重新下载，或向出具单位要原文件。"),
    "too_large": _("文件超过 %(mib)d MiB，不像证据包，没有打开。"),
    "too_many": _("文件清单太长（最多 %(most)d 个），不像证据包，没有打开。"),
    "bomb": _("清单里的大小加起来超过了文件本身，像是压缩炸弹，没有打开。"),
    "path": _("包里有指向包外的路径（%(file)s），没有打开。"),
    "doubled": _("包里有两个同名的文件（%(file)s），无法断定哪个是真的。"),
    "compressed": _("%(file)s 被重新压缩过。请用没有解压、没有再打包过的原文件。"),
    "file_too_large": _("%(file)s 太大，不像证据包里的文件，没有打开。"),
    "no_manifest": _("包里没有目录文件 manifest.json，不是证据包。"),
    "version": _("这个证据包的格式版本比本程序新，或不是证据包。请用新版程序核验。"),
}
NOT_PROVEN: dict[str, str | Promise] = {
    "foreign": _("包里多了不属于它的文件：%(file)s。"),
    "missing": _("包里少了 %(file)s。"),
    "wrapping": _("压缩包的外壳被改过。内容与签名相符，但文件不是出具时的样子。"),
    "manifest": _("目录文件 manifest.json 被改过。"),
    "signature_file": _("签名文件 signature.json 被改过。"),
    "signature": _("签名不符：目录被改过，或签名不是用包里的公钥签的。"),
    "foreign_key": _("签名用的钥匙不是您给出的那把。请核对出具单位公布的公钥指纹。"),
    "readme": _("说明文件 README.txt 被改过。"),
    "case": _("事项的登记内容（case.json）被改过。"),
    "step_missing": _("少了第 %(number)d 步。"),
    "step_added": _("多了第 %(number)d 步。"),
    "step_moved": _("第 %(number)d 步的位置上放的是另一步，次序被改过。"),
    "step_changed": _("第 %(number)d 步的内容被改过。"),
    "photo_missing": _("少了照片 %(file)s。"),
    "photo_added": _("多了照片 %(file)s。"),
    "photo_changed": _("照片 %(file)s 被改过。"),
}
NOTES: dict[str, str | Promise] = {
    "key_not_compared": _(
        "没有核对公钥指纹：只能说明签名之后没有改动。请与出具单位公布的指纹对照：%(fingerprint)s"
    ),
    "hidden": _("有 %(count)d 项内容已遮去，遮去不影响证明。"),
    "absent": _("有 %(count)d 张照片在出具时还没有收到，不在包里。"),
}
_ALL = UNUSABLE | NOT_PROVEN | NOTES


@dataclass(frozen=True)
class Problem:
    """One finding: ``code`` for programs, ``str()`` for people, in the language of the moment."""

    code: str
    details: Mapping[str, object] = field(default_factory=dict)

    @property
    def usable(self) -> bool:
        """Whether the bundle could be read all the same."""
        return self.code not in UNUSABLE

    def __str__(self) -> str:
        return str(_ALL[self.code]) % dict(self.details)
