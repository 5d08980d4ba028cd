// The client of the HTTP API; its types are generated from docs/api/openapi.json.
import createClient, { type Client } from "openapi-fetch";
import type { paths } from "./gen/schema";

export type { components, paths } from "./gen/schema";
export type Api = Client<paths>;

/** RFC 9457, with a stable `code`; the words for it are the apps'. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  code: string;
  params: Record<string, unknown>;
  request_id: string;
}

export interface ApiOptions {
  /** Brings the request to the server; adds credentials and throws refusals where the caller wants that. */
  fetch?: (request: Request) => Promise<Response>;
}

export function createApi(baseUrl = "", options: ApiOptions = {}): Api {
  return createClient<paths>({ baseUrl, ...options });
}
