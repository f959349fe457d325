import type { Asked } from '../errors/access.ts';
import type { Call } from '../calls/call.ts';
import { parseJson } from '../calls/call.ts';
import { isObject } from '../model/json.ts';

const VERBS: Readonly<Record<string, string>> = {
  GET: 'read',
  PUT: 'write',
  PATCH: 'write',
  DELETE: 'delete',
};

/** The right that a request needs, as roles name it; the list of subscriptions needs none. */
export function requiredAction(call: Pick<Call, 'url' | 'method'>): Asked | undefined {
  const scope = asWritten(call.url.pathname);
  const type = typeOf(scope);
  if (type === undefined) return undefined;
  return { action: `${type}/${VERBS[call.method] ?? 'action'}`, scope };
}

/** Scopes are written as they are named, not as a URL has to spell them: groups may have names such as `Büro`. */
function asWritten(pathname: string): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return pathname;
  }
}

/**
 * What Azure asks of whoever refers to a resource in a body, by the type of that resource; for each reference, an
 * unchanged one too (anchors/reliability-security-performance.md 2.4; of disks, capacity reservations, vaults and gallery
 * applications nothing is recorded).
 */
const LINKED: Readonly<Record<string, string>> = {
  'microsoft.network/virtualnetworks/subnets': 'Microsoft.Network/virtualNetworks/subnets/join/action',
  'microsoft.network/networksecuritygroups': 'Microsoft.Network/networkSecurityGroups/join/action',
  'microsoft.network/applicationsecuritygroups':
    'Microsoft.Network/applicationSecurityGroups/joinIpConfiguration/action',
  'microsoft.network/loadbalancers/backendaddresspools':
    'Microsoft.Network/loadBalancers/backendAddressPools/join/action',
  'microsoft.network/loadbalancers/inboundnatpools':
    'Microsoft.Network/loadBalancers/inboundNatPools/join/action',
  'microsoft.network/loadbalancers/probes': 'Microsoft.Network/loadBalancers/probes/join/action',
  'microsoft.network/applicationgateways/backendaddresspools':
    'Microsoft.Network/applicationGateways/backendAddressPools/join/action',
  'microsoft.network/publicipprefixes': 'Microsoft.Network/publicIPPrefixes/join/action',
  'microsoft.managedidentity/userassignedidentities':
    'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action',
  'microsoft.keyvault/vaults': 'Microsoft.KeyVault/vaults/deploy/action',
  'microsoft.compute/capacityreservationgroups': 'Microsoft.Compute/capacityReservationGroups/deploy/action',
  'microsoft.compute/diskencryptionsets': 'Microsoft.Compute/diskEncryptionSets/read',
  'microsoft.compute/disks': 'Microsoft.Compute/disks/write',
  'microsoft.compute/images': 'Microsoft.Compute/images/read',
  'microsoft.compute/galleries/images/versions': 'Microsoft.Compute/galleries/images/versions/read',
  'microsoft.compute/galleries/applications/versions':
    'Microsoft.Compute/galleries/applications/versions/read',
};

/** The rights on resources that the body refers to. */
export function linkedRights({ method, text }: Pick<Call, 'method' | 'text'>): readonly Asked[] {
  if (method === 'GET' || method === 'DELETE') return [];
  return [...idsIn(parseJson(text))].flatMap((scope) => {
    const action = LINKED[typeOf(scope)?.toLowerCase() ?? ''];
    return action === undefined ? [] : [{ action, scope }];
  });
}

/** Resource ids stand as values; those of identities are names. */
function idsIn(value: unknown): ReadonlySet<string> {
  if (typeof value === 'string') return new Set(value.startsWith('/subscriptions/') ? [value] : []);
  if (Array.isArray(value)) return new Set(value.flatMap((item) => [...idsIn(item)]));
  if (!isObject(value)) return new Set();
  return new Set(Object.entries(value).flatMap(([name, item]) => [...idsIn(name), ...idsIn(item)]));
}

/** `…/providers/Microsoft.Compute/virtualMachineScaleSets/web/skus` is of `Microsoft.Compute/virtualMachineScaleSets/skus`. */
function typeOf(path: string): string | undefined {
  const segments = path.replace(/\/+$/, '').split('/');
  const at = segments.findLastIndex((segment) => segment.toLowerCase() === 'providers');
  const [namespace, ...rest] = at === -1 ? [] : segments.slice(at + 1);
  if (namespace === undefined) return undefined;
  return [namespace, ...rest.filter((_segment, index) => index % 2 === 0)].join('/');
}
