import { inject, it } from 'vitest';
import { startRealPlatform, type RealPlatform } from '../../../local/real/platform.ts';
import { accepted } from '../../e2e/support/judge.ts';
import { stateFolder } from '../../e2e/support/state.ts';
import { eventually } from '../../host/support/child-host.ts';

const TIME_SCALE = 60;
const PATIENCE_MILLISECONDS = 120_000;

/** One course of events on an Azurite, a simulator, a worker and a host of its own, beside the other ones. */
export function scenario(
  name: string,
  scaleSets: readonly string[],
  run: (platform: RealPlatform) => Promise<void>,
): void {
  const program = inject('realHost');
  it.skipIf(program === null)(name, { concurrent: true }, async () => {
    using folder = stateFolder('real');
    await using platform = await startRealPlatform({
      app: inject('realApp'),
      program: program ?? '',
      state: folder.path,
      timeScale: TIME_SCALE,
      scaleSets,
      seed: 1,
    });
    try {
      await run(platform);
    } catch (error) {
      const words = platform.engine.children.map((child) => `${child.name}:\n${child.lastWords()}`);
      console.error(`last words of "${name}":\n${words.slice(-3).join('\n')}`);
      throw error;
    }
  });
}

/** Waits until the service has taken so many calls for upgrades. */
export async function acceptedUpgrades({ service }: RealPlatform, count: number): Promise<void> {
  await eventually(
    async () => (accepted(await service.log(), 'manualupgrade').length >= count ? true : undefined),
    PATIENCE_MILLISECONDS,
    100,
  );
}
