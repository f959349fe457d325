import type { Profiler } from 'node:inspector';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { sharesOf } from '../../bench/support/shares.ts';

const ROOT = pathToFileURL(join(import.meta.dirname, '..', '..')).href;

/** A profile of stacks, outermost file first, and how long each was seen on top. */
function profileOf(stacks: readonly (readonly [readonly string[], number])[]): Profiler.Profile {
  const nodes: (Profiler.ProfileNode & { children: number[] })[] = [];
  const add = (file: string): number => {
    const url = file === '' || file.startsWith('node:') ? file : `${ROOT}/${file}`;
    const callFrame = { functionName: 'f', scriptId: '1', url, lineNumber: 0, columnNumber: 0 };
    return nodes.push({ id: nodes.length + 1, callFrame, children: [] });
  };
  const root = add('');
  const tops = stacks.map(([files]) =>
    files.reduce((caller, file) => {
      const id = add(file);
      nodes[caller - 1]?.children.push(id);
      return id;
    }, root),
  );
  return { nodes, startTime: 0, endTime: 0, samples: tops, timeDeltas: stacks.map(([, time]) => time) };
}

it('splits a profile by the nearest function that is somebody’s', () => {
  const shares = sharesOf(
    profileOf([
      [['local/host/hub/engine.ts', 'src/activities/steps/settle-batch.ts'], 30],
      // What the engine does for a function is the function's.
      [['src/azure/reply.ts', ''], 10],
      [['src/azure/reply.ts', 'local/simulator/simulator.ts', 'node:internal/url'], 20],
      // A library works for its caller,
      [['local/simulator/model/schema.ts', 'node_modules/zod/v4/core/schemas.js'], 5],
      [['src/store/formats/format.ts', 'node_modules/zod/v4/core/schemas.js'], 5],
      // but those of Functions and Durable for the app.
      [['local/host/worker/core/invoke.ts', 'node_modules/durable-functions/lib/src/app.js'], 10],
      [['local/host/hub/play.ts'], 15],
      [['test/lab/memory-store.ts'], 5],
    ]),
  );
  expect(shares).toEqual({ app: 0.55, simulator: 0.25, host: 0.15, lab: 0.05 });
});

it('splits what is nobody’s like all the rest', () => {
  const shares = sharesOf(
    profileOf([
      [['src/main.ts'], 30],
      [['local/simulator/main.ts'], 10],
      [[''], 60],
      [['node:internal/process/task_queues'], 100],
    ]),
  );
  expect(shares).toEqual({ app: 0.75, simulator: 0.25, host: 0, lab: 0 });
});

it('does not take a profile in which nobody worked for one', () => {
  expect(() => sharesOf(profileOf([[['node:internal/timers'], 10]]))).toThrow('nobody at work');
});
