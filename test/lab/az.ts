import { execFileSync } from 'node:child_process';
import type { Body, Lab } from './lab.ts';

const ARM = 'https://management.azure.com';
const VERSION = 'api-version=2024-07-01';

const ON_INSTANCES: Readonly<Record<string, string>> = {
  'update-instances': 'manualupgrade',
  reimage: 'reimage',
  deallocate: 'deallocate',
  start: 'start',
};

/**
 * The few commands of the Azure CLI that an explanation prints, and no other. A real shell splits the line; what a
 * command sends follows azure-cli's own rules, not the app's code.
 */
export async function az(lab: Lab, line: string): Promise<void> {
  const [program, group, ...rest] = shellSplit(line);
  if (program !== 'az') throw new Error(`not az: ${line}`);
  if (group === 'rest') return sendRaw(lab, optionsOf(rest));
  if (group === 'vmss' && rest[0] === 'disk')
    return changeDisks(lab, rest[1] ?? '', optionsOf(rest.slice(2)));
  const [verb = '', ...options] = rest;
  if (group !== 'vmss') throw new Error(`no such command: ${line}`);
  const given = optionsOf(options);
  const set =
    `${ARM}/subscriptions/${one(given, '--subscription')}/resourceGroups/${one(given, '--resource-group')}` +
    `/providers/Microsoft.Compute/virtualMachineScaleSets/${one(given, '--name')}`;
  if (verb === 'update' && given.has('--instance-id')) {
    const url = `${set}/virtualMachines/${one(given, '--instance-id')}?${VERSION}`;
    const instance = await read(lab, url);
    instance.properties.protectionPolicy = {
      protectFromScaleIn: one(given, '--protect-from-scale-in') === 'true',
      protectFromScaleSetActions: one(given, '--protect-from-scale-set-actions') === 'true',
    };
    return write(lab, 'PUT', url, instance);
  }
  if (verb === 'update') {
    const model = await read(lab, `${set}?${VERSION}`);
    for (const assignment of given.get('--set') ?? []) assign(model, assignment);
    return write(lab, 'PUT', `${set}?${VERSION}`, model);
  }
  const path = ON_INSTANCES[verb];
  if (path !== undefined) {
    return write(lab, 'POST', `${set}/${path}?${VERSION}`, { instanceIds: given.get('--instance-ids') });
  }
  throw new Error(`no such command: ${line}`);
}

/** Reads the instance, changes the list of its data disks, and puts it back whole, as `az vmss disk` does. */
async function changeDisks(lab: Lab, verb: string, given: Map<string, string[]>): Promise<void> {
  const url =
    `${ARM}/subscriptions/${one(given, '--subscription')}/resourceGroups/${one(given, '--resource-group')}` +
    `/providers/Microsoft.Compute/virtualMachineScaleSets/${one(given, '--vmss-name')}` +
    `/virtualMachines/${one(given, '--instance-id')}?${VERSION}`;
  const instance = await read(lab, url);
  const { storageProfile } = instance.properties;
  const lun = Number(one(given, '--lun'));
  const others = storageProfile.dataDisks.filter((disk: Body) => disk.lun !== lun);
  if (verb === 'detach' && others.length === storageProfile.dataDisks.length)
    throw new Error(`no LUN ${lun}`);
  const attached = {
    lun,
    createOption: 'Attach',
    ...(given.has('--caching') && { caching: one(given, '--caching') }),
    managedDisk: { id: verb === 'attach' ? one(given, '--disk') : '' },
  };
  storageProfile.dataDisks = verb === 'attach' ? [...storageProfile.dataDisks, attached] : others;
  await write(lab, 'PUT', url, instance);
}

/** The words of a line as a POSIX shell sees them. */
export function shellSplit(line: string): string[] {
  return execFileSync('sh', ['-c', `printf '%s\\0' ${line}`], { encoding: 'utf8' })
    .split('\0')
    .slice(0, -1);
}

async function sendRaw(lab: Lab, given: Map<string, string[]>): Promise<void> {
  const body = JSON.parse(one(given, '--body'));
  await write(lab, one(given, '--method').toUpperCase(), `${ARM}${one(given, '--url')}`, body);
}

function optionsOf(words: readonly string[]): Map<string, string[]> {
  const options = new Map<string, string[]>();
  let current: string[] = [];
  for (const word of words) {
    if (word.startsWith('--')) options.set(word, (current = []));
    else current.push(word);
  }
  return options;
}

function one(options: Map<string, string[]>, name: string): string {
  const [value, ...more] = options.get(name) ?? [];
  if (value === undefined || more.length > 0) throw new Error(`${name} takes one value`);
  return value;
}

/** `--set`: split at the first `=` outside brackets; the value is JSON where it can be, else a string. */
function assign(model: Body, assignment: string): void {
  const [path = ''] = /^(?:[^=[\]]|\[[^\]]*\])+/.exec(assignment) ?? [];
  const text = assignment.slice(path.length + 1);
  const steps = path.split(/\.|(?=\[)/);
  const last = steps.pop() ?? '';
  let at = steps[0] !== 'sku' && steps[0] !== 'tags' ? model.properties : model;
  for (const step of steps) at = pick(at, step);
  at[last] = jsonOrText(text);
}

function pick(at: Body, step: string): Body {
  const filter = /^\[(\w+)=(.*)\]$/.exec(step);
  if (filter !== null) return at.find((item: Body) => item[filter[1] ?? ''] === filter[2]);
  const index = /^\[(\d+)\]$/.exec(step);
  if (index !== null) return at[Number(index[1])];
  return (at[step] ??= {});
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** An answer may take its time, which here passes only when it is told to. */
export async function send(lab: Lab, request: Request): Promise<Response> {
  const passing = new AbortController();
  const answer = lab.sim.fetch(request).finally(() => passing.abort());
  for (let waits = 0; !passing.signal.aborted && waits < 300; waits += 1) await lab.host.advance(100);
  return answer;
}

async function read(lab: Lab, url: string): Promise<Body> {
  const response = await send(lab, new Request(url));
  if (!response.ok) throw new Error(`GET ${url}: ${response.status} ${await response.text()}`);
  return response.json();
}

/** Sends, and waits for the operation as the Azure CLI does unless told otherwise. */
async function write(lab: Lab, method: string, url: string, body: unknown): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const response = await send(lab, new Request(url, { method, headers, body: JSON.stringify(body) }));
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${await response.text()}`);
  const operation = response.headers.get('azure-asyncoperation');
  if (operation === null) return;
  for (let looks = 0; looks < 500; looks += 1) {
    await lab.host.advance(10_000);
    const { status, error } = await read(lab, operation);
    if (status === 'Succeeded') return;
    if (status !== 'InProgress') throw new Error(`${method} ${url}: ${status} ${JSON.stringify(error)}`);
  }
  throw new Error(`${method} ${url} does not end`);
}
