# Node 26 runs the TypeScript as it is: there is nothing to build, only dependencies to install.
FROM node:26-bookworm-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --no-audit --no-fund && npm cache clean --force

FROM node:26-bookworm-slim
# For formats that the bot can't make by itself; without: docker build --build-arg FFMPEG=no
ARG FFMPEG=yes
RUN if [ "$FFMPEG" = yes ]; then \
        apt-get update \
        && apt-get install --yes --no-install-recommends ffmpeg \
        && rm -rf /var/lib/apt/lists/*; \
    fi \
    && install --directory --owner=node --group=node --mode=700 /data
WORKDIR /app
COPY --from=dependencies /app/node_modules ./node_modules
COPY package.json LICENSE ./
COPY src ./src
ENV NODE_ENV=production DATA_DIR=/data HTTP_PORT=8080
USER node
VOLUME /data
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.HTTP_PORT}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Not through npm and not through a shell: SIGTERM reaches the bot itself, which then has 8 s to stop in order.
STOPSIGNAL SIGTERM
CMD ["node", "src/main.ts"]
