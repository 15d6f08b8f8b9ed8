/** What goes back for one request, before a fault may spoil it. */
export interface HttpAnswer {
  status: number;
  headers: Record<string, string>;
  body: Buffer | AsyncIterable<Buffer>;
}

const jsonType = 'application/json; charset=utf-8';

/** Go's encoding/json escapes these three even outside HTML, so a "&" in a title arrives as \u0026. */
const escapedByGo = /[<>&\u2028\u2029]/g;

function goJson(value: unknown): Buffer {
  const text = JSON.stringify(value).replaceAll(
    escapedByGo,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return Buffer.from(text);
}

export function jsonAnswer(status: number, value: unknown, contentType = jsonType): HttpAnswer {
  return { status, headers: { 'content-type': contentType }, body: goJson(value) };
}

export function successAnswer(data: unknown, message = ''): HttpAnswer {
  return jsonAnswer(200, { code: 'success', message, data });
}

/** The envelope of the task handlers. */
export function taskError(status: number, code: string, message: string, contentType = jsonType): HttpAnswer {
  return jsonAnswer(status, { code, message, data: null }, contentType);
}

/** The envelope of the middleware: keys, routing, limits. */
export function middlewareError(
  status: number,
  code: string,
  message: string,
  requestId: string,
): HttpAnswer {
  return jsonAnswer(status, {
    error: { message: `${message} (request id: ${requestId})`, type: 'new_api_error', code },
  });
}

/** Any wrong path or method: new-api falls through to its console's page, with status 200. */
export function consolePage(): HttpAnswer {
  const page = `<!doctype html>
<html lang="zh">
  <head>
    <meta charset="utf-8" />
    <title>New API</title>
  </head>
  <body>
    <noscript>You need to enable JavaScript to run this app.</noscript>
    <div id="root"></div>
  </body>
</html>
`;
  return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body: Buffer.from(page) };
}
