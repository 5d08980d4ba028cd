// The screens that the tours lead to; stories have theirs in the same run. A part that fails leaves the others' pictures.
import { afterAll, beforeAll, test } from "vitest";
import { sealedPaper } from "../support/sealed.ts";
import { World } from "../support/world.ts";
import { look } from "./eye.ts";
import { tourConsole } from "./tour/console.ts";
import { tourAlone, tourAltered, tourDesk } from "./tour/desk.ts";
import { tourMember } from "./tour/member.ts";
import { inTurn } from "./tour/look.ts";
import { tourNewcomer } from "./tour/newcomer.ts";
import { tourPhone, tourWithoutCamera } from "./tour/phone.ts";
import { tourScan } from "./tour/scan.ts";
import { tourVerify } from "./tour/verify.ts";

let world: World;

beforeAll(async () => {
  world = await World.open();
});

afterAll(async () => {
  await world?.close();
});

// Two lanes, so that both processors have something to do; each has its own people and bid tool.
test.concurrent("a signer's phone, and scans on both screens", () =>
  inTurn(
    async () => {
      const sealed = await sealedPaper(world);
      await tourVerify(world, sealed, look);
      await tourAltered(world, sealed, look);
    },
    () => tourPhone(world, look),
    () => tourWithoutCamera(world, look),
    () => tourScan(world, look),
  ));
test.concurrent("a newcomer's phone, and the bid tool", () => inTurn(() => tourNewcomer(world, look), () => tourDesk(world, look)));
test("two phones: the people of a unit", () => tourMember(world, look));
test("the operators' console", () => tourConsole(world, look));
test("both without a server", () => tourAlone(world, look));
