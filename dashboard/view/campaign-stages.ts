import type { CampaignScaleSet, CampaignStage } from '../../client/types.ts';
import type { Look } from './states.ts';

const SETS: Readonly<Record<CampaignScaleSet['phase'], Look>> = {
  pending: { label: 'to come', sign: '·', tone: 'old' },
  starting: { label: 'starting', sign: '▸', tone: 'work' },
  running: { label: 'at work', sign: '▸', tone: 'work' },
  succeeded: { label: 'done', sign: '✓', tone: 'ok' },
  failed: { label: 'failed', sign: '✕', tone: 'bad' },
  skipped: { label: 'skipped', sign: '–', tone: 'off' },
  undoing: { label: 'rolling back', sign: '◂', tone: 'work' },
  rolledBack: { label: 'rolled back', sign: '↩', tone: 'two' },
  undoFailed: { label: 'not rolled back', sign: '!', tone: 'bad' },
};

export function setLook({ phase }: CampaignScaleSet): Look {
  return SETS[phase];
}

const STAGES: Readonly<Record<CampaignStage['phase'], Look>> = {
  pending: { label: 'to come', sign: '·', tone: 'old' },
  waiting: { label: 'waits', sign: '…', tone: 'wait' },
  running: { label: 'at work', sign: '▸', tone: 'work' },
  soaking: { label: 'soaks', sign: '~', tone: 'work' },
  succeeded: { label: 'done', sign: '✓', tone: 'ok' },
  failed: { label: 'budget spent', sign: '✕', tone: 'bad' },
};

export function stageLook({ phase }: CampaignStage): Look {
  return STAGES[phase];
}

/** Which share of those that it has attempted has succeeded; nothing while none has ended. */
export function successPercent({ scaleSets: { succeeded, failed } }: CampaignStage): number | undefined {
  const attempted = succeeded + failed;
  return attempted === 0 ? undefined : Math.floor((succeeded * 100) / attempted);
}

/** Scale sets of which the same is to be said. */
export interface Told {
  readonly look: Look;
  readonly message: string;
  readonly members: readonly CampaignScaleSet[];
}

/** What there is to say of scale sets beside how each stands: why they have failed, are skipped or still wait. */
export function toldOf(members: readonly CampaignScaleSet[]): readonly Told[] {
  const told = members.filter(({ message }) => message !== undefined);
  return [...Map.groupBy(told, ({ phase, message }) => `${phase} ${message ?? ''}`).values()].flatMap(
    (group) => {
      const [first] = group;
      if (first === undefined) return [];
      return [{ look: setLook(first), message: first.message ?? '', members: group }];
    },
  );
}
