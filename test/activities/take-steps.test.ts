import { describe, expect, it, test } from 'vitest';
import type { StepDefinition } from '../../src/activities/define-step.ts';
import { openGate } from '../../src/activities/steps/open-gate.ts';
import { planRollout } from '../../src/activities/steps/plan-rollout.ts';
import { takeSteps } from '../../src/activities/take-steps.ts';
import type { Answer } from '../../src/core/run/answer.ts';
import { DESK_ROLLOUT, openDesk } from '../lab/desk.ts';
import { command } from './support/interference.ts';

const AT = { rollout: DESK_ROLLOUT, batch: 0, direction: 'forward' } as const;

/** The gate and what comes after it, as the runbook names them after the plan. */
const FIRST = ['openGate', 'holdGuards', 'applyModel'].map((step) => ({ step, batch: 0 }));

function answering(answer: Answer, meanwhile: () => void = () => {}): StepDefinition {
  return {
    name: 'answering',
    run: async () => {
      meanwhile();
      return answer;
    },
  };
}

describe('steps that follow each other at once', () => {
  it('are done one after the other, until one has to wait', async () => {
    const desk = await openDesk();
    const answers = await takeSteps(planRollout, { ...AT, next: { turns: FIRST } }, desk.ports);
    expect(answers).toMatchObject([
      { kind: 'done', batches: 5 },
      { kind: 'done' },
      { kind: 'done' },
      { kind: 'wait' },
    ]);
    expect(desk.writes()).toBe(1);
  });

  it('are passed again after a kill between any two of them, and nothing is sent twice', async () => {
    const desk = await openDesk();
    for (let most = 0; most <= FIRST.length; most += 1)
      await takeSteps(planRollout, { ...AT, next: { turns: FIRST.slice(0, most) } }, desk.ports);
    await takeSteps(planRollout, { ...AT, next: { turns: FIRST } }, desk.ports);
    expect(desk.writes()).toBe(1);
  });

  it('end where a pause has come in between', async () => {
    const desk = await openDesk();
    await desk.until(planRollout, 0, 'forward');
    const step: StepDefinition = {
      name: 'commanded',
      async run() {
        await command(desk, 'pause');
        return { kind: 'done' };
      },
    };
    const answers = await takeSteps(step, { ...AT, next: { turns: FIRST } }, desk.ports);
    expect(answers).toMatchObject([{ kind: 'done' }, { kind: 'wait', phase: 'planning' }]);
    expect(desk.writes()).toBe(0);
  });

  test.for([
    { name: 'a wait', answer: { kind: 'wait', seconds: 5, phase: 'settling' }, follow: 0 },
    { name: 'part of the batch that is left', answer: { kind: 'again' }, follow: 0 },
    { name: 'a redirection', answer: { kind: 'redirected', direction: 'rollback' }, follow: 0 },
    { name: 'a batch that comes first', answer: { kind: 'done', batch: 0 }, follow: 0 },
    { name: 'more batches than were known', answer: { kind: 'done', batches: 6 }, follow: 0 },
    { name: 'as many batches as were known', answer: { kind: 'done', batches: 5 }, follow: 1 },
    { name: 'nothing else', answer: { kind: 'done' }, follow: 1 },
    { name: 'nothing else, but late', answer: { kind: 'done' }, follow: 0, seconds: 226 },
  ] as const)('$name: $follow follow', async ({ answer, follow, ...late }) => {
    const desk = await openDesk();
    await desk.until(planRollout, 0, 'forward');
    const step = answering(answer, () => desk.pass('seconds' in late ? late.seconds : 0));
    const next = { turns: FIRST.slice(0, 1), batches: 5 };
    expect(await takeSteps(step, { ...AT, next }, desk.ports)).toHaveLength(1 + follow);
  });

  it('are not there for a workflow of before, which is answered as it was', async () => {
    const desk = await openDesk();
    await desk.until(planRollout, 0, 'forward');
    expect(await takeSteps(openGate, AT, desk.ports)).toEqual({ kind: 'done' });
  });
});
