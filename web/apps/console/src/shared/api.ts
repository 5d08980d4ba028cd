// The API as an operator: the access token lives here and nowhere else; the cookie that gets the next one is out of scripts' reach.
import { createApi, type Problem } from "@hulian/api";
import type { components } from "@hulian/api";

export type Body<Name extends keyof components["schemas"]> = components["schemas"][Name];

/** A refusal, or nobody who answers (`offline`). */
export class ProblemError extends Error {
  constructor(
    readonly code: string,
    readonly params: Record<string, unknown> = {},
    readonly status = 0,
  ) {
    super(code);
  }
}

let access: string | null = null;
let renewing: Promise<boolean> | null = null;
let onEnd: () => void = () => undefined;

/** Takes a session's tokens. */
export function take(session: Body<"OperatorSessionBody"> | null): void {
  access = session?.access_token ?? null;
}

/** What happens when the session is over. */
export function whenOver(act: () => void): void {
  onEnd = act;
}

async function problemOf(response: Response): Promise<ProblemError> {
  const body = (await response.json().catch(() => null)) as Problem | null;
  return new ProblemError(body?.code ?? "internal", body?.params ?? {}, response.status);
}

async function ask(request: Request): Promise<Response> {
  const response = await fetch(request).catch(() => {
    throw new ProblemError("offline");
  });
  if (!response.ok) throw await problemOf(response);
  return response;
}

/** For what needs no sign-in. */
export const anonymous = createApi("", { fetch: ask });

/** Gets the next tokens by the cookie; several who ask at once get the same. */
export function renew(): Promise<boolean> {
  renewing ??= anonymous
    .POST("/api/v1/operator/sessions/refresh")
    .then(({ data }) => {
      take(data ?? null);
      return data !== undefined;
    })
    .catch((error: unknown) => {
      if (error instanceof ProblemError && error.code === "offline") throw error;
      return false;
    })
    .finally(() => {
      renewing = null;
    });
  return renewing;
}

async function asOperator(request: Request): Promise<Response> {
  const again = request.clone();
  const signed = (it: Request): Request => {
    it.headers.set("authorization", `Bearer ${access ?? ""}`);
    return it;
  };
  try {
    return await ask(signed(request));
  } catch (error) {
    if (!(error instanceof ProblemError) || error.status !== 401) throw error;
    if (!(await renew())) {
      take(null);
      onEnd();
      throw error;
    }
    return ask(signed(again));
  }
}

/** For everything else. */
export const api = createApi("", { fetch: asOperator });

/** The body of an answer, which is there when nothing was thrown. */
export async function got<T>(call: Promise<{ data?: T }>): Promise<T> {
  const { data } = await call;
  return data as T;
}

/** A file, for as long as the page shows it. */
export async function file(path: string): Promise<Blob> {
  return (await asOperator(new Request(path))).blob();
}
