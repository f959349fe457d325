import { formatScaleSetId } from './address.ts';
import type { Allowance, ScaleSetAddress } from './port.ts';
import type { Answer } from './reply.ts';

/** Remembers what the service last said it would still answer of a kind of request, for each scale set. */
export function createAllowances(now: () => number): {
  of(address: ScaleSetAddress): Allowance | undefined;
  note(address: ScaleSetAddress, answer: Answer): void;
} {
  const known = new Map<string, Allowance>();
  return {
    of: (address) => known.get(keyOf(address)),
    note(address, answer) {
      const left = remainingIn(answer);
      if (left !== undefined) known.set(keyOf(address), { left, at: now() });
    },
  };
}

/** The scarcest of the buckets that an answer names: `Microsoft.Compute/Bucket;left,…` (arm-vmss.md 3.6). */
function remainingIn({ headers }: Answer): number | undefined {
  const counts = (headers.get('x-ms-ratelimit-remaining-resource') ?? '')
    .split(',')
    .map((one) => /;(\d+)\s*$/.exec(one)?.[1])
    .filter((count) => count !== undefined);
  return counts.length === 0 ? undefined : Math.min(...counts.map(Number));
}

function keyOf(address: ScaleSetAddress): string {
  return formatScaleSetId(address).toLowerCase();
}
