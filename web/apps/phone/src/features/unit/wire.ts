// The routes of registering and certifying units, each with one name.
import type { components } from "@hulian/api";
import { take, useApi } from "../../shared/useApi";
import { applications } from "../member/wire";

type Schemas = components["schemas"];
export type Units = Schemas["UnitsBody"];
export type Pending = Schemas["PendingUnitBody"];
export type Paper = Schemas["PaperBody"];
export type Branch = Schemas["BranchBody"];
export type DepositView = Schemas["DepositViewBody"];
export type Review = Schemas["UnitReviewBody"];
export type PaperRole = "power_of_attorney" | "representative_front" | "representative_back";

const path = (unit_id: string) => ({ path: { unit_id } });

export const own = (): Promise<Units> => take(useApi().GET("/api/v1/units"));

export const recognise = (role: PaperRole, material_id: string): Promise<Paper> => take(useApi().POST("/api/v1/unit-papers", { body: { role, material_id } }));

export const register = (body: Schemas["UnitRequest"], headers: Record<string, string>): Promise<Schemas["RegisteredBody"]> => take(useApi().POST("/api/v1/units", { body, headers }));

export const registerForeign = (body: Schemas["ForeignRequest"], headers: Record<string, string>): Promise<Schemas["CaseIdBody"]> => take(useApi().POST("/api/v1/foreign-units", { body, headers }));

export const reviewOffered = async (): Promise<boolean> => (await take(useApi().GET("/api/v1/unit-reviews/offer"))).offered;

export const askReview = (body: Schemas["UnitReviewRequest"]): Promise<Schemas["CaseIdBody"]> => take(useApi().POST("/api/v1/unit-reviews", { body }));

export const review = (case_id: string): Promise<Review> => take(useApi().GET("/api/v1/unit-reviews/{case_id}", { params: { path: { case_id } } }));

export const showLicence = async (unit_id: string, material_id: string): Promise<void> => {
  await useApi().POST("/api/v1/units/{unit_id}/licence", { params: path(unit_id) as never, body: { material_id } });
};

export const branches = async (unit_id: string, words: string): Promise<Branch[]> => (await take(useApi().GET("/api/v1/units/{unit_id}/bank-branches", { params: { ...path(unit_id), query: { words } } }))).items;

export const deposit = (unit_id: string): Promise<DepositView> => take(useApi().GET("/api/v1/units/{unit_id}/deposit", { params: path(unit_id) }));

export const askDeposit = (unit_id: string, body: Schemas["DepositRequest"], headers: Record<string, string>): Promise<unknown> => take(useApi().POST("/api/v1/units/{unit_id}/deposit", { params: path(unit_id), body, headers }));

export const enterAmount = async (unit_id: string, amount: string): Promise<void> => {
  await useApi().POST("/api/v1/units/{unit_id}/deposit/amount", { params: path(unit_id), body: { amount } });
};

export const askByHand = (unit_id: string, body: Schemas["ByHandRequest"]): Promise<unknown> => take(useApi().POST("/api/v1/units/{unit_id}/deposit/by-hand", { params: path(unit_id), body }));

/** The version of what the person belongs to and has asked for; with `after` not before it is another one. */
export const news = async (after: number | null, signal?: AbortSignal): Promise<number> => (await applications(after, signal)).version;
