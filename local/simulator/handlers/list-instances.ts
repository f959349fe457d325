import { invalidParameter } from '../errors/catalogue.ts';
import { isLacking, lackingFrom } from '../faults/short-list.ts';
import { queryOf, type Call, type Reply } from '../calls/call.ts';
import { visibleState } from '../views/change.ts';
import type { Instance, InstanceState } from '../store/instance.ts';
import type { ScaleSet } from '../store/scale-set.ts';
import { instanceView } from '../wire/instance-view.ts';
import { instanceResource } from '../wire/instance.ts';
import { isObject } from '../model/json.ts';
import type { World } from '../world.ts';
import { findScaleSet } from './find.ts';

interface Shown {
  readonly instance: Instance;
  readonly state: InstanceState;
}

/** Lists instances as the views show them, page after page (arm-vmss.md 2.2). */
export function listInstances(world: World, call: Call): Reply {
  const set = findScaleSet(world, call);
  const expands = readExpand(call);
  const select = readSelect(call);
  const keep = readFilter(call);
  const after = readSkipToken(call);

  const lacking = lackingFrom(world, set, call);
  const shown: Shown[] = [];
  for (const instance of set.instances.values()) {
    const state = visibleState(world, instance, world.profile.listLagSeconds);
    if (state === undefined || isLacking(lacking, instance.id)) continue;
    if (Number(instance.id) > after && keep(state)) shown.push({ instance, state });
  }
  const page = shown.slice(0, world.profile.pageSize);
  const last = page.at(-1);
  const value = page.map(({ instance, state }) => {
    const resource = instanceResource(world, set, { instance, state, apiVersion: call.apiVersion });
    const view = expands || select !== undefined ? instanceView(world, set, instance, state) : undefined;
    return select === undefined ? withView(resource, view) : selected(resource, view, select);
  });
  return {
    status: 200,
    headers: { 'x-ms-request-charge': String(value.length) },
    body: {
      value,
      ...(shown.length > page.length && last !== undefined ? { nextLink: nextLink(call, set, last) } : {}),
    },
  };
}

function withView(resource: object, view: object | undefined): object {
  if (view === undefined || !('properties' in resource)) return resource;
  return { ...resource, properties: { ...Object(resource.properties), instanceView: view } };
}

/** With $select an item holds only its ids and what was asked for (arm-vmss.md 2.2). */
function selected(resource: object, view: object | undefined, select: Select): object {
  const { id, instanceId, properties } = Object(resource);
  const whole: object = view ?? {};
  const statuses = 'statuses' in whole ? whole.statuses : [];
  return {
    id,
    instanceId,
    properties: {
      latestModelApplied: isObject(properties) ? properties['latestModelApplied'] : undefined,
      instanceView: select === 'instanceView' ? whole : { statuses },
      hardwareProfile: {},
      provisioningState: isObject(properties) ? properties['provisioningState'] : undefined,
    },
  };
}

type Select = 'instanceView' | 'instanceView/statuses';

function readExpand(call: Call): boolean {
  const expand = queryOf(call, '$expand');
  if (expand !== undefined && expand.toLowerCase() !== 'instanceview') {
    throw invalidParameter('$expand', `The value '${expand}' of $expand is not supported.`);
  }
  return expand !== undefined;
}

function readSelect(call: Call): Select | undefined {
  const select = queryOf(call, '$select')?.toLowerCase();
  if (select === undefined) return undefined;
  if (select === 'instanceview') return 'instanceView';
  if (select === 'instanceview/statuses') return 'instanceView/statuses';
  throw invalidParameter('$select', `The value '${select}' of $select is not supported.`);
}

const APPLIED = /^properties\/latestmodelapplied\s+eq\s+(true|false)$/i;
const STARTS_WITH = /^startswith\(\s*instanceview\/statuses\/code\s*,\s*'([^']*)'\s*\)\s+eq\s+(true|false)$/i;

/** The three documented forms, nothing else. */
function readFilter(call: Call): (state: InstanceState) => boolean {
  const filter = queryOf(call, '$filter')?.trim();
  if (filter === undefined || filter === '') return () => true;
  const applied = APPLIED.exec(filter)?.[1];
  if (applied !== undefined) {
    return (state) => state.latestModelApplied === (applied.toLowerCase() === 'true');
  }
  const [, prefix, wanted] = STARTS_WITH.exec(filter) ?? [];
  if (prefix === undefined) throw invalidParameter('$filter', `The filter '${filter}' is not supported.`);
  return (state) => {
    const codes = [`powerstate/${state.power}`, `provisioningstate/${state.provisioning.toLowerCase()}`];
    return codes.some((code) => code.startsWith(prefix.toLowerCase())) === (wanted?.toLowerCase() === 'true');
  };
}

function readSkipToken(call: Call): number {
  const token = queryOf(call, '$skiptoken');
  if (token === undefined) return -1;
  const after = Number(Buffer.from(token, 'base64url').toString());
  if (!Number.isInteger(after)) throw invalidParameter('$skiptoken', 'The skip token is invalid.');
  return after;
}

/** Carries every option of the query: the SDK follows the link as it is and adds none (arm-vmss.md 2.2). */
function nextLink(call: Call, set: ScaleSet, last: Shown): string {
  const url = new URL(call.url);
  for (const key of url.searchParams.keys()) {
    if (key.toLowerCase() === '$skiptoken') url.searchParams.delete(key);
  }
  const token = Buffer.from(last.instance.id).toString('base64url');
  url.searchParams.set('$skiptoken', token);
  return url.toString();
}
