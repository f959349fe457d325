import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import {
  ACTIVITY_SECONDS,
  INTENT_SECONDS,
  PASS_SECONDS,
  REDELIVERY_SECONDS,
} from '../../src/core/record/times.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const hostJson: unknown = JSON.parse(read('host.json'));

it('names the extension bundle, without which no Durable function loads on Azure', () => {
  const { extensionBundle } = z
    .object({ extensionBundle: z.object({ id: z.string(), version: z.string() }) })
    .parse(hostJson);
  expect(extensionBundle.id).toBe('Microsoft.Azure.Functions.ExtensionBundle');
  const [, from = ''] = /^\[4\.(\d+)\.\d+, 5\.0\.0\)$/.exec(extensionBundle.version) ?? [];
  // 4.30.0 is the first with the Durable extension 3.x and with both of its storage providers that we support.
  expect(Number(from)).toBeGreaterThanOrEqual(30);
});

it('keeps what the Azure clients say of each request out of the log', () => {
  const { logging } = z
    .object({ logging: z.object({ logLevel: z.record(z.string(), z.string()) }) })
    .parse(hostJson);
  expect(logging.logLevel).toMatchObject({ Azure: 'Warning', DurableTask: 'Warning' });
});

it('delivers anew no sooner than a process that died may have sent, and ends activities when the app thinks it does', () => {
  const { extensions, functionTimeout } = z
    .object({
      functionTimeout: z.string(),
      extensions: z.object({
        durableTask: z.object({ storageProvider: z.record(z.string(), z.unknown()) }),
      }),
    })
    .parse(hostJson);
  const { workItemQueueVisibilityTimeout: redelivered } = extensions.durableTask.storageProvider;
  const secondsIn = (span: unknown): number =>
    String(span)
      .split(':')
      .reduce((sum, part) => sum * 60 + Number(part), 0);
  expect(secondsIn(redelivered)).toBe(REDELIVERY_SECONDS);
  expect(secondsIn(functionTimeout)).toBe(ACTIVITY_SECONDS);
  expect(secondsIn(redelivered)).toBeGreaterThanOrEqual(INTENT_SECONDS + PASS_SECONDS);
});

it("tells to switch the host's home page off", () => {
  expect(read('docs/SETTINGS.md')).toContain('`AzureWebJobsDisableHomepage=true`');
});
