import type { Compute, ComputeWrites } from '../../src/azure/port.ts';

/** Puts something between the app and some of its writes; answers with what takes it out again. */
export function interceptWrites(
  compute: Compute,
  instead: (writes: ComputeWrites) => Partial<ComputeWrites>,
): () => void {
  const writing: Compute['writing'] = compute.writing.bind(compute);
  Object.assign(compute, {
    writing: (...given: Parameters<typeof writing>) => {
      const writes = writing(...given);
      return { ...writes, ...instead(writes) };
    },
  });
  return () => void Object.assign(compute, { writing });
}
