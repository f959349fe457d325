/** What is wrong with a command line, and what would be right. A value's fault follows the flag and the value. */
export const usage = {
  wholeNumber: 'is no whole number',
  atLeastOne: 'must be at least 1',
  share: 'is neither a count nor a percentage, as in 3 or 20%',
  ids: 'is no list of ids, as in 0,3',
  noQuery: (why: string) => `is no JMESPath expression: ${why}`,
  percent: 'is no percentage, as in 20 or 20%',
  approvals: 'is none of none, rollout, batch, or batch indexes as in 0,2',
  namedStrategy: 'is no name of a strategy, as in careful or careful@3',
  days: 'is neither days nor weeks, as in 30d or 4w',
  keyValue: 'is not written as key=value',
  pathValue: 'is not written as path=value',
  attachedDisk: 'is not written as INSTANCE=DISK-ID or INSTANCE=DISK-ID@LUN',
  diskSetting: 'has a setting that is none of caching=, deleteOption= and writeAcceleratorEnabled=true|false',
  detachedDisk: 'is not written as INSTANCE@LUN, as in 3@2, or INSTANCE=DISK-ID',
  window: 'is not written as CRON for MINUTES, as in "0 22 * * 6 for 240"',
  addition: 'is not written as --add LIST VALUE',
  removal: 'is not written as --remove PROPERTY, or --remove LIST INDEX',

  wrongValue: (name: string, value: string, fault: string) => `${name} "${value}" ${fault}`,
  unknown: (meant: string | undefined) =>
    meant === undefined ? 'is unknown' : `is unknown; ${meaning(meant)}`,
  unknownChoice: (meant: string | undefined, choices: readonly string[]) =>
    meant === undefined ? `is unknown; it is one of ${choices.join(', ')}` : `is unknown; ${meaning(meant)}`,
  unknownCommand: (name: string, meant: string | undefined) =>
    `there is no command "${name}"${meant === undefined ? '; vmss-rollout --help lists them' : `; ${meaning(meant)}`}`,
  unknownFlag: (flag: string, meant: string | undefined, command: string) =>
    `there is no flag ${flag}${meant === undefined ? `; ${command} --help lists them` : `; ${meaning(meant)}`}`,
  missingArgument: (command: string, name: string, what: string) => `${command} needs ${name}: ${what}`,
  missingValue: (flag: string) => `${flag} needs a value`,
  tooManyArguments: (extra: string, command: string, meant: string | undefined) =>
    `${command} takes no "${extra}"${meant === undefined ? '' : `; ${meaning(meant)}`}`,
  conflict: (flag: string, other: string) => `${flag} and ${other} contradict each other`,
  alone: (flag: string) => `plan ID shows a plan that was made; ${flag} would make another one`,
  planOf: (named: string) =>
    `plan ID shows the plan of a rollout, and "${named}" is no id of one; for a new plan: vmss-rollout plan --scale-set ${named} --image-version latest`,
  noCommand: 'say what to do',
  either: (one: string, other: string) => `${one} or ${other}`,
  goesWith: (flag: string, others: string) => `${flag} goes with ${others}`,

  whichScaleSet: 'name the scale set with --scale-set, or in a file with --spec',
  whatCapacity: 'say how many instances it is to have: --capacity COUNT',
  whatToDelete: 'say which instances to delete: --instance 3,7 or --update-domain 2',
  confirm: (action: string) => `${action} asks before it acts, and nobody is at a terminal: add --yes`,
  whatToSkip: 'say what to skip: --batch INDEX or --instance ID',
  whatToQuarantine: 'name the instances to quarantine: --instance 3,8',
  noReport: (file: string, fault: string) => `--report: ${file} ${fault}`,
  isDirectory: 'is a directory',
  isNoFile: 'is no plain file',
  noFolder: (folder: string) => `--report: there is no folder ${folder}`,
  notWritten: (why: string) => `cannot be written: ${why}`,

  standardInput: 'standard input',
  systemFaults: {
    ENOENT: 'there is no such file',
    EISDIR: 'it is a directory',
    EACCES: 'you may not read it',
  } as Readonly<Record<string, string>>,
  unreadable: (file: string, why: string) => `cannot read ${file}: ${why}`,
  notJson: (name: string, why: string) => `${name} is not JSON: ${why}`,
  notYaml: (name: string, why: string) => `${name} is not YAML: ${why}`,
  noObject: (name: string) => `${name} must hold one JSON object`,
  noSpec: (name: string) => `${name} must hold one JSON object, a rollout spec`,
};

function meaning(meant: string): string {
  return `did you mean ${meant}?`;
}
