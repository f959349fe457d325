import type { Leases, TakenOver } from '../api/shapes.ts';
import { fields, table } from './table.ts';
import { plain, scaleSetName } from './text.ts';
import { label } from '../messages/labels.ts';
import { doctor as words } from '../messages/explain.ts';
import { errors } from '../messages/errors.ts';

/** Stuck rollouts first, then guards left behind; of rollouts at work only how many there are. */
export function doctorText({ value, guardsLeft }: Leases): string {
  const stuck = value.filter(({ state }) => state !== 'live');
  const healthy = value.length - stuck.length;
  const blocks = [
    stuck.length === 0
      ? `${words.noneStuck}\n`
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
      (heldGuards ?? []).map(({ guard, was }) => `${plain(words.stillHolds(rolloutId, guard, was))}\n`),
    ),
    ...stuck.flatMap(({ remedy }) => (remedy ? [`${plain(errors.whatToDo(remedy))}\n`] : [])),
    ...value.flatMap(({ scaleSet, waiting }) =>
      !waiting?.length ? [] : [`${plain(words.waiting(scaleSetName(scaleSet), waiting))}\n`],
    ),
    healthy === 0 ? '' : `${words.atWork(healthy)}\n`,
    guardsLeft.length === 0
      ? `${words.noGuards}\n`
      : table(
          ['ScaleSet', 'Guard', 'Was', 'Rollout'],
          guardsLeft.map(({ scaleSet, guard, was, rolloutId }) => [
            scaleSetName(scaleSet),
            guard,
            was,
            rolloutId,
          ]),
        ),
    ...new Set(guardsLeft.flatMap(({ remedy }) => (remedy ? [`${plain(errors.whatToDo(remedy))}\n`] : []))),
  ];
  return blocks.join('');
}

const ACTIONS: Readonly<Record<string, string>> = {
  freed: words.freed,
  restarted: words.restarted,
  none: words.none,
};

export function takenOverText({ scaleSet, action, from, token }: TakenOver): string {
  return fields([
    [label.scaleSet, scaleSet],
    [label.takenFrom, from],
    ['done', ACTIONS[action] ?? action],
    [label.fencingToken, token],
  ]);
}
