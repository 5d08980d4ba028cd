import { describe, expect, it } from "vitest";
import { PLAIN_KEYS, shuffledKeys } from "../../src/features/unlock/keys";
import { useSetup, type SetupHost } from "../../src/features/unlock/useSetup";

function setup(offered = false) {
  const saved: string[] = [];
  const fingers: string[] = [];
  const host: SetupHost = {
    passwordWeakness: (password) => (/^(\d)\1+$/.test(password) ? "repeated" : null),
    setPassword: async (password) => void saved.push(password),
    fingerprint: async () => ({ offered, enabled: false }),
    enableFingerprint: async (password) => void fingers.push(password),
  };
  return { saved, fingers, ...useSetup(host, () => undefined) };
}

describe("[PWD-1] setting the password", () => {
  it("takes twice the same", async () => {
    const { typed, saved, step } = setup();
    await typed("730184");
    expect([step.value, saved]).toEqual(["again", []]);
    await typed("730184");
    expect([step.value, saved]).toEqual(["done", ["730184"]]);
  });
  it("refuses a weak one with the reason, before the second time", async () => {
    const { typed, saved, step, notice } = setup();
    await typed("111111");
    expect([step.value, notice.value?.code, saved]).toEqual(["first", "repeated", []]);
  });
  it("begins anew when the two differ", async () => {
    const { typed, saved, step, notice } = setup();
    await typed("730184");
    await typed("730185");
    expect([step.value, notice.value?.code, saved]).toEqual(["first", "differs", []]);
  });
  it("then offers the fingerprint", async () => {
    const { typed, step, acceptOffer, fingers } = setup(true);
    await typed("730184");
    await typed("730184");
    expect(step.value).toBe("offer");
    await acceptOffer();
    expect([step.value, fingers]).toEqual(["done", ["730184"]]);
  });
});

describe("the shuffled pad", () => {
  it("has every digit once, wherever the draws fall", () => {
    for (const draw of [() => 0, (n: number) => n - 1, (n: number) => Math.floor(n / 2)]) expect([...shuffledKeys(draw)].sort()).toEqual([...PLAIN_KEYS].sort());
    expect(shuffledKeys(() => 0)).not.toEqual(PLAIN_KEYS);
  });
});
