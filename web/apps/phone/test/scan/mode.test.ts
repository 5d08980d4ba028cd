import { createI18n } from "vue-i18n";
import { describe, expect, it } from "vitest";
import words from "../../src/features/scan/locale/zh-CN.json";
import { modeInWords } from "../../src/features/scan/mode";

const { t } = createI18n({ legacy: false, locale: "zh-CN", messages: { "zh-CN": words } }).global;
const say = (mode: string, page_count = 12, mark_count = 4) => modeInWords(mode, { page_count, mark_count }, t as never);

describe("[SCAN-12] the mode in words", () => {
  it.each([
    ["page:3", "第 3 页"],
    ["all", "全部 12 页"],
    ["pages:1-3,5", "第 1-3、5 页"],
    ["straddle:right:1-9", "骑缝章 右侧 第 1-9 页"],
    ["straddle:left+right", "骑缝章 左侧、右侧 全部 12 页"],
    ["keyword:投标人盖章", "关键字“投标人盖章” 4 处"],
    ["keyword:盖章#all", "关键字“盖章” 4 处"],
    ["keyword:盖章#first", "关键字“盖章” 第一处"],
    ["keyword:盖章#2", "关键字“盖章” 第 2 处"],
    ["keyword:a:b", "关键字“a:b” 4 处"],
  ])("%s", (mode, expected) => expect(say(mode)).toBe(expected));

  it.each(["", "page:0", "page:x", "pages:1-", "pages:", "all:2", "straddle:middle", "straddle:left:1:2", "keyword:", "keyword:a#b", "keyword:a#0", "keyword:a#1#2", "stamp:1", "pages:1-3,,5"])(
    "shows %j as it stands, since the person must see what they sign",
    (mode) => expect(say(mode)).toBe(`其他方式：${mode}`),
  );

  it("says the wish without numbers before the tool has prepared", () => {
    expect(modeInWords("all", null, t as never)).toBe("全部页");
    expect(modeInWords("keyword:盖章", null, t as never)).toBe("关键字“盖章” 所有位置");
  });
});
