// Plain reads and writes. The client carries the token and throws `ProblemError` or `PhoneError("offline")`,
// so what comes back always has data; `take` says so to the types.
import type { Api } from "@hulian/api";
import { usePhone } from "./usePhone";

export function useApi(): Api {
  return usePhone().api;
}

export async function take<R extends { data?: unknown }>(call: Promise<R>): Promise<NonNullable<R["data"]>> {
  const { data } = await call;
  if (data === undefined || data === null) throw new Error("the answer has no body");
  return data as NonNullable<R["data"]>;
}
