// Everything that needs the arithmetic of keys, as one file that the worker fetches when it is first needed: most visits
// sign nothing, and a first page on a slow phone is to come before it.
export { Confirmer, confirmLogin } from "./confirm";
export { beginReset, finishReset, renewByReset } from "./forgotten";
export { install } from "./install";
export { changePassword, isStale, prove, renew } from "./rewrap";
export { byFingerprint, byPassword, openShare, wrapForFingerprint } from "./unlock";
