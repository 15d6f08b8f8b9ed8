/** Exit codes of a process that went over a limit: it ends at once, there is no time for a report. */
export const wentOver = { memory: 70, time: 71 } as const;
