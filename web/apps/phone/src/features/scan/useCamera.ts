// The camera, its lamp, and the loop that looks for a code in its picture.
import { onBeforeUnmount, onMounted, ref, shallowRef, type Ref } from "vue";
import { decoder, firstText } from "./decoder";

/** `denied`: the person or the browser said no; `absent`: no camera, or no way to it here; `taken`: another app has it. */
export type CameraState = "starting" | "on" | "denied" | "absent" | "taken" | "decoder_missing";

const PAUSE_MS = 90;
/** The same text again within this time is the same look at the same code. */
const SAME_MS = 2500;

export function cameraStateOf(error: unknown): CameraState {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return "denied";
  return name === "NotReadableError" || name === "AbortError" ? "taken" : "absent";
}

export function useCamera(video: Readonly<Ref<HTMLVideoElement | null>>, found: (text: string) => void) {
  const state = ref<CameraState>("starting");
  const lamp = ref<"none" | "off" | "on">("none");
  const stream = shallowRef<MediaStream | null>(null);
  let turn = 0;
  let last = { text: "", at: 0 };
  let paused = false;

  function seen(text: string): void {
    const now = Date.now();
    const same = text === last.text && now - last.at < SAME_MS;
    last = { text, at: now };
    if (!same) found(text);
  }

  async function loop(mine: number): Promise<void> {
    while (mine === turn) {
      const source = video.value;
      if (!paused && source && source.readyState >= 2) {
        const text = await firstText(source).catch(() => null);
        if (mine === turn && !paused && text !== null) seen(text);
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }

  async function start(): Promise<void> {
    const mine = ++turn;
    state.value = "starting";
    try {
      if (!navigator.mediaDevices) throw new DOMException("no cameras here", "NotFoundError");
      const wish = { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 720 } };
      const got = await navigator.mediaDevices.getUserMedia({ video: wish, audio: false });
      if (mine !== turn || !video.value) return got.getTracks().forEach((track) => track.stop());
      stream.value = got;
      video.value.srcObject = got;
      await video.value.play();
      const track = got.getVideoTracks()[0];
      lamp.value = (track?.getCapabilities?.() as { torch?: boolean } | undefined)?.torch ? "off" : "none";
      state.value = "on";
    } catch (error) {
      if (mine === turn) state.value = cameraStateOf(error);
      return;
    }
    await decoder().catch(() => (state.value = "decoder_missing"));
    if (mine === turn && state.value === "on") void loop(mine);
  }

  function stop(): void {
    turn += 1;
    stream.value?.getTracks().forEach((track) => track.stop());
    stream.value = null;
    lamp.value = "none";
  }

  async function toggleLamp(): Promise<void> {
    const next = lamp.value === "on" ? "off" : "on";
    const track = stream.value?.getVideoTracks()[0];
    await track?.applyConstraints({ advanced: [{ torch: next === "on" } as MediaTrackConstraintSet] });
    lamp.value = next;
  }

  const pause = (now: boolean) => (paused = now);
  /** A page in the background must not hold the camera. */
  const visibility = () => (document.visibilityState === "visible" ? void start() : stop());
  onMounted(() => {
    document.addEventListener("visibilitychange", visibility);
    void start();
  });
  onBeforeUnmount(() => {
    document.removeEventListener("visibilitychange", visibility);
    stop();
  });

  return { state, lamp, start, toggleLamp, pause };
}
