// The routes of members, applications and invitations, each with one name.
import type { components } from "@hulian/api";
import { take, useApi } from "../../shared/useApi";
import { waitQuery } from "../../shared/useLive";

type Schemas = components["schemas"];
export type Members = Schemas["MembersBody"];
export type Member = Schemas["MemberBody"];
export type Task = Schemas["TaskBody"];
export type Tasks = Schemas["TasksBody"];
export type Own = Schemas["OwnBody"];
export type Owns = Schemas["OwnsBody"];
export type Found = Schemas["FoundBody"];
export type Invitation = Schemas["InvitationBody"];
export type Verdict = "pass" | "refuse";

const path = (unit_id: string) => ({ path: { unit_id } });
const init = (signal?: AbortSignal) => (signal ? { signal } : {});

export const members = (unit_id: string, after: number | null, signal?: AbortSignal): Promise<Members> =>
  take(useApi().GET("/api/v1/units/{unit_id}/members", { params: { ...path(unit_id), query: waitQuery(after) }, ...init(signal) }));

export const tasks = (unit_id: string, after: number | null, signal?: AbortSignal): Promise<Tasks> =>
  take(useApi().GET("/api/v1/units/{unit_id}/tasks", { params: { ...path(unit_id), query: waitQuery(after) }, ...init(signal) }));

export const applications = (after: number | null, signal?: AbortSignal): Promise<Owns> =>
  take(useApi().GET("/api/v1/applications", { params: { query: waitQuery(after) }, ...init(signal) }));

export const search = async (text: string): Promise<Found[]> => (await take(useApi().GET("/api/v1/units/search", { params: { query: { text } } }))).items;

export const invitation = (token: string): Promise<Invitation> => take(useApi().GET("/api/v1/invitations/{token}", { params: { path: { token } } }));

export const join = (unit_id: string, body: Schemas["JoinRequest"], headers: Record<string, string>): Promise<Schemas["JoinedBody"]> =>
  take(useApi().POST("/api/v1/units/{unit_id}/join-requests", { params: path(unit_id), body, headers }));

export const decide = (application_id: string, verdict: Verdict, reason: string): Promise<{ state: string }> =>
  take(useApi().POST("/api/v1/applications/{application_id}/decision", { params: { path: { application_id } }, body: { verdict, reason } }));

export async function remove(unit_id: string, member_ids: string[]): Promise<void> {
  await useApi().POST("/api/v1/units/{unit_id}/removals", { params: path(unit_id), body: { member_ids } });
}

export async function askRemoval(unit_id: string, member_ids: string[], reason: string): Promise<void> {
  await useApi().POST("/api/v1/units/{unit_id}/removal-requests", { params: path(unit_id), body: { member_ids, reason } });
}

export async function leave(unit_id: string): Promise<void> {
  await useApi().POST("/api/v1/units/{unit_id}/leave", { params: path(unit_id) });
}

export async function transfer(unit_id: string, member_id: string): Promise<void> {
  await useApi().POST("/api/v1/units/{unit_id}/transfer", { params: path(unit_id), body: { member_id } });
}

export async function invite(unit_id: string, numbers: { area: string; number: string }[]): Promise<void> {
  await useApi().POST("/api/v1/units/{unit_id}/invitations", { params: path(unit_id), body: { numbers } });
}
