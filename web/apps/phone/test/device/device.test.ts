import { describe, expect, it } from "vitest";
import { forgetCost, holdingsHere } from "../../src/features/device/useDevice";

const held = (holding_id: string, device_id: string | null) => ({ holding_id, product: { name: "P", algorithm: "rsa" }, unit: null, certificate: device_id ? { device_id } : null, reissues: { free_left: 3, packs_left: 0 } });
const storage = (...ids: string[]) => ({ persisted: false, in_app_browser: false, shares: ids.map((holding_id) => ({ holding_id, algorithm: "rsa" as const, installed_at_us: 1, last_used_at_us: null })) });

describe("[CERT-13] what rests on this phone", () => {
  const here = holdingsHere([held("here", "me"), held("cleared", "me"), held("moved", "other"), held("elsewhere", "other"), held("new", null)], storage("here", "moved"), "me");
  it("lists what is here and what should be", () => expect(here.map(({ holding_id }) => holding_id)).toEqual(["here", "cleared", "moved"]));
  it("calls lost what was cleared here or taken over by another phone", () => expect(here.map(({ lost }) => lost)).toEqual([false, true, true]));
  it("counts what forgetting costs", () => expect(forgetCost(here)).toBe(1));
});
