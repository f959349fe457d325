import { fieldOf } from './spec.ts';
import type { Spec } from './spec.ts';

/** A stage and a group as they are being written: plain JSON, which the app judges. */
type Stage = Spec;

export const FINDS = [
  ['scaleSets', 'named scale sets'],
  ['tags', 'all with tags'],
  ['resourceGroups', 'resource groups'],
  ['subscriptions', 'subscriptions'],
] as const;

export type Find = (typeof FINDS)[number][0];

export const FIRST_CAMPAIGN: Spec = {
  name: '',
  change: { image: { version: 'latest' } },
  stages: [
    { ...newStage('canary'), soakSeconds: 3600 },
    { ...newStage('all'), approval: { quorum: 1 } },
  ],
};

/** A stage of one group that finds nothing yet. */
export function newStage(name: string): Stage {
  return { name, concurrency: 1, groups: [{ name, scaleSets: [], concurrency: 1 }] };
}

export function stagesOf(spec: Spec): readonly Stage[] {
  const stages = spec['stages'];
  return Array.isArray(stages) ? (stages as readonly Stage[]) : [];
}

export function withStage(spec: Spec, index: number, stage: Stage): Spec {
  return { ...spec, stages: stagesOf(spec).with(index, stage) };
}

export function withoutStage(spec: Spec, index: number): Spec {
  return { ...spec, stages: stagesOf(spec).filter((_, at) => at !== index) };
}

export function withNewStage(spec: Spec): Spec {
  const stages = stagesOf(spec);
  return { ...spec, stages: [...stages, newStage(`stage ${stages.length + 1}`)] };
}

export function groupsOf(stage: Stage): readonly Spec[] {
  const groups = stage['groups'];
  return Array.isArray(groups) ? (groups as readonly Spec[]) : [];
}

/** By what the first group of a stage finds its scale sets. */
export function findOf(stage: Stage): Find {
  const [group = {}] = groupsOf(stage);
  return FINDS.find(([find]) => group[find] !== undefined)?.[0] ?? 'scaleSets';
}

/** What it finds them by, a line for each. */
export function foundText(stage: Stage): string {
  const [group = {}] = groupsOf(stage);
  const found = group[findOf(stage)];
  if (Array.isArray(found)) return found.join('\n');
  if (typeof found !== 'object' || found === null) return '';
  return Object.entries(found)
    .map(([name, value]) => `${name}=${String(value)}`)
    .join('\n');
}

/** The stage with its first group finding by this; lines are ids, or `name=value` for tags. */
export function withFound(stage: Stage, find: Find, text: string): Stage {
  const lines = text
    .split(/[\n,]+/)
    .map((line) => line.trim())
    .filter(Boolean);
  const [group = {}, ...others] = groupsOf(stage);
  const known = new Set<string>(FINDS.map(([name]) => name));
  const rest = Object.entries(group).filter(([name]) => !known.has(name));
  const found = find === 'tags' ? Object.fromEntries(lines.map(tagIn)) : lines;
  return { ...stage, groups: [{ ...Object.fromEntries(rest), [find]: found }, ...others] };
}

function tagIn(line: string): readonly [string, string] {
  const [name = '', ...value] = line.split('=');
  return [name.trim(), value.join('=').trim()];
}

/** Its number of sets at once is that of the stage and of its only group, too. */
export function withConcurrency(stage: Stage, concurrency: unknown): Stage {
  const groups = groupsOf(stage);
  const set = (of: Spec): Spec => {
    const { concurrency: _old, ...rest } = of;
    return concurrency === undefined ? rest : { ...rest, concurrency };
  };
  return groups.length === 1 ? { ...set(stage), groups: groups.map(set) } : set(stage);
}

export function countText(stage: Spec, path: string): string {
  const value = fieldOf(stage, path);
  return typeof value === 'number' || typeof value === 'string' ? String(value) : '';
}

/** The same as a command line, for a shell. */
export function campaignCommand(text: string): string {
  return `vmss-rollout campaigns start --wait - <<'CAMPAIGN'\n${text}\nCAMPAIGN`;
}
