// Light or dark as the system says, by the class that Vant's own dark variables hang on.
export function followScheme(): void {
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const apply = () => document.documentElement.classList.toggle("van-theme-dark", dark.matches);
  dark.addEventListener("change", apply);
  apply();
}
