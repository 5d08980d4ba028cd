// ACC-1: the introduction is shown once in a browser's life.
const KEY = "hulian.intro";

export const introSeen = (): boolean => localStorage.getItem(KEY) !== null;
export const markIntroSeen = (): void => localStorage.setItem(KEY, "seen");
