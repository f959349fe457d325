import { warnings } from '../messages/warnings.ts';

/** Where a model names no exact image, and what it has to name for instances to get one version. */
export interface Pin {
  readonly path: string;
  readonly was: string;
  readonly now: string;
  /** Instances that ran other versions than the one pinned. */
  readonly others: readonly { readonly image: string; readonly instances: readonly string[] }[];
}

/** Who does not run again what it ran, in words; empty where everybody does. */
export function othersIn({ others }: Pick<Pin, 'others'>): string {
  return others.map(({ image, instances }) => warnings.ranOthers(instances, image)).join('; ');
}
