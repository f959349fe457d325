import { operationNotAllowed } from '../errors/catalogue.ts';
import { valueAt } from '../model/json.ts';
import type { WorkOptions } from '../store/instance.ts';
import type { ScaleSet } from '../store/scale-set.ts';

/** Only sets that were made with the capability hibernate; the words are not recorded. */
export function checkHibernation(set: ScaleSet, options: WorkOptions): void {
  const enabled = valueAt(set.model, 'properties.additionalCapabilities.hibernationEnabled') === true;
  if (options.hibernate === true && !enabled) {
    throw operationNotAllowed(
      `The Hibernate-Deallocate operation cannot be performed on '${set.name}' as it does not have Hibernation capability enabled.`,
    );
  }
}
