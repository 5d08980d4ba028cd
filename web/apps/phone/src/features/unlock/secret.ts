// The digits while they are typed: held outside of Vue's reactivity, so that neither the page nor the developer tools
// show them; only their number is reactive, for the dots.
import { ref, type Ref } from "vue";

export const PASSWORD_LENGTH = 6;

export interface Secret {
  readonly length: Ref<number>;
  press(digit: string): void;
  erase(): void;
  clear(): void;
  /** Hands the digits over and forgets them. */
  take(): string;
}

/** `full` is called once, with the sixth digit. */
export function createSecret(full: () => void): Secret {
  let digits: string[] = [];
  const length = ref(0);
  const clear = () => {
    digits.fill("");
    digits = [];
    length.value = 0;
  };
  return {
    length,
    press(digit) {
      if (!/^[0-9]$/.test(digit) || digits.length >= PASSWORD_LENGTH) return;
      digits.push(digit);
      length.value = digits.length;
      if (digits.length === PASSWORD_LENGTH) full();
    },
    erase() {
      digits.pop();
      length.value = digits.length;
    },
    clear,
    take() {
      const password = digits.join("");
      clear();
      return password;
    },
  };
}
