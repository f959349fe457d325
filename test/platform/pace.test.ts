import { expect, it } from 'vitest';
import { paceSettings } from '../../local/platform/pace.ts';
import { readSettings } from '../../src/functions/settings.ts';
import { ENCRYPTION_KEYS } from '../lab/cipher.ts';

const OTHERS = {
  AzureWebJobsStorage: 'UseDevelopmentStorage=true',
  ROLLOUT_AUTH: 'off',
  ROLLOUT_ARM_ENDPOINT: 'http://127.0.0.1:9',
  ROLLOUT_ENCRYPTION_KEYS: ENCRYPTION_KEYS,
};

it('is the usual one where the service is as fast as Azure', () => {
  expect(readSettings({ ...OTHERS, ...paceSettings(1) })).toEqual(readSettings(OTHERS));
});

it.each([0.5, 7, 60, 120, 1000])('is one that the app takes where it is %d times as fast', (timeScale) => {
  const pace = readSettings({ ...OTHERS, ...paceSettings(timeScale) });
  // Views lag by up to 8 s of the service's time in the simulator.
  expect(pace.ROLLOUT_VIEW_LAG_SECONDS).toBeGreaterThan(8 / timeScale);
  expect(pace.ROLLOUT_POLL_SECONDS).toBeLessThanOrEqual(Math.max(0.2, Math.ceil(10 / timeScale)));
});
