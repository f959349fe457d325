import { join, relative, sep } from 'node:path';

const SRC = join(import.meta.dirname, '../../src');

/**
 * Where text for people may stand beside the catalogue: in the catalogue's own room, beside the schema whose field it
 * is about, as the source of a fact, as markup, and in names of stored things that only a broken invariant shows.
 */
const ALLOWED = [
  'core/messages/',
  'core/spec/',
  'core/model/property.ts',
  'functions/api/page.ts',
  'functions/settings.ts',
  'main.ts',
  'store/',
];

/** Two words with a space between them, as no name, path or key has them. */
const SENTENCE = /[a-z]{2,}[,;:]? \(?[a-z]{2,}/i;

/** All that people read stands in `core/messages`; errors that only a broken invariant throws may say it themselves. */
export const sentences = {
  create(context) {
    const file = relative(SRC, context.filename).split(sep).join('/');
    if (file.startsWith('..') || ALLOWED.some((place) => file.startsWith(place))) return {};
    const check = (node, text) => {
      if (!SENTENCE.test(text) || isOfError(node)) return;
      context.report({ node, message: `"${text}" is said to people: it belongs to core/messages` });
    };
    return {
      Literal(node) {
        if (typeof node.value === 'string' && node.parent?.type !== 'ImportDeclaration')
          check(node, node.value);
      },
      TemplateLiteral(node) {
        check(node, node.quasis.map(({ value }) => value.cooked).join('…'));
      },
    };
  },
};

function isOfError(node) {
  for (let at = node; at; at = at.parent) {
    if (at.type === 'ThrowStatement') return true;
    if (at.type === 'CallExpression' && at.callee.type === 'Super') return true;
    if (at.type === 'NewExpression' && at.callee.name?.endsWith('Error') === true) return true;
  }
  return false;
}
