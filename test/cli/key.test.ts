import { describe, expect, it } from 'vitest';
import { functionKey } from '../../cli/connection/key.ts';
import { aRollout, ended, SCALE_SET } from './rollouts.ts';
import { runAgainst } from './run.ts';
import { accepted, ok, problem, startScriptedApp } from './scripted-app.ts';

const KEY = 'k3y-of-the-app/with+signs==';
const APP = 'https://app.azurewebsites.net';

describe('the key of the function app', () => {
  it('goes with each request, and is printed nowhere', async () => {
    const script = {
      'POST /api/rollouts': [accepted(aRollout(), { 'retry-after': '1' })],
      'GET /api/rollouts/20261120-100000-0000a001': [
        'drop' as const,
        problem(503, 'unavailable', 'no'),
        ok(ended('succeeded')),
      ],
    };
    const argv = ['start', '--scale-set', SCALE_SET, '--wait'];
    const { code, out, err, requests } = await runAgainst(script, argv, { key: KEY });
    expect(code).toBe(0);
    expect(requests.length).toBeGreaterThan(3);
    expect(new Set(requests.map(({ key }) => key))).toEqual(new Set([KEY]));
    expect(out + err).not.toContain(KEY);
  });

  it('is not there where none is set', async () => {
    const { requests } = await runAgainst({ 'GET /api/rollouts?top=20': [ok({ value: [] })] }, ['list']);
    expect(requests).toEqual([{ line: 'GET /api/rollouts?top=20' }]);
  });

  it('is not carried along by a redirection', async () => {
    await using other = await startScriptedApp({});
    const away = { status: 307, headers: { location: `${other.url}/api/rollouts` } };
    const script = { 'GET /api/rollouts/20261120-100000-0000a001': [away] };
    const { code, out, err } = await runAgainst(script, ['status', '20261120-100000-0000a001'], { key: KEY });
    expect(code).toBe(1);
    expect(other.requests).toEqual([]);
    expect(out + err).not.toContain(KEY);
  });

  it.each([
    ['elsewhere', '/api/rollouts?top=20&skipToken=x'],
    ['to a place outside of the app', '/else'],
  ])('is not lured away by a link that leads %s', async (_, path) => {
    await using other = await startScriptedApp({});
    const page = { value: [aRollout()], nextLink: `${other.url}${path}` };
    const script = { 'GET /api/rollouts?top=20': [ok(page)] };
    await runAgainst(script, ['list'], { key: KEY });
    expect(other.requests).toEqual([]);
  });

  it('is asked for where the app wants one', async () => {
    const script = { 'GET /api/rollouts/20261120-100000-0000a001': [{ status: 401 }] };
    const { code, err, slept } = await runAgainst(script, ['status', '20261120-100000-0000a001']);
    expect({ code, slept }).toEqual({ code: 1, slept: [] });
    expect(err).toContain('VMSS_ROLLOUT_KEY');
    const wrong = await runAgainst(script, ['status', '20261120-100000-0000a001'], { key: KEY });
    expect(wrong.err).toContain('does not take the key');
    expect(wrong.err).not.toContain(KEY);
  });
});

describe('VMSS_ROLLOUT_KEY', () => {
  it.each<[string, Record<string, string>, string | undefined]>([
    ['goes to the app that is named', { VMSS_ROLLOUT_URL: APP, VMSS_ROLLOUT_KEY: `${KEY}\n` }, KEY],
    ['goes to this machine', { VMSS_ROLLOUT_URL: 'http://127.0.0.1:7071', VMSS_ROLLOUT_KEY: KEY }, KEY],
    ['goes to nobody where no app is named', { VMSS_ROLLOUT_KEY: KEY }, undefined],
    ['may be empty', { VMSS_ROLLOUT_URL: APP, VMSS_ROLLOUT_KEY: ' ' }, undefined],
    ['may be absent', { VMSS_ROLLOUT_URL: APP }, undefined],
  ])('%s', (_, env, key) => {
    expect(functionKey(env['VMSS_ROLLOUT_URL'], env)).toBe(key);
  });

  it.each([
    ['over plain http', 'http://app.example.com', KEY],
    ['with a line break inside', APP, `${KEY}\r\nhost: x`],
    ['that is no header', APP, `${KEY}ü`],
  ])('is refused %s, unseen', (_, url, key) => {
    const attempt = (): unknown => functionKey(url, { VMSS_ROLLOUT_KEY: key });
    expect(attempt).toThrow('VMSS_ROLLOUT_KEY');
    expect(attempt).not.toThrow(KEY);
  });
});
