import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { appAddress } from '../../cli/connection/address.ts';
import { SCALE_SET } from './rollouts.ts';
import { runAgainst, seenOf } from './run.ts';
import { ok, startScriptedApp } from './scripted-app.ts';

const COMMANDS =
  'start plan status list explain doctor approve reject pause resume retry skip quarantine rollback abort'.split(
    ' ',
  );

describe('help', () => {
  it.each(COMMANDS)('of %s has examples', async (name) => {
    expect((await runAgainst({}, [name, '--help'])).out).toMatch(/Examples:\n {2}\$ vmss-rollout \w/);
  });
});

describe('wrong usage', () => {
  it('exits 2 and shows the commands when none is given', async () => {
    const { code, out, err } = await runAgainst({}, []);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('Roll out:');
  });

  it('guesses the command that was meant', async () => {
    expect(await seenOf({}, ['rolback', '20261120-100000-0000a001'])).toMatchInlineSnapshot(`
      "exit 2
      --- stdout
      --- stderr
      error: there is no command "rolback"; did you mean rollback?
      "
    `);
  });

  it('guesses the option that was meant', async () => {
    expect(await seenOf({}, ['status', '20261120-100000-0000a001', '--wiat'])).toMatchInlineSnapshot(`
      "exit 2
      --- stdout
      --- stderr
      error: there is no flag --wiat; did you mean --wait?
      "
    `);
  });

  it('wants an id', async () => {
    expect(await seenOf({}, ['pause'])).toMatchInlineSnapshot(`
      "exit 2
      --- stdout
      --- stderr
      error: vmss-rollout pause needs ID: the rollout
      "
    `);
  });
});

async function closedApp(): Promise<{ url: string }> {
  await using app = await startScriptedApp({});
  return { url: app.url };
}

describe('the function app', () => {
  it('is said to be out of reach', async () => {
    const { url } = await closedApp();
    const { code, err, slept } = await runAgainst({}, ['list'], { baseUrl: url });
    expect({ code, slept }).toEqual({ code: 1, slept: [1, 2, 4] });
    expect(err.replaceAll(url, 'http://app')).toMatchInlineSnapshot(`
      "cannot reach the function app at http://app: connection refused; trying again
      error: cannot reach the function app at http://app: connection refused
      what to do: start the local one with npm start, or name yours in VMSS_ROLLOUT_URL
      "
    `);
  });

  it('must speak its own words', async () => {
    const script = { 'POST /api/plans': [ok({ hello: 'world' })] };
    expect(await seenOf(script, ['plan', '--scale-set', SCALE_SET])).toMatchInlineSnapshot(`
      "exit 1
      --- stdout
      --- stderr
      error: http://app answered 200 with an unexpected body
      "
    `);
  });

  it.each([
    ['https://app.azurewebsites.net', 'https://app.azurewebsites.net'],
    ['https://app.azurewebsites.net/', 'https://app.azurewebsites.net'],
    ['http://127.0.0.1:7071/api/', 'http://127.0.0.1:7071'],
  ])('is where VMSS_ROLLOUT_URL says: %s', (url, address) => {
    expect(appAddress(url, '/nowhere')).toBe(address);
  });

  it.each(['app.azurewebsites.net', 'ftp://app', 'https://user:secret@app', 'https://app?code=x'])(
    'is not at %s',
    (url) => {
      expect(() => appAddress(url, '/nowhere')).toThrow('VMSS_ROLLOUT_URL');
    },
  );

  it('is the local one by default, on the port that npm start wrote down', async () => {
    const file = join(await mkdtemp(join(tmpdir(), 'app-')), 'app.json');
    expect(appAddress(undefined, file)).toBe('http://127.0.0.1:7071');
    await writeFile(file, JSON.stringify({ url: 'http://127.0.0.1:4711' }));
    expect(appAddress(undefined, file)).toBe('http://127.0.0.1:4711');
    await writeFile(file, JSON.stringify({ url: 'http://example.com' }));
    expect(appAddress(undefined, file)).toBe('http://127.0.0.1:7071');
  });
});
