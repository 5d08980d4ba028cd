// Who works here. A reload goes on by the cookie; half an hour without a hand on the machine ends it.
import { computed, ref } from "vue";
import { anonymous, api, got, renew, take, whenOver, type Body } from "../../shared/api";

export type Me = Body<"OperatorMeBody">;
export type Step = Body<"OperatorStepBody">;

const IDLE_MS = 30 * 60 * 1000;

export const me = ref<Me | null>(null);
/** Why the sign-in page is shown again. */
export const ended = ref<"idle" | "over" | null>(null);
export const isSignedIn = computed(() => me.value !== null);

let started: Promise<void> | null = null;
let touchedAt = Date.now();

export function can(duty: string): boolean {
  return me.value?.duties.includes(duty) ?? false;
}

/** Goes on with a session that there is. */
export function start(): Promise<void> {
  started ??= renew()
    .then(async (renewed) => {
      if (renewed) me.value = await got(api.GET("/api/v1/operator/me"));
    })
    .catch(() => undefined);
  return started;
}

export async function begin(name: string, password: string): Promise<Step> {
  return got(anonymous.POST("/api/v1/operator/sign-in", { body: { name, password } }));
}

export async function choosePassword(ticket: string, password: string): Promise<Step> {
  return got(anonymous.POST("/api/v1/operator/sign-in/password", { body: { ticket, password } }));
}

export async function finish(ticket: string, code: string): Promise<void> {
  take(await got(anonymous.POST("/api/v1/operator/sessions", { body: { ticket, code } })));
  touchedAt = Date.now();
  ended.value = null;
  me.value = await got(api.GET("/api/v1/operator/me"));
}

export async function signOut(why: "idle" | null = null): Promise<void> {
  // Whatever the server says, this page shows nothing any more.
  await api.DELETE("/api/v1/operator/sessions/current").catch(() => undefined);
  take(null);
  ended.value = why;
  me.value = null;
}

whenOver(() => {
  if (me.value) ended.value = "over";
  me.value = null;
});

for (const kind of ["pointerdown", "keydown", "wheel"]) addEventListener(kind, () => (touchedAt = Date.now()), { passive: true });
setInterval(() => void (me.value && Date.now() - touchedAt >= IDLE_MS && signOut("idle")), 15_000);
