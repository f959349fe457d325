import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { REFUSALS } from '../../src/core/messages/refusals.ts';

const [, section = ''] =
  /## What a failure code means(.*?)(?:\n## |$)/s.exec(readFileSync('docs/RUNBOOK.md', 'utf8')) ?? [];
const documented = new Set(
  [...section.matchAll(/`(\w+)`(?=[^|]*\|[^|]*\|[^|]*\|$)/gm)].map(([, code]) => code),
);

/** What a rollout ends or pauses with beside what is refused: docs/API.md names each. */
const OF_ROLLOUTS = [
  'deadlineExceeded',
  'operationTimeout',
  'unhealthyAfterUpgrade',
  'unhealthyTimeout',
  'healthInconclusive',
  'conflict',
  'preempted',
  'armUnreachable',
  'rejected',
  'approvalExpired',
  'leaseLost',
  'guardStaysHeld',
  'rollbackNotWhole',
];

// Feature [Operations] The runbook has an entry for each alert, phase and failure code (Seen from outside)
it('the runbook says what every failure code means', () => {
  const codes = [...OF_ROLLOUTS, ...Object.values(REFUSALS).map(({ code }) => code)];
  expect(codes.filter((code) => !documented.has(code))).toEqual([]);
});
