import { describe, expect, it } from 'vitest';
import hostJson from '../../host.json' with { type: 'json' };
import { theApp } from '../lab/bound-app.ts';
import { orderOf, replayed } from '../lab/turns.ts';
import { readHistories } from './histories.ts';
import { SCENARIOS } from './scenarios.ts';

const histories = readHistories();
const version = Number(hostJson.extensions.durableTask.defaultVersion);

describe('a recorded history', () => {
  it.for(histories)('of $name, version $version, is gone on with as it was', async (history) => {
    const app = await theApp();
    for (const turn of history.turns) {
      const now = await replayed(app, turn);
      if (history.version === version) expect(now).toEqual(turn.answer);
      else expect(orderOf(now)).toEqual(orderOf(turn.answer));
    }
  });

  it.for(Object.keys(SCENARIOS))('is there of %s, in the version that is deployed', (name) => {
    const versions = histories.filter((history) => history.name === name).map((history) => history.version);
    expect(versions).toContain(version);
  });
});

describe('a generation that a newer build began', () => {
  it.for([{ version: version + 1 }, { version: 99 }])('is not followed by this one: %o', async (input) => {
    const turn = histories.find(({ name }) => name === 'forward')?.turns[0];
    const trigger = structuredClone(turn?.trigger) as {
      history: { Name?: string; Input?: string }[];
      instanceId: string;
    };
    trigger.history = trigger.history.slice(0, 2).map((event) => ({
      ...event,
      ...(event.Input !== undefined && { Input: JSON.stringify({ ...JSON.parse(event.Input), ...input }) }),
    }));
    await expect(
      replayed(await theApp(), { trigger: { ...trigger, input: { rollout: trigger.instanceId, ...input } } }),
    ).rejects.toThrow(`the workflow follows runbook version ${input.version}; this build knows ${version}`);
  });
});
