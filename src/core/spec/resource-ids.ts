/** Letters of ASCII in either case: with the flag for it other scripts' letters would pass for some of them. */
function anyCase(text: string): string {
  return text.replaceAll(/[a-z]/gi, (letter) => `[${letter.toLowerCase()}${letter.toUpperCase()}]`);
}

const HEX = '[0-9a-fA-F]';
const SUBSCRIPTION = `${HEX}{8}(?:-${HEX}{4}){3}-${HEX}{12}`;

/** Letters and digits of any script; no period at the end, so it is never `..` (ARM's rules for resource names). */
const RESOURCE_GROUP = String.raw`[\p{L}\p{Mn}\p{Nd}\p{Pc}().-]{0,89}[\p{L}\p{Mn}\p{Nd}\p{Pc}()-]`;

/** One part of a path: neither `.` nor `..`, which would lead to another resource. */
const NAME = String.raw`(?!\.{1,2}(?:\/|$))[A-Za-z0-9_.-]{1,80}`;
const SCALE_SET = '[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,62}[A-Za-z0-9_])?';

function idOf(subscription: string, resource: string): RegExp {
  const fixed = {
    subscriptions: anyCase('subscriptions'),
    groups: anyCase('resourceGroups'),
    compute: anyCase('providers/Microsoft.Compute').replace('.', String.raw`\.`),
  };
  return new RegExp(
    `^/${fixed.subscriptions}/(${subscription})/${fixed.groups}/(${RESOURCE_GROUP})/${fixed.compute}/${resource}$`,
    'u',
  );
}

/** A scale set's resource id: its subscription, group and name. */
export const SCALE_SET_ID = idOf(SUBSCRIPTION, `${anyCase('virtualMachineScaleSets')}/(${SCALE_SET})`);

/** A managed image, an image of a gallery, or one version of it. */
export const IMAGE_ID = idOf(
  '[A-Za-z0-9_-]+',
  `(?:${anyCase('images')}/${NAME}|${anyCase('galleries')}/${NAME}/${anyCase('images')}/${NAME}` +
    `(?:/${anyCase('versions')}/${NAME})?)`,
);

/** A managed disk. */
export const DISK_ID = idOf('[A-Za-z0-9_-]+', `${anyCase('disks')}/${NAME}`);
