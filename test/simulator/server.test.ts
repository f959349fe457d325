import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { GROUP, NEW, serveLab, SET, startLab } from './lab.ts';
import { tied } from '../e2e/support/tied.ts';

async function startProcess(...options: string[]): Promise<{ child: ChildProcess; url: string }> {
  const child = tied(
    spawn(process.execPath, ['local/simulator/main.ts', ...options], {
      stdio: ['ignore', 'pipe', 'inherit'],
    }),
  );
  if (child.stdout === null) throw new Error('no output');
  const [line] = await once(createInterface(child.stdout), 'line');
  expect(line).toMatch(/^ready http:\/\/127\.0\.0\.1:\d+$/);
  return { child, url: String(line).slice('ready '.length) };
}

function statusWithHost(url: string, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    httpRequest(`${url}/_state`, { headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

describe('the simulator as a process', () => {
  it('gets ready, answers in scaled time, and ends within a second of SIGTERM', async () => {
    const { child, url } = await startProcess(
      '--port',
      '0',
      '--time-scale',
      '600',
      '--scale-set',
      'web:3',
      '--scale-set',
      'api:2',
      '--seed',
      '5',
    );
    const read = async (path: string): Promise<ReturnType<typeof JSON.parse>> =>
      (await fetch(`${url}${path}`)).json();
    const state = await read('/_state');
    expect(
      state.scaleSets.map(({ name, instances }: { name: string; instances: unknown[] }) => [
        name,
        instances.length,
      ]),
    ).toEqual([
      ['web', 3],
      ['api', 2],
    ]);
    const image = {
      properties: { virtualMachineProfile: { storageProfile: { imageReference: { version: NEW } } } },
    };
    const send = (method: string, path: string, body: unknown): Promise<Response> =>
      fetch(`${url}${path}?api-version=2026-04-01`, { method, body: JSON.stringify(body) });
    expect((await send('PATCH', SET, image)).status).toBe(200);
    const pause = (milliseconds: number): Promise<void> =>
      new Promise((resolve) => {
        setTimeout(resolve, milliseconds);
      });
    await pause(100);
    expect((await send('POST', `${SET}/manualupgrade`, { instanceIds: ['1'] })).status).toBe(202);
    await pause(500);
    const after = await read('/_state');
    expect(after.scaleSets[0].instances[1]).toMatchObject({ image: NEW, serving: true });
    const log = await read(`/_log?since=${state.sequence}`);
    expect(log.value[0].sequence).toBe(state.sequence + 1);

    const began = performance.now();
    child.kill('SIGTERM');
    const [code] = await once(child, 'exit');
    expect(code).toBe(0);
    expect(performance.now() - began).toBeLessThan(1000);
  });

  it('has the ways of real services unless it is told to be quiet', async () => {
    const { child, url } = await startProcess('--time-scale', '600');
    const set = `${url}${SET}?api-version=2026-04-01`;
    const profileTime = async (): Promise<string> => {
      const { properties }: ReturnType<typeof JSON.parse> = await (await fetch(set)).json();
      return properties.virtualMachineProfile.timeCreated;
    };
    const before = await profileTime();
    const body = JSON.stringify({ properties: { virtualMachineProfile: { licenseType: 'RHEL_BYOS' } } });
    expect((await fetch(set, { method: 'PATCH', body })).status).toBe(200);
    expect(Date.parse(await profileTime())).toBeGreaterThan(Date.parse(before));
    child.kill('SIGTERM');
    expect((await once(child, 'exit'))[0]).toBe(0);
  });

  it('says what is wrong with its options', async () => {
    const child = tied(
      spawn(process.execPath, ['local/simulator/main.ts', '--scale-set', 'web'], { stdio: 'pipe' }),
    );
    let text = '';
    child.stderr.on('data', (chunk) => {
      text += String(chunk);
    });
    const [code] = await once(child, 'close');
    expect([code, text]).toEqual([2, expect.stringContaining('must be NAME:COUNT')]);
    expect(text).toContain('Usage:');
  });
});

describe('the simulator behind a socket', () => {
  it('closes the connection where an answer is lost', async () => {
    const lab = startLab({ faults: [{ kind: 'lostAnswer', operation: 'patch' }] });
    await using http = await serveLab(lab);
    const write = fetch(`${http.url}${SET}?api-version=1`, { method: 'PATCH', body: '{"tags":{"a":"b"}}' });
    await expect(write).rejects.toThrow('fetch failed');
    expect(lab.sim.log.findLast((entry) => entry.kind === 'model')).toMatchObject({ by: 'request' });
  });

  it('takes faults and images, and explains what is wrong with them', async () => {
    const lab = startLab();
    await using http = await serveLab(lab);
    const post = async (path: string, body: string): Promise<[number, ReturnType<typeof JSON.parse>]> => {
      const response = await fetch(`${http.url}${path}`, { method: 'POST', body });
      return [response.status, await response.json()];
    };
    expect(await post('/_faults', '[{"kind":"sickInstance","instances":["0"]}]')).toEqual([
      201,
      { value: ['sickInstance-1'] },
    ]);
    expect(lab.serving()).toBe(4);
    const [status, { error }] = await post('/_faults', '{"kind":"sickInstance"}');
    expect([status, error]).toEqual([400, expect.stringContaining('instances')]);
    expect((await post('/_faults', 'nope'))[0]).toBe(400);
    expect((await post('/_images', '{"version":"22.04.202612090"}'))[0]).toBe(201);
    const inGallery = { resourceGroup: GROUP, gallery: 'shop', image: 'app', version: '1.0.0' };
    expect((await post('/_images', JSON.stringify(inGallery)))[0]).toBe(201);
    const versions = SET.replace('virtualMachineScaleSets/web', 'galleries/shop/images/app/versions');
    expect((await lab.call('GET', versions)).body.value).toMatchObject([{ name: '1.0.0' }]);
    expect(
      (
        await lab.patch({
          properties: {
            virtualMachineProfile: { storageProfile: { imageReference: { version: '22.04.202612090' } } },
          },
        })
      ).status,
    ).toBe(200);
  });

  it('answers only to its own name', async () => {
    await using http = await serveLab(startLab());
    expect(await statusWithHost(http.url, 'evil.example')).toBe(421);
    expect(await statusWithHost(http.url, 'localhost')).toBe(200);
  });
});
