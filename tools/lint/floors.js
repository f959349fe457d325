import { dirname, join, relative, sep } from 'node:path';

const SRC = join(import.meta.dirname, '../../src');

/**
 * The rooms of `src/` from the ground up. A file imports its own room and the rooms below it, types included; rooms
 * that share a floor know nothing of each other.
 */
export const FLOORS = [
  ['core/messages'],
  ['core/model'],
  ['core/instance'],
  ['core/actions'],
  ['core/spec'],
  ['core/record'],
  ['core/health'],
  ['core/undo'],
  ['core/plan'],
  ['core/run'],
  ['core/explain'],
  ['azure', 'store'],
  ['activities/frame'],
  ['activities/looks'],
  ['activities/writes'],
  ['activities/define-step.ts'],
  ['activities/steps'],
  ['activities/steps.ts'],
  ['operations', 'orchestrators'],
  ['functions'],
  ['main.ts'],
];

/** Which room a path below `src/` is in, and how high that is; `undefined` where it is in none. */
function roomOf(path) {
  for (const [height, rooms] of FLOORS.entries()) {
    const room = rooms.find((name) => path === name || path.startsWith(`${name}/`));
    if (room !== undefined) return { room, height };
  }
  return undefined;
}

function belowSrc(path) {
  const inside = relative(SRC, path);
  return inside.startsWith('..') ? undefined : inside.split(sep).join('/');
}

/** A file of `src/` stands in a room, and imports no room above its own nor beside it. */
export const floors = {
  create(context) {
    const file = belowSrc(context.filename);
    if (file === undefined) return {};
    const own = roomOf(file);
    const check = (node, source) => {
      if (typeof source !== 'string' || !source.startsWith('.')) return;
      const target = belowSrc(join(dirname(context.filename), source));
      const other = target === undefined ? undefined : roomOf(target);
      if (own === undefined || other === undefined || other.room === own.room) return;
      if (other.height >= own.height)
        context.report({ node, message: `${own.room} may not import ${other.room}: it is not below it` });
    };
    return {
      Program(node) {
        if (own === undefined)
          context.report({ node, message: `src/${file} is in no room of tools/lint/floors.js` });
      },
      ImportDeclaration: (node) => check(node, node.source.value),
      ExportNamedDeclaration: (node) => check(node, node.source?.value),
      ExportAllDeclaration: (node) => check(node, node.source.value),
      ImportExpression: (node) => check(node, node.source.value),
      TSImportType: (node) => check(node, node.source?.value ?? node.argument?.literal?.value),
    };
  },
};
