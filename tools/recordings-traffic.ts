import type { PlatformImage } from '../local/simulator/store/images.ts';
import type { Exchange } from './recordings-read.ts';

export interface Kind {
  readonly operation: string;
  /** Why the request is not compared; undefined when it is. */
  readonly skip?: string;
}

/** What a recorded request asks for, and whether the simulator is there to answer it. */
export function classify({ method, url }: Exchange, flexible: ReadonlySet<string>): Kind {
  const path = decodeURIComponent(url.pathname);
  const operation = `${method} ${generalised(path)}`;
  if (url.hostname !== 'management.azure.com') return { operation, skip: 'not Azure Resource Manager' };
  const set = /^.*\/virtualMachineScaleSets\/[^/]+/i.exec(path)?.[0];
  if (set !== undefined && flexible.has(set.toLowerCase())) return { operation, skip: 'Flexible scale set' };
  if (/\/runCommands/i.test(path)) return { operation, skip: 'run command' };
  if (/\/(DiskOperations|disks)\//i.test(path)) return { operation, skip: 'disk' };
  if (/\/deployments\//i.test(path)) return { operation, skip: 'deployment' };
  if (!/\/Microsoft\.Compute\//i.test(path)) return { operation, skip: 'other resource' };
  return { operation };
}

function generalised(path: string): string {
  return path
    .replace(/^.*\/providers\/Microsoft\.Compute/i, '')
    .replace(/\/virtualMachineScaleSets\/[^/]+/i, '/virtualMachineScaleSets/*')
    .replace(/\/virtualMachines\/[^/]+/i, '/virtualMachines/*')
    .replace(/\/operations\/[^/]+/i, '/operations/*')
    .replace(/\/(locations|publishers|offers|skus|versions)\/[^/]+/gi, '/$1/*');
}

export interface Deployed {
  readonly path: string;
  readonly body: Readonly<Record<string, ReturnType<typeof JSON.parse>>>;
}

/** The scale sets in the template of a deployment. */
export function deployedSets({ method, url, text }: Exchange): Deployed[] {
  const group = /^.*\/resourceGroups\/[^/]+/i.exec(url.pathname)?.[0];
  if (method !== 'PUT' || group === undefined || !/\/deployments\//i.test(url.pathname)) return [];
  const resources: Deployed['body'][] = JSON.parse(text).properties.template.resources;
  return resources
    .filter(({ type }) => type === 'Microsoft.Compute/virtualMachineScaleSets')
    .map((resource) => ({
      path: `${group}/providers/Microsoft.Compute/virtualMachineScaleSets/${String(resource['name'])}`,
      body: resource,
    }));
}

const VERSION =
  /\/publishers\/([^/]+)\/artifacttypes\/vmimage\/offers\/([^/]+)\/skus\/([^/]+)\/versions\/([^/]+)$/i;

/** Every platform image that the recording shows to exist. */
export function imagesIn(exchanges: readonly Exchange[]): PlatformImage[] {
  const found = exchanges.flatMap(({ body }) => (Array.isArray(body) ? body : [body]));
  return found.flatMap((item: unknown) => {
    const id = typeof item === 'object' && item !== null && 'id' in item ? String(item.id) : '';
    const [, publisher, offer, sku, version] = VERSION.exec(id) ?? [];
    return publisher === undefined || offer === undefined || sku === undefined || version === undefined
      ? []
      : [{ publisher, offer, sku, version }];
  });
}
