import { fieldErrors } from '../spec/field-errors.ts';
import type { FieldError } from '../spec/field-errors.ts';
import { besideStrategy, readSpec, STRATEGY_FIELDS } from '../spec/spec.ts';
import { CampaignSpec } from './spec.ts';

/** Reads a spec from parsed JSON; on failure each wrong or unknown field with its path. */
export function readCampaignSpec(
  body: unknown,
): { kind: 'spec'; spec: CampaignSpec } | { kind: 'invalid'; errors: readonly FieldError[] } {
  const parsed = CampaignSpec.safeParse(body);
  if (!parsed.success) return { kind: 'invalid', errors: fieldErrors(parsed.error) };
  const spec = parsed.data;
  const beside = besideStrategy((body as { readonly rollout?: unknown }).rollout);
  if (beside.length > 0)
    return { kind: 'invalid', errors: beside.map((one) => ({ ...one, path: pathIn(one.path) })) };
  // What fields of a rollout's spec mean together is checked by that spec itself
  const read = anyRolloutOf(spec);
  return read.kind === 'invalid' ? read : { kind: 'spec', spec };
}

/** One of its rollouts, whatever the set. */
export function anyRolloutOf(spec: CampaignSpec): ReturnType<typeof readSpec> {
  const read = readSpec(rolloutOf(spec, { campaign: 'plan', scaleSet: ANY_SET, stage: 'plan' }));
  if (read.kind === 'spec') return read;
  return { kind: 'invalid', errors: read.errors.map((one) => ({ ...one, path: pathIn(one.path) })) };
}

const ANY_SET =
  '/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/any/providers/Microsoft.Compute/virtualMachineScaleSets/any';

/** Where a field of a rollout's spec stands in that of a campaign. */
export function pathIn(path: string): string {
  return /^(?:change|labels|reason)(?:\.|$)/.test(path) ? path : `rollout.${path}`;
}

/** The spec of one of its rollouts, still to be read: with the change as it was pinned. */
export function rolloutOf(
  { change: asked, rollout: given, labels, name: title, reason = title }: CampaignSpec,
  {
    campaign,
    scaleSet,
    stage: of,
  }: { readonly campaign: string; readonly scaleSet: string; readonly stage: string },
): object {
  return { ...sent(given), change: asked, scaleSet, reason, labels: { ...labels, campaign, stage: of } };
}

/** What a named strategy stands for is not said beside it. */
function sent(given: CampaignSpec['rollout']): object {
  if (given.namedStrategy === undefined) return given;
  const beside: readonly string[] = STRATEGY_FIELDS;
  return Object.fromEntries(Object.entries(given).filter(([field]) => !beside.includes(field)));
}

/** The same of a rollout that undoes one of them: at once, in no window, with no approvals of its own. */
export function undoOf(
  { rollout: given, labels, name: title, reason = title }: CampaignSpec,
  {
    campaign,
    scaleSet,
    stage: of,
    rollbackOf,
  }: {
    readonly campaign: string;
    readonly scaleSet: string;
    readonly stage: string;
    readonly rollbackOf: string;
  },
): object {
  const { windows: _windows, startIn: _startIn, onBusy: _onBusy, ...others } = given;
  const { approvals: _approvals, soakSeconds: _soak, namedStrategy: _named, ...rest } = others;
  return { ...rest, scaleSet, rollbackOf, reason, labels: { ...labels, campaign, stage: of } };
}
