// The routes of a scan, as far as the screens need them. Bodies are typed as unknown on purpose: the core reads every
// view member by member before anything is shown or signed.
import type { Api, components } from "@hulian/api";
import { scanView, type ScanView } from "@hulian/core";
import { learnServerTime } from "../unlock/countdown";

type Schemas = components["schemas"];
export type Choices = Schemas["ChoicesBody"];
export interface Run {
  run_id: string;
  codes_left: number;
  idle_until_us: number;
}

interface Answer {
  data?: unknown;
  response: Response;
}
interface Init {
  params?: { path?: Record<string, string>; query?: Record<string, string | number> };
  body?: unknown;
  signal?: AbortSignal;
}
/** The same client without the generated types. */
interface Plain {
  GET(path: string, init: Init): Promise<Answer>;
  POST(path: string, init: Init): Promise<Answer>;
  DELETE(path: string, init: Init): Promise<Answer>;
}

function seen({ data, response }: Answer): ScanView {
  learnServerTime(response.headers.get("date"));
  return scanView(data);
}

export function scanWire(api: Api) {
  const plain = api as unknown as Plain;
  const of = (code: string) => ({ path: { code } });
  return {
    async claim(code: string, run_id: string | null): Promise<ScanView> {
      return seen(await plain.POST("/api/v1/scans/{code}/claim", { params: of(code), body: run_id === null ? {} : { run_id } }));
    },
    async look(code: string): Promise<ScanView> {
      return seen(await plain.GET("/api/v1/scans/{code}", { params: of(code) }));
    },
    /** Answers when the version is another than `after`, or when the wait is over. */
    async wait(code: string, after: number, wait_s: number, signal: AbortSignal): Promise<ScanView> {
      return seen(await plain.GET("/api/v1/scans/{code}", { params: { ...of(code), query: { wait_s, after_version: after } }, signal }));
    },
    async match(code: string, number: string): Promise<ScanView> {
      return seen(await plain.POST("/api/v1/scans/{code}/match", { params: of(code), body: { number } }));
    },
    async choose(code: string, choice: { holding_id: string } | { unit_id: string | null }): Promise<ScanView> {
      return seen(await plain.POST("/api/v1/scans/{code}/choose", { params: of(code), body: choice }));
    },
    async refuse(code: string): Promise<void> {
      await plain.POST("/api/v1/scans/{code}/refuse", { params: of(code), body: {} });
    },
    async startRun(code: string): Promise<Run> {
      const { data } = await plain.POST("/api/v1/scan-runs", { params: {}, body: { code } });
      return data as Run;
    },
    async endRun(run_id: string): Promise<void> {
      await plain.DELETE("/api/v1/scan-runs/{run_id}", { params: { path: { run_id } } });
    },
    async codeOfShortCode(short_code: string): Promise<string> {
      const { data } = await plain.POST("/api/v1/short-codes", { params: {}, body: { short_code } });
      return (data as Schemas["CodeBody"]).code;
    },
    async choices(code: string): Promise<Choices> {
      return (await plain.GET("/api/v1/scans/{code}/choices", { params: of(code) })).data as Choices;
    },
    async holdings(): Promise<Schemas["HoldingBody"][]> {
      return ((await plain.GET("/api/v1/holdings", { params: {} })).data as Schemas["Holdings"]).items;
    },
  };
}

export type ScanWire = ReturnType<typeof scanWire>;
