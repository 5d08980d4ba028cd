import { ProblemError } from "@hulian/core";
import { describe, expect, it } from "vitest";
import { useChange, type ChangeHost, type ChangeKind } from "../../src/features/unlock/useChange";

function changing(kind: ChangeKind, refuse?: Error) {
  const done: string[][] = [];
  const work = (name: string) => async (first: string, second: string) => {
    if (refuse) throw refuse;
    done.push([name, first, second]);
  };
  const host: ChangeHost = { passwordWeakness: (password) => (/^(\d)\1+$/.test(password) ? "repeated" : null), changePassword: work("change"), renewPassword: work("renew") };
  return { done, ...useChange(kind, host) };
}

describe("[PWD-3] changing the password", () => {
  it("takes the present one, a new one, and that again", async () => {
    const { typed, step, done } = changing("change");
    for (const password of ["730184", "836194", "836194"]) await typed(password);
    expect([step.value, done]).toEqual(["done", [["change", "730184", "836194"]]]);
  });

  it.each([["111111", "repeated"], ["730184", "same"]])("%s is refused as a new one: %s", async (password, code) => {
    const { typed, step, notice, done } = changing("change");
    await typed("730184");
    await typed(password);
    expect([step.value, notice.value?.code, done]).toEqual(["next", code, []]);
  });

  it("two that differ begin with the new one again, not with the present one", async () => {
    const { typed, step, notice, done } = changing("change");
    for (const password of ["730184", "836194", "836195"]) await typed(password);
    expect([step.value, notice.value?.code]).toEqual(["next", "differs"]);
    for (const password of ["472950", "472950"]) await typed(password);
    expect(done).toEqual([["change", "730184", "472950"]]);
  });

  it("a wrong present one says how many tries are left, and begins anew", async () => {
    const { typed, step, notice } = changing("change", new ProblemError("password_wrong", 403, { attempts_left: 4 }));
    for (const password of ["730184", "836194", "836194"]) await typed(password);
    expect([step.value, notice.value]).toEqual(["present", { code: "password_wrong", params: { attempts_left: 4 } }]);
  });

  it("on another phone takes the one of before and the one of now", async () => {
    const { typed, step, done } = changing("renew");
    for (const password of ["730184", "836194"]) await typed(password);
    expect([step.value, done]).toEqual(["done", [["renew", "730184", "836194"]]]);
  });
});
