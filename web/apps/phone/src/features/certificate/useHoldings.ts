// The caller's certificates as this phone sees them, with whether their half rests here.
import { holdings, platforms, type Holding } from "../../shared/catalogue";
import { useLoad } from "../../shared/useLoad";
import { usePhone } from "../../shared/usePhone";

export interface Held extends Holding {
  here: boolean;
}

export async function held(list: Holding[]): Promise<Held[]> {
  const phone = usePhone();
  return Promise.all(list.map(async (one) => ({ ...one, here: await phone.hasShare(one.holding_id).catch(() => false) })));
}

export function useHoldings() {
  return useLoad(async () => {
    const [list, known] = await Promise.all([holdings(), platforms()]);
    return { items: await held(list), scopes: new Map(known.map(({ platform_id, name }) => [platform_id, name])) };
  });
}
