import * as spec from 'discord-api-spec/zod';
import type { Bot } from '../model/bot.ts';
import type { Guild } from '../guild.ts';
import { LIMITS } from './rate-limits.ts';
import { invalidForm, problem, refusals } from './refused.ts';
import type { Call, Route } from './route.ts';
import type { World } from '../world.ts';

/** What a bot may ask about itself, its guilds and people; and where the gateway is. */
export function accountRoutes(
  world: World,
  gateway: { url(): string; startLimit(bot: Bot): object },
): Route[] {
  const get = (path: string, body: (call: Call) => unknown): Route => ({
    method: 'GET',
    path,
    auth: 'bot',
    limit: LIMITS.ordinary,
    handle: (call) => ({ status: 200, body: body(call) }),
  });
  const guildOf = (call: Call): Guild => {
    const guild = world.guilds.get(call.param('guild_id'));
    if (guild === undefined || !guild.bots.has(call.bot)) throw refusals.unknownGuild();
    return guild;
  };
  return [
    { ...get('/gateway', () => ({ url: gateway.url() })), auth: 'path' },
    get('/gateway/bot', (call) => ({
      url: gateway.url(),
      shards: 1,
      session_start_limit: gateway.startLimit(call.bot),
    })),
    get('/users/@me', (call) => ({
      ...call.bot.user.wire(),
      mfa_enabled: false,
      locale: 'en-US',
      verified: true,
      email: null,
    })),
    get('/users/@me/guilds', (call) =>
      world
        .guildsOf(call.bot)
        .map((guild) => ({ id: guild.id, name: guild.name, icon: null, owner: false, features: [] })),
    ),
    get('/users/:user_id', (call) => {
      const user = world.users.get(call.param('user_id'));
      if (user === undefined) throw refusals.unknownUser();
      return user.wire();
    }),
    get('/applications/@me', (call) => application(world, call.bot)),
    get('/oauth2/applications/@me', (call) => application(world, call.bot)),
    get('/guilds/:guild_id', (call) => guildOf(call).restWire()),
    get('/guilds/:guild_id/channels', (call) =>
      guildOf(call)
        .channels.filter((channel) => !channel.deleted)
        .map((channel) => channel.wire()),
    ),
    get('/guilds/:guild_id/roles', (call) => guildOf(call).roles.map((role) => role.wire())),
    get('/guilds/:guild_id/members/:user_id', (call) => {
      const person = guildOf(call).people.get(call.param('user_id'));
      if (person === undefined) throw refusals.unknownMember();
      return person.wire();
    }),
    {
      method: 'DELETE',
      path: '/users/@me/guilds/:guild_id',
      auth: 'bot',
      limit: LIMITS.ordinary,
      handle: (call) => {
        guildOf(call).removeBot(call.bot);
        return { status: 204 };
      },
    },
    {
      method: 'POST',
      path: '/users/@me/channels',
      auth: 'bot',
      limit: LIMITS.dmCreate,
      schema: spec.CreatePrivateChannelRequestSchema,
      handle: (call) => {
        const { recipient_id: id } = call.body as { recipient_id?: string };
        if (id === undefined)
          throw invalidForm([problem(['recipient_id'], 'BASE_TYPE_REQUIRED', 'This field is required')]);
        const person = world.personOf(id, call.bot);
        if (person === undefined) throw refusals.unknownUser();
        return { status: 200, body: world.dmOf(call.bot, person).wire() };
      },
    },
  ];
}

function application(world: World, bot: Bot): Record<string, unknown> {
  return {
    id: bot.applicationId,
    name: bot.user.name,
    icon: null,
    description: '',
    type: null,
    flags: 0,
    flags_new: '0',
    bot: bot.user.wire(),
    owner: bot.user.wire(),
    bot_public: true,
    bot_require_code_grant: false,
    verify_key: '0'.repeat(64),
    redirect_uris: [],
    interactions_endpoint_url: null,
    role_connections_verification_url: null,
    approximate_guild_count: world.guildsOf(bot).length,
    approximate_user_install_count: 0,
    approximate_user_authorization_count: 0,
    explicit_content_filter: 0,
    team: null,
    eligible_oauth2_scopes: [],
  };
}
