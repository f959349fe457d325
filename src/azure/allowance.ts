import { formatScaleSetId } from './address.ts';
import type { Allowance, ScaleSetAddress } from './port.ts';
import type { Answer } from './reply.ts';

/** Remembers what the service last said it would still answer of a kind of request, for each scale set and subscription. */
export function createAllowances(now: () => number): {
  of(address: ScaleSetAddress): Allowance | undefined;
  ofSubscription(subscriptionId: string): Allowance | undefined;
  note(address: ScaleSetAddress, answer: Answer): void;
} {
  const known = new Map<string, Allowance>();
  const note = (key: string, counts: readonly number[]): void => {
    if (counts.length > 0) known.set(key, { left: Math.min(...counts), at: now() });
  };
  return {
    of: (address) => known.get(keyOf(address)),
    ofSubscription: (subscriptionId) => known.get(subscriptionId.toLowerCase()),
    note(address, answer) {
      const buckets = bucketsIn(answer);
      const ofAll = buckets.filter(({ name }) => name.includes('SubscriptionMaximum'));
      const leftOf = (some: typeof buckets) => some.map(({ left }) => left);
      note(keyOf(address), leftOf(buckets));
      note(address.subscriptionId.toLowerCase(), leftOf(ofAll));
    },
  };
}

/** The buckets that an answer names: `Microsoft.Compute/Bucket;left,…` (arm-vmss.md 3.6). */
function bucketsIn({ headers }: Answer): readonly { readonly name: string; readonly left: number }[] {
  return (headers.get('x-ms-ratelimit-remaining-resource') ?? '').split(',').flatMap((one) => {
    const [, name = '', left] = /^\s*([^;]*);(\d+)\s*$/.exec(one) ?? [];
    return left === undefined ? [] : [{ name, left: Number(left) }];
  });
}

function keyOf(address: ScaleSetAddress): string {
  return formatScaleSetId(address).toLowerCase();
}
