import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readSettings } from '../../src/functions/settings.ts';
import { ENCRYPTION_KEYS } from '../lab/cipher.ts';

const PAGE = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'SETTINGS.md'), 'utf8');

/** Name and default of each app setting, as the page says. */
const DOCUMENTED = [
  ...PAGE.matchAll(/^\| `(AzureWebJobs\w+|AZURE_\w+|OTEL_\w+|ROLLOUT_\w+)` +\| ([^|]+?) +\|/gm),
].map(([, name = '', fallback = '']) => [name, fallback.replaceAll('`', '')] as const);

it('documents every app setting with its default, and no other', () => {
  const given = {
    AzureWebJobsStorage: 'UseDevelopmentStorage=true',
    ROLLOUT_ENCRYPTION_KEYS: ENCRYPTION_KEYS,
    ROLLOUT_TENANT: '00000000-0000-4000-8000-000000000002',
    ROLLOUT_AUDIENCE: '00000000-0000-4000-8000-0000000000a9',
  };
  const actual: Readonly<Record<string, unknown>> = readSettings(given);
  const withDefault = DOCUMENTED.filter(([, fallback]) => fallback !== 'none' && !fallback.includes(' '));
  expect(withDefault.length).toBeGreaterThan(4);
  expect(Object.fromEntries(withDefault)).toEqual(
    Object.fromEntries(
      Object.entries(actual)
        .filter(([name]) => !(name in given))
        .map(([name, value]) => [name, String(value)]),
    ),
  );
});

it('documents no setting that the app does not know', () => {
  for (const [name] of DOCUMENTED.filter(([found]) => found.startsWith('ROLLOUT_'))) {
    const attempt = (): unknown => readSettings({ AzureWebJobsStorage: 'x', [name]: 'https://example.com' });
    try {
      attempt();
    } catch (error) {
      expect(String(error)).not.toContain('unknown app setting');
    }
  }
  expect(() => readSettings({ AzureWebJobsStorage: 'x', ROLLOUT_COLOUR: 'red' })).toThrow(
    'unknown app setting',
  );
});
