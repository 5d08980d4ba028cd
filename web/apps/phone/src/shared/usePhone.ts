// The one instance of the phone's half. Everything with keys or a session goes through it, so that no two of them
// ever refresh a token or hold a share side by side in one page.
import { createPhone, type Phone } from "@hulian/core";

let phone: Phone | undefined;

export function usePhone(): Phone {
  phone ??= createPhone();
  return phone;
}
