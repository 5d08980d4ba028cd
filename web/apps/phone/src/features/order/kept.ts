// Which orders were made on this phone, and for what. The server lists orders one by one only; what is kept here are
// ids and the words that the confirm page showed, for each person apart.
export interface KeptOrder {
  order_id: string;
  owner: string;
  platform: string;
  product: string;
  kind: "platform" | "interconnect";
  term_years: number;
  quantity: number;
  amount_fen: number;
  made_at_us: number;
}

const MAX = 50;
const key = (person_id: string) => `hulian.orders.${person_id}`;

function isKept(value: unknown): value is KeptOrder {
  return value !== null && typeof value === "object" && "order_id" in value && typeof value.order_id === "string" && "amount_fen" in value && typeof value.amount_fen === "number";
}

export function keptOrders(person_id: string): KeptOrder[] {
  try {
    const list: unknown = JSON.parse(localStorage.getItem(key(person_id)) ?? "[]");
    return Array.isArray(list) ? list.filter(isKept) : [];
  } catch {
    return [];
  }
}

/** Newest first; an order that is kept already stays as it is. */
export function keepOrder(person_id: string, order: KeptOrder): void {
  const others = keptOrders(person_id).filter(({ order_id }) => order_id !== order.order_id);
  localStorage.setItem(key(person_id), JSON.stringify([order, ...others].slice(0, MAX)));
}
