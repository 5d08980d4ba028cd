// Who is signed in, as the server last said. Guards, home and the sandbox ribbon all read this one copy.
import type { components } from "@hulian/api";
import { defineStore } from "pinia";
import { ref, shallowRef } from "vue";
import { take, useApi } from "./useApi";

export type Me = components["schemas"]["MeBody"];
const SANDBOX = "hulian.sandbox";
const VERIFIED = "hulian.verified";

export const useMe = defineStore("me", () => {
  const me = shallowRef<Me | null>(null);
  // Remembered, so that the ribbon is there before the first answer and without a connection.
  const sandbox = ref(localStorage.getItem(SANDBOX) === "1");

  async function load(): Promise<Me> {
    const got = await take(useApi().GET("/api/v1/me"));
    me.value = got;
    noteSandbox(got.sandbox);
    if (got.verified) localStorage.setItem(VERIFIED, "1");
    else localStorage.removeItem(VERIFIED);
    return got;
  }
  function noteSandbox(is: boolean): void {
    sandbox.value = is;
    localStorage.setItem(SANDBOX, is ? "1" : "0");
  }
  /** The copy there is, or the server's word. */
  async function known(): Promise<Me> {
    return me.value ?? load();
  }
  /** Whether the real-name check is done. It is never undone, so a remembered yes saves the page a question; the server checks by itself. */
  async function verified(): Promise<boolean> {
    return localStorage.getItem(VERIFIED) === "1" || (await known()).verified;
  }
  function forget(): void {
    me.value = null;
    localStorage.removeItem(VERIFIED);
  }
  return { me, sandbox, load, known, verified, forget, noteSandbox };
});
