// How far the real name is proven, kept by long polls: operators decide while one looks.
import type { components } from "@hulian/api";
import { watch } from "vue";
import { take, useApi } from "../../shared/useApi";
import { useLive, waitQuery } from "../../shared/useLive";
import { useMe } from "../../shared/useMe";

export type Progress = components["schemas"]["IdentityProgressBody"];
export const STEPS = ["name", "card", "face"] as const;
export type Step = (typeof STEPS)[number];
export type Screen = Step | "document" | "document_waits" | "done";

/** What is to be done next. What has passed is never asked for again. */
export function screenOf(progress: Progress, wished: string): Screen {
  if (progress.verified) return "done";
  const missing = new Set(progress.missing_evidence);
  if (progress.nationality === null) {
    if (progress.document_review?.review.state === "open") return "document_waits";
    return wished === "CN" ? "name" : "document";
  }
  if (missing.has("identity_two_factor")) return "name";
  return missing.has("id_card") ? "card" : "face";
}

export function useProgress() {
  const load = useLive<Progress>((after, signal) => take(useApi().GET("/api/v1/me/identity", { params: { query: waitQuery(after) }, ...(signal ? { signal } : {}) })));
  // The home page and the guards have their own copy.
  watch(
    () => load.data.value?.verified,
    (verified) => verified && void useMe().load().catch(() => undefined),
  );
  return load;
}
