import { describe, expect, it } from "vitest";
import { readRecord } from "../src/features/operation/record";
import { instant, yuan } from "../src/shared/format";

describe("records from outside", () => {
  it("an unknown kind is shown, a strange member is nothing", () => {
    expect(readRecord({ leaf_index: 1, record: { operation_id: "o", at_us: 5, kind: "encrypt", file_name: 7, unit_id: null } })).toMatchObject({ id: "o", kind: "encrypt", file_name: "", unit_id: null });
  });
  it.each([{}, { operation_id: "o" }, { operation_id: "", at_us: 1 }, { operation_id: "o", at_us: "1" }])("%j is no record", (record) => expect(readRecord({ leaf_index: 0, record })).toBeNull());
});

describe("how screens write", () => {
  it("days begin at midnight of Shanghai", () => {
    expect(instant(Date.UTC(2026, 0, 1, 15, 59, 59) * 1000, "day")).toBe("2026-01-01");
    expect(instant(Date.UTC(2026, 0, 1, 16, 0, 0) * 1000, "second")).toBe("2026-01-02 00:00:00");
  });
  it.each([[0, "0.00"], [1, "0.01"], [30000, "300.00"], [123456789, "1,234,567.89"]])("%i fen are %s yuan", (fen, text) => expect(yuan(fen)).toBe(text));
});
