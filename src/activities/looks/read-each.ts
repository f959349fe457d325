import type { Compute, Read, ScaleSetAddress } from '../../azure/port.ts';
import type { Instance } from '../../core/instance/instances.ts';

export interface Each {
  readonly there: readonly Instance[];
  /** Those that their own GET calls missing. */
  readonly missing: readonly string[];
}

/** Asks for instances one by one. */
export async function readEach(
  compute: Compute,
  address: ScaleSetAddress,
  ids: readonly string[],
): Promise<Read<Each>> {
  const reads = await Promise.all(ids.map((id) => compute.instance(address, id)));
  const there: Instance[] = [];
  const missing: string[] = [];
  for (const [index, read] of reads.entries()) {
    if (read.kind === 'ok') {
      there.push(read.value);
      continue;
    }
    // fence I15: gone is only what its own GET calls missing
    if (read.kind !== 'missing') return read;
    missing.push(ids[index] ?? '');
  }
  return { kind: 'ok', value: { there, missing } };
}
