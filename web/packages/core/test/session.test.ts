import { describe, expect, it } from "vitest";
import { Session } from "../src/session";
import { memoryLocks } from "./support/locks";

/** A server whose access tokens are good until `expire`, with one refresh token after the other. */
function backend() {
  let good = "t0";
  const calls: string[] = [];
  const state = { alive: true, down: false };
  const answer = (status: number, body: object): Response => new Response(JSON.stringify(body), { status });
  const run = async (input: RequestInfo | URL): Promise<Response> => {
    const request = input as Request;
    calls.push(new URL(request.url).pathname);
    if (state.down) throw new TypeError("no network");
    if (request.url.endsWith("/refresh")) {
      if (!state.alive) return answer(401, { code: "refresh_reused" });
      good = `t${calls.length}`;
      return answer(200, { access_token: good, person_id: "p", device_id: "d" });
    }
    if (request.headers.get("authorization") !== `Bearer ${good}`) return answer(401, { code: "unauthenticated" });
    return answer(200, { echo: await request.text() });
  };
  return { fetch: run as typeof fetch, calls, state, expire: () => (good = "none") };
}

function session(fetching: typeof fetch, locks = memoryLocks()): Session {
  const made = new Session({ baseUrl: "http://a", fetch: fetching, locks, retryMs: [] });
  made.begin({ access_token: "t0", person_id: "p", device_id: "d" });
  return made;
}

describe("the session", () => {
  it("an access token that has run out: one refresh for all that wait, and each body sent again", async () => {
    const server = backend();
    const mine = session(server.fetch);
    server.expire();
    const answers = await Promise.all([1, 2, 3].map((n) => mine.json("POST", "/x", { n })));
    expect(answers).toEqual([1, 2, 3].map((n) => ({ echo: `{"n":${n}}` })));
    expect(server.calls.filter((path) => path.endsWith("/refresh")).length).toBe(1);
  });

  it("a session that has ended elsewhere is told once, with the server's refusal", async () => {
    const server = backend();
    const mine = session(server.fetch);
    let told = 0;
    mine.onSignedOut(() => told++);
    server.expire();
    server.state.alive = false;
    await expect(mine.json("GET", "/x", null)).rejects.toMatchObject({ code: "unauthenticated", status: 401 });
    expect([told, mine.signedIn]).toEqual([1, false]);
    expect(await mine.restore()).toBeNull();
  });

  it("no network is told apart from a refusal, and ends no session", async () => {
    const server = backend();
    const mine = session(server.fetch);
    server.state.down = true;
    await expect(mine.json("GET", "/x", null)).rejects.toMatchObject({ name: "PhoneError", code: "offline" });
    expect(mine.signedIn).toBe(true);
  });

  it("two tabs never refresh side by side", async () => {
    const locks = memoryLocks();
    let running = 0;
    let most = 0;
    const server = backend();
    const slow = (async (input: Request) => {
      if (!input.url.endsWith("/refresh")) return server.fetch(input);
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 10));
      running--;
      return server.fetch(input);
    }) as typeof fetch;
    await Promise.all([session(slow, locks).restore(), session(slow, locks).restore(), session(slow, locks).refresh()]);
    expect(most).toBe(1);
  });
});
