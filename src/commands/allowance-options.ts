import { ApplicationCommandOptionType as Type } from 'discord.js';
import { periods } from '../domain/period.ts';
import { largestCredits } from '../domain/quota.ts';

/** "20 credits a day", as two options. */
export const allowanceOptions = [
  {
    type: Type.Integer,
    name: 'credits',
    description: 'How many credits',
    required: true,
    min_value: 0,
    max_value: largestCredits,
  },
  {
    type: Type.String,
    name: 'period',
    description: 'In each day, week or month',
    required: true,
    choices: periods.map((value) => ({ name: value, value })),
  },
] as const;
