// Who may be named, and numbers as address books write them.
import { describe, expect, it } from "vitest";
import { fromAddressBook } from "../src/features/member/useInvite";
import { administers, named, removalBar, transferBar } from "../src/features/member/who";
import type { Member, Members } from "../src/features/member/wire";

function member(name: string, role: string, more: Partial<Member> = {}): Member {
  return { member_id: name, name, phone_masked: "138****0001", role, by_right: false, me: false, joined_at_us: 0, ...more };
}
function unit(...items: Member[]): Members {
  return { version: 1, items, task_count: 0, may_transfer: true, may_leave: true };
}
const legal = member("张样本", "administrator", { by_right: true });
const head = member("李样本", "administrator");
const colleague = member("王样本", "member");

describe("[MEM-3] who can be removed", () => {
  it("by an administrator: everybody but themselves and the legal representative", () => {
    const all = unit(legal, { ...head, me: true }, member("赵样本", "administrator"), colleague);
    expect(administers(all)).toBe(true);
    expect(all.items.map((one) => removalBar(all, one))).toEqual(["legal_representative", "oneself", null, null]);
  });
  it("at a member's request: no administrator either", () => {
    const all = unit(legal, head, { ...colleague, me: true }, member("赵样本", "member"));
    expect(administers(all)).toBe(false);
    expect(all.items.map((one) => removalBar(all, one))).toEqual(["legal_representative", "administrator", "oneself", null]);
  });
  it("somebody who is not there bars nobody", () => expect(administers(unit())).toBe(false));
});

describe("[MEM-5] who can take the place", () => {
  it("members", () => {
    const all = unit(legal, { ...head, me: true }, colleague);
    expect(all.items.map((one) => transferBar(all, one))).toEqual(["administrator", "oneself", null]);
  });
});

describe("the search by name", () => {
  const all = unit(legal, head, colleague);
  it.each([["", 3], ["  ", 3], ["样本", 3], ["王", 1], ["孙", 0]])("%j finds %i", (text, count) => expect(named(all, text)).toHaveLength(count));
});

describe("[MEM-2] numbers of the address book", () => {
  it.each([
    ["138 0000 0001", { area: "+86", number: "13800000001" }],
    ["+86 138-0000-0001", { area: "+86", number: "13800000001" }],
    ["0085291234567", { area: "+852", number: "91234567" }],
    ["+886 0912 345 678", { area: "+886", number: "912345678" }],
    ["010-12345678", null],
    ["+1 202 555 0100", null],
    ["", null],
  ])("%j", (text, expected) => expect(fromAddressBook(text)).toEqual(expected));
});
