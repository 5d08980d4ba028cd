// One test's world: a server of its own with people who are ready, a bid tool, and phones that come and go with their profiles.
import { Clerk, type ModeWish } from "./desk.ts";
import { Phone } from "./phone.ts";
import { ready, type Ready } from "./ready.ts";
import { Server } from "./system.ts";

/** The first of the two ready people, or the second. */
export type Who = 0 | 1;

export interface Wish {
  by: Who;
  algorithm: RegExp;
  mode: ModeWish;
  at?: { x: number; y: number };
}

export class World {
  /** A refresh token serves once: a phone goes on with the profile that it left, never with an older copy. */
  private readonly profiles: [string | null, string | null] = [null, null];

  private constructor(
    readonly people: Ready,
    readonly server: Server,
    public clerk: Clerk,
  ) {}

  static async open(): Promise<World> {
    const people = await ready();
    const server = await Server.start(people.data);
    return new World(people, server, await Clerk.open(server));
  }

  async close(): Promise<void> {
    await this.clerk.close();
    await this.server.stop();
  }

  /** A phone is one process, started when its camera's picture is known. */
  async phone(by: Who, camera?: string): Promise<Phone> {
    const kept = this.profiles[by];
    const profile = kept ? { profile: kept } : { from: this.people.phones[by] };
    const phone = await Phone.open(this.server, { ...profile, ...(camera ? { camera } : {}) });
    this.profiles[by] = phone.window.profile;
    return phone;
  }

  /** One seal by camera; answers the seconds from the confirmation to the page. */
  async seal(wish: Wish): Promise<number> {
    await this.clerk.place(wish.mode, wish.at);
    await this.clerk.showCode();
    const phone = await this.phone(wish.by, await this.clerk.film());
    try {
      await phone.scan();
      await phone.match(await this.clerk.matchNumber());
      await phone.chooseCertificate(wish.algorithm);
      await phone.confirm();
      const seconds = await this.clerk.landed();
      await phone.sees("签章成功");
      await this.clerk.again();
      return seconds;
    } finally {
      await phone.close();
    }
  }
}
