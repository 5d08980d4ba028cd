// Pictures of every screen, for whoever wants to see what they are talking about. A part that fails leaves the others' pictures.
import { afterAll, beforeAll, test } from "vitest";
import { sealedPaper } from "../support/sealed.ts";
import { World } from "../support/world.ts";
import { Camera } from "./camera.ts";
import { tourConsole } from "./tour/console.ts";
import { tourAlone, tourAltered, tourDesk } from "./tour/desk.ts";
import { tourMember } from "./tour/member.ts";
import { inTurn, type Look } from "./tour/look.ts";
import { tourNewcomer } from "./tour/newcomer.ts";
import { tourPhone, tourWithoutCamera } from "./tour/phone.ts";
import { tourScan } from "./tour/scan.ts";
import { tourVerify } from "./tour/verify.ts";

const camera = new Camera(process.env["HULIAN_SCREENS"] ?? "../target/screens");
const look: Look = (face, screen, window) => camera.look(face, screen, window);
let world: World;

beforeAll(async () => {
  world = await World.open();
});

afterAll(async () => {
  camera.writeIndex();
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
