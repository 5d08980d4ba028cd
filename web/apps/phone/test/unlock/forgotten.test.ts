// @vitest-environment happy-dom
import { PhoneError, ProblemError } from "@hulian/core";
import { beforeEach, describe, expect, it } from "vitest";
import { useForgotten, type ForgottenHost } from "../../src/features/unlock/useForgotten";

function forgotten(query: { for?: string; to?: string; face?: string } = {}, over: Partial<ForgottenHost> = {}) {
  const done: unknown[] = [];
  const host: ForgottenHost = {
    passwordWeakness: (password) => (/^(\d)\1+$/.test(password) ? "repeated" : null),
    beginReset: async (code, face) => void done.push(["begin", code, face]),
    finishReset: async (next) => (done.push(["finish", next]), []),
    renewByReset: async (present) => (done.push(["renew", present]), []),
    ...over,
  };
  return { done, ...useForgotten(host, { for: query.for, to: query.to, face: query.face }) };
}

beforeEach(() => sessionStorage.clear());

describe("[PWD-4] a forgotten password", () => {
  it("takes the code, then another password twice", async () => {
    const { begin, typed, step, done } = forgotten();
    await begin("012345");
    expect(step.value).toBe("next");
    for (const password of ["730184", "730184"]) await typed(password);
    expect([step.value, done]).toEqual(["done", [["begin", "012345", null], ["finish", "730184"]]]);
  });

  it("a weak one, or two that differ, begin with the new one again and need no other code", async () => {
    const { begin, typed, step, notice, done } = forgotten();
    await begin("012345");
    await typed("111111");
    expect([step.value, notice.value?.code]).toEqual(["next", "repeated"]);
    for (const password of ["730184", "730185"]) await typed(password);
    expect([step.value, notice.value?.code]).toEqual(["next", "differs"]);
    for (const password of ["836194", "836194"]) await typed(password);
    expect(done.at(-1)).toEqual(["finish", "836194"]);
  });

  it("what the code allowed runs out: back to the code, and says so", async () => {
    for (const error of [new ProblemError("password_reset_expired", 410, {}), new PhoneError("reset_ended")]) {
      const { begin, typed, step, notice } = forgotten({}, { finishReset: () => Promise.reject(error) });
      await begin("012345");
      for (const password of ["730184", "730184"]) await typed(password);
      expect([step.value, notice.value?.code]).toEqual(["code", error.code]);
    }
  });

  it("no connection: the new password is typed again, and the code still serves", async () => {
    const { begin, typed, step, notice } = forgotten({}, { finishReset: () => Promise.reject(new PhoneError("offline")) });
    await begin("012345");
    for (const password of ["730184", "730184"]) await typed(password);
    expect([step.value, notice.value?.code]).toEqual(["next", "offline"]);
  });

  it("where it was changed on another phone, asks for the present one instead", async () => {
    const wrong = new ProblemError("password_wrong", 403, { attempts_left: 3 });
    let refuse = true;
    const { begin, typed, step, notice, done } = forgotten({ for: "renew" }, { renewByReset: (present) => (refuse ? Promise.reject(wrong) : (done.push(["renew", present]), Promise.resolve([]))) });
    await begin("012345");
    await typed("730184");
    expect([step.value, notice.value]).toEqual(["now", { code: "password_wrong", params: { attempts_left: 3 } }]);
    refuse = false;
    await typed("836194");
    expect([step.value, done.at(-1)]).toEqual(["done", ["renew", "836194"]]);
  });

  it("the way back survives the visit to the camera page, and a face that no longer serves is asked for again", async () => {
    forgotten({ for: "renew", to: "/scan/x" });
    const { draft, begin } = forgotten({ face: "f" }, { beginReset: () => Promise.reject(new ProblemError("face_check_not_found", 404, {})) });
    expect([draft.renew, draft.to]).toEqual([true, "/scan/x"]);
    draft.face = "f";
    await expect(begin("012345")).rejects.toMatchObject({ code: "face_check_not_found" });
    expect(draft.face).toBe("");
  });
});
