// The same vectors as crates/domain/src/check_digit: page and server must agree on every one of them.
import { describe, expect, it } from "vitest";
import { idCard, mobileNumber, personName, unitName, usccFault, type Area } from "../src";

const TODAY = "2026-01-01";

describe("mobile numbers", () => {
  it.each<[Area, string, string]>([
    ["+86", "138 0013 8000", "13800138000"],
    ["+852", "9123-4567", "91234567"],
    ["+853", "66123456", "66123456"],
    ["+886", "0912345678", "912345678"],
    ["+886", "912345678", "912345678"],
    ["+81", "090-1234-5678", "9012345678"],
  ])("%s takes %s", (area, typed, national) => expect(mobileNumber(area, typed)).toBe(national));

  it.each<[Area, string]>([
    ["+86", "12800138000"],
    ["+86", "1380013800"],
    ["+86", "013800138000"],
    ["+852", "21234567"],
    ["+853", "28123456"],
    ["+886", "0212345678"],
    ["+86", "１3800138000"],
    ["+86", ""],
    ["+81", "12345"],
    ["+81", "1234567890123"],
  ])("%s refuses %s", (area, typed) => expect(mobileNumber(area, typed)).toBeNull());
});

describe("ID numbers", () => {
  const VALID = ["11010519491231002X", "440524188001010014"];

  it.each(VALID)("%s holds", (number) => expect(idCard(number, TODAY)).toMatchObject({ number }));
  it("takes a small x and tells the birth date", () => {
    expect(idCard("11010519491231002x", TODAY)).toEqual({ number: "11010519491231002X", born: "1949-12-31" });
  });
  it.each(["", "110105491231002", "1101051949123100２X", "11010519491231002Y", "X1010519491231002X"])("%s has no form", (typed) => {
    expect(idCard(typed, TODAY)).toEqual({ fault: "form" });
  });
  it.each(["110105194902300021", "11010520491231002X"])("%s has no possible date", (typed) => expect(idCard(typed, TODAY)).toEqual({ fault: "date" }));
  it("a wrong check character is named", () => expect(idCard("110105194912310021", TODAY)).toEqual({ fault: "check_character" }));
  it("every single changed digit is refused", () => {
    for (const number of VALID)
      for (let at = 0; at < 18; at++)
        for (const digit of "0123456789")
          if (number[at] !== digit) expect(idCard(number.slice(0, at) + digit + number.slice(at + 1), TODAY)).toHaveProperty("fault");
  });
});

describe("unified social credit codes", () => {
  const VALID = ["91350100M000100Y43", "91110000802100433B", "91440300708461136T", "9144030071526726XG", "91330100799655058B"];

  it.each(VALID)("%s holds", (code) => expect(usccFault(code)).toBeNull());
  it.each([
    ["9135", "length"],
    ["91350100M000100Y4３", "character"],
    ["91350100m000100Y43", "character"],
    ["91350100M000100Y44", "check_character"],
  ])("%s: %s", (code, fault) => expect(usccFault(code)).toBe(fault));
  it("every single changed character is refused", () => {
    for (const code of VALID)
      for (let at = 0; at < 18; at++)
        for (const letter of "0123456789ABCDEFGHJKLMNPQRTUWXY")
          if (code[at] !== letter) expect(usccFault(code.slice(0, at) + letter + code.slice(at + 1))).toBe("check_character");
  });
});

describe("names", () => {
  it.each([
    ["张三", "张三"],
    ["阿卜杜拉•买买提", "阿卜杜拉·买买提"],
    [" 欧阳样本 ", "欧阳样本"],
    ["䶮〇", "䶮〇"],
  ])("%s is a person's name", (typed, name) => expect(personName(typed)).toBe(name));
  it.each(["张", "", "John", "张三1", "·张三", "张··三", "张 三", "张三<b>", "张".repeat(51)])("%s is none", (typed) => expect(personName(typed)).toBeNull());
  it("brackets of a unit's name become full-width", () => expect(unitName("样本(北京)有限公司")).toBe("样本（北京）有限公司"));
  it.each(["样", "样本<b>", "样本\n公司", "样".repeat(101)])("%s is no unit's name", (typed) => expect(unitName(typed)).toBeNull());
});
