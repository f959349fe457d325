import type { Leases, TakenOver } from '../api/shapes.ts';
import { fields, table } from './table.ts';
import { plain, scaleSetName } from './text.ts';

/** Stuck rollouts first, then guards left behind; of rollouts at work only how many there are. */
export function doctorText({ value, guardsLeft }: Leases): string {
  const stuck = value.filter(({ state }) => state !== 'live');
  const healthy = value.length - stuck.length;
  const blocks = [
    stuck.length === 0
      ? 'no stuck rollouts\n'
      : table(
          ['ScaleSet', 'Lease', 'Rollout', 'State', 'Why'],
          stuck.map(({ scaleSet, id, rolloutId, state, message }) => [
            scaleSetName(scaleSet),
            id,
            rolloutId,
            state,
            message,
          ]),
        ),
    ...stuck.flatMap(({ rolloutId, heldGuards }) =>
      (heldGuards ?? []).map(
        ({ guard, was }) => `${plain(`${rolloutId} still holds ${guard}, which was ${was ?? 'unknown'}`)}\n`,
      ),
    ),
    ...stuck.flatMap(({ remedy }) => (remedy ? [`what to do: ${remedy}\n`] : [])),
    healthy === 0 ? '' : `${healthy} ${healthy === 1 ? 'rollout is' : 'rollouts are'} at work\n`,
    guardsLeft.length === 0
      ? 'no guards left behind\n'
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
  restarted: 'the rollout continues',
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
