import { afterEach, describe, expect, it, vi } from "vitest";
import { clockText, learnServerTime, secondsLeft, serverNowMs } from "../../src/features/unlock/countdown";

afterEach(() => {
  learnServerTime(new Date().toUTCString());
  vi.useRealTimers();
});

describe("time left", () => {
  it("counts whole seconds up to the instant, and never below nothing", () => {
    expect([secondsLeft(10_000_000, 8_999), secondsLeft(10_000_000, 9_001), secondsLeft(10_000_000, 10_000), secondsLeft(10_000_000, 99_000)]).toEqual([2, 1, 0, 0]);
  });
  it("is written as a clock", () => expect([clockText(0), clockText(65), clockText(3725)]).toEqual(["0:00", "1:05", "1:02:05"]));
  it("goes by the server's clock when the phone's is wrong, and leaves a good one alone", () => {
    vi.useFakeTimers({ now: Date.UTC(2026, 0, 1, 12, 0, 0) });
    learnServerTime("Thu, 01 Jan 2026 12:10:00 GMT");
    expect(serverNowMs()).toBe(Date.UTC(2026, 0, 1, 12, 10, 0));
    learnServerTime("Thu, 01 Jan 2026 12:00:01 GMT");
    expect(serverNowMs()).toBe(Date.UTC(2026, 0, 1, 12, 0, 0));
    learnServerTime("nonsense");
    learnServerTime(null);
    expect(serverNowMs()).toBe(Date.UTC(2026, 0, 1, 12, 0, 0));
  });
});
