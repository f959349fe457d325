import type { Model } from '../model/model.ts';
import { isStrangeState } from '../model/provisioning.ts';
import { provisioningStateOf } from '../model/scale-set.ts';
import type { ExtensionSign, Instance } from './instances.ts';

/** What of the service showed a word. */
export type Shower =
  | 'scaleSet'
  | 'provisioning'
  | 'power'
  | 'health'
  | 'extension'
  | 'operation'
  | 'rollingUpgrade'
  | 'error';

/** A word of the service that nobody here knows: it is waited for, and said, and taken for neither success nor failure. */
export interface StrangeWord {
  readonly of: Shower;
  readonly word: string;
  /** Who showed it, where those were instances. */
  readonly instances?: readonly string[];
}

const POWER = new Set([
  'creating',
  'starting',
  'running',
  'stopping',
  'stopped',
  'deallocating',
  'deallocated',
  'hibernated',
  'unknown',
]);

/** Words of an extension that has run, however well. */
const EXTENSION_OVER = new Set(['succeeded', 'failed', 'warning']);
/** Words of one that is at work. */
const EXTENSION_BUSY = new Set([
  'transitioning',
  'creating',
  'updating',
  'deleting',
  'installing',
  'enabling',
  'running',
  'notready',
]);

export function isStrangePower(power: string | undefined): power is string {
  return power !== undefined && !POWER.has(power.toLowerCase());
}

/** Whether an extension is at work by its own word. */
export function isExtensionBusy({ state }: ExtensionSign): boolean {
  return EXTENSION_BUSY.has(firstOf(state));
}

export function isStrangeExtension({ state }: ExtensionSign): boolean {
  return !EXTENSION_OVER.has(firstOf(state)) && !EXTENSION_BUSY.has(firstOf(state));
}

function firstOf(state: string): string {
  return state.split('/')[0] ?? '';
}

/** The words that instances show and nobody here knows. */
export function strangeIn(instances: readonly Instance[]): readonly StrangeWord[] {
  return instances.flatMap((one) => {
    const { instanceId, provisioningState, power, health, extensions = [] } = one;
    const said: readonly StrangeWord[] = [
      ...(isStrangeState(provisioningState)
        ? [{ of: 'provisioning' as const, word: provisioningState }]
        : []),
      ...(isStrangePower(power) ? [{ of: 'power' as const, word: power }] : []),
      ...(health?.word === undefined ? [] : [{ of: 'health' as const, word: health.word }]),
      ...extensions
        .filter((extension) => isStrangeExtension(extension))
        .map(({ state }) => ({ of: 'extension' as const, word: state })),
    ];
    return said.map((word) => ({ ...word, instances: [instanceId] }));
  });
}

/** The same of the scale set itself. */
export function strangeOf(model: Model): readonly StrangeWord[] {
  const word = provisioningStateOf(model);
  return isStrangeState(word) ? [{ of: 'scaleSet', word }] : [];
}
