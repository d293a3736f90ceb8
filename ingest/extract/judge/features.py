"""What a candidate is judged by: what stands around it, how it is named, what the document says of it elsewhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ingest.bodies import defined_names, is_generic
from ingest.extract.judge.candidates import NO_GAP, Candidate
from ingest.model import Document, Part
from ingest.pattern import book

_BOOK = book("prose")
_MODAL = _BOOK.regex("prose.modal")
_ADVERB = _BOOK.regex("prose.adverb")
_OPENING = _BOOK.regex("prose.opening")
_PREDICATES = frozenset(_BOOK.parts["predicate"].split("|"))
_PAST = _BOOK.regex("prose.past")
_SCOPE = _BOOK.regex("prose.scope")
_DUTY_NOUN = _BOOK.regex("prose.duty-noun")
_TAKES_UP = _BOOK.regex("prose.takes-up")
_SANCTION = re.compile(r",?(?:依法|按照[^,]{0,12})?(?:责令|处以|处[一-鿿\d]|给予[^,]{0,12}(?:处罚|警告|处分)|予以(?:处罚|警告|处理)|没收|警告|吊销)")
_NOT_NEEDED = re.compile(r"不需|无需|无须|不必|不再|不得|未")
_PERMISSION = _BOOK.regex("prose.permission")
_LEADS = _BOOK.regex("prose.leads")
_COOPERATES = _BOOK.regex("prose.cooperates")
_NO_DUTY = _BOOK.regex("prose.no-duty")
_GENERIC = _BOOK.regex("prose.generic")
_RELATIVE_BEHIND = re.compile(r"^[^,。;]{1,30}?的(?:[省市县区、]{0,4})(?:部门|机构|机关|单位|工作人员|人员)")
_PUBLIC = re.compile(r"政府|行政|主管|国务院|国家|执法|各[省市区县乡镇州地]|[市区县省][一-鿿]|部门|机关|试点[城地省市县区]|省份|省市$|开发区|新区|公安|管理(?:部门|机构|委)|[局委厅办部署]$|银行$|供销社$|指挥部|小组|法院|检察|海关|税务|财政|联席")
_MARK = re.compile(r"[,;:。“”《》!?()]")
_LOOK_AHEAD = 60
_CLASSES = {
    word: kind
    for kind, words in {
        "t": "前 后 时 内 起 间 以来 期间 年底 每年 每季度 每月 其中 同时 此外 另外 但是 因此 则 定期 及时 适时 必要时 统一 另行 分别 共同 一并 对于",
        "by": "由 交由 应由 即由 均由",
        "ap": "经 报 报经 报请 提请 征得 取得 提交 报送 上报 申报 呈报 未经 经过",
        "with": "会同 联合 商 会商 协商 协同",
        "ca": "督促 督导 指导 推动 组织 责成 要求 责令 协调 统筹 推进 促进 请 委托 授权 指定 调度",
        "en": "鼓励 支持 引导 依托 争取 发挥",
        "pr": "向 对 在 与 为 以 将 把 被 从 让 给 按 按照 根据 依据 征求 移送 移交 抄送 告知 通知 通报 反馈 汇报 报告",
        "set": "成立 设立 建立 组建 设置",
        "co": "配合 协助 参与 参加 服从 接受",
        "de": "的 是",
        "hold": "压实 落实 明确 强化",
    }.items()
    for word in words.split()
}
_MARKS = frozenset(",;:。“”《》!?()[]…|")


class Features:
    """Makes the features of the candidates of one document."""

    def __init__(self, document: Document, found: Sequence[Candidate]) -> None:
        self._document = document
        self._folded = document.text.folded
        self._defined = frozenset(defined_names(document))
        self._all: Counter[str] = Counter()
        self._subject: Counter[str] = Counter()
        self._by: Counter[str] = Counter()
        for each in found:
            text = self._folded[each.start : each.end]
            self._all[text] += 1
            if each.before == "由":
                self._by[text] += 1
            elif each.start == each.clause and _MODAL.match(self._folded, each.behind):
                self._subject[text] += 1

    def of(self, each: Candidate) -> list[str]:
        """The features of one candidate."""
        folded, sentence = self._folded, each.sentence
        text = folded[each.start : each.end]
        lead = folded[each.clause : each.start]
        opens = not lead
        before = each.before if each.before not in _MARKS else ","
        if opens:
            before = "^"
        cls = before if before in "^," else _CLASSES.get(before, "v" if not before[:1].isalnum() or not before.isascii() else "d")
        if cls == "t" and (len(lead) <= 12):
            cls = "^t"
        behind = each.behind
        stop = sentence.end
        mark = _MARK.search(folded, behind, stop)
        comma = mark is not None and mark.start() == behind and folded[behind] == ","
        begin = behind + 1 if comma else behind
        if comma:
            mark = _MARK.search(folded, begin, stop)
        clause_end = mark.start() if mark else stop
        modal = _MODAL.match(folded, begin, stop)
        kind = (modal.lastgroup or "") if modal else ""
        verb_at = modal.end() if modal else begin
        adverb = _ADVERB.match(folded, verb_at, stop)
        if adverb:
            verb_at = adverb.end()
        verb = folded[verb_at : min(verb_at + 2, stop)]
        rest = folded[begin : min(clause_end, begin + _LOOK_AHEAD)]
        later = folded[begin : min(stop, begin + _LOOK_AHEAD)]
        known = "k" if verb in _PREDICATES or _OPENING.match(folded, verb_at, stop) else "u"
        first = each.clause == sentence.body
        place = "1" if first else "n"
        previous = folded[max(each.clause - 3, sentence.body) : max(each.clause - 1, sentence.body)]
        public = "+" if _PUBLIC.search(folded, each.start, each.behind) else "-"
        size = len(text)
        items = text.count("、")
        out = [
            "b=" + before,
            "bp=" + before + place,
            "w=" + each.way,
            "R1=" + rest[:1],
            "R2=" + rest[:2],
            "R3=" + rest[:3],
            "M=" + kind,
            "V=" + verb,
            "V1=" + verb[:1],
            "cl=" + cls,
            "cM=" + cls + kind,
            "cV=" + cls + verb,
            "cR=" + cls + rest[:1],
            "cR2=" + cls + rest[:2],
            "ck=" + cls + known + kind,
            "bM=" + cls + kind,
            "bR=" + before + rest[:2],
            "MV=" + kind + verb,
            "h=" + text[-2:],
            "h4=" + text[-4:],
            "f2=" + text[:2],
            "ri=" + each.rivals + "/" + each.way,
            "ge" + ("+" if is_generic(text) else "-") + ("d" if text in self._defined else ""),
            "pub" + public,
            "pub" + public + cls + kind,
            "bh=" + cls + text[-2:],
            "f=" + text[:1],
            "n=" + str(min(items, 4)),
            "s=" + str(min(size // 3, 8)),
            "e=" + rest[-2:],
            "e1=" + rest[-1:] + (folded[clause_end] if clause_end < stop else "."),
            "g=" + ("-" if each.gap == NO_GAP else str(min(each.gap // 3, 6))),
            "k=" + known + kind,
            "c=" + ("," if comma else "") + cls,
            "p=" + previous[-1:],
            "p2=" + previous,
            "L=" + lead[-4:],
            "L2=" + lead[-2:],
        ]
        if each.end != each.behind:
            out.append("tail=" + folded[each.end : each.end + 1])
            out.append("tail2=" + folded[each.end : each.behind][-3:])
        if "的" in rest:
            out.append("de" + cls)
        if rest.endswith("的"):
            out.append("deE" + cls)
        if _PERMISSION.search(later):
            out.append("may")
        if _PERMISSION.search(rest[:12]):
            out.append("may1")
        if _PERMISSION.search(lead[-4:]) or lead[-2:-1] == "可":
            out.append("mayB")
        if "有关" in text or "相关" in text:
            out.append("concerned")
        if "的" in text:
            out.append("deT")
        if not 0 < clause_end - begin:
            out.append("ends")
        out.append("len=" + str(min((clause_end - begin) // 4, 5)) + cls)
        no_duty = _NO_DUTY.search(rest)
        if no_duty:
            out.append("no=" + no_duty.group()[:2])
            out.append("no" + ("1" if no_duty.start() == 0 else "n") + cls)
        if _RELATIVE_BEHIND.match(rest):
            out.append("relR")
        if clause_end == stop:
            following = folded[stop + 1 : stop + 3]
            if clause_end - begin <= 0:
                out.append("N=" + following)
        elif folded[clause_end] == ",":
            following = folded[clause_end + 1 : clause_end + 3]
            out.append("N," + cls + following[:1])
            out.append("NX" + rest[-1:] + following)
            out.append("NM" + ("t" if rest[-1:] in "时后前内的中" else "-") + ("m" if following[:1] in "应要须" else "y" if following[:1] == "可" else "k" if following in _PREDICATES else "-"))
        if _PAST.search(later):
            out += ["past", "past" + cls, "past" + known + kind]
        if _SCOPE.search(folded, sentence.body, min(stop, behind + 2 * _LOOK_AHEAD)):
            out += ["scope", "scope" + cls]
        if _DUTY_NOUN.search(rest):
            out += ["dn", "dn" + cls]
        if _TAKES_UP.search(later):
            out += ["up", "up" + cls]
        if _SANCTION.match(rest):
            out += ["sanction", "sanction" + cls]
        if _NOT_NEEDED.search(lead[-8:]):
            out.append("nn")
        heading = self._document.clauses[sentence.clause].heading
        if heading is not None and each.start < heading.end:
            out.append("hd" + str(min((heading.end - heading.start) // 4, 4)))
        here = kind in {"must", "have"} and opens
        subject = self._subject[text] - here
        by = self._by[text] - (before == "由")
        total = self._all[text] - 1
        out.append("dS=" + str(min(subject, 3)))
        out.append("dB=" + str(min(by, 2)))
        out.append("dT=" + str(min(total, 3)) + ("+" if subject or by else "-"))
        out.append("dSb=" + ("+" if subject + by else "-") + cls)
        part = self._document.clauses[sentence.clause].part
        if part is Part.NOTICE:
            out.append("notice")
            out.append("notice" + cls)
        return out

    def role_of(self, each: Candidate) -> list[str]:
        """The features by which the role of a candidate that has a duty is told."""
        folded, stop = self._folded, each.sentence.end
        begin = each.behind + 1 if folded.startswith((",", "、"), each.behind) else each.behind
        mark = _MARK.search(folded, begin, stop)
        rest = folded[begin : min(mark.start() if mark else stop, begin + _LOOK_AHEAD)]
        later = folded[begin + len(rest) : min(stop, begin + 2 * _LOOK_AHEAD)]
        near = rest[:10]
        before = each.before if each.before not in _MARKS else ","
        out = ["c=" + ("^" if each.start == each.clause else _CLASSES.get(before, before))]
        modal = _MODAL.match(folded, begin, stop)
        at = modal.end() if modal else begin
        adverb = _ADVERB.match(folded, at, stop)
        at = adverb.end() if adverb else at
        for name, words in (("L", _LEADS), ("C", _COOPERATES)):
            match = words.match(folded, at, stop)
            if match:
                more = folded[match.end() : match.end() + 1]
                out += [name + "0", name + "0" + match.group(), name + "0" + ("." if more in ",。;、" else "+")]
                continue
            match = words.search(near)
            if match:
                out += [name + "1", name + "1" + match.group(), name + "1" + near[: match.start()][-2:]]
                continue
            match = words.search(rest)
            if match:
                out += [name + "r", name + "r" + match.group()]
                continue
            match = words.search(later)
            if match:
                out += [name + "l", name + "l" + match.group()]
                if later[match.start() - 1 : match.start()] == ",":
                    out += [name + "l,", name + "l," + match.group()]
        return out
