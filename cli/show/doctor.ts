import type { Leases, TakenOver } from '../api/shapes.ts';
import { fields, table } from './table.ts';
import { plain, scaleSetName } from './text.ts';

/** What is ill first, then what is left behind; a rollout at work is no concern of a doctor's. */
export function doctorText({ value, guardsLeft }: Leases): string {
  const ill = value.filter(({ state }) => state !== 'live');
  const healthy = value.length - ill.length;
  const blocks = [
    ill.length === 0
      ? 'no scale set is held by a rollout that does not work on\n'
      : table(
          ['ScaleSet', 'Lease', 'Rollout', 'State', 'Why'],
          ill.map(({ scaleSet, id, rolloutId, state, message }) => [
            scaleSetName(scaleSet),
            id,
            rolloutId,
            state,
            message,
          ]),
        ),
    ...ill.flatMap(({ rolloutId, heldGuards }) =>
      (heldGuards ?? []).map(
        ({ guard, was }) => `${plain(`${rolloutId} still holds ${guard}, which was ${was ?? 'unknown'}`)}\n`,
      ),
    ),
    ...ill.flatMap(({ remedy }) => (remedy ? [`what to do: ${remedy}\n`] : [])),
    healthy === 0 ? '' : `${healthy} ${healthy === 1 ? 'rollout is' : 'rollouts are'} at work\n`,
    guardsLeft.length === 0
      ? 'no guard was left behind\n'
      : table(
          ['ScaleSet', 'Guard', 'Was', 'Rollout'],
          guardsLeft.map(({ scaleSet, guard, was, rolloutId }) => [
            scaleSetName(scaleSet),
            guard,
            was,
            rolloutId,
          ]),
        ),
    ...new Set(guardsLeft.flatMap(({ remedy }) => (remedy ? [`what to do: ${remedy}\n`] : []))),
  ];
  return blocks.join('');
}

const ACTIONS: Readonly<Record<string, string>> = {
  freed: 'the scale set is free',
  restarted: 'the rollout goes on',
  none: 'nothing: no rollout holds the scale set',
};

export function takenOverText({ scaleSet, action, from, token }: TakenOver): string {
  return fields([
    ['scale set', scaleSet],
    ['taken from', from],
    ['done', ACTIONS[action] ?? action],
    ['fencing token', token],
  ]);
}
