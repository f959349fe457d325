import type { Json } from './model.ts';
import { isList, isObject } from './paths.ts';

const SUBNET_OF = /^(.*\/virtualNetworks\/[^/]+)\/subnets\//i;

/** The virtual networks that a model's subnets lie in; resource ids know no case. */
export function networksIn(value: Json): ReadonlySet<string> {
  if (isList(value)) return new Set(value.flatMap((item) => [...networksIn(item)]));
  if (!isObject(value)) return new Set();
  const inside = Object.values(value).flatMap((item) => [...networksIn(item)]);
  const { subnet } = value;
  const id = isObject(subnet) && typeof subnet['id'] === 'string' ? subnet['id'] : '';
  const network = SUBNET_OF.exec(id)?.[1];
  return new Set(network === undefined ? inside : [...inside, network.toLowerCase()]);
}
