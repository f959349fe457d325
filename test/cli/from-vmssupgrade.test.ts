import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { typedIn, type Typed } from '../docs/transcript.ts';
import { startLab, type Lab } from '../lab/lab.ts';

const PAGE = readFileSync(new URL('../../docs/FROM-VMSSUPGRADE.md', import.meta.url), 'utf8');
const NEW = '22.04.202611010';
const OLD = '22.04.202610080';

/** The command that the page gives for it. */
function commandFor(flag: string): string {
  const row = PAGE.split('\n').find((line) => line.startsWith(`| ${flag}`));
  const [, , cell = ''] = row?.split(/(?<!\\)\|/) ?? [];
  return cell
    .trim()
    .replace(/^`(.*)`$/, '$1')
    .replaceAll('\\`', '`');
}

async function typedAs(lab: Lab, command: string): Promise<Typed> {
  const words = command.match(/"[^"]*"|\S+/g) ?? [];
  return typedIn(
    lab,
    words.map((word) => word.replaceAll('"', '')),
  );
}

/** The instances that run the image, by the simulator's word. */
function running(lab: Lab, image: string): readonly string[] {
  const instances = lab.sim.scaleSet('web')?.instances ?? [];
  return instances.filter((instance) => instance.image === image).map(({ instanceId }) => instanceId);
}

describe('what vmssupgrade did', () => {
  // Feature [vmssupgrade] Update one update domain: -u (vmssupgrade)
  //   shown by: what vmssupgrade did > "-u 2" is done here
  // Feature [vmssupgrade] Update one instance: -i (vmssupgrade)
  //   shown by: what vmssupgrade did > "-i 3" is done here
  // Feature [vmssupgrade] Update a list of instances: -l (vmssupgrade)
  //   shown by: what vmssupgrade did > "-l" is done here
  // Feature [vmssupgrade] Write a platform image version into the model: -n (vmssupgrade)
  //   shown by: what vmssupgrade did > "-n 22.04.202611010" is done here
  // Feature [vmssupgrade] Do not ask: -y (vmssupgrade)
  //   shown by: what vmssupgrade did > "-y" is done here
  it.each([
    ['-n 22.04.202611010', '`-n', ['0', '1', '2', '3', '4', '5', '6', '7']],
    ['-u 2', '`-u', ['2', '7']],
    ['-i 3', '`-i', ['3']],
    ['-l', '`-l', ['1', '2']],
    ['-y', '`-y', ['0', '1', '2', '3', '4', '5', '6', '7']],
  ])('"%s" is done here', async (_, flag, upgraded) => {
    await using lab = await startLab({ count: 8 });
    const done = await typedAs(lab, commandFor(flag));
    expect(done.code, done.err).toBe(0);
    if (flag === '`-y') await typedAs(lab, 'wait @latest');
    expect(running(lab, NEW)).toEqual(upgraded);
  });

  // Feature [vmssupgrade] Write a custom image URI into the model: -c (vmssupgrade)
  it('"-c" is done here', async () => {
    const osDisk = {
      name: 'os',
      osType: 'Linux',
      createOption: 'FromImage',
      image: { uri: 'https://vhds.blob.core.windows.net/images/old.vhd' },
    };
    await using lab = await startLab({ count: 3, vmProfile: { storageProfile: { osDisk } } });
    const done = await typedAs(lab, commandFor('`-c'));
    expect(done.code, done.err).toBe(0);
    expect(JSON.stringify(lab.sim.scaleSet('web')?.model)).toContain('images/new.vhd');
    expect(lab.sim.scaleSet('web')?.instances.every(({ latestModelApplied }) => latestModelApplied)).toBe(
      true,
    );
  });

  // Feature [vmssupgrade] Exit without waiting (-w), wait for the end otherwise, and say more: -v (vmssupgrade)
  it('"-w", waiting and "-v" are done here', async () => {
    await using lab = await startLab({ count: 3 });
    expect((await typedAs(lab, commandFor('`-w'))).code).toBe(0);
    expect(running(lab, NEW)).toEqual([]);
    const id = (await lab.call('GET', '/rollouts')).body.value[0].id as string;
    expect((await typedAs(lab, commandFor('no `-w').replace('7f3c', id))).code).toBe(0);
    expect(running(lab, NEW)).toEqual(['0', '1', '2']);
    const events = await typedAs(lab, commandFor('`-v').replace('7f3c', id));
    expect(events).toMatchObject({ code: 0, out: expect.stringContaining('ended') });
  });

  // Feature [vmssupgrade] Leave the model alone where it names the version already (vmssupgrade)
  it('a version that is set already writes nothing', async () => {
    await using lab = await startLab({ count: 3 });
    const before = lab.sim.scaleSet('web')?.etag;
    const done = await typedAs(lab, commandFor('a version that'));
    expect(done.code, done.err).toBe(0);
    expect(lab.sim.scaleSet('web')?.etag).toBe(before);
    expect(running(lab, OLD)).toEqual(['0', '1', '2']);
  });

  // Feature [vmssupgrade] Show the current image, and which instances are in a domain (vmssupgrade)
  it('the current image and the instances of a domain are shown', async () => {
    await using lab = await startLab({ count: 8 });
    expect(JSON.parse((await typedAs(lab, commandFor('the current image'))).out)).toMatchObject({
      version: OLD,
    });
    expect((await typedAs(lab, commandFor('which instances'))).out).toBe('2\n7\n');
    const planned = await typedAs(lab, commandFor('`-s').replace('shop/', 'rollout/'));
    expect(planned).toMatchObject({ code: 0, out: expect.stringContaining('imageReference.version') });
  });
});
