import type { Lab, LabOptions } from '../lab/lab.ts';
import { NEW, WEB } from '../lab/names.ts';

export const SPEC = { scaleSet: WEB, change: { image: { version: NEW } } };
export const KEY = { 'idempotency-key': 'nightly' };

/** What stood in the store, and what Azure had seen, at some moment of a rollout. */
export interface Moment {
  readonly options: Pick<LabOptions, 'count' | 'upgradePolicy'>;
  /** Answers with the rollout's id. */
  readonly reach: (lab: Lab) => Promise<string>;
}

/** By name: what a deployment may find when it comes. */
export const MOMENTS: Readonly<Record<string, Moment>> = {
  ended: {
    options: { count: 3 },
    async reach(lab) {
      const { body } = await lab.call('POST', '/rollouts', SPEC, KEY);
      await lab.toEnd(body.id);
      return body.id;
    },
  },
  waiting: {
    options: { count: 5 },
    async reach(lab) {
      const id = await lab.start({ ...SPEC, approvals: { before: [1] }, onFailure: 'pause' });
      await lab.until(id, ({ waitingFor }) => waitingFor?.kind === 'approval');
      return id;
    },
  },
  upgrading: {
    options: { count: 5 },
    async reach(lab) {
      const id = await lab.start(SPEC);
      await lab.until(id, ({ batch, waitingFor }) => batch === 2 && waitingFor?.kind === 'operation');
      return id;
    },
  },
  guardsLeft: {
    options: { count: 5, upgradePolicy: { mode: 'Automatic' } },
    async reach(lab) {
      const id = await lab.start(SPEC);
      await lab.until(id, ({ batch, phase }) => batch === 1 && phase === 'upgrading');
      await lab.send(id, 'abort', { reason: 'the shop is open' });
      await lab.toEnd(id);
      return id;
    },
  },
};
