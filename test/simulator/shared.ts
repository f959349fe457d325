/** In CI the material that the simulator is judged by must be there; elsewhere its absence is said and skipped. */
export const isCi = process.env['CI'] === 'true';
