// What a member may ask for, and the asking, each with one name.
import type { components } from "@hulian/api";
import { take, useApi } from "../../shared/useApi";

export type AskableProduct = components["schemas"]["AskableProductBody"];

const path = (unit_id: string) => ({ path: { unit_id } });

export const products = async (unit_id: string): Promise<AskableProduct[]> =>
  (await take(useApi().GET("/api/v1/units/{unit_id}/certificate-products", { params: path(unit_id) }))).items;

export async function askCertificates(unit_id: string, product_ids: string[], reason: string): Promise<void> {
  await useApi().POST("/api/v1/units/{unit_id}/certificate-requests", { params: path(unit_id), body: { product_ids, reason } });
}

export async function askSeals(unit_id: string, seal_ids: string[], until: string, reason: string): Promise<void> {
  await useApi().POST("/api/v1/units/{unit_id}/seal-requests", { params: path(unit_id), body: { seal_ids, until, reason } });
}
