import type { Sign } from '../core/instance/instances.ts';
import { detailsOf, pathOf, reportsHealth, signOf } from './status.ts';
import type { Extension, Status } from './status.ts';

interface HealthViews {
  readonly vmHealth?: { readonly status?: Status | undefined } | undefined;
  readonly extensions?: readonly Extension[] | undefined;
}

const STATES = new Set(['healthy', 'unhealthy', 'initializing', 'unknown']);

/**
 * The instance's health as the service sees it, else as the application health extension reports it. A signal that
 * exists but says nothing readable is `unknown`, never absent: absent means that nobody looks.
 */
export function healthOf({ vmHealth, extensions }: HealthViews): Sign | undefined {
  if (vmHealth) return vmHealth.status ? known(signOf(vmHealth.status)) : { state: 'unknown' };
  const extension = extensions?.find((one) => reportsHealth(one));
  return extension && known(reportOf(extension));
}

function known(sign: Sign): Sign {
  const state = sign.state.toLowerCase();
  if (STATES.has(state)) return { ...sign, state };
  return { ...sign, state: 'unknown', ...(state !== '' && { word: sign.state }) };
}

/**
 * The extension writes substatuses: `ApplicationHealthState` with the state's word as its message (version 2), or
 * `AppHealthStatus` with a sentence (version 1, which knows only healthy and unhealthy).
 */
function reportOf({ substatuses, statuses }: Extension): Sign {
  const find = (component: string): Status | undefined =>
    substatuses?.find(({ code }) => {
      const [family, name] = pathOf(code);
      return family === 'componentstatus' && name === component;
    });
  const rich = find('applicationhealthstate');
  if (rich) return { ...timeOf(rich, statuses), state: richState(rich) };
  const binary = find('apphealthstatus');
  if (binary) return { ...timeOf(binary, statuses), state: binaryState(binary) };
  return { state: 'unknown' };
}

function richState({ code, message }: Status): string {
  if (pathOf(code)[2]?.toLowerCase() === 'transitioning') return 'initializing';
  return message?.trim() ?? 'unknown';
}

function binaryState({ message }: Status): string {
  const sentence = message ?? '';
  if (/unhealthy/i.test(sentence)) return 'unhealthy';
  return /healthy/i.test(sentence) ? 'healthy' : 'unknown';
}

/** A substatus without a time of its own was written with the extension's status. */
function timeOf(substatus: Status, statuses: Extension['statuses']): Omit<Sign, 'state'> {
  return detailsOf({ ...substatus, time: substatus.time ?? statuses?.[0]?.time });
}
