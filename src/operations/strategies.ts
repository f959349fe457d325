import type { Ports } from '../activities/frame/ports.ts';
import { acts } from '../core/messages/acts.ts';
import { strategies as words } from '../core/messages/strategies.ts';
import type { FieldError } from '../core/spec/field-errors.ts';
import { withStrategy } from '../core/spec/named-strategy.ts';
import type { NamedStrategy } from '../core/spec/named-strategy.ts';
import type { RolloutSpec } from '../core/spec/spec.ts';
import {
  listStrategies,
  listStrategyVersions,
  readStrategy,
  readStrategyVersion,
  replaceStrategy,
} from '../store/strategies.ts';
import type { StrategyVersion } from '../store/strategies.ts';
import { noteAct } from './note-act.ts';

export type StandingStrategy = StrategyVersion & { readonly strategy: NamedStrategy };

const isStanding = (version: StrategyVersion | undefined): version is StandingStrategy =>
  version?.strategy !== undefined;

export async function viewStrategies({ store }: Ports): Promise<readonly StandingStrategy[]> {
  return (await listStrategies(store)).filter(isStanding);
}

/** The strategy of this name with every version of it, unless there is none or it was deleted. */
export async function findStrategy(
  name: string,
  { store }: Ports,
): Promise<
  { readonly standing: StandingStrategy; readonly versions: readonly StrategyVersion[] } | undefined
> {
  const [standing, versions] = await Promise.all([
    readStrategy(store, name),
    listStrategyVersions(store, name),
  ]);
  return isStanding(standing) ? { standing, versions } : undefined;
}

export interface AskedStrategy {
  readonly name: string;
  /** Absent to delete it. */
  readonly strategy?: NamedStrategy;
  readonly by: string;
  readonly reason?: string;
  /** The version that the caller has read. */
  readonly after: number;
}

/** Replaces or deletes the version that the caller has read; false when another one stands by now. */
export async function setStrategy({ after, ...next }: AskedStrategy, ports: Ports): Promise<boolean> {
  const { name, by, reason, strategy } = next;
  const what = strategy === undefined ? 'delete' : 'replace';
  await noteAct(ports, 'strategyIntended', {
    by,
    message: acts.strategyIntended({ name, after }, what, reason),
  });
  const at = new Date(ports.clock.now()).toISOString();
  if (!(await replaceStrategy(ports.store, after, { ...next, at }))) {
    await noteAct(ports, 'strategyKept', { by, message: acts.strategyKept(name, after) });
    return false;
  }
  await noteAct(ports, 'strategySet', { by, message: acts.strategySet(name, after + 1) });
  return true;
}

export type Resolved =
  | { readonly kind: 'spec'; readonly spec: RolloutSpec }
  | { readonly kind: 'noStrategy'; readonly errors: readonly FieldError[] };

/** The spec as it is carried out: a strategy that it names is written into it, in the version of this moment. */
export async function resolveStrategy(spec: RolloutSpec, { store }: Pick<Ports, 'store'>): Promise<Resolved> {
  const { namedStrategy } = spec;
  if (namedStrategy === undefined) return { kind: 'spec', spec };
  const { name, version } = namedStrategy;
  const found = await (version === undefined
    ? readStrategy(store, name)
    : readStrategyVersion(store, name, version));
  if (isStanding(found)) return { kind: 'spec', spec: withStrategy(spec, found) };
  const message = version === undefined ? words.unknown(name) : words.noVersion(name, version);
  return { kind: 'noStrategy', errors: [{ path: 'namedStrategy', message }] };
}
