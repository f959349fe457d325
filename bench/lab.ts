import { measurePower } from './support/apart.ts';

/** Whole rollouts in virtual time, for each minute that one core computes. */
const WANTED = 600;

const perMinute = (ms: number): number => Math.round(60_000 / ms);

const { instances, cpuMs, wallMs } = measurePower();
console.log(
  `lab, rollouts of ${instances} instances: ${perMinute(cpuMs)} a minute and core (wanted: ${WANTED}), ${perMinute(wallMs)} a minute on the wall clock`,
);
