// @vitest-environment happy-dom
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";

const told = vi.hoisted(() => vi.fn(async (_title: string, _message: string) => undefined));
vi.mock("../src/shared/feedback", () => ({ tell: told }));
import { tellWithdrawn } from "../src/features/account/withdrawn";
import { laterWords } from "../src/i18n";

const at = (cancellation_withdrawn_at_us: number | null) => ({ cancellation_withdrawn_at_us });

describe("[ACC-6] a withdrawn wish to end the account", () => {
  beforeAll(laterWords);
  beforeEach(() => told.mockClear());
  afterEach(() => localStorage.clear());

  it("is told once on a phone, and the next one again", async () => {
    await tellWithdrawn(null);
    await tellWithdrawn(at(null));
    expect(told).not.toHaveBeenCalled();
    await tellWithdrawn(at(1_772_416_800_000_000));
    await tellWithdrawn(at(1_772_416_800_000_000));
    expect(told).toHaveBeenCalledTimes(1);
    expect(told.mock.calls[0]?.[1]).toContain("2026");
    await tellWithdrawn(at(1_772_503_200_000_000));
    expect(told).toHaveBeenCalledTimes(2);
  });
});
