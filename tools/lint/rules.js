/** Lint rules of this project that no library has. */
import { floors } from './floors.js';
import { sentences } from './sentences.js';
import { writes } from './writes.js';

const FORBIDDEN_GLOBALS = new Set([
  'Date',
  'crypto',
  'process',
  'fetch',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'performance',
  'Promise',
  'globalThis',
  'require',
]);

/** An orchestrator is replayed from its history: whatever could answer differently the second time is refused. */
const deterministicOrchestrator = {
  create(context) {
    const refuse = (node, what) =>
      context.report({ node, message: `${what} is not deterministic in an orchestrator; ask an activity` });
    return {
      Identifier(node) {
        const { parent } = node;
        const isProperty =
          parent?.type === 'MemberExpression' && parent.property === node && !parent.computed;
        const isKey =
          parent?.type === 'Property' && parent.key === node && !parent.computed && !parent.shorthand;
        const isType = parent?.type?.startsWith('TS') === true;
        // A date made from a time that the history knows is the same in every replay.
        const isGiven =
          parent?.type === 'NewExpression' && parent.callee === node && parent.arguments.length > 0;
        if (!isProperty && !isKey && !isType && !isGiven && FORBIDDEN_GLOBALS.has(node.name))
          refuse(node, node.name);
      },
      MemberExpression(node) {
        if (
          node.object.type === 'Identifier' &&
          node.object.name === 'Math' &&
          node.property.name === 'random'
        ) {
          refuse(node, 'Math.random');
        }
      },
      AwaitExpression(node) {
        refuse(node, 'await');
      },
      ImportDeclaration(node) {
        if (node.source.value.startsWith('node:')) refuse(node, `an import of ${node.source.value}`);
      },
    };
  },
};

export default {
  meta: { name: 'rollout' },
  rules: { 'deterministic-orchestrator': deterministicOrchestrator, floors, sentences, writes },
};
