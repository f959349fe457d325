import { call } from '../../client/call.ts';
import type { Caller } from '../api/shapes.ts';
import { useWatch } from './use-watch.ts';

type Act = NonNullable<Caller['denied']>[number]['act'];

/** Who looks at the page; nothing while that is not known. */
export function useCaller(): Caller | undefined {
  return useWatch(call('getCaller', {})).value.value;
}

/** Why whoever looks may not do something. */
export function useDenial(act: Act): string | undefined {
  return useCaller()?.denied?.find((one) => one.act === act)?.message;
}
