import { NEW, OLD, scaleSetId } from '../lab/lab.ts';
import { abortHalfWay, pass, secondsOf, writeByHand } from '../lab/others.ts';
import type { RefusalCase } from './refusal-cases.ts';

const AUTOMATIC = { count: 15, upgradePolicy: { mode: 'Automatic' } } as const;

/** What is refused of rollouts that have to do with one that has ended. */
export const OF_ENDED: readonly RefusalCase[] = [
  {
    code: 'modelChangedSince',
    when: 'somebody has written the same field since',
    async prepare(lab) {
      const { id } = await lab.rollOut();
      const imageReference = { version: OLD };
      const patch = { properties: { virtualMachineProfile: { storageProfile: { imageReference } } } };
      lab.sim.inject({ kind: 'foreignModel', atSeconds: secondsOf(lab) + 1, patch });
      await pass(lab, 30);
      return { rollbackOf: id };
    },
    spec: { change: {} },
    path: 'rollbackOf',
    remedy: /who changed it/,
  },
  {
    code: 'guardsHeldSince',
    when: 'a later rollout has left another policy held',
    set: AUTOMATIC,
    async prepare(lab) {
      const first = await abortHalfWay(lab, NEW);
      await lab.rollOut({ change: {} });
      await writeByHand(lab, 'PATCH', { properties: { upgradePolicy: { mode: 'Rolling' } } });
      await pass(lab, 3600);
      await abortHalfWay(lab, OLD);
      return { restoreGuardsOf: first };
    },
    spec: { change: {} },
    path: 'restoreGuardsOf',
    remedy: /doctor --restore/,
  },
  {
    code: 'rolloutNotFound',
    when: 'there is none to undo',
    spec: { change: {}, rollbackOf: 'nobody' },
    path: 'rollbackOf',
    remedy: /check its id/,
  },
  {
    code: 'rolloutNotFound',
    when: 'it was one of another set',
    set: {
      scaleSets: [
        { name: 'web', count: 5 },
        { name: 'api', count: 2 },
      ],
    },
    async prepare(lab) {
      const ended = await lab.rollOut({ scaleSet: scaleSetId('api'), change: {} });
      return { rollbackOf: ended.id };
    },
    spec: { change: {} },
    path: 'rollbackOf',
    remedy: /scale set/,
  },
  {
    code: 'modelChangedSince',
    when: 'somebody has decided on another policy than what was held',
    set: AUTOMATIC,
    async prepare(lab) {
      const restoreGuardsOf = await abortHalfWay(lab, NEW);
      await lab.rollOut({ change: {} });
      await writeByHand(lab, 'PATCH', { properties: { upgradePolicy: { mode: 'Rolling' } } });
      await pass(lab, 3600);
      return { restoreGuardsOf };
    },
    spec: { change: {} },
    path: 'restoreGuardsOf',
    remedy: /az vmss update/,
  },
  {
    code: 'rolloutNotFound',
    when: 'there is none whose guards could be given back',
    spec: { change: {}, restoreGuardsOf: 'nobody' },
    path: 'restoreGuardsOf',
    remedy: /check its id/,
  },
];
