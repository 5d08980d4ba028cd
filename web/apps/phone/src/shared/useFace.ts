// A visit to the provider's camera page, which is elsewhere (IDV-1, ACC-4, ACC-5). What it brings back is a number to ask the server about, no verdict.
import { onMounted, onScopeDispose, ref } from "vue";
import { useRoute, useRouter } from "vue-router";
import { asProblem } from "./problem";
import { useAction } from "./useAction";

const LOOK_MS = 2000;
/** How long a page that was left without a verdict is asked about before another one is offered. */
const LOOKS_MAX = 15;

export interface FaceHost {
  open(): Promise<{ face_check_id: string; url: string }>;
  look(id: string): Promise<{ state: string; failure?: string | null }>;
  passed(id: string): Promise<unknown>;
}

export function useFace(host: FaceHost) {
  const [route, router] = [useRoute(), useRouter()];
  const failure = ref("");
  const looking = ref(false);
  let left = false;

  const begin = useAction(async () => location.assign((await host.open()).url), { quiet: true });

  const look = useAction(
    async (id: string) => {
      looking.value = true;
      try {
        for (let times = 0; times < LOOKS_MAX && !left; times++) {
          const seen = await host.look(id).catch((reason: unknown) => {
            // No answer is no verdict: asked again.
            if (asProblem(reason).code !== "face_unavailable") throw reason;
            return { state: "waiting", failure: null };
          });
          if (seen.state === "passed") return await host.passed(id);
          if (seen.state === "failed") return void (failure.value = seen.failure ?? "mismatch");
          await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
        }
        failure.value = "no_answer";
      } finally {
        looking.value = false;
      }
    },
    { quiet: true },
  );

  onMounted(async () => {
    const id = route.query["face"];
    if (typeof id !== "string" || id === "") return;
    await look.run(id);
    // Asked once: a reload begins with what the server says.
    const { face: _, ...query } = route.query;
    if (!left) await router.replace({ path: route.path, query });
  });
  onScopeDispose(() => (left = true));
  return { begin, look, looking, failure };
}
