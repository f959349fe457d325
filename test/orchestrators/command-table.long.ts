import { describe, expect, it } from 'vitest';
import { SCENES } from '../lab/command-scenes.ts';
import { cellsOf, expectAccepted, expectRefusals } from '../lab/command-table.ts';

describe('every command, in every phase, whatever it names', () => {
  // Feature [Control] Every command in every phase with every argument is refused as the page says, and nothing comes of it (Issue 12, done when)
  //   shown by: every command, in every phase, whatever it names > is refused as the page says, and nothing comes of it: paused by a failure
  it.each(SCENES)('is refused as the page says, and nothing comes of it: $what', async (scene) => {
    expect(await expectRefusals(scene)).toBeGreaterThan(50);
  });

  const accepted = SCENES.flatMap((scene) =>
    cellsOf(scene)
      .filter(({ status }) => status === 202)
      .map((cell) => ({ scene, cell, what: scene.what, ...cell })),
  );

  // Feature [Control] A command that is taken sends what the page says, by the service's log (Issue 12, done when)
  //   shown by: every command, in every phase, whatever it names > does what the page says: retry of its instance, paused by a failure
  it.each(accepted)('does what the page says: $command of $argument, $what', async ({ scene, cell }) => {
    await expectAccepted(scene, cell);
  });
});
