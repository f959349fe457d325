/** An update domain, a fault domain or a zone. */
export interface Domain {
  /** The list of a spec's targets that names it. */
  readonly list: 'updateDomains' | 'faultDomains' | 'zones';
  readonly value: number | string;
  /** As people say it. */
  readonly text: string;
}

/** The domain that a row or a column of the map is called by; nothing where it is none. */
export function domainCalled(heading: string): Domain | undefined {
  const [, value] = /^(?:UD|FD|Zone) (\w+)$/.exec(heading) ?? [];
  if (value === undefined) return undefined;
  if (heading.startsWith('Zone')) return { list: 'zones', value, text: `zone ${value}` };
  return heading.startsWith('UD')
    ? { list: 'updateDomains', value: Number(value), text: `update domain ${value}` }
    : { list: 'faultDomains', value: Number(value), text: `fault domain ${value}` };
}
