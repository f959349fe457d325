import { describe, it } from 'vitest';
import { drawn } from '../lab/drawn.ts';
import { EVERY_CHANGE } from '../lab/every-change.ts';
import { undo, WAYS } from '../lab/undo-cases.ts';

describe.each(WAYS)('undone %s', (way) => {
  const kinds = EVERY_CHANGE.filter(({ modelOnly, irreversible }) => {
    // Nothing that happens to instances can fail; and what has restored nothing leaves nothing to undo.
    if (way === 'by failure') return modelOnly !== true;
    return way !== 'and the undoing undone' || irreversible !== true;
  });
  it.each(drawn(`changes undone ${way}`, kinds).map((kind) => [kind.name, kind] as const))(
    'a change of %s leaves model and instances as they were',
    async (_, kind) => undo(kind, way),
  );
});
