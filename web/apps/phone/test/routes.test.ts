// ACC-11 over the whole table: a new page about certificates, seals, password or scanning cannot forget the real name.
import { describe, expect, it } from "vitest";
import certificate from "../src/features/certificate/routes";
import device from "../src/features/device/routes";
import order from "../src/features/order/routes";
import seal from "../src/features/seal/routes";
import unlock from "../src/features/unlock/routes";

const buying = order.filter(({ path }) => path.startsWith("/buy"));

describe("[ACC-11] pages that need a real name", () => {
  it.each([...certificate, ...device, ...buying, ...seal, ...unlock].map((route) => [route.path, route] as const))("%s", (_path, route) => expect(route.meta).toMatchObject({ verified: true }));
});
