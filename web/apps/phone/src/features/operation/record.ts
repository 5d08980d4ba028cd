// A record as the server keeps it, read member by member: it is canonical JSON whose kinds will grow.
export interface Recorded {
  id: string;
  kind: string;
  file_name: string;
  unit_id: string | null;
  scope: string;
  mode: string;
  digest: string;
  serial: string;
  outcome: string;
  at_us: number;
  leaf_index: number;
}

const text = (record: Record<string, unknown>, member: string): string => (typeof record[member] === "string" ? record[member] : "");

/** Null for what cannot be told: without id and instant it is no record. */
export function readRecord(item: { record: Record<string, unknown>; leaf_index: number }): Recorded | null {
  const { record, leaf_index } = item;
  const at_us = record["at_us"];
  const id = text(record, "operation_id");
  if (id === "" || typeof at_us !== "number") return null;
  const unit_id = text(record, "unit_id") || null;
  return { id, unit_id, at_us, leaf_index, kind: text(record, "kind"), file_name: text(record, "file_name"), scope: text(record, "scope"), mode: text(record, "mode"), digest: text(record, "digest"), serial: text(record, "certificate_serial"), outcome: text(record, "outcome") };
}
