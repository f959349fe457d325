const MAX_INSTANCE_IDS = 100;

export function instancePath(instanceId: string): string {
  checkInstanceIds([instanceId]);
  return `/virtualMachines/${instanceId}`;
}

/** `*` would be every instance: an upgrade names those it means. */
export function checkInstanceIds(instanceIds: readonly string[]): void {
  if (instanceIds.length === 0 || instanceIds.length > MAX_INSTANCE_IDS) {
    throw new RangeError(`an upgrade names 1 to ${MAX_INSTANCE_IDS} instances, not ${instanceIds.length}`);
  }
  const wrong = instanceIds.find((id) => !/^[\w.-]+$/.test(id));
  if (wrong !== undefined) throw new RangeError(`"${wrong}" is no instance id`);
}
