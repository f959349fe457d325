/**
 * Loaded before the installed command, which is as everybody has it: its clock starts at CLOCK_AT and moves only while it
 * sleeps, by CLOCK_PACE milliseconds a second; no sleep takes any time.
 */
import { createRequire, syncBuiltinESMExports } from 'node:module';
import type timers from 'node:timers/promises';

const startAt = Number(process.env['CLOCK_AT']);
const pace = Number(process.env['CLOCK_PACE']);
let passed = 0;

Object.defineProperty(performance, 'timeOrigin', { value: startAt });
performance.now = () => passed;

const promises = createRequire(import.meta.url)('node:timers/promises') as typeof timers;
const { setImmediate: soon } = promises;
promises.setTimeout = (milliseconds, value) => {
  passed += ((milliseconds ?? 0) / 1000) * pace;
  return soon(value);
};
syncBuiltinESMExports();
