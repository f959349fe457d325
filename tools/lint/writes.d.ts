/** What changes anything in Azure, by the names of the compute port. */
export const WRITING: readonly string[];
