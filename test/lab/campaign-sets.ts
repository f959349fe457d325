import { imagesNow } from '../../local/simulator/log/judge.ts';
import { idsOf, setsNamed, stageOf } from './campaigns.ts';
import { scaleSetId } from './lab.ts';
import type { Body, Lab } from './lab.ts';

/** One set to try a change on, and three more after it. */
export const canary = setsNamed('canary', 1, 2);
export const rest = setsNamed('rest', 3, 2);
export const all = [...canary, ...rest];
export const STAGES = [stageOf('canary', idsOf(canary)), stageOf('rest', idsOf(rest))];

/** The images that the instances of a set run now. */
export const images = (lab: Lab, name: string): readonly string[] => [
  ...new Set(Object.values(imagesNow(lab.log, name))),
];

/** Where a set stands in a campaign. */
export const member = (campaign: Body, name: string): Body =>
  campaign.members.find(({ scaleSet }: Body) => scaleSet === scaleSetId(name));

/** When the model of a set was written last, by the simulator's log. */
export const patchedLast = (lab: Lab, name: string): number =>
  lab.log.findLast((one) => one.kind === 'request' && one.method === 'PATCH' && one.path.endsWith(`/${name}`))
    ?.time ?? 0;
