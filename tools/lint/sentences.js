import { join, relative, sep } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

/**
 * Where text for people may stand beside the catalogue: in the catalogue's own room, beside the schema whose field it
 * is about, as the source of a fact, as markup, as code of a shell, and in names of stored things that only a broken invariant shows.
 */
const ALLOWED = [
  'src/core/messages/',
  'src/core/spec/',
  'src/core/window/',
  'src/core/schedule/schedule.ts',
  'src/core/schedule/source.ts',
  'src/core/campaign/spec.ts',
  'src/core/model/property.ts',
  'src/functions/api/page.ts',
  'src/functions/settings.ts',
  'src/main.ts',
  'src/store/',
  'cli/messages/',
  'cli/completion/',
];

/** Two words with a space between them, as no name, path or key has them. */
const SENTENCE = /[a-z]{2,}[,;:]? \(?[a-z]{2,}/i;

/**
 * All that people read stands in `core/messages` or `cli/messages`. In `src/` errors that only a broken invariant throws
 * may say it themselves; in `cli/` every error is read, and the help of a command stands beside the command.
 */
export const sentences = {
  create(context) {
    const file = relative(ROOT, context.filename).split(sep).join('/');
    const [room] = file.split('/');
    if (!['src', 'cli'].includes(room) || ALLOWED.some((place) => file.startsWith(place))) return {};
    const mayStand = room === 'src' ? isOfError : isOfHelp;
    const catalogue = room === 'src' ? 'core/messages' : 'cli/messages';
    const check = (node, text) => {
      if (!SENTENCE.test(text) || mayStand(node)) return;
      context.report({ node, message: `"${text}" is said to people: it belongs to ${catalogue}` });
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
  return isWithin(
    node,
    (at) =>
      at.type === 'ThrowStatement' ||
      (at.type === 'CallExpression' && at.callee.type === 'Super') ||
      (at.type === 'NewExpression' && at.callee.name?.endsWith('Error') === true),
  );
}

const HELP_CALLS = ['option', 'addOption', 'argument', 'description', 'optionsGroup', 'commandsGroup'];
const HELP_FIELDS = ['summary', 'examples'];

/** Said of a command, an argument or an option, where it is defined; or an example of it. */
function isOfHelp(node) {
  return isWithin(
    node,
    (at) =>
      (at.type === 'CallExpression' && HELP_CALLS.includes(at.callee.property?.name)) ||
      (at.type === 'NewExpression' && at.callee.name === 'Option') ||
      (at.type === 'Property' && HELP_FIELDS.includes(at.key.name)),
  );
}

function isWithin(node, isIt) {
  for (let at = node; at; at = at.parent) if (isIt(at)) return true;
  return false;
}
