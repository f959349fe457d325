/** How much a change disturbs an instance, from least to most. */
export const CHANGE_CLASSES = ['none', 'restart', 'reimage', 'deallocate', 'impossible'] as const;
export type ChangeClass = (typeof CHANGE_CLASSES)[number];

export function isMoreDisruptive(a: ChangeClass, b: ChangeClass): boolean {
  return CHANGE_CLASSES.indexOf(a) > CHANGE_CLASSES.indexOf(b);
}

export function mostDisruptive(classes: readonly ChangeClass[]): ChangeClass {
  return classes.reduce<ChangeClass>((most, next) => (isMoreDisruptive(next, most) ? next : most), 'none');
}
