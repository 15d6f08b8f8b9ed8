import { randomInt } from 'node:crypto';

/** Discord's ids: 64-bit numbers as decimal strings. 17 to 20 digits cover the years 2015 to 2090. */
export const snowflakePattern = /^\d{17,20}$/;

/** A job's id: 12 characters without look-alikes, short enough for custom ids, nonces and a person's eye. */
export const jobIdPattern = /^[a-hj-km-np-z2-9]{12}$/;

const letters = 'abcdefghjkmnpqrstuvwxyz23456789';

/** 31^12 possibilities: a clash among a billion jobs has a chance below 1 in 1000; the primary key catches it. */
export function newJobId(): string {
  return Array.from({ length: 12 }, () => letters[randomInt(letters.length)]).join('');
}
