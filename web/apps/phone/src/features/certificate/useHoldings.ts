// The caller's certificates as this phone sees them, with whether their half rests here.
import { holdings, platforms, units, type Holding } from "../../shared/catalogue";
import { useLoad } from "../../shared/useLoad";
import { usePhone } from "../../shared/usePhone";
import { asksOf } from "../grant/useAsk";
import { buyersOf } from "../order/wish";

export interface Held extends Holding {
  here: boolean;
}

export async function held(list: Holding[]): Promise<Held[]> {
  const phone = usePhone();
  return Promise.all(list.map(async (one) => ({ ...one, here: await phone.hasShare(one.holding_id).catch(() => false) })));
}

export function useHoldings() {
  return useLoad(async () => {
    const [list, known, mine] = await Promise.all([holdings(), platforms(), units()]);
    const asks = asksOf(mine).length > 0;
    return { items: await held(list), asks, buys: !asks || buyersOf(mine, list).length > 0, scopes: new Map(known.map(({ platform_id, name }) => [platform_id, name])) };
  });
}
