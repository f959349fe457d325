import { NEW, scaleSetId } from './lab.ts';
import type { Body, Lab } from './lab.ts';
import { signIn } from './bound-app.ts';

/** Scale sets `NAME0`, `NAME1` and so on, of so many instances each. */
export function setsNamed(name: string, howMany: number, count: number) {
  return Array.from({ length: howMany }, (_, index) => ({ name: `${name}${index}`, count }));
}

export const idsOf = (sets: readonly { readonly name: string }[]): readonly string[] =>
  sets.map(({ name }) => scaleSetId(name));

/** A stage of one group. */
export function stageOf(name: string, scaleSets: readonly string[], more: object = {}): object {
  const { concurrency = 2, ...rest } = more as { concurrency?: number };
  return { name, concurrency, ...rest, groups: [{ name: 'all', scaleSets, concurrency }] };
}

export const IMAGE = { image: { version: NEW } };

export async function startCampaign(lab: Lab, stages: readonly object[], more: object = {}): Promise<string> {
  const spec = { name: 'October image', change: IMAGE, stages, ...more };
  const reply = await lab.call('POST', '/campaigns', spec);
  if (reply.status !== 202) throw new Error(`not started: ${JSON.stringify(reply.body)}`);
  return reply.body.id as string;
}

export const campaignOf = async (lab: Lab, id: string): Promise<Body> =>
  (await lab.call('GET', `/campaigns/${id}`)).body;

const ENDS = ['succeeded', 'rolledBack', 'halted', 'failed', 'refused', 'rejected', 'cancelled'];

/** Runs until the campaign looks so; the app is asked only where the store has changed. */
export async function untilCampaign(
  lab: Lab,
  id: string,
  looks: (campaign: Body) => boolean,
  withinSeconds = 14 * 86_400,
): Promise<Body> {
  let seen: Body;
  let asked = -1;
  try {
    await lab.host.runUntil(
      async () => {
        if (asked === lab.store.changes) return looks(seen);
        asked = lab.store.changes;
        seen = await campaignOf(lab, id);
        return looks(seen) || ENDS.includes(seen.phase);
      },
      { maxVirtualMs: withinSeconds * 1000 },
    );
  } catch (error) {
    throw new Error(`stuck at ${JSON.stringify(await campaignOf(lab, id))}`, { cause: error });
  }
  if (!looks(seen)) throw new Error(`ended otherwise: ${JSON.stringify(seen)}`);
  return seen;
}

/** Runs a campaign to its end, however that is. */
export async function campaignEnd(lab: Lab, id: string, withinSeconds?: number): Promise<Body> {
  const hasEnded = (): boolean => {
    const head = lab.store.peek({ table: 'campaigns', partition: id, row: 'head' }) as Body;
    return ENDS.includes(head?.record.phase);
  };
  try {
    await lab.host.runUntil(() => Promise.resolve(hasEnded()), {
      maxVirtualMs: (withinSeconds ?? 14 * 86_400) * 1000,
    });
  } catch (error) {
    throw new Error(`stuck at ${JSON.stringify(await campaignOf(lab, id))}`, { cause: error });
  }
  return campaignOf(lab, id);
}

export async function commandCampaign(
  lab: Lab,
  id: string,
  command: string,
  { body = {}, user = 'ada' }: { readonly body?: object; readonly user?: string } = {},
) {
  signIn(user);
  const reply = await lab.call('POST', `/campaigns/${id}/${command}`, body);
  signIn('ada');
  return reply;
}
