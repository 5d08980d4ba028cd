// Real Chromium. Each "phone" is a process of its own with a profile that stays; the fake camera's picture is fixed when the
// process starts, so a code is made first and the phone started after.
import { cpSync, mkdtempSync } from "node:fs";
import { join } from "node:path";
import { type BrowserContext, chromium, type Page } from "playwright-core";
import { runFolder } from "./system.ts";

export const CHROMIUM = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
export const QUIET = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--disable-features=Translate,OptimizationHints,MediaRouter",
];

export interface Window {
  context: BrowserContext;
  page: Page;
  profile: string;
  /** Addresses outside this computer that a page asked for; there must be none. */
  foreign: string[];
  /** Errors that pages threw or logged. */
  errors: string[];
  close(): Promise<void>;
}

export interface WindowOptions {
  /** A profile to copy from; a new one otherwise. */
  from?: string;
  /** A profile to go on with. */
  profile?: string;
  /** What the fake camera shows (Y4M). */
  camera?: string;
  width?: number;
  height?: number;
  mobile?: boolean;
  dark?: boolean;
}

export async function openWindow(options: WindowOptions = {}): Promise<Window> {
  const profile = options.profile ?? mkdtempSync(join(runFolder(), "profile-"));
  if (options.from) cpSync(options.from, profile, { recursive: true });
  const camera = options.camera ? [`--use-file-for-fake-video-capture=${options.camera}`] : [];
  const mobile = options.mobile ?? false;
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: CHROMIUM,
    headless: true,
    args: [...QUIET, "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream", ...camera],
    viewport: { width: options.width ?? (mobile ? 390 : 1280), height: options.height ?? (mobile ? 844 : 800) },
    deviceScaleFactor: mobile ? 2 : 1,
    isMobile: mobile,
    hasTouch: mobile,
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    colorScheme: options.dark ? "dark" : "light",
    acceptDownloads: true,
  });
  const page = context.pages()[0] ?? (await context.newPage());
  const foreign: string[] = [];
  const errors: string[] = [];
  context.on("request", (request) => {
    const url = new URL(request.url());
    if (["http:", "https:", "ws:", "wss:"].includes(url.protocol) && !["localhost", "127.0.0.1"].includes(url.hostname)) foreign.push(request.url());
  });
  context.on("weberror", (error) => {
    const told = error.error().stack ?? String(error.error());
    // The worker of pdf.js says this to nobody when a document is closed while it is still being read.
    if (!(told.includes("Worker was terminated") && told.includes("pdf.worker"))) errors.push(told);
  });
  return { context, page, profile, foreign, errors, close: () => context.close() };
}

/** A platform authenticator with the PRF extension, as phones have it. */
export async function addFingerprint(window: Window): Promise<{ setVerified(verified: boolean): Promise<void> }> {
  const session = await window.context.newCDPSession(window.page);
  await session.send("WebAuthn.enable");
  const { authenticatorId } = await session.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2", ctap2Version: "ctap2_1", transport: "internal", hasResidentKey: true, hasUserVerification: true,
      isUserVerified: true, automaticPresenceSimulation: true, hasPrf: true,
    },
  });
  return {
    setVerified: async (verified) => {
      await session.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: verified });
    },
  };
}
