// What an application is about, as the parameters of its words.
import { instant } from "../../shared/format";
import type { Own, Task } from "./wire";

export interface AskedWords {
  [name: string]: string;
  name: string;
  product: string;
  seal: string;
  until: string;
}

export function askedWords(one: Pick<Task | Own, "kind" | "subject_name" | "product" | "seal">, seal: (kind: string) => string): AskedWords {
  return {
    name: one.subject_name,
    product: one.product?.name ?? "",
    seal: one.seal ? seal(one.seal.kind) : "",
    until: one.seal ? instant(one.seal.until_us, "day") : "",
  };
}
