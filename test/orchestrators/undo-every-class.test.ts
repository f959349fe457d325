import { describe, it } from 'vitest';
import { EVERY_CHANGE } from '../lab/every-change.ts';
import { undo } from '../lab/undo-cases.ts';

/** One kind of each class, and those with a rule of their own; the long lane has all of them, each way. */
const SOME = [
  'image sku of a model that said latest',
  'size that the hardware offers',
  'size of other hardware',
  'extension settings',
  'custom data and password',
  'set of a property that was not there',
  'load-balancer pools replaced by one of an application gateway',
];

describe.each(['by failure', 'after the end'] as const)('undone %s', (way) => {
  // Feature [Undo] Undo of an image change, by failure (Undo, new 1)
  //   shown by: undone by failure > a change of image sku of a model that said latest leaves model and instances as they were
  // Feature [Undo] Undo of a size by restart (Undo, new 1)
  //   shown by: undone by failure > a change of size that the hardware offers leaves model and instances as they were
  // Feature [Undo] Undo of a size by deallocation (Undo, new 1)
  //   shown by: undone by failure > a change of size of other hardware leaves model and instances as they were
  // Feature [Undo] Undo of an OS profile (Undo)
  //   shown by: undone by failure > a change of custom data and password leaves model and instances as they were
  // Feature [Undo] Undo of extension settings after the end (Undo, new 1)
  //   shown by: undone after the end > a change of extension settings leaves model and instances as they were
  // Feature [Undo] Undo of replaced pools after the end (Undo, new 1)
  //   shown by: undone after the end > a change of load-balancer pools replaced by one of an application gateway leaves model and instances as they were
  it.each(SOME)('a change of %s leaves model and instances as they were', async (name) => {
    const kind = EVERY_CHANGE.find((known) => known.name === name);
    if (kind === undefined) throw new Error(`no such kind: ${name}`);
    await undo(kind, way);
  });
});
