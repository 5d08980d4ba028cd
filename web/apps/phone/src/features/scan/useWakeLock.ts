// Keeps the screen on while a code is looked for or a run goes on. Browsers drop the lock with every hiding; it is taken anew.
import { onBeforeUnmount, onMounted } from "vue";

export function useWakeLock(): void {
  let lock: WakeLockSentinel | null = null;
  let wanted = true;
  const take = async () => {
    if (!wanted || document.visibilityState !== "visible" || !("wakeLock" in navigator)) return;
    const got = await navigator.wakeLock.request("screen").catch(() => null); // Refused on low battery: only a comfort.
    if (wanted) lock = got;
    else await got?.release();
  };
  const visibility = () => void take();
  onMounted(() => {
    document.addEventListener("visibilitychange", visibility);
    void take();
  });
  onBeforeUnmount(() => {
    wanted = false;
    document.removeEventListener("visibilitychange", visibility);
    void lock?.release().catch(() => undefined);
  });
}
