// Requests to `hulian desk`. Every refusal becomes a Problem with the stable code that the words hang on.

export class Problem extends Error {
  constructor(
    readonly code: string,
    readonly params: Record<string, unknown> = {},
    readonly status = 0,
  ) {
    super(code);
  }
}

export const BASE = "/desk/v1";

function toProblem(status: number, text: string): Problem {
  try {
    const body = JSON.parse(text) as { code?: unknown; params?: unknown };
    if (typeof body.code === "string") return new Problem(body.code, (body.params ?? {}) as Record<string, unknown>, status);
  } catch {
    // Not JSON: told by its status below.
  }
  return new Problem(status === 401 ? "desk_locked" : "unknown", { status }, status);
}

async function request<T>(method: string, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  let response: Response;
  try {
    response = await fetch(BASE + path, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
      ...(signal ? { signal } : {}),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Problem("desk_gone");
  }
  const text = await response.text();
  if (!response.ok) throw toProblem(response.status, text);
  return (text === "" ? undefined : JSON.parse(text)) as T;
}

export const api = {
  get: <T>(path: string, signal?: AbortSignal) => request<T>("GET", path, undefined, signal),
  post: <T>(path: string, body: unknown = {}, signal?: AbortSignal) => request<T>("POST", path, body, signal),
  remove: (path: string) => request<void>("DELETE", path),
};

/** Sends a file as it is; `fetch` cannot tell how far it is, XMLHttpRequest can. */
export function upload<T>(path: string, file: File, progress: (part: number) => void): { done: Promise<T>; abort: () => void } {
  const sender = new XMLHttpRequest();
  const done = new Promise<T>((resolve, reject) => {
    sender.open("POST", BASE + path);
    sender.setRequestHeader("content-type", "application/pdf");
    sender.setRequestHeader("x-file-name", encodeURIComponent(file.name));
    sender.upload.onprogress = (event) => event.lengthComputable && progress(event.loaded / event.total);
    sender.onload = () => (sender.status < 300 ? resolve(JSON.parse(sender.responseText) as T) : reject(toProblem(sender.status, sender.responseText)));
    sender.onerror = () => reject(new Problem("desk_gone"));
    sender.onabort = () => reject(new Problem("upload_stopped"));
    sender.send(file);
  });
  return { done, abort: () => sender.abort() };
}
