import { fixed } from '../messages/paths.ts';
import { refused } from '../messages/refused.ts';
import { refuse } from '../messages/refusals.ts';
import type { Refusal } from '../messages/refusals.ts';
import { valueAt } from './changed-paths.ts';
import type { Model } from './model.ts';
import { isList } from './paths.ts';

const TYPE = 'virtualMachineProfile.securityProfile.securityType';
const DISKS = 'virtualMachineProfile.storageProfile.dataDisks';

/**
 * Confidential instances are made so and stay so; a set whose model has data disks becomes one of trusted launch only
 * by a rolling upgrade with max surge, which makes its instances anew (trusted-launch-existing-vmss.md, limitations).
 */
export function checkSecurityType(before: Model, after: Model): Refusal | undefined {
  const [was, is] = [before, after].map((model) => valueAt(model, TYPE) ?? 'Standard');
  if (was === is) return undefined;
  const why = refused.fixedProperty(TYPE);
  if (was === 'ConfidentialVM' || is === 'ConfidentialVM') {
    return refuse('fixedProperty', why, { path: TYPE, remedy: fixed.atCreation });
  }
  const disks = valueAt(after, DISKS);
  if (is === 'Standard' || !isList(disks) || disks.length === 0) return undefined;
  return refuse('fixedProperty', why, { path: TYPE, remedy: fixed.onlyBySurge });
}
