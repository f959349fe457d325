import { z } from 'zod';
import { fields, table } from './table.ts';

/** As much of the settings as people look at; all of it is in the JSON. */
export const ShownNotices = z.looseObject({
  settings: z.looseObject({
    hosts: z.array(z.string()),
    targets: z.array(
      z.looseObject({
        name: z.string(),
        kind: z.string(),
        url: z.string().nullish(),
        urlFrom: z.string().nullish(),
      }),
    ),
    routes: z.array(
      z.looseObject({
        targets: z.array(z.string()),
        kinds: z.array(z.string()).nullish(),
        labels: z.record(z.string(), z.string()).nullish(),
        scopes: z.array(z.string()).nullish(),
      }),
    ),
  }),
});

/** Hosts, targets and routes, each in a part of its own. */
export function noticesText({ settings }: z.infer<typeof ShownNotices>): string {
  const { hosts, targets, routes } = settings;
  return [
    fields([['hosts', hosts.join(', ')]]),
    table(
      ['Target', 'Kind', 'At'],
      targets.map((target) => [target.name, target.kind, target.url ?? target.urlFrom]),
    ),
    table(
      ['To', 'Kinds', 'Labels', 'Scopes'],
      routes.map((route) => [
        route.targets.join(', '),
        route.kinds?.join(', ') ?? '',
        Object.entries(route.labels ?? {})
          .map((label) => label.join('='))
          .join(', '),
        route.scopes?.join(', ') ?? '',
      ]),
    ),
  ].join('\n');
}
