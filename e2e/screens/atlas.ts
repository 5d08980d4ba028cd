// Where every page is met: each route of the phone app and of the console, and the screen under whose name a tour or a story looks at
// it. A test holds the table against the routers and against what is looked at.
import type { Face } from "./tour/look.ts";

export const ATLAS: Partial<Record<Face, Readonly<Record<string, string>>>> = {
  phone: {
    "/": "home",
    "/welcome": "welcome",
    "/sign-in": "sign-in",
    "/agreements/:name(user|privacy|service)": "agreement",
    "/unreachable": "unreachable",
    "/:path(.*)*": "not-found",
    "/identity": "identity",
    "/recover": "recover",
    "/me": "me",
    "/me/about": "about",
    "/me/version": "version",
    "/me/settings": "settings",
    "/me/sessions": "sessions",
    "/me/phone": "phone-change",
    "/me/cancel": "cancel",
    "/me/repair": "repair",
    "/help": "help",
    "/contacts": "contacts",
    "/guides": "guides",
    "/guides/:name": "guide",
    "/password": "password",
    "/password/set": "password-set",
    "/password/change": "password-change",
    "/password/renew": "password-renew",
    "/password/forgotten": "password-forgotten",
    "/units": "units",
    "/units/new": "unit-new",
    "/units/new/foreign": "unit-foreign",
    "/units/:unit_id": "unit",
    "/units/:unit_id/licence": "unit-licence",
    "/units/:unit_id/deposit": "unit-deposit",
    "/units/join": "join-found",
    "/join/:token": "invitation",
    "/applications": "applications",
    "/units/:unit_id/tasks": "tasks",
    "/units/:unit_id/members/remove": "member-remove",
    "/units/:unit_id/transfer": "member-transfer",
    "/units/:unit_id/invite": "member-invite",
    "/units/:unit_id/information": "unit-information",
    "/units/:unit_id/manage": "unit-manage",
    "/units/:unit_id/avatar": "unit-avatar",
    "/units/:unit_id/materials": "unit-materials",
    "/units/:unit_id/representative": "unit-representative",
    "/units/:unit_id/change": "unit-change",
    "/units/:unit_id/permission": "unit-permission",
    "/units/:unit_id/takeover": "unit-takeover",
    "/buy": "buy",
    "/buy/confirm": "buy-confirm",
    "/orders": "orders",
    "/orders/:order_id": "order",
    "/certificates": "certificates",
    "/certificates/:holding_id": "certificate",
    "/seals": "seals",
    "/seals/new": "seal-new",
    "/seals/:seal_id": "seal",
    "/operations": "operations",
    "/centre": "centre",
    "/device": "device",
    "/scan": "scan",
    "/scan/code": "scan-code",
    "/scan/run": "run-next",
    "/s/:code": "scan-match",
  },
  console: {
    "/sign-in": "sign-in",
    "/cases": "cases",
    "/cases/:id": "case-open",
    "/operators": "operators",
    "/audit": "audit",
    "/content": "content",
    "/faults": "faults",
    "/system": "system",
  },
};

/** Where the face's app begins. */
const BASE: Partial<Record<Face, string>> = { console: "/console" };

/** Whether a route of the app, as its router writes it, is met at an address. */
export function leadsTo(face: Face, route: string, pathname: string): boolean {
  const pattern = route.replace(/:\w+(\([^)]*\)\*?)?/g, (_, own?: string) => (own ? own.replace(/\*$/, "") : "[^/]+"));
  return new RegExp(`^${BASE[face] ?? ""}${pattern}$`).test(pathname);
}
