import { join, relative, sep } from 'node:path';

const SRC = join(import.meta.dirname, '../../src');

/** What `ComputeWrites` of `src/azure/port.ts` names, and what leads there. */
export const WRITING = [
  'writing',
  'patchModel',
  'patchExtension',
  'act',
  'protectInstance',
  'changeDisks',
  'setRepairs',
];

/** Where they may be named: by the port itself, and where every write passes the last look. */
const ALLOWED = ['azure/', 'activities/writes/'];

/** Nothing of Azure is changed but in `activities/writes`. */
export const writes = {
  create(context) {
    const file = relative(SRC, context.filename).split(sep).join('/');
    if (file.startsWith('..') || ALLOWED.some((folder) => file.startsWith(folder))) return {};
    const check = (node, key) => {
      const name = key.type === 'Identifier' ? key.name : key.value;
      if (WRITING.includes(name))
        context.report({ node, message: `${name} changes something in Azure: only activities/writes may` });
    };
    return {
      MemberExpression(node) {
        if (!node.computed || node.property.type === 'Literal') check(node, node.property);
      },
      // What is taken apart, as in `const { act } = compute.writing(pass)`.
      ObjectPattern(node) {
        for (const property of node.properties)
          if (property.type === 'Property' && !property.computed) check(property, property.key);
      },
    };
  },
};
