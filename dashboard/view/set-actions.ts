import type { Scope } from './scope.ts';
import type { Spec } from './spec.ts';
import { capital, counted, shortRanges } from './text.ts';

/** Something that can be done to instances of a scale set: a rollout of its own. */
export interface SetAction {
  readonly name: string;
  readonly label: string;
  /** What it does, in one sentence, before it is done. */
  readonly meaning: string;
  /** The name of the set is typed before it is done. */
  readonly isDangerous?: true;
  /** What it cannot take back is accepted by typing the name. */
  readonly isFinal?: true;
  /** Where it is offered; everywhere without it. */
  readonly only?: 'set' | 'parts';
}

const SET_ACTIONS: readonly SetAction[] = [
  { name: 'upgrade', label: 'Upgrade', meaning: 'Brings instances to the model that the scale set has now.' },
  { name: 'restart', label: 'Restart', meaning: 'Restarts the guests where they are.' },
  {
    name: 'reimage',
    label: 'Reimage',
    meaning: 'Gives each instance a new OS disk. What is on the old one is lost.',
    isDangerous: true,
  },
  { name: 'start', label: 'Start', meaning: 'Starts instances that are off.' },
  {
    name: 'powerOff',
    label: 'Power off',
    meaning: 'Switches instances off. They keep their hardware, and Azure goes on charging for it.',
    isDangerous: true,
  },
  {
    name: 'deallocate',
    label: 'Deallocate',
    meaning: 'Switches instances off and releases their hardware. Temporary disks are lost.',
    isDangerous: true,
  },
  {
    name: 'protect',
    label: 'Protect',
    meaning: 'Keeps scale-in and actions of the scale set off instances. Nothing is restarted.',
  },
  {
    name: 'delete',
    label: 'Delete',
    meaning: 'Deletes instances for good, with what is on their disks. The capacity goes down with them.',
    isDangerous: true,
    isFinal: true,
    only: 'parts',
  },
  {
    name: 'scale',
    label: 'Scale',
    meaning: 'Sets how many instances there are. When there are to be fewer, Azure chooses which go.',
    isDangerous: true,
    isFinal: true,
    only: 'set',
  },
];

export function actionsFor(scope: Scope): readonly SetAction[] {
  const where = scope.kind === 'set' ? 'set' : 'parts';
  return SET_ACTIONS.filter(({ only }) => only === undefined || only === where);
}

export function scopeText(scope: Scope): string {
  switch (scope.kind) {
    case 'set':
      return 'All instances';
    case 'domain':
      return capital(scope.domain.text);
    case 'instances':
      return scope.ids.length === 1
        ? `Instance ${scope.ids[0] ?? ''}`
        : `${counted(scope.ids.length, 'instance')}: ${shortRanges(scope.ids)}`;
  }
}

interface Asked {
  readonly scaleSet: string;
  readonly scope: Scope;
  readonly capacity?: number | undefined;
  readonly maxUnavailable?: number | string | undefined;
}

/** The rollout that an action is. Whoever names an action allows what it does to an instance. */
export function specOf({ name, isFinal }: SetAction, asked: Asked): Spec {
  const { scaleSet, scope, capacity, maxUnavailable } = asked;
  return {
    scaleSet,
    change: name === 'scale' ? { capacity } : { action: name },
    ...(scope.kind === 'domain' && { targets: { [scope.domain.list]: [scope.domain.value] } }),
    ...(scope.kind === 'instances' && { targets: { instances: scope.ids } }),
    strategy: {
      ...(name !== 'upgrade' && { mostDisruptiveAllowed: 'deallocate' }),
      ...(isFinal === true && { acceptIrreversible: true }),
      ...(maxUnavailable !== undefined && { maxUnavailable }),
    },
  };
}
