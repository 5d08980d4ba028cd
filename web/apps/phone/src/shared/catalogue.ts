// Reads that several features need, each with one name.
import type { components } from "@hulian/api";
import { take, useApi } from "./useApi";

type Schemas = components["schemas"];
export type Unit = Schemas["UnitBody"] & { unit_code: string; uscc: string; state: string; role: string; legal_representative: boolean };
export type Platform = Schemas["PlatformBody"];
export type Holding = Schemas["HoldingBody"] & { reissues?: { free_left: number; packs_left: number } };
export type Seal = Schemas["SealBody"];

export const units = async (): Promise<Unit[]> => (await take(useApi().GET("/api/v1/units"))).items as Unit[];
export const platforms = async (): Promise<Platform[]> => (await take(useApi().GET("/api/v1/platforms"))).items;
export const holdings = async (): Promise<Holding[]> => (await take(useApi().GET("/api/v1/holdings"))).items;

export async function unitOf(unit_id: string): Promise<Unit> {
  // The described API leaves this member out of the path.
  const unit = await take(useApi().GET("/api/v1/units/{unit_id}", { params: { path: { unit_id } } as never }));
  return unit as Unit;
}

// The described API has the query's members at the wrong place; the server reads them from the query.
const seals = async (query: { unit_id?: string }): Promise<Seal[]> => (await take(useApi().GET("/api/v1/seals", { params: { query } as never }))).items;

/** All seals of a unit, for those who belong to it. */
export const sealsOf = (unit_id: string): Promise<Seal[]> => seals({ unit_id });
/** One's own: personal ones, those of units that one administers, and those that are lent to one. */
export const ownSeals = (): Promise<Seal[]> => seals({});
