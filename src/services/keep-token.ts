/**
 * discord.js forgets a REST's token with the first 401, for good. Some pass (a proxy's, Discord's own trouble): with the
 * token gone, they would blind the bot until its next start.
 */
export function keepToken<T extends { setToken(token: string): T }>(rest: T): T {
  const setToken = rest.setToken.bind(rest);
  rest.setToken = (token: string | null) => (token === null ? rest : setToken(token));
  return rest;
}
