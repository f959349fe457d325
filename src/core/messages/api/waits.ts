import { EXAMPLE } from './words.ts';
import type { Words } from './words.ts';

const spread = (at: string, what: string): Words => ({
  [at]: [what],
  [`${at}.p50`]: ['Half of the rollouts took no longer.', 60],
  [`${at}.p90`]: ['Nine of ten took no longer.', 900],
  [`${at}.p99`]: ['99 of 100 took no longer.', 3600],
  [`${at}.most`]: ['The longest.', 5400],
  [`${at}.total`]: ['All together.', 9000],
});

const group = (at: string): Words => ({
  [`${at}.rollouts`]: ['How many rollouts.', 12],
  ...spread(`${at}.tookSeconds`, 'Seconds from acceptance to end.'),
  [`${at}.waitedSeconds`]: ['Seconds of waiting, by what was waited for.'],
  ...spread(`${at}.waitedSeconds.people`, 'For approvals and by pauses and freezes.'),
  ...spread(`${at}.waitedSeconds.windows`, 'For windows and `startAt`.'),
  ...spread(`${at}.waitedSeconds.queue`, 'For other rollouts of the scale set.'),
  ...spread(`${at}.waitedSeconds.throttling`, 'Because Azure throttled the app.'),
  ...spread(`${at}.waitedSeconds.service`, 'For Azure: operations, health, answers and access.'),
});

export const waitWords: Readonly<Record<string, Words>> = {
  Waits: {
    since: ['Rollouts that were accepted since then and have ended.', EXAMPLE.time],
    complete: ['Whether all of them were counted; beyond 2,000 only the newest are.', true],
    all: ['All of them.'],
    ...group('all'),
    scaleSets: ['By scale set.'],
    'scaleSets.scaleSet': ['Its resource id.', EXAMPLE.scaleSet],
    ...group('scaleSets'),
    pipelines: ['By pipeline, as the label `pipeline` names it.'],
    'pipelines.pipeline': ['The pipeline.', 'shop'],
    ...group('pipelines'),
  },
};
