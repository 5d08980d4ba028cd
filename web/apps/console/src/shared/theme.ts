// Light, dark, or as the system says.
import { ref, watch } from "vue";

export type Theme = "system" | "light" | "dark";

const KEY = "hulian.console.theme";
const system = matchMedia("(prefers-color-scheme: dark)");

function stored(): Theme {
  const value = localStorage.getItem(KEY);
  return value === "light" || value === "dark" ? value : "system";
}

export const theme = ref<Theme>(stored());

function apply(): void {
  document.documentElement.classList.toggle("dark", theme.value === "dark" || (theme.value === "system" && system.matches));
}

watch(
  theme,
  (value) => {
    localStorage.setItem(KEY, value);
    apply();
  },
  { immediate: true },
);
system.addEventListener("change", apply);
