import { dirname, join, relative, sep } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

/**
 * The rooms of each house from the ground up. A file imports its own room and the rooms below it, types included; rooms
 * that share a floor know nothing of each other.
 */
const SRC = [
  ['core/messages'],
  ['core/model'],
  ['core/instance'],
  ['core/actions'],
  ['core/window'],
  ['core/spec'],
  ['core/record'],
  ['core/access'],
  ['core/schedule'],
  ['core/audit'],
  ['core/health'],
  ['core/undo'],
  ['core/plan'],
  ['core/run'],
  ['core/notices'],
  ['core/explain'],
  ['core/campaign'],
  ['azure', 'identity', 'outbound', 'store'],
  ['activities/frame'],
  ['activities/looks', 'telemetry'],
  ['activities/writes'],
  ['activities/define-step.ts'],
  ['activities/steps'],
  ['activities/steps.ts'],
  ['activities/take-steps.ts'],
  ['operations', 'orchestrators'],
  ['functions'],
  ['main.ts'],
];

const HOST = [
  ['durable/wire'],
  ['durable/replay'],
  ['durable/turns'],
  ['ports.ts', 'worker'],
  ['checks', 'store', 'triggers'],
  ['hub'],
  ['http/web'],
  ['http/functions', 'http/management'],
  ['http/front.ts'],
  ['drivers'],
  ['host.ts'],
  ['main.ts'],
];

/** Functions translate: what a request asks for is done by a use case, whoever asks. */
const FUNCTIONS_REACH_NOT = ['store', 'activities/looks', 'activities/writes', 'activities/steps'];

const SIMULATOR = [
  ['errors', 'operations', 'time', 'ways.ts'],
  ['log', 'model', 'profile.ts'],
  ['store'],
  ['calls', 'rules'],
  ['access', 'faults/kinds', 'state/journal.ts', 'throttle'],
  ['faults/schema.ts'],
  ['world.ts'],
  ['faults'],
  ['views'],
  ['wire'],
  ['work'],
  ['injection'],
  ['handlers'],
  ['http'],
  ['state/replay.ts'],
  ['simulator.ts'],
  ['server'],
  ['main.ts'],
];

const DASHBOARD = [['api'], ['view'], ['live'], ['parts'], ['pages'], ['app.tsx'], ['main.tsx']];

const HOUSES = [
  { house: 'src', floors: SRC, closed: { functions: FUNCTIONS_REACH_NOT } },
  { house: 'dashboard', floors: DASHBOARD, closed: {} },
  { house: 'local/host', floors: HOST, closed: {} },
  { house: 'local/simulator', floors: SIMULATOR, closed: {} },
];

/** Which room a path is in, and how high that is; `undefined` where it is in none. */
function roomOf(floors, path) {
  for (const [height, rooms] of floors.entries()) {
    const room = rooms.find((name) => path === name || path.startsWith(`${name}/`));
    if (room !== undefined) return { room, height };
  }
  return undefined;
}

function inHouse(house, path) {
  const inside = relative(join(ROOT, house), path);
  return inside.startsWith('..') ? undefined : inside.split(sep).join('/');
}

/** A file of a house stands in a room, and imports no room above its own nor beside it. */
export const floors = {
  create(context) {
    const home = HOUSES.find(({ house }) => inHouse(house, context.filename) !== undefined);
    if (home === undefined) return {};
    const file = inHouse(home.house, context.filename);
    const own = roomOf(home.floors, file);
    const check = (node, source) => {
      if (typeof source !== 'string' || !source.startsWith('.')) return;
      const target = inHouse(home.house, join(dirname(context.filename), source));
      const other = target === undefined ? undefined : roomOf(home.floors, target);
      if (own === undefined || other === undefined || other.room === own.room) return;
      if (other.height >= own.height)
        context.report({ node, message: `${own.room} may not import ${other.room}: it is not below it` });
      if (home.closed[own.room]?.includes(other.room))
        context.report({ node, message: `${own.room} may not import ${other.room}: operations do that` });
    };
    return {
      Program(node) {
        if (own === undefined)
          context.report({ node, message: `${home.house}/${file} is in no room of tools/lint/floors.js` });
      },
      ImportDeclaration: (node) => check(node, node.source.value),
      ExportNamedDeclaration: (node) => check(node, node.source?.value),
      ExportAllDeclaration: (node) => check(node, node.source.value),
      ImportExpression: (node) => check(node, node.source.value),
      TSImportType: (node) => check(node, node.source?.value ?? node.argument?.literal?.value),
    };
  },
};
