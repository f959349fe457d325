import type { Build } from './build.ts';

/** A step that the runbook has not had: it tells how many instances the set has before anything is done to a batch. */
const ANNOUNCE_BATCH = `import { defineStep } from '../define-step.ts';
import { finish } from '../frame/commit.ts';
import { readInstances } from '../looks/read-instances.ts';

export const announceBatch = defineStep({
  name: 'announceBatch',
  async run(step) {
    const seen = await readInstances(step, step.record.phase);
    if (seen.kind === 'leave') return seen.answer;
    const message = \`batch \${step.batch} of a set of \${seen.value.length}\`;
    await finish(step, {}, [{ kind: 'batchAnnounced', batch: step.batch, message }]);
    return { kind: 'done' };
  },
});
`;

const REGISTERED = [
  {
    file: 'src/activities/steps.ts',
    find: "import { applyModel } from './steps/apply-model.ts';",
    put: "import { announceBatch } from './steps/announce-batch.ts';\nimport { applyModel } from './steps/apply-model.ts';",
  },
  { file: 'src/activities/steps.ts', find: '  planRollout,\n', put: '  planRollout,\n  announceBatch,\n' },
  {
    file: 'src/orchestrators/rollout.ts',
    find: "import { applyModel } from '../activities/steps/apply-model.ts';",
    put: "import { announceBatch } from '../activities/steps/announce-batch.ts';\nimport { applyModel } from '../activities/steps/apply-model.ts';",
  },
] as const;

const FILES = { 'src/activities/steps/announce-batch.ts': ANNOUNCE_BATCH };

/** Adds a step to every batch, behind a check of the version, which it raises: the rule of docs/DESIGN.md. */
export const STEP_ADDED: Build = {
  name: 'step-added',
  files: FILES,
  patches: [
    ...REGISTERED,
    {
      file: 'src/orchestrators/version.ts',
      find: 'export const RUNBOOK_VERSION = 2;',
      put: 'export const RUNBOOK_VERSION = 3;',
    },
    { file: 'host.json', find: '"defaultVersion": "2"', put: '"defaultVersion": "3"' },
    {
      file: 'src/orchestrators/rollout.ts',
      find: '? SLIDING_STEPS : STEPS;',
      put: '? SLIDING_STEPS : runbook.version >= 3 ? STEPS_OF_3 : STEPS;',
    },
    {
      file: 'src/orchestrators/rollout.ts',
      find: 'const STEPS = [',
      put: 'const STEPS_OF_3 = [openGate, announceBatch, upgradeBatch, settleBatch, soakBatch];\nconst STEPS = [',
    },
  ],
};

/** Comes after that, under the same version: a longer sleep, and a custom status that says more. The order stays. */
export const SLEEPS_LONGER: Build = {
  name: 'sleeps-longer',
  files: FILES,
  patches: [
    ...STEP_ADDED.patches,
    {
      file: 'src/activities/frame/wait.ts',
      find: 'const LONGEST_SLEEP_SECONDS = 300;',
      put: 'const LONGEST_SLEEP_SECONDS = 420;',
    },
    {
      file: 'src/orchestrators/runbook.ts',
      find: 'setCustomStatus({ phase: answer.phase, batch: input.batch })',
      put: 'setCustomStatus({ phase: answer.phase, batch: input.batch, version: this.version })',
    },
  ],
};

/** The same step, added against the rule: the version stays, and the old order is gone. */
export const ORDER_BROKEN: Build = {
  name: 'order-broken',
  files: FILES,
  patches: [
    ...REGISTERED,
    {
      file: 'src/orchestrators/rollout.ts',
      find: 'const STEPS = [openGate, upgradeBatch,',
      put: 'const STEPS = [openGate, announceBatch, upgradeBatch,',
    },
  ],
};
