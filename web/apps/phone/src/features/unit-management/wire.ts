// The routes by which a unit is kept up, each with one name.
import type { components } from "@hulian/api";
import { take, useApi } from "../../shared/useApi";
import { waitQuery } from "../../shared/useLive";

type Schemas = components["schemas"];
export type Profile = Schemas["UnitProfileBody"];
export type Material = Schemas["UnitMaterialBody"];
export type Takeover = Schemas["TakeoverBody"];

const path = (unit_id: string) => ({ path: { unit_id } });
const init = (signal?: AbortSignal) => (signal ? { signal } : {});

export const profile = (unit_id: string): Promise<Profile> => take(useApi().GET("/api/v1/units/{unit_id}/profile", { params: path(unit_id) }));

export const putProfile = (unit_id: string, body: Schemas["UnitProfileRequest"]): Promise<{ version: number }> =>
  take(useApi().PUT("/api/v1/units/{unit_id}/profile", { params: path(unit_id), body }));

export async function avatar(unit_id: string): Promise<Blob> {
  return (await useApi().GET("/api/v1/units/{unit_id}/avatar", { params: path(unit_id), parseAs: "blob" })).data as unknown as Blob;
}

export async function putAvatar(unit_id: string, material_id: string): Promise<void> {
  await useApi().PUT("/api/v1/units/{unit_id}/avatar", { params: path(unit_id), body: { material_id } });
}

export const materials = async (unit_id: string): Promise<Material[]> => (await take(useApi().GET("/api/v1/units/{unit_id}/materials", { params: path(unit_id) }))).items;

export async function material(unit_id: string, role: string): Promise<Blob> {
  return (await useApi().GET("/api/v1/units/{unit_id}/materials/{role}", { params: { path: { unit_id, role } }, parseAs: "blob" })).data as unknown as Blob;
}

export const takeover = (unit_id: string, after: number | null, signal?: AbortSignal): Promise<Takeover> =>
  take(useApi().GET("/api/v1/units/{unit_id}/takeover", { params: { ...path(unit_id), query: waitQuery(after) }, ...init(signal) }));

export const askTakeover = (unit_id: string, body: Schemas["TakeoverRequest"], headers: Record<string, string>): Promise<{ case_id: string }> =>
  take(useApi().POST("/api/v1/units/{unit_id}/takeover", { params: path(unit_id), body, headers }));

export type Permission = Schemas["UnitPermissionBody"];
export type Change = Schemas["UnitChangeBody"];
export type ChangeWish = Schemas["UnitChangeRequest"];

export async function putRepresentativePhotos(unit_id: string, front: string, back: string): Promise<void> {
  await useApi().PUT("/api/v1/units/{unit_id}/representative-photos", { params: path(unit_id), body: { front, back } });
}

export const permission = (unit_id: string): Promise<Permission> => take(useApi().GET("/api/v1/units/{unit_id}/permission", { params: path(unit_id) }));

export const putPermission = (unit_id: string, representative_seal: boolean, version: number): Promise<{ version: number }> =>
  take(useApi().PUT("/api/v1/units/{unit_id}/permission", { params: path(unit_id), body: { representative_seal, version } }));

export const change = (unit_id: string, after: number | null, signal?: AbortSignal): Promise<Change> =>
  take(useApi().GET("/api/v1/units/{unit_id}/change", { params: { ...path(unit_id), query: waitQuery(after) }, ...init(signal) }));

export const askChange = (unit_id: string, body: ChangeWish, headers: Record<string, string>): Promise<{ state: string }> =>
  take(useApi().POST("/api/v1/units/{unit_id}/change", { params: path(unit_id), body, headers }));
