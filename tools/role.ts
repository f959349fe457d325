import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { roleActions, type RoleName } from '../src/azure/rights.ts';

const FILE = join(import.meta.dirname, '..', 'infra', 'roles.json');

const DESCRIPTIONS: Readonly<Record<RoleName, string>> = {
  look: 'Lists scale sets, reads images and polls operations; for subscriptions.',
  change: 'Rolls changes out over virtual machine scale sets; for the sets, or their resource groups.',
  join: 'Joins the resources that models of scale sets refer to; for their resource groups.',
};

/** The roles as the Bicep files read them. */
export function rolesJson(): string {
  const names = Object.keys(DESCRIPTIONS) as readonly RoleName[];
  const roles = names.map((name) => [
    name,
    { roleName: `vmss-rollout ${name}`, description: DESCRIPTIONS[name], actions: roleActions(name) },
  ]);
  return `${JSON.stringify(Object.fromEntries(roles), undefined, 2)}\n`;
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { write: { type: 'boolean', default: false } } });
  const json = rolesJson();
  if (values.write) {
    writeFileSync(FILE, json);
    console.log('wrote infra/roles.json');
  } else {
    console.log(json.trimEnd());
    if (readFileSync(FILE, 'utf8') !== json) {
      console.error('infra/roles.json says something else; write it anew with: npm run role -- --write');
      process.exitCode = 1;
    }
  }
}
