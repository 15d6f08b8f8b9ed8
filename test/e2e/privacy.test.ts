import { describe, expect, it } from 'vitest';
import { songIn } from '../support/cards.ts';
import { quickRig } from '../support/quick-rig.ts';

async function server() {
  const rig = await quickRig();
  const guild = rig.discord.guild('Garden');
  const channel = guild.channel('songs');
  const board = guild.channel('board');
  const admin = guild.member('ada', { admin: true }).in(channel);
  const alice = guild.member('alice').in(channel);
  const bob = guild.member('bob').in(channel);
  const says = async (invocation: Awaited<ReturnType<typeof alice.runs>>, words: string) => {
    await rig.discord.until(`it says ${words}`, () => invocation.text().includes(words));
    return invocation;
  };
  return { rig, guild, channel, board, admin, alice, bob, says };
}

describe('/privacy', () => {
  it('gives all that is kept as a file, and erases it after a second thought', async () => {
    const { rig, channel, alice, bob, says } = await server();
    await alice.runs('/song', { prompt: 'moss on a stone' });
    await songIn(rig.discord, channel);
    await rig.discord.until('the delivery is written down', async () => {
      const { text } = await exported();
      return text.includes('"settled"');
    });
    const { invocation, text } = await exported();
    expect(invocation.response()?.ephemeralFor).toBe(alice.id);
    expect(text).toContain('moss on a stone');
    expect(text).not.toContain(bob.id);

    const question = await says(await alice.runs('/privacy erase'), 'can’t be undone');
    expect(question.response()?.ephemeralFor).toBe(alice.id);
    await says(await alice.clicks('Erase it all', question.response()), 'I know nothing about you');
    expect((await exported()).text).not.toContain('moss');
    const late = await alice.clicks('Another take');
    await says(late, "I don't know that song any more.");

    async function exported() {
      const run = await says(await alice.runs('/privacy export'), 'all that I keep about you');
      const bytes = run.response()?.attachments[0]?.bytes() ?? Buffer.alloc(0);
      expect(JSON.parse(String(bytes))).toMatchObject({ userId: alice.id });
      return { invocation: run, text: String(bytes) };
    }
  });

  it('waits for songs that are under way', async () => {
    const { rig, alice, says } = await server();
    rig.songApi.always({ neverFinish: true });
    await alice.runs('/song', { prompt: 'one' });
    await rig.discord.until('the task', () => rig.songApi.tasks.size === 1);
    const question = await says(await alice.runs('/privacy erase'), 'can’t be undone');
    await says(await alice.clicks('Erase it all', question.response()), 'still under way');
  });
});

describe('the board', () => {
  it('gets a song that enough members like, once', async () => {
    const { rig, channel, board, admin, alice, bob, says } = await server();
    const asked = await says(
      await admin.runs('/settings board', { channel: board, stars: 2 }),
      'from 2 ⭐ on',
    );
    expect(asked.response()?.ephemeralFor).toBe(admin.id);
    expect(
      board
        .messages()
        .map((message) => message.text())
        .join(),
    ).toContain('2 members');

    await alice.runs('/song', { prompt: 'a bell' });
    await songIn(rig.discord, channel);
    await says(await alice.clicks('Favourite'), 'favourites');
    expect(board.messages()).toHaveLength(1);
    await says(await bob.clicks('Favourite'), 'favourites');
    await rig.discord.until('it is on the board', () => board.messages().length === 2);
    expect(board.messages().at(-1)?.text()).toMatch(/Asked by[\s\S]*⭐ 2/);
    // Taken back and given again: it is there already.
    await bob.clicks('Favourite');
    await says(await bob.clicks('Favourite'), 'favourites');
    expect(board.messages()).toHaveLength(2);
  });

  it('must be where the bot may post', async () => {
    const { board, admin, says } = await server();
    board.botMay = 0n;
    await says(await admin.runs('/settings board', { channel: board }), "I can't post in");
    await says(await admin.runs('/settings show'), '**Board** · none');
  });
});
