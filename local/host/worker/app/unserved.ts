import type { RegisteredFunction } from '../core/registry.ts';
import type { Binding } from '../core/types.ts';

const TRIGGERS = ['orchestrationtrigger', 'activitytrigger', 'entitytrigger', 'httptrigger', 'timertrigger'];
const INPUTS = ['durableclient', 'orchestrationclient'];
const OUTPUTS = ['http'];

/** What a function of the app asks of its host and this one does not do, a sentence for each; other hosts may. */
export function unservedBindings(functions: readonly RegisteredFunction[]): readonly string[] {
  return functions.flatMap(({ metadata }) =>
    Object.entries(metadata.bindings).flatMap(([name, binding]) => {
      const lost = lostOf(binding);
      return lost === undefined ? [] : `function ${metadata.name}, binding ${name}: ${lost}`;
    }),
  );
}

function lostOf({ type, direction }: Binding): string | undefined {
  const kind = type.toLowerCase();
  if (direction === 'out') {
    return OUTPUTS.includes(kind)
      ? undefined
      : `no output of type ${type} here, what is written to it is lost`;
  }
  if (kind.endsWith('trigger')) {
    return TRIGGERS.includes(kind) ? undefined : `no ${type} here, it never fires`;
  }
  return INPUTS.includes(kind) ? undefined : `no input of type ${type} here, it is undefined`;
}

/** Durable libraries from version 4 on mark their bindings so. */
export function wantsGrpc(functions: readonly RegisteredFunction[]): boolean {
  return functions.some(({ metadata }) =>
    Object.values(metadata.bindings).some((binding) => binding['durableRequiresGrpc'] === true),
  );
}
