import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fairPick, type SlotLimits, type Waiting } from '../../../src/domain/fair-pick.ts';

const limits: SlotLimits = { perUser: 2, perGuild: 5, total: 50 };

const waits = (id: string, guildId: string | null, userId: string, createdAt = 0): Waiting => ({
  id,
  guildId,
  userId,
  createdAt,
});
const crowd = (count: number, guildId: string): Waiting[] =>
  Array.from({ length: count }, (_, n) => waits(`${guildId}-${n}`, guildId, `u${n}`, n));
const idsOf = (picked: readonly Waiting[]): string[] => picked.map(({ id }) => id);

describe('the pick', () => {
  it('takes the oldest first', () => {
    const waiting = [waits('new', 'a', 'u1', 2), waits('old', 'a', 'u2', 1)];
    expect(idsOf(fairPick(waiting, [], limits))).toEqual(['old', 'new']);
  });

  it('gives the next free slot to a guild with one song, not to the one with 500', () => {
    const waiting = [...crowd(500, 'loud'), waits('single', 'quiet', 'v', 1e6)];
    const busy = crowd(4, 'loud');
    expect(idsOf(fairPick(waiting, busy, { perUser: 1, perGuild: 50, total: 5 }))).toEqual(['single']);
  });

  it('takes turns between guilds and then between members', () => {
    const waiting = [
      waits('a1', 'a', 'ann', 1),
      waits('a2', 'a', 'ann', 2),
      waits('a3', 'a', 'bob', 3),
      waits('b1', 'b', 'cid', 4),
    ];
    expect(idsOf(fairPick(waiting, [], limits))).toEqual(['a1', 'b1', 'a3', 'a2']);
  });

  it('counts what is already under way', () => {
    const busy = [
      { guildId: 'a', userId: 'ann' },
      { guildId: 'a', userId: 'ann' },
    ];
    const waiting = [waits('x', 'a', 'ann'), waits('y', 'a', 'bob')];
    expect(idsOf(fairPick(waiting, busy, limits))).toEqual(['y']);
    expect(fairPick(waiting, busy, { ...limits, total: 2 })).toEqual([]);
    expect(fairPick(waiting, busy, { ...limits, total: 1 })).toEqual([]);
  });

  it('counts a member once per guild, and each person in direct messages as a guild of their own', () => {
    const busy = [{ guildId: null, userId: 'ann' }];
    const waiting = [
      waits('elsewhere', 'a', 'ann'),
      waits('dm-ann', null, 'ann', 1),
      waits('dm-bob', null, 'bob', 2),
    ];
    expect(idsOf(fairPick(waiting, busy, { ...limits, perUser: 1 }))).toEqual(['elsewhere', 'dm-bob']);
  });
});

const guild = fc.constantFrom('a', 'b', 'c', null);
const user = fc.constantFrom('u1', 'u2', 'u3', 'u4');
const queue = fc
  .array(fc.record({ guildId: guild, userId: user, createdAt: fc.nat(20) }), { maxLength: 40 })
  .map((seats) => seats.map((seat, n) => ({ id: `j${n}`, ...seat })));
const anyLimits = fc.record({
  perUser: fc.integer({ min: 1, max: 4 }),
  perGuild: fc.integer({ min: 1, max: 6 }),
  total: fc.integer({ min: 1, max: 12 }),
});

describe('every pick', () => {
  it('keeps the limits, picks nobody twice, and leaves no slot free that somebody may have', () => {
    fc.assert(
      fc.property(queue, anyLimits, (waiting, slots) => {
        const picked = fairPick(waiting, [], slots);
        expect(new Set(idsOf(picked)).size).toBe(picked.length);
        expect(picked.length).toBeLessThanOrEqual(slots.total);
        const guilds = Map.groupBy(picked, (seat) => seat.guildId ?? `dm:${seat.userId}`);
        const members = Map.groupBy(picked, (seat) => `${seat.guildId}/${seat.userId}`);
        for (const seats of guilds.values()) expect(seats.length).toBeLessThanOrEqual(slots.perGuild);
        for (const seats of members.values()) expect(seats.length).toBeLessThanOrEqual(slots.perUser);
        if (picked.length === slots.total) return;
        for (const left of waiting.filter((seat) => !picked.includes(seat))) {
          const guildFull = (guilds.get(left.guildId ?? `dm:${left.userId}`) ?? []).length >= slots.perGuild;
          const memberFull = (members.get(`${left.guildId}/${left.userId}`) ?? []).length >= slots.perUser;
          expect(guildFull || memberFull).toBe(true);
        }
      }),
    );
  });

  it('does not depend on the order in which the database lists the waiting', () => {
    fc.assert(
      fc.property(queue, anyLimits, (waiting, slots) => {
        expect(fairPick(waiting.toReversed(), [], slots)).toEqual(fairPick(waiting, [], slots));
      }),
    );
  });

  it('continues where the last one stopped: slots one by one or all at once, the same jobs go', () => {
    fc.assert(
      fc.property(queue, anyLimits, (waiting, slots) => {
        const gone: Waiting[] = [];
        for (let total = 1; total <= slots.total; total += 1) {
          const rest = waiting.filter((seat) => !gone.includes(seat));
          gone.push(...fairPick(rest, gone, { ...slots, total }));
        }
        expect(idsOf(gone)).toEqual(idsOf(fairPick(waiting, [], slots)));
      }),
    );
  });
});
