// Who is signed in, and the way to the server: the access token lives in this object only; the refresh token in a cookie
// that no script can read.
import { PhoneError, ProblemError } from "./types";

export interface SignedIn {
  access_token: string;
  person_id: string;
  device_id: string;
}

export interface SessionLocks {
  request<T>(name: string, options: object, run: () => Promise<T>): Promise<T>;
}

export interface SessionOptions {
  /** Scheme, host and port of the API; empty where it is the page's own. */
  baseUrl: string;
  fetch: typeof fetch;
  locks: SessionLocks;
  /** Pauses between repeats of a request whose answer was lost, in milliseconds. */
  retryMs: readonly number[];
}

const REFRESH = "/api/v1/sessions/refresh";

export class Session {
  private token: string | null = null;
  private refreshing: Promise<boolean> | null = null;
  private readonly listeners = new Set<() => void>();

  constructor(private readonly options: SessionOptions) {}

  get signedIn(): boolean {
    return this.token !== null;
  }

  onSignedOut(listener: () => void): void {
    this.listeners.add(listener);
  }

  begin(answer: SignedIn): void {
    this.token = answer.access_token;
  }

  end(): void {
    this.token = null;
  }

  /** What `fetch` does, with the token, one refresh when it has run out, and every refusal thrown. */
  readonly fetch = async (request: Request): Promise<Response> => {
    const again = request.clone();
    const used = this.token;
    const answer = await this.once(request, used);
    if (answer.status !== 401 || used === null) return success(answer);
    if (this.token === used && !(await this.refresh())) throw await problem(answer);
    return success(await this.once(again, this.token));
  };

  /** JSON out, JSON or null back. Every POST of PROTOCOL is repeatable, so a lost answer is asked for again. */
  async json(method: string, path: string, body: unknown): Promise<unknown> {
    for (const pause of this.options.retryMs) {
      try {
        return await this.jsonOnce(method, path, body);
      } catch (error) {
        if (!isPassing(error)) throw error;
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    }
    return this.jsonOnce(method, path, body);
  }

  /** One refresh at a time over all tabs. False when the session is over, which ends it here. */
  refresh(): Promise<boolean> {
    this.refreshing ??= this.options.locks.request("hulian-refresh", {}, () => this.refreshed()).finally(() => (this.refreshing = null));
    return this.refreshing;
  }

  /** As `refresh`, with what the server answers; null when nobody is signed in. */
  async restore(): Promise<SignedIn | null> {
    return this.options.locks.request("hulian-refresh", {}, () => this.rotate());
  }

  private async refreshed(): Promise<boolean> {
    const was = this.token !== null;
    if ((await this.rotate()) !== null) return true;
    this.end();
    if (was) for (const listener of this.listeners) listener();
    return false;
  }

  private async rotate(): Promise<SignedIn | null> {
    const answer = await this.once(this.request("POST", REFRESH, {}), null);
    if (answer.status === 401) return null;
    const body = (await (await success(answer)).json()) as SignedIn;
    this.begin(body);
    return body;
  }

  private async jsonOnce(method: string, path: string, body: unknown): Promise<unknown> {
    const answer = await this.fetch(this.request(method, path, body));
    const text = await answer.text().catch(offline);
    if (text === "") return null;
    try {
      return JSON.parse(text);
    } catch {
      throw new PhoneError("server_differs", { what: "json" });
    }
  }

  private request(method: string, path: string, body: unknown): Request {
    const init: RequestInit = { method, credentials: "same-origin" };
    if (method !== "GET" && method !== "DELETE") {
      init.body = JSON.stringify(body ?? {});
      init.headers = { "content-type": "application/json" };
    }
    return new Request(`${this.options.baseUrl || globalThis.location?.origin || ""}${path}`, init);
  }

  private async once(request: Request, token: string | null): Promise<Response> {
    // A request that brings an authorization of its own, such as a recovery's secret, keeps it.
    if (token !== null && !request.headers.has("authorization")) request.headers.set("authorization", `Bearer ${token}`);
    return this.options.fetch(request).catch(offline);
  }
}

function offline(cause: unknown): never {
  throw new PhoneError("offline", {}, { cause });
}

async function success(answer: Response): Promise<Response> {
  if (answer.ok || answer.status === 304) return answer;
  throw await problem(answer);
}

async function problem(answer: Response): Promise<ProblemError> {
  const body: unknown = await answer.json().catch(() => null);
  const { code, params } = (typeof body === "object" && body !== null ? body : {}) as { code?: unknown; params?: unknown };
  return new ProblemError(
    typeof code === "string" ? code : "unknown",
    answer.status,
    typeof params === "object" && params !== null ? (params as Record<string, unknown>) : {},
  );
}

function isPassing(error: unknown): boolean {
  if (error instanceof PhoneError) return error.code === "offline";
  return error instanceof ProblemError && (error.status === 503 || error.code === "idempotency_in_flight");
}
